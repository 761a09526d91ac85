"""The decided targets as a workbook: what is decided and how it stands, how much has a target, what has none, the
history.

Every figure comes as analysis.targets has it; values in the indicator's unit, with the unit beside them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from access import shown_actor
from analysis.targets.decided import target_versions, targets_version
from analysis.targets.shares import followed_indicators, target_shares
from analysis.targets.standing import attained_targets, this_day
from exports.book import made_book
from exports.control import control_sheet, row_check, share_checks, word_checks
from exports.cover import found, made
from exports.diagrams import bars_diagram
from exports.moments import swedish_time
from exports.reading import sheet_to_read
from exports.sheets import Sheet
from indicators import catalogue, period_label
from locales import text
from locales.numbers import format_date
from models import Store
from views.targets import TARGET_COLUMNS, finding, targets_in_words
from wording.targets import region_in_words, status_reason, status_word, target_in_words, title_of

_TARGETS: Final[dict[str, Any]] = {
    "region": pl.String, "code": pl.String, "indicator": pl.String, "indicator_id": pl.String, "stated": pl.String,
    "own": pl.String, "kind": pl.String, "value": pl.Float64, "unit": pl.String, "valid_from": pl.Date,
    "valid_to": pl.Date, "by_date": pl.Date, "phase": pl.String, "status": pl.String, "reason": pl.String,
    "value_now": pl.Float64, "ci_low": pl.Float64, "ci_high": pl.Float64, "usual_low": pl.Float64,
    "usual_high": pl.Float64, "evidence": pl.String, "period": pl.String, "synthetic": pl.String, "body": pl.String,
    "decided": pl.Date, "document": pl.String, "target": pl.String,
}  # fmt: skip
_HISTORY: Final[dict[str, Any]] = {
    "entered_at": pl.String,
    "event": pl.String,
    "target": pl.String,
    "region": pl.String,
    "indicator": pl.String,
    "stated": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "body": pl.String,
    "decided": pl.Date,
    "document": pl.String,
    "note": pl.String,
    "entered_by": pl.String,
}


def targets_table(targets: pl.DataFrame, language: str) -> pl.DataFrame:
    """The targets (analysis.targets.ATTAINED) under localised headers; numbers and days as such."""
    rows = [_target(row, language) for row in targets.iter_rows(named=True)]
    return _headed(pl.DataFrame(rows, schema=_TARGETS), language)


def _target(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    known = catalogue().indicators.get(row["indicator"])
    said = {
        "indicator": title_of(row["indicator"], language),
        "indicator_id": row["indicator"],
        "stated": target_in_words(row, language),
        "own": text(f"targets.own.{'own' if row['own'] else 'shared'}", language),
        "kind": text(f"targets.kind_name.{row['kind']}", language),
        "unit": text(f"exports.unit.{known.unit}", language) if known else "",
        "phase": text(f"targets.phase.{row['phase']}", language),
        "status": status_word(row, language, sign=False),
        "reason": status_reason(row, language),
        "evidence": text(f"evidence.{row['evidence']}", language),
        "period": period_label(row["period"], language) if row["period"] else "",
        "synthetic": text("ui.yes" if row["synthetic"] else "ui.no", language) if row["period"] else "",
    }
    return {name: {**row, **said}[name] for name in _TARGETS}


def shares_table(shares: pl.DataFrame, language: str) -> pl.DataFrame:
    """analysis.targets.target_shares under localised headers."""
    return _headed(shares.select("region", "code", "targets", "share", every="indicators"), language)


def without_target(targets: pl.DataFrame) -> list[str]:
    """The followed indicators for which none of the targets (ATTAINED) still holds or is to come."""
    held = set(targets.filter(pl.col("phase") != "ended")["indicator"])
    return [one.id for one in followed_indicators() if one.id not in held]


def without_table(targets: pl.DataFrame, language: str) -> pl.DataFrame:
    known = catalogue().indicators
    rows = [
        {"area": text(f"areas.{known[one].area}", language), "indicator": title_of(one, language), "indicator_id": one}
        for one in without_target(targets)
    ]
    return _headed(pl.DataFrame(rows, schema=dict.fromkeys(("area", "indicator", "indicator_id"), pl.String)), language)


def history_table(versions: pl.DataFrame, language: str, names: Mapping[str, str] | None = None) -> pl.DataFrame:
    """Every version of every target (analysis.targets.TARGET_COLUMNS) in words, latest first; `entered_at` is a moment
    of Swedish clock time, `names` as access.shown_actor takes them."""
    first = set(versions.unique("target", keep="first")["id"])
    rows = [_version(row, first, language, names) for row in versions.reverse().iter_rows(named=True)]
    return _headed(pl.DataFrame(rows, schema=_HISTORY).with_columns(swedish_time("entered_at")), language)


def _version(row: Mapping[str, Any], first: set[int], language: str, names: Mapping[str, str] | None) -> dict[str, Any]:
    event = "withdrawn" if row["withdrawn"] else "entered" if row["id"] in first else "corrected"
    said = {
        "event": text(f"targets.event.{event}", language),
        "region": region_in_words(row["region"], language),
        "indicator": title_of(row["indicator"], language),
        "stated": target_in_words(row, language),
        "entered_by": shown_actor(row["entered_by"], language, names),
    }
    return {name: {**row, **said}[name] for name in _HISTORY}


def _headed(frame: pl.DataFrame, language: str) -> pl.DataFrame:
    return frame.rename({name: text(f"targets.columns.{name}", language) for name in frame.columns})


def versions_shown(store: Store, codes: Sequence[str], as_of: date | None = None) -> pl.DataFrame:
    """The versions of targets that are for any of these regions, earliest first."""
    return target_versions(store, as_of).filter(pl.col("region").is_in(["", *codes]))


def targets_workbook(
    store: Store,
    codes: Sequence[str],
    language: str,
    *,
    as_of: date | None = None,
    link: str = "",
    names: Mapping[str, str] | None = None,
) -> bytes:
    """Cover with the finding, the targets to read, targets, shares, indicators without a target, history; of these
    regions, as everything stood on `as_of`."""
    targets, shares = attained_targets(store, codes, as_of=as_of), target_shares(store, codes, as_of=as_of)
    regions = ", ".join(catalogue().regions[code].name for code in codes)
    rows, followed = targets.to_dicts(), len(followed_indicators())
    view = finding(rows, len(codes), len(without_target(targets)), followed, "", language)
    lines = [
        *_warned(targets, language),
        *found(view.headline, view.lead, language),
        (text("targets.cover.regions", language), regions),
        (text("targets.cover.day", language), format_date(this_day(as_of), language)),
        (text("targets.sheets.targets", language), text("targets.page.about", language)),
        (text("targets.sheets.shares", language), _about_shares(language)),
        *made(as_of, f"{store.data_version()}.{targets_version(store)}", link, language),
    ]
    told = [[getattr(one, name) for name in TARGET_COLUMNS] for one in targets_in_words(rows, language)]
    to_read = _headed(pl.DataFrame(told, schema=dict.fromkeys(TARGET_COLUMNS, pl.String), orient="row"), language)
    tables = {
        "targets": targets_table(targets, language),
        "shares": shares_table(shares, language),
        "without": without_table(targets, language),
        "history": history_table(versions_shown(store, codes, as_of), language, names),
    }
    sheets = {
        name: Sheet(text(f"targets.sheets.{name}", language), table, named=True) for name, table in tables.items()
    }
    reading = sheet_to_read(to_read, view.headline, language)
    head = {name: text(f"targets.columns.{name}", language) for name in ("share", "targets", "every", "status")}
    drawn = bars_diagram(
        shares_table(shares, language).select(text("targets.columns.region", language), head["share"]),
        text("targets.sheets.shares", language),
        text("exports.diagram.bars", language, headline=view.headline, lead=" ".join(view.lead)),
        language,
    )
    checks = [
        *share_checks(sheets["shares"], language, of=(head["share"], head["targets"], head["every"])),
        *word_checks(sheets["targets"], head["status"], language),
        *(row_check(sheets[name], language) for name in ("targets", "without", "history")),
    ]
    pictures = [drawn] if drawn and shares["targets"].sum() else []
    every = [reading, *sheets.values(), *pictures, control_sheet(checks, language)]
    return made_book(text("targets.cover.title", language), lines, every, language)


def _warned(targets: pl.DataFrame, language: str) -> list[tuple[str, str]]:
    """A line of the cover where any target is told by an example figure."""
    warned = [(text("supply_analysis.cover.synthetic", language), text("exports.cover.synthetic", language))]
    return warned if targets["synthetic"].any() else []


def _about_shares(language: str) -> str:
    return text("targets.page.shares_about", language, every=len(followed_indicators()))
