"""What has come in and what there is: the latest publications, the state of each indicator, the uploads."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from access import allowed, shown_actor
from analysis import original_file, uploads_list, uploads_seen_by
from analysis.held_records import held_records
from exports import contents_in_words, size_in_words, template_workbook
from indicators import Indicator, catalogue, period_label
from indicators.file_layouts import layout_name
from locales.numbers import format_number
from locales.stored import stored_words
from ui.address import pick, pick_several
from ui.cache import kept, view_key
from ui.notes import moment_in_words
from ui.pickers import status_rows
from ui.show import download
from ui.tables import table, table_html
from ui.visit import Visit


def uploads_table(visit: Visit) -> None:
    """The uploads, newest first: what came, when, by whom, why, and its digest."""
    uploads = uploads_list(visit.store, visit.as_of).filter(pl.col("published_at").is_not_null())
    if uploads.is_empty():
        return
    held = held_records(visit.store)
    rows = [_upload_row(visit, row, held.get(row["id"], {})) for row in uploads.to_dicts()]
    other = visit.say("record_words.columns.held")
    shown = pl.DataFrame(rows).drop([] if any(row[other] for row in rows) else other)
    table(shown, visit.say("ui.uploads.all"), numbers=_counts(visit))


def _upload_row(visit: Visit, row: dict[str, Any], held: dict[str, int]) -> dict[str, str]:
    told = {
        "id": str(row["id"]),
        "file": row["file"],
        "published_at": moment_in_words(row["published_at"], visit.language),
        "layout": layout_name(row["layout"], visit.language),
        "observations": format_number(row["observations"] - sum(held.values()), 0, visit.language),
        "held": contents_in_words(0, held, visit.language),
        "synthetic": visit.say("ui.yes") if row["synthetic"] else visit.say("ui.no"),
        "note": stored_words(row["note"], visit.language),
        "status": visit.say(f"desk.statuses.{row['status']}"),
        "ignored": format_number(row["ignored"], 0, visit.language),
        "published_by": shown_actor(row["published_by"], visit.language, visit.names),
        "size": format_number(row["size"], 0, visit.language),
        "sha256": row["sha256"],
    }
    return {visit.say(_header(name)): words for name, words in told.items()}


def _header(name: str) -> str:
    return "record_words.columns.held" if name == "held" else f"ui.uploads.{name}"


def _counts(visit: Visit) -> list[str]:
    names = ("observations", "ignored", "size")
    return [
        *(visit.say(f"ui.uploads.{name}") for name in names),
        visit.say("ui.status.figures"),
        visit.say("ui.status.regions"),
    ]


def status_table(visit: Visit) -> None:
    """One line per indicator of the catalogue: what the store holds of it, or that it holds nothing."""
    st.html(kept(view_key(visit, "status_table"), partial(_status_html, visit)))


def _status_html(visit: Visit) -> str:
    held = {row["indicator"]: row for row in status_rows(visit)}
    rows = [_status_row(visit, indicator, held.get(indicator.id)) for indicator in catalogue().measured.values()]
    links = [f"indicator?{urlencode(visit.linked(indicator=indicator))}" for indicator in catalogue().measured]
    caption, title = visit.say("ui.status.caption"), visit.say("ui.status.indicator")
    return table_html(pl.DataFrame(rows), caption, numbers=_counts(visit), links={title: links})


def _status_row(visit: Visit, indicator: Indicator, row: dict[str, Any] | None) -> dict[str, str]:
    told = {
        "indicator": indicator.title.in_language(visit.language),
        "area": visit.say(f"areas.{indicator.area}"),
        "latest": period_label(row["latest_period"], visit.language) if row else "–",
        "first": period_label(row["first_period"], visit.language) if row else "–",
        "regions": str(row["regions"]) if row else "0",
        "figures": format_number(row["figures"], 0, visit.language) if row else "0",
        "synthetic": visit.say("ui.yes") if row and row["synthetic"] else visit.say("ui.no"),
    }
    return {visit.say(f"ui.status.{name}"): words for name, words in told.items()}


def original_button(visit: Visit) -> None:
    """The very file of an upload, byte for byte."""
    if not allowed(visit.actor, "originals"):
        return
    uploads = uploads_seen_by(visit.store, visit.actor, visit.as_of)
    if uploads.is_empty():
        return
    files = {str(row["id"]): row["file"] for row in uploads.to_dicts()}
    chosen = pick(
        visit, "upload", list(files), label=visit.say("ui.uploads.original"), shown=lambda key: f"{key}: {files[key]}"
    )

    def content() -> bytes:
        found = original_file(visit.store, int(chosen))
        return found[1] if found else b""

    download(
        visit.say("ui.uploads.download"),
        content,
        files[chosen],
        mime="application/octet-stream",
        key="original",
        permission="originals",
    )


def some_of_everything(visit: Visit) -> tuple[str, ...] | None:
    """Which measures' figures are to be taken, and how much that is; None for all."""
    known = kept(view_key(visit, "with figures"), lambda: [one["indicator"] for one in status_rows(visit)])
    titles = {one: catalogue().indicators[one].title.in_language(visit.language) for one in known}
    label = visit.say("open_data.only")
    chosen = pick_several(visit, "measures", known, label=label, shown=titles.__getitem__, default=())
    size = partial(size_in_words, visit.store, visit.as_of, chosen or None, visit.language)
    st.caption(kept(view_key(visit, "size", chosen), size))
    return chosen or None


def template_button(visit: Visit) -> None:
    """Our own template, to fill in and upload."""

    def workbook() -> bytes:
        return template_workbook(visit.language)

    download(visit.say("ui.template"), workbook, f"{visit.say('ui.template_file')}.xlsx", key="template")
