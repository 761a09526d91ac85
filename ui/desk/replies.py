"""Replies on the desk: what would be published, read whole before it is, under the words that it answers."""

from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.followup import followed_audits, today_in_sweden
from locales.numbers import format_number
from ui.escape import as_html
from ui.followup.marks import status_html
from ui.followup.reply import fields_html
from ui.visit import Visit

_SHOWN: Final = 20  # replies before the rest is folded away


def replies(visit: Visit, rows: pl.DataFrame) -> None:
    """Every reply of a checked file."""
    audits = followed_audits(visit.store, today_in_sweden())
    asked = {(one.audit, one.number): one.text for audit in audits for one in audit.recommendations}
    told = [_reply(visit, row, asked.get((row["audit"], row["number"]), "")) for row in rows.to_dicts()]
    st.html("".join(told[:_SHOWN]))
    if rest := told[_SHOWN:]:
        with st.expander(visit.say("ui.upload.more", count=format_number(len(rest), 0, visit.language))):
            st.html("".join(rest))


def _reply(visit: Visit, row: dict[str, Any], asked: str) -> str:
    heading = as_html(visit.say("followup_form.block", number=row["number"]))
    fields = fields_html(visit, row, lambda _field, cell: f'<span class="told">({cell})</span>')
    return (
        f'<section class="to-publish"><h4>{heading}</h4><blockquote class="asked" lang="sv">{as_html(asked)}'
        f"</blockquote>{status_html(row['status'], visit.language)}{fields}</section>"
    )
