"""What has come in and what there is: the latest publications, the state of each indicator, the uploads."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from access import allowed, shown_actor
from analysis import original_file, uploads_list, uploads_seen_by
from analysis.held_records import held_records
from exports import contents_in_words, everything_workbook, template_workbook
from indicators import Indicator, catalogue, period_label
from indicators.file_layouts import layout_name
from locales.numbers import format_number
from locales.stored import stored_words
from ui.address import link as address_of
from ui.address import pick
from ui.cache import kept, view_key
from ui.frame import Frame
from ui.notes import moment_in_words
from ui.pickers import status_rows
from ui.show import download, file_name
from ui.tables import table, table_html


def uploads_table(frame: Frame) -> None:
    """The uploads, newest first: what came, when, by whom, why, and its digest."""
    uploads = uploads_list(frame.store, frame.as_of).filter(pl.col("published_at").is_not_null())
    if uploads.is_empty():
        return
    held = held_records(frame.store)
    rows = [_upload_row(frame, row, held.get(row["id"], {})) for row in uploads.to_dicts()]
    other = frame.say("record_words.columns.held")
    shown = pl.DataFrame(rows).drop([] if any(row[other] for row in rows) else other)
    table(shown, frame.say("ui.uploads.all"), numbers=_counts(frame))


def _upload_row(frame: Frame, row: dict[str, Any], held: dict[str, int]) -> dict[str, str]:
    told = {
        "id": str(row["id"]),
        "file": row["file"],
        "published_at": moment_in_words(row["published_at"], frame.language),
        "layout": layout_name(row["layout"], frame.language),
        "observations": format_number(row["observations"] - sum(held.values()), 0, frame.language),
        "held": contents_in_words(0, held, frame.language),
        "synthetic": frame.say("ui.yes") if row["synthetic"] else frame.say("ui.no"),
        "note": stored_words(row["note"], frame.language),
        "status": frame.say(f"desk.statuses.{row['status']}"),
        "ignored": format_number(row["ignored"], 0, frame.language),
        "published_by": shown_actor(row["published_by"], frame.language, frame.names),
        "size": format_number(row["size"], 0, frame.language),
        "sha256": row["sha256"],
    }
    return {frame.say(_header(name)): words for name, words in told.items()}


def _header(name: str) -> str:
    return "record_words.columns.held" if name == "held" else f"ui.uploads.{name}"


def _counts(frame: Frame) -> list[str]:
    names = ("observations", "ignored", "size")
    return [
        *(frame.say(f"ui.uploads.{name}") for name in names),
        frame.say("ui.status.figures"),
        frame.say("ui.status.regions"),
    ]


def status_table(frame: Frame) -> None:
    """One line per indicator of the catalogue: what the store holds of it, or that it holds nothing."""
    st.html(kept(view_key(frame, "status_table"), partial(_status_html, frame)))


def _status_html(frame: Frame) -> str:
    held = {row["indicator"]: row for row in status_rows(frame)}
    rows = [_status_row(frame, indicator, held.get(indicator.id)) for indicator in catalogue().measured.values()]
    links = [f"indicator?{urlencode(frame.linked(indicator=indicator))}" for indicator in catalogue().measured]
    caption, title = frame.say("ui.status.caption"), frame.say("ui.status.indicator")
    return table_html(pl.DataFrame(rows), caption, numbers=_counts(frame), links={title: links})


def _status_row(frame: Frame, indicator: Indicator, row: dict[str, Any] | None) -> dict[str, str]:
    told = {
        "indicator": indicator.title.in_language(frame.language),
        "area": frame.say(f"areas.{indicator.area}"),
        "latest": period_label(row["latest_period"], frame.language) if row else "–",
        "first": period_label(row["first_period"], frame.language) if row else "–",
        "regions": str(row["regions"]) if row else "0",
        "figures": format_number(row["figures"], 0, frame.language) if row else "0",
        "synthetic": frame.say("ui.yes") if row and row["synthetic"] else frame.say("ui.no"),
    }
    return {frame.say(f"ui.status.{name}"): words for name, words in told.items()}


def original_button(frame: Frame) -> None:
    """The very file of an upload, byte for byte."""
    if not allowed(frame.actor, "originals"):
        return
    uploads = uploads_seen_by(frame.store, frame.actor, frame.as_of)
    if uploads.is_empty():
        return
    files = {str(row["id"]): row["file"] for row in uploads.to_dicts()}
    chosen = pick(
        frame, "upload", list(files), label=frame.say("ui.uploads.original"), shown=lambda key: f"{key}: {files[key]}"
    )

    def content() -> bytes:
        found = original_file(frame.store, int(chosen))
        return found[1] if found else b""

    download(
        frame.say("ui.uploads.download"),
        content,
        files[chosen],
        mime="application/octet-stream",
        key="original",
        permission="originals",
    )


def everything_button(frame: Frame) -> None:
    """Every current figure with its definition and source, as a workbook."""
    link = address_of(frame)

    def workbook() -> bytes:
        return everything_workbook(frame.store, as_of=frame.as_of, language=frame.language, link=link)

    if frame.store.data_version():
        name = file_name(frame, frame.say("ui.everything_file"))
        download(frame.say("ui.everything"), workbook, name, key="everything")


def template_button(frame: Frame) -> None:
    """Our own template, to fill in and upload."""

    def workbook() -> bytes:
        return template_workbook(frame.language)

    download(frame.say("ui.template"), workbook, f"{frame.say('ui.template_file')}.xlsx", key="template")
