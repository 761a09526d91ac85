"""The compilation of the audits as a workbook: what is late, every recommendation with its reply and where the reply
stood, earlier replies, and the linked figures before and after."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.figures import column_letters
from analysis.followup import (
    FollowedAudit,
    FollowedFigure,
    FollowedRecommendation,
    figures_since,
    late_recommendations,
    regions_without_letter,
)
from analysis.followup.words import figure_sentence, late_sentence, status_word
from exports.about import program_version
from exports.moments import now_in_sweden, swedish_time
from exports.safety import Losses
from exports.sheets import Sheet, add_cover, add_sheet, new_book
from exports.workbooks import saved
from indicators import catalogue, period_label
from locales import text
from locales.numbers import format_date, format_moment
from models import Store

ASKED: Final = ("region", "code", "audit", "report", "auditor", "decided", "reply_due", "number", "text",
                "addressed_to", "theme")  # fmt: skip
REPLIED: Final = ("status", "replied", "measures_taken", "measures_planned", "link", "time_plan", "due", "how",
                  "responsible", "reason_none")  # fmt: skip
ORIGIN: Final = ("synthetic", "published_at", "upload", "file", "sheet", "cell")
LATE: Final = ("late", "days_late")
FIGURES: Final = ("region", "code", "audit", "number", "indicator", "title", "before_period", "before", "latest_period",
                  "latest", "verdict", "difference", "diff_low", "diff_high", "sentence", "synthetic",
                  "before_cell", "latest_cell")  # fmt: skip
_DAYS: Final = {"decided": pl.Date, "reply_due": pl.Date, "replied": pl.Date, "due": pl.Date}
_NUMBERS: Final = {
    "number": pl.Int64, "upload": pl.Int64, "days_late": pl.Int64, "before": pl.Float64, "latest": pl.Float64,
    "difference": pl.Float64, "diff_low": pl.Float64, "diff_high": pl.Float64,
}  # fmt: skip
Row = dict[str, Any]


def compilation_table(audits: Sequence[FollowedAudit], language: str) -> pl.DataFrame:
    """One row per recommendation with its latest reply and where that stood, under localised headers."""
    rows = [
        {**asked_row(audit, one, language), **reply_row(one.reply, language), **_late_row(one, language),
         "status": status_word(one.status, language)}
        for audit in audits for one in audit.recommendations
    ]  # fmt: skip
    return _table(rows, (*ASKED, *REPLIED, *LATE, *ORIGIN), language)


def late_table(audits: Sequence[FollowedAudit], language: str) -> pl.DataFrame:
    """What is late, longest first."""
    rows = [
        {**asked_row(audit, one, language), **reply_row(one.reply, language), **_late_row(one, language),
         "status": status_word(one.status, language)}
        for audit, one in late_recommendations(audits)
    ]  # fmt: skip
    names = ("region", "audit", "number", "text", "addressed_to", "status", "reply_due", "due", "responsible", *LATE)
    return _table(rows, names, language)


def history_table(audits: Sequence[FollowedAudit], language: str) -> pl.DataFrame:
    """Every published reply, oldest first."""
    rows = [
        {**asked_row(audit, one, language), **reply_row(reply, language),
         "status": status_word(reply["status"], language)}
        for audit in audits for one in audit.recommendations for reply in one.replies
    ]  # fmt: skip
    return _table(rows, ("region", "audit", "number", *REPLIED, *ORIGIN), language)


def figures_table(store: Store, audits: Sequence[FollowedAudit], language: str, as_of: date | None) -> pl.DataFrame:
    """The linked figures before and after, with the tested change or why there is none."""
    rows = [
        {**asked_row(audit, one, language), **figure_row(found, language)}
        for audit in audits for one in audit.recommendations
        for found in figures_since(store, audit, one.indicators, as_of=as_of)
    ]  # fmt: skip
    return _table(rows, FIGURES, language)


def asked_row(audit: FollowedAudit, one: FollowedRecommendation, language: str) -> Row:
    return {
        "region": audit.region_name, "code": audit.region, "audit": audit.audit, "report": audit.report,
        "auditor": audit.auditor, "decided": audit.decided, "reply_due": audit.reply_due, "number": one.number,
        "text": one.text, "addressed_to": one.addressed_to, "theme": text(f"followup.themes.{one.theme}", language),
    }  # fmt: skip


def reply_row(reply: Mapping[str, Any] | None, language: str) -> Row:
    """A reply's fields and the cell of its file; nothing for none."""
    if reply is None:
        return {}
    marked = text("flags.x", language) if reply["synthetic"] else ""
    cell = f"{column_letters(reply['col'])}{reply['row']}"
    return {**{name: reply[name] for name in (*REPLIED, *ORIGIN) if name in reply}, "synthetic": marked, "cell": cell}


