"""The remarks on what a page shows: under every page, and above an earlier day's what was said later."""

import polars as pl
import streamlit as st

from analysis.groups import audited_regions, confirmed_group
from analysis.remarks import later_remarks, standing_remarks
from indicators import catalogue, period_label
from ui.escape import plain
from ui.notes import bullets
from ui.visit import Visit

_NO_FIGURES: frozenset[str] = frozenset({"upload", "users", "log"})


def told(visit: Visit, page: str) -> None:
    """Every remark on the indicators the page has shown, with its source; nothing where there is none."""
    if page in _NO_FIGURES:
        return
    _audited(visit, page)
    if not visit.indicators:
        return
    found = standing_remarks(visit.store, visit.as_of).filter(pl.col("indicator").is_in(list(visit.indicators)))
    later = [later_remarks(visit.store, one, visit.as_of) for one in sorted(visit.indicators)] if visit.as_of else []
    lines = [
        *_lines(visit, found),
        *(visit.say("statements.later", said=one) for rows in later for one in _lines(visit, rows)),
    ]
    if lines:
        with st.container(border=True):
            st.markdown(f"**{visit.say('statements.heading')}**")
            bullets(lines)


def _audited(visit: Visit, page: str) -> None:
    """What the group of audited regions rests on, once on a page that shows it."""
    group = catalogue().default_group
    asked = visit.choices.get("group") == group.id or f"group:{group.id}" in visit.choices.get("benchmark", "")
    shown = asked or page == "since-audit"
    if not shown:
        return
    found = confirmed_group(visit.store, visit.as_of)
    if found is None:
        said = group.note.in_language(visit.language) if group.note else ""
    else:
        names = ", ".join(catalogue().regions[code].short_name for code in audited_regions(visit.store, visit.as_of))
        said = visit.say("statements.group.confirmed", names=names, source=found.source)
    if said:
        st.caption(plain(said))


def _lines(visit: Visit, remarks: pl.DataFrame) -> list[str]:
    """`Förtroende: sjukhus, 2024 (bedöms inte): … Källa: …`, as markdown."""
    return [
        plain(
            visit.say(
                "statements.line",
                title=catalogue().indicators[row["indicator"]].short_title.in_language(visit.language),
                period=period_label(row["period"], visit.language),
                effect=visit.say(f"statements.effect.{row['effect']}"),
                reason=row[f"reason_{visit.language}"],
                source=row[f"source_{visit.language}"],
            )
        )
        for row in remarks.sort("indicator", "period", descending=[False, True]).to_dicts()
    ]
