"""Öppna data: what can be taken today and in which form, whose the figures are, and how an earlier day is asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import polars as pl

from analysis import indicators_with_figures, publication_days, uploads_list
from analysis.figures import figures_of
from analysis.methods.flags import has_flag
from analysis.moments import today_in_sweden
from indicators import catalogue
from indicators.file_layouts import publisher_of
from locales import text
from locales.numbers import format_date, format_number
from views.overview import key_measures
from views.parts import Reader
from wording.figures import publisher_in_words

_WORKBOOK: Final = "Excel"
_WAYS: Final[Mapping[str, tuple[str, tuple[str, ...], Mapping[str, str]]]] = {
    "view": ("trust", (_WORKBOOK,), {}),
    "own": ("compare", (_WORKBOOK,), {}),
    "card": ("indicator", (_WORKBOOK,), {}),
    "matrix": ("supply", (_WORKBOOK, "CSV"), {"part": "matrix"}),
    "gaps": ("supply", (_WORKBOOK, "CSV"), {"part": "gaps"}),
    "targets": ("targets", (_WORKBOOK,), {}),
    "followup": ("followup", (_WORKBOOK,), {}),
    "changes": ("changes", (_WORKBOOK, "CSV"), {}),
}
"""What can be taken → the page, the forms, and which part of the page."""
_COMMANDS: Final = {
    "all_csv": "export csv --all --out {file}.csv",
    "all_workbook": "export workbook --all --out {file}.xlsx",
    "one": "export csv --indicator {indicator} --out {indicator}.csv",
    "day": "export csv --all --as-of {day} --out {file}_{day}.csv",
    "json": "compare {indicator} --json",
}
_PROGRAMS: Final = {
    "api": "api/v1/openapi.json",
    "observations": "api/v1/observations?indicator={indicator}",
    "px": "api/v2/tables",
    "package": "api/v1/datapackage/{indicator}.zip",
    "catalogue": "datasets/dcat",
    "feed": "feed.xml",
}
"""What programs ask → the address, of the site's own (opendata/)."""
_DAYS: Final = 5  # publication days that are named; the change log has them all


class Way(NamedTuple):
    """Something that can be taken: what, in which forms, on which page."""

    what: str
    formats: str
    page: str
    address: str


class Command(NamedTuple):
    what: str
    line: str


class Source(NamedTuple):
    """A published file: who it comes from, the surveys behind it, on which terms; `address`: its original, "" for who
    may not fetch it."""

    file: str
    address: str
    publisher: str
    behind: str
    terms: str


@dataclass(frozen=True)
class OpenData:
    """The page. `cite`: how a source is named, with the first real one as example, "" without; `days`: earlier days'
    figures, newest first, each with its address; `programs`: what programs ask, each with its address."""

    ways: tuple[Way, ...]
    commands: tuple[Command, ...]
    programs: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
    cite: str
    version: str
    days: tuple[tuple[str, str], ...]


def open_data(reader: Reader, *, originals: bool) -> OpenData:
    """The page, for one who may fetch the `originals` or may not."""
    language = reader.language
    rows = uploads_list(reader.store, reader.as_of).filter(status="published").sort("synthetic", "id").to_dicts()
    behind = _behind(reader)
    real = [row for row in rows if not row["synthetic"] and row["id"] in behind]
    days = publication_days(reader.store)
    return OpenData(
        tuple(_way(reader, name) for name in _WAYS),
        _commands(reader, days[0].isoformat() if days else today_in_sweden().isoformat()),
        _programs(reader),
        tuple(_source(reader, row, behind.get(row["id"], ()), originals) for row in rows),
        text("open_data.cite_as", language, cited=_cite(reader, [_publisher(real[0], language)], behind[real[0]["id"]]))
        if real
        else "",
        text("open_data.version", language, version=format_number(reader.store.data_version(), 0, language)),
        tuple(
            (
                text("open_data.of_day", language, day=format_date(day, language)),
                Reader(language, reader.store, day).link("./"),
            )
            for day in days[:_DAYS]
        ),
    )


def _way(reader: Reader, name: str) -> Way:
    page, formats, part = _WAYS[name]
    title = text(f"pages.{page}.title", reader.language)
    return Way(text(f"open_data.way.{name}", reader.language), ", ".join(formats), title, reader.link(page, **part))


def _commands(reader: Reader, day: str) -> tuple[Command, ...]:
    named = {"file": text("ui.everything_file", reader.language), "indicator": key_measures()[0].id, "day": day}
    return tuple(
        Command(text(f"open_data.command.{name}", reader.language), f"python cli.py {line.format(**named)}")
        for name, line in _COMMANDS.items()
    )


def _programs(reader: Reader) -> tuple[tuple[str, str], ...]:
    first = key_measures()[0].id
    return tuple(
        (text(f"open_data.program.{name}", reader.language), address.format(indicator=first))
        for name, address in _PROGRAMS.items()
    )


def _behind(reader: Reader) -> dict[int, tuple[str, ...]]:
    """Upload → the surveys behind its current figures, in the catalogue's words."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for name in indicators_with_figures(reader.store, reader.as_of):
        indicator = catalogue().indicators[name]
        rows = figures_of(reader.store, indicator, reader.as_of).filter(pl.col("upload").is_not_null())
        for upload in rows["upload"].unique().sort():
            found[upload][publisher_in_words(indicator.source)] = None
    return {upload: tuple(names) for upload, names in found.items()}


def _source(reader: Reader, row: Mapping[str, Any], behind: tuple[str, ...], originals: bool) -> Source:
    return Source(
        row["file"],
        reader.link("data", upload=str(row["id"])) if originals else "",
        _publisher(row, reader.language),
        text("flags.x", reader.language) if row["synthetic"] else "; ".join(behind),
        terms_of(row, reader.language),
    )


def terms_of(row: Mapping[str, Any], language: str) -> str:
    """On which terms the figures of an upload (a row of uploads_list) may be used."""
    terms = "synthetic" if row["synthetic"] else publisher_of(row["layout"]) or "own"
    return text(f"open_data.terms.{terms}", language)


def _publisher(row: Mapping[str, Any], language: str) -> str:
    return text(f"open_data.from.{publisher_of(row['layout']) or 'own'}", language)


def citation(reader: Reader, rows: pl.DataFrame) -> str:
    """How the sources of figures (FIGURE_COLUMNS) are named; "" where they stand in no file or are all made up."""
    real = rows.filter(pl.col("upload").is_not_null(), ~has_flag(pl.col("flags"), "x"))
    if real.is_empty():
        return ""
    known = catalogue().indicators
    measured = real["indicator"].unique(maintain_order=True)
    behind = dict.fromkeys(publisher_in_words(known[one].source) for one in measured)
    used = uploads_list(reader.store, reader.as_of).filter(pl.col("id").is_in(real["upload"].unique().implode()))
    return _cite(reader, [_publisher(row, reader.language) for row in used.to_dicts()], behind)


def _cite(reader: Reader, publishers: Iterable[str], behind: Iterable[str]) -> str:
    day = format_date(reader.as_of or today_in_sweden(), reader.language)
    version = format_number(reader.store.data_version(), 0, reader.language)
    named = {"behind": "; ".join(behind), "publisher": "; ".join(dict.fromkeys(publishers))}
    return text("open_data.cite", reader.language, **named, version=version, day=day)
