"""The sample an auditor checks against the original files: where each figure stands, what stands there, what we say."""

from typing import Final

import polars as pl

from analysis.methods.flags import any_synthetic
from analysis.origin.sample import FigureSample
from exports.book import made_book
from exports.cover import banner, made
from exports.sheets import Sheet
from exports.tables import header_of, in_words, number_format
from indicators import catalogue
from locales import text
from locales.numbers import format_number
from models import settings
from views.parts import Reader

_FIGURE: Final = (
    "title",
    "region",
    "period",
    "sex",
    "file",
    "sheet",
    "cell",
    "record",
    "printed",
    "value",
    "unit",
    "flags",
)
_OUTCOMES: Final = ("agrees", "differs", "not_found")


def sample_workbook(reader: Reader, sample: FigureSample) -> bytes:
    """Cover that says how the sample was drawn, and a row per figure with a list to answer from and room for a note."""
    language, rows, known = reader.language, sample.rows, catalogue().indicators
    counts = {name: format_number(count, 0, language) for name, count in (("n", rows.height), ("among", sample.among))}
    cover = [
        *banner(any_synthetic(rows), language),
        (text("sample_check.drawn", language), text("sample_check.drawn_text", language, **counts)),
        (text("sample_check.seed", language), sample.seed),
        (text("sample_check.how", language), text("sample_check.how_text", language)),
        *made(reader.as_of, reader.store.data_version(), "", language),
    ]
    shown = in_words(rows, language).with_columns(
        title=_of(rows, {one: each.title.in_language(language) for one, each in known.items()}),
        unit=_of(rows, {one: text(f"exports.unit.{each.unit}", language) for one, each in known.items()}),
    )
    answers = [text(f"sample_check.outcome.{one}", language) for one in _OUTCOMES]
    outcome, note = (text(f"sample_check.{name}", language) for name in ("outcome_head", "note"))
    table = shown.select(
        pl.int_range(1, pl.len() + 1).alias(text("sample_check.number", language)),
        *(pl.col(name).alias(_header(name, language)) for name in _FIGURE),
        pl.lit(None, pl.String).alias(outcome),
        pl.lit(None, pl.String).alias(note),
    )
    shown_as = [number_format(known[one].unit, known[one].decimals) for one in rows["indicator"]]
    base = settings().public_url
    sheet = Sheet(
        text("sample_check.sheet", language),
        table,
        {_header("value", language): shown_as},
        frozen="C2",
        named=True,
        links={_header("title", language): [f"{base}/{reader.figure(row)}" if base else "" for row in rows.to_dicts()]},
        choices={outcome: answers},
    )
    return made_book(text("sample_check.title", language), cover, [sheet], language)


def _of(rows: pl.DataFrame, words: dict[str, str]) -> pl.Series:
    return rows["indicator"].replace_strict(words, default="", return_dtype=pl.String)


def _header(name: str, language: str) -> str:
    own = {"printed": "sample_check.printed", "value": "sample_check.value"}
    return text(own[name], language) if name in own else header_of(name, None, language)
