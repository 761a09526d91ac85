"""The compilation of the audits as a workbook: what is late, every recommendation with its reply and where the reply
stood, earlier replies, and the linked figures before and after."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.followup import (
    FollowedAudit,
    FollowedFigure,
    FollowedRecommendation,
    figures_since,
    late_recommendations,
    regions_without_letter,
    replied_late,
    reply_cell,
)
from analysis.groups import audited_regions
from analysis.records import cells_by_field
from exports.book import made_book
from exports.control import change_checks, control_sheet, row_check, word_checks
from exports.cover import Line, banner, found, made
from exports.moments import swedish_time
from exports.reading import sheet_to_read
from exports.sheets import Sheet
from exports.tables import difference_format, number_format
from indicators import catalogue, period_label
from locales import text
from locales.numbers import format_date
from models import RECORDS, Store
from views.followup import Compiled, Region, compiled, finding
from views.parts import Reader
from wording.followup import figure_sentence, late_sentence, status_word

ASKED: Final = (
    "region",
    "code",
    "audit",
    "report",
    "auditor",
    "decided",
    "reply_due",
    "number",
    "text",
    "addressed_to",
    "theme",
    "source",
)
REPLIED: Final = RECORDS["reply"].told
ORIGIN: Final = ("synthetic", "published_at", "upload", "file", "sheet", "cell", "cells")
LATE: Final = ("late", "days_late", "replied_late")
FIGURES: Final = ("region", "code", "audit", "number", "indicator", "title", "unit", "before_period", "before",
                  "latest_period", "latest", "verdict", "difference", "diff_low", "diff_high", "sentence", "synthetic",
                  "before_cell", "latest_cell")  # fmt: skip
_VALUES: Final = ("before", "latest")
_DIFFERENCES: Final = ("difference", "diff_low", "diff_high")
_DAYS: Final = {"decided": pl.Date, "reply_due": pl.Date, "replied": pl.Date, "due": pl.Date}
_NUMBERS: Final = {
    "number": pl.Int64,
    "upload": pl.Int64,
    "days_late": pl.Int64,
    "replied_late": pl.Int64,
    **dict.fromkeys((*_VALUES, *_DIFFERENCES), pl.Float64),
}
Row = dict[str, Any]


def reading_table(view: Compiled, language: str) -> pl.DataFrame:
    """The regions over the themes, each recommendation as its number, sign and word; last whose letter is lacking."""
    table = {header("region", language): [one.name for one in view.regions]}
    for at, theme in enumerate(view.themes):
        table[theme] = [_held(one, at) for one in view.regions]
    table[text("area.remark", language)] = [_remark(one, language) for one in view.regions]
    return pl.DataFrame(table, schema=dict.fromkeys(table, pl.String))


def _remark(region: Region, language: str) -> str:
    """That the letter is not loaded, or what the mark of a made-up reply means."""
    if not region.loaded:
        return text("followup.not_loaded", language)
    made_up = any(one.synthetic for held in region.cells for one in held)
    return f"x: {text('flags.x', language)}" if made_up else ""


def _held(region: Region, theme: int) -> str:
    held = "\n".join(f"{one.number} {one.sign} {one.word}" for one in region.cells[theme])
    return held or ("–" if region.loaded else "")


def compilation_table(audits: Sequence[FollowedAudit], language: str) -> pl.DataFrame:
    """One row per recommendation with its latest reply and where that stood, under localised headers."""
    rows = [_standing(audit, one, language) for audit in audits for one in audit.recommendations]
    return _table(rows, (*ASKED, *REPLIED, *LATE, *ORIGIN), language)


def late_table(audits: Sequence[FollowedAudit], language: str) -> pl.DataFrame:
    """What is late, longest first, then what was replied to late."""
    late = late_recommendations(audits)
    came = [pair for pair in replied_late(audits) if pair not in late]
    names = (
        "region",
        "code",
        "audit",
        "number",
        "text",
        "addressed_to",
        "status",
        "reply_due",
        "replied",
        "due",
        "responsible",
        *LATE,
        "synthetic",
    )
    return _table([_standing(audit, one, language) for audit, one in [*late, *came]], names, language)


def _standing(audit: FollowedAudit, one: FollowedRecommendation, language: str) -> Row:
    """A recommendation, its latest reply, and how late either is."""
    told = asked_row(audit, one, language) | reply_row(one.reply, language) | _late_row(one, language)
    return told | {"status": status_word(one.status, language)}


def history_table(audits: Sequence[FollowedAudit], language: str) -> pl.DataFrame:
    """Every published reply, oldest first."""
    rows = [
        {
            **asked_row(audit, one, language),
            **reply_row(reply, language),
            "status": status_word(reply["status"], language),
        }
        for audit in audits
        for one in audit.recommendations
        for reply in one.replies
    ]
    return _table(rows, ("region", "code", "audit", "number", *REPLIED, *ORIGIN), language)


def figures_table(store: Store, audits: Sequence[FollowedAudit], language: str, as_of: date | None) -> pl.DataFrame:
    """The linked figures before and after, with the tested change or why there is none."""
    rows = [
        {**asked_row(audit, one, language), **figure_row(found, language)}
        for audit in audits
        for one in audit.recommendations
        for found in figures_since(store, audit, one.indicators, as_of=as_of)
    ]
    return _table(rows, FIGURES, language)


def asked_row(audit: FollowedAudit, one: FollowedRecommendation, language: str) -> Row:
    return {
        "region": audit.region_name,
        "code": audit.region,
        "audit": audit.audit,
        "report": audit.report,
        "auditor": audit.auditor,
        "decided": audit.decided,
        "reply_due": audit.reply_due,
        "number": one.number,
        "text": one.text,
        "addressed_to": one.addressed_to,
        "theme": text(f"followup.themes.{one.theme}", language),
        "source": one.source,
    }


def reply_row(reply: Mapping[str, Any] | None, language: str) -> Row:
    """A reply's fields, the cell of its status in its file and the cells of the others; nothing for none."""
    if reply is None:
        return {}
    marked = "x" if reply["synthetic"] else ""
    known = cells_by_field(reply)
    cells = "\n".join(f"{header(name, language)}: {known[name]}" for name in REPLIED if reply[name] and name in known)
    told = {name: reply[name] for name in (*REPLIED, *ORIGIN) if name in reply}
    return {**told, "synthetic": marked, "cell": reply_cell(reply), "cells": cells}


