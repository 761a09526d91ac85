"""What became of published figures: each event in words, and corrections apart from what is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from analysis import change_log, told_changes
from indicators import Indicator, catalogue, period_label
from locales import text
from locales.numbers import format_moment, format_value
from locales.stored import stored_words
from views.parts import Reader


@dataclass(frozen=True)
class Correction:
    """A figure that became another or is no longer shown, and was no example: when and by which file, what it was and
    is, why (the publisher's own note, "" for none), and where the figure's own page is."""

    moment: str
    file: str
    title: str
    region: str
    period: str
    sex: str
    old: str
    new: str
    note: str
    address: str

    @property
    def named(self) -> str:
        """`Förtroende …, Region Norrbotten, 2025`."""
        return ", ".join(part for part in (self.title, self.region, self.period, self.sex) if part)

    @property
    def said(self) -> str:
        """`Förtroende …, Region Norrbotten, 2025: 61,0 % → 62,3 %`."""
        return f"{self.named}: {self.old} → {self.new}"


@dataclass(frozen=True)
class Told:
    """An event: its number in the log, its moment (ISO 8601, UTC), a heading, a sentence of what it holds, and the
    figures it corrected."""

    event: int
    at: str
    title: str
    said: str
    corrections: tuple[Correction, ...]


def shown_value(row: Mapping[str, Any], side: str, indicator: Indicator, language: str) -> str:
    """The value of one side (`old` or `new`) of a change (analysis.event_changes.CHANGES), why there is none, or
    "dolt"; an en dash for no figure."""
    reason, value = row[f"{side}_reason"], row[side]
    if reason is None:
        return "–"
    if reason == "suppressed":
        return text("changelog.hidden", language)
    if value is None:
        return text(f"reasons.{reason}", language)
    printed = format_value(value, indicator.unit, indicator.decimals, language)
    return text("changelog.synthetic", language, value=printed) if row[f"{side}_synthetic"] else printed


def corrections(reader: Reader, event: Mapping[str, Any], *, indicator: str | None = None) -> tuple[Correction, ...]:
    """The corrections of an event of the log (analysis.change_log), largest first, or those of one indicator."""
    changes = told_changes(reader.store, event["event"], indicator=indicator).filter(pl.col("revised"))
    return tuple(_correction(reader, event, row) for row in changes.iter_rows(named=True))


def _correction(reader: Reader, event: Mapping[str, Any], row: Mapping[str, Any]) -> Correction:
    language, indicator = reader.language, catalogue().indicators[row["indicator"]]
    return Correction(
        format_moment(datetime.fromisoformat(event["at"]), language),
        event["file"],
        indicator.title.in_language(language),
        row["region"],
        period_label(row["period"], language),
        "" if row["sex"] == "T" else text(f"sexes.{row['sex']}", language),
        shown_value(row, "old", indicator, language),
        shown_value(row, "new", indicator, language),
        stored_words(event["note"], language),
        reader.figure({**row, "upload": 0}),
    )


def events(
    reader: Reader, *, indicator: str | None = None, region: str | None = None, newest: int | None = None
) -> tuple[Told, ...]:
    """The events, newest first: all, those that touched an indicator, or those that touched a region's figures."""
    log = change_log(reader.store, indicator=indicator, region=region, as_of=reader.as_of, newest=newest)
    return tuple(_told(reader, event, indicator, region) for event in log.iter_rows(named=True))


def _told(reader: Reader, event: Mapping[str, Any], indicator: str | None, region: str | None) -> Told:
    language = reader.language
    corrected = corrections(reader, event, indicator=indicator)
    if region is not None:
        name = catalogue().regions[region].name
        corrected = tuple(one for one in corrected if one.region == name)
    titles = [catalogue().indicators[one].title.in_language(language) for one in event["indicators"]]
    example = [text("flags.x", language)] if event["synthetic"] else []
    return Told(
        event["event"],
        event["at"],
        text(
            "open_api.feed.entry", language, kind=text(f"changelog.kinds.{event['kind']}", language), file=event["file"]
        ),
        ". ".join([*example, *filter(None, (", ".join(titles), stored_words(event["note"], language)))]),
        corrected,
    )