def figure_row(found: FollowedFigure, language: str) -> Row:
    judged = found.judged or {}
    rows = {"before": found.before, "latest": found.latest}
    told: Row = {
        "indicator": found.indicator.id, "title": found.indicator.title.in_language(language),
        "verdict": text(f"followup.verdicts.{found.verdict}", language), "sentence": figure_sentence(found, language),
        "synthetic": text("flags.x", language) if found.synthetic else "",
        **{name: judged.get(name) for name in ("difference", "diff_low", "diff_high")},
    }  # fmt: skip
    for name, row in rows.items():
        if row:
            told |= {name: row["value"], f"{name}_period": period_label(row["period"], language),
                     f"{name}_cell": f"{row['file']} {row['sheet']} {row['cell']}".replace("  ", " ")}  # fmt: skip
    return told


def _late_row(one: FollowedRecommendation, language: str) -> Row:
    return {"late": late_sentence(one.late, language), "days_late": one.late.days} if one.late else {}


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
    store: Store, audits: Sequence[FollowedAudit], language: str, *, today: date, as_of: date | None = None,
    link: str = "",
) -> bytes:  # fmt: skip
    """Cover, what is late, the compilation, earlier replies, figures before and after."""
    losses, title = Losses(), text("pages.followup.title", language)
    product = text("exports.product", language)
    book = new_book(title, product)
    tables = {
        "late": late_table(audits, language), "compilation": compilation_table(audits, language),
        "history": history_table(audits, language), "figures": figures_table(store, audits, language, as_of),
    }  # fmt: skip
    add_cover(
        book,
        text("exports.sheets.cover", language),
        f"{product}: {title}",
        _cover(store, audits, language, today, link) + _warned(tables.values(), language),
    )
    for name, frame in tables.items():
        add_sheet(book, Sheet(text(f"followup.sheets.{name}", language), frame, wrapped=True), losses)
    return saved(book)


def _cover(
    store: Store, audits: Sequence[FollowedAudit], language: str, today: date, link: str
) -> list[tuple[str, Any]]:  # fmt: skip
    group = catalogue().default_group
    missing = regions_without_letter(audits, group.regions)
    names = ", ".join(catalogue().regions[code].name for code in missing) or "–"
    return [
        (text("followup.cover.day", language), format_date(today, language)),
        (text("followup.cover.recommendations", language), sum(len(audit.recommendations) for audit in audits)),
        (text("followup.cover.late", language), len(late_recommendations(audits))),
        (text("followup.cover.missing", language), names),
        (text("followup.cover.note", language), text("followup.no_claim", language)),
        (text("exports.cover.created", language), format_moment(now_in_sweden(), language)),
        *([(text("exports.cover.link", language), link)] if link else []),
        (text("exports.cover.program", language), f"{text('exports.product', language)} {program_version()}"),
        (text("exports.cover.data", language), store.data_version()),
    ]


def _warned(tables: Iterable[pl.DataFrame], language: str) -> list[tuple[str, Any]]:
    """A line of the cover where any row of the sheets is made up."""
    mark = header("synthetic", language)
    found = any((table[mark] != "").any() for table in tables if mark in table.columns)
    warned = [(text("supply_analysis.cover.synthetic", language), text("exports.cover.synthetic", language))]
    return warned if found else []