def figure_row(found: FollowedFigure, language: str) -> Row:
    judged = found.judged or {}
    rows = {"before": found.before, "latest": found.latest}
    told: Row = {
        "indicator": found.indicator.id,
        "title": found.indicator.title.in_language(language),
        "verdict": text(f"followup.verdicts.{found.verdict}", language),
        "sentence": figure_sentence(found, language),
        "unit": text(f"exports.unit.{found.indicator.unit}", language),
        "synthetic": "x" if found.synthetic else "",
        **{name: judged.get(name) for name in ("difference", "diff_low", "diff_high")},
    }
    for name, row in rows.items():
        if row:
            cell = " ".join(row[part] for part in ("file", "sheet", "cell") if row[part])
            period = period_label(row["period"], language)
            told |= {name: row["value"], f"{name}_period": period, f"{name}_cell": cell}
    return told


def _late_row(one: FollowedRecommendation, language: str) -> Row:
    late = {"late": late_sentence(one.late, language), "days_late": one.late.days} if one.late else {}
    return {**late, "replied_late": one.came_late.days} if one.came_late else late


def _table(rows: list[Row], names: Sequence[str], language: str) -> pl.DataFrame:
    kinds = {name: {**_DAYS, **_NUMBERS}.get(name, pl.String) for name in names}
    frame = pl.DataFrame([{name: row.get(name) for name in names} for row in rows], schema=kinds)
    if "published_at" in names:
        frame = frame.with_columns(swedish_time("published_at"))
    return frame.rename({name: header(name, language) for name in names})


def header(name: str, language: str) -> str:
    """A column's header; the form's own fields are called what the form calls them."""
    area = "followup_form.fields" if name in (*REPLIED, "addressed_to") else "followup.columns"
    return text(f"{area}.{name}", language)


def followup_workbook(
    store: Store,
    audits: Sequence[FollowedAudit],
    language: str,
    *,
    today: date,
    as_of: date | None = None,
    link: str = "",
) -> bytes:
    """Cover with the page's finding, its regions over the themes to read, what is late, the compilation, earlier
    replies, figures before and after."""
    tables = {
        "late": late_table(audits, language),
        "compilation": compilation_table(audits, language),
        "history": history_table(audits, language),
        "figures": figures_table(store, audits, language, as_of),
    }
    audited = audited_regions(store, as_of)
    view = finding(audits, audited, today, language)
    cover = [
        *_warned(tables.values(), language),
        *found(view.headline, view.lead, language),
        *_cover(audits, audited, language, today),
        *made(as_of, store.data_version(), link, language),
    ]
    matrix = compiled(Reader(language, store, as_of), audits, audited)
    sheets = [sheet_to_read(reading_table(matrix, language), view.headline, language)]
    for name, frame in tables.items():
        formats = _formats(frame, language) if name == "figures" else {}
        sheets.append(Sheet(text(f"followup.sheets.{name}", language), frame, formats, wrapped=True, named=True))
    return made_book(text("pages.followup.title", language), cover, [*sheets, _control(sheets[1:], language)], language)


def _control(sheets: Sequence[Sheet], language: str) -> Sheet:
    """How many recommendations stand how, the changes of the linked figures, and how many rows there are."""
    late, compilation, history, figures = sheets
    named = {name: header(name, language) for name in ("status", "difference", "latest", "before", "indicator")}
    checks = [
        *word_checks(compilation, named["status"], language),
        *change_checks(
            figures,
            language,
            of=(named["difference"], named["latest"], named["before"]),
            indicator=named["indicator"],
        ),
        *(row_check(one, language) for one in (late, compilation, history, figures)),
    ]
    return control_sheet(checks, language)


def _formats(figures: pl.DataFrame, language: str) -> dict[str, list[str]]:
    """Each figure as its indicator is shown: a number stays a number, in the unit that stands beside it."""
    shown = [catalogue().indicators[one] for one in figures[header("indicator", language)]]
    values = [number_format(one.unit, one.decimals) for one in shown]
    differences = [difference_format(one.unit, one.decimals) for one in shown]
    return {header(name, language): values if name in _VALUES else differences for name in (*_VALUES, *_DIFFERENCES)}


def _cover(audits: Sequence[FollowedAudit], audited: Sequence[str], language: str, today: date) -> list[Line]:
    missing = regions_without_letter(audits, audited)
    names = ", ".join(catalogue().regions[code].name for code in missing) or "–"
    return [
        (text("followup.cover.day", language), format_date(today, language)),
        (text("followup.cover.recommendations", language), sum(len(audit.recommendations) for audit in audits)),
        (text("followup.cover.late", language), len(late_recommendations(audits))),
        (text("followup.cover.replied_late", language), len(replied_late(audits))),
        (text("followup.cover.missing", language), names),
        (text("followup.cover.note", language), text("followup.no_claim", language)),
    ]


def _warned(tables: Iterable[pl.DataFrame], language: str) -> Iterator[Line]:
    """A line of the cover where any row of the sheets is made up."""
    mark = header("synthetic", language)
    return banner(any((table[mark] != "").any() for table in tables), language)
