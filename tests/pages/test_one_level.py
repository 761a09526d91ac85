"""One level everywhere: chart, words, table, workbook and cover say the same word of a row at 95 and at 99.8 %."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from analysis import compare_regions, series_over_time
from analysis.supply import MinimumRule, compared_shares
from analysis.told import told_word
from exports import comparison_csv, comparison_workbook, comparisons_workbook, formatted_table
from indicators import catalogue, period_of
from locales import LANGUAGES, text
from models import Store
from tests.pages.reading import strips
from tests.pages.reading import table as shown_table
from views.area import area
from views.parts import Reader

Open = Callable[..., AppTest]


def drawn(at: AppTest) -> dict[str, str]:
    """Region's name → the word beside it in the strips."""
    full = {region.short_name: region.name for region in catalogue().regions.values()}
    nation = catalogue().regions["00"].short_name
    return {full[name]: " ".join(told.split()[2:]) for name, told in strips(at).items() if name != nation}


def in_table(table: pl.DataFrame, language: str) -> dict[str, str]:
    heads = (text(f"exports.columns.{name}", language) for name in ("region", "judgement"))
    return {region: word for region, word in table.select(heads).iter_rows() if word}


def in_book(content: bytes, language: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Region → word of the data sheet, and the cover's lines."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    head, *rows = book[text("exports.sheets.basis", language)].iter_rows(values_only=True)
    region, word = (head.index(text(f"exports.columns.{name}", language)) for name in ("region", "judgement"))
    cover = dict(list(book[text("exports.sheets.cover", language)].iter_rows(values_only=True, max_col=2))[1:])
    return {str(row[region]): str(row[word]) for row in rows if row[word]}, cover


PLACES = [
    ("trust", "trust_overall", "riket"),
    ("trust", "access_needed_care", "group:six"),
    ("trust", "trust_primary_care", "region:24"),  # one row is what the others are compared with
    ("uptake", "home_care_digital_positive", "riket"),  # neither way is better
    ("satisfaction", "nki_phone", "riket"),  # nothing can be assessed
    ("trust", "trust_overall", "target"),  # no target is registered
]
ASKED = [
    (*place, level, LANGUAGES[(number + other) % 2])
    for number, place in enumerate(PLACES)
    for other, level in enumerate(("95", "99.8"))
]


@pytest.mark.parametrize(("where", "indicator", "benchmark", "level", "language"), ASKED)
def test_chart_table_workbook_and_cover_say_one_word(
    opened: Open, sample_store: Store, where: str, indicator: str, benchmark: str, level: str, language: str
) -> None:
    period = "2023"
    address = {"indicator": indicator, "period": period, "benchmark": benchmark, "level": level, "lang": language}
    at = opened(where, **address)
    assert not at.exception
    asked = compare_regions(sample_store, indicator, period, benchmark=benchmark, level=float(level))
    rows = asked.rows.filter(pl.col("code") != "00").iter_rows(named=True)
    expected = {row["region"]: told_word(row, language) for row in rows}
    assert drawn(at) == expected
    assert in_table(formatted_table(asked.rows, asked.indicator, language), language) == expected
    html = shown_table(opened(where, show="table", **address))
    for word in set(expected.values()):
        assert html.count(f">{word}<") >= list(expected.values()).count(word)
    series = series_over_time(sample_store, indicator)
    reader = Reader(language, sample_store)
    view = area(reader, asked, series, ("25", "24"))
    printed = {"95": "95", "99.8": {"sv": "99,8", "en": "99.8"}[language]}[level]
    books = [
        comparison_workbook(reader, view, asked, series),
        comparisons_workbook(reader, view, [asked], [series], chosen=(), ranks="marginal"),
    ]
    for words, cover in (in_book(book, language) for book in books):
        assert words == expected
        assert cover[text("exports.cover.level", language)].replace("\N{NO-BREAK SPACE}", "").rstrip("%") == printed
    csv = comparison_csv(asked, language=language).decode("utf-8-sig")
    for region, word in expected.items():
        assert any(line.startswith(region) and f";{word};" in line for line in csv.splitlines())


def test_a_mark_that_holds_at_95_only_is_no_mark_at_99_8_anywhere(opened: Open, sample_store: Store) -> None:
    """Örebro, Kronoberg and their like: 'sämre' at 95 and nothing at 99.8."""
    usual, strict = (compare_regions(sample_store, "trust_overall", "2023", level=level) for level in (95, 99.8))
    weak = usual.rows.filter(level=95.0)["code"].to_list()
    assert len(weak) >= 3
    assert set(strict.rows.filter(pl.col("code").is_in(weak))["judgement"]) == {"similar"}
    assert strict.rows.filter(pl.col("code").is_in(weak))["level"].to_list() == [None] * len(weak)


def test_the_level_is_kept_on_pages_that_do_not_ask_for_it(opened: Open, sample_store: Store) -> None:
    at = opened("data", indicator="trust_overall", period="2023", level="99.8")
    asked = compare_regions(sample_store, "trust_overall", "2023", level=99.8)
    html = next(box.proto.body for box in at.get("html") if "Bedömning" in box.proto.body)
    assert html.count(">sämre<") == asked.rows.filter(judgement="worse").height


def test_the_share_of_units_is_told_at_the_readers_level_too(sample_store: Store) -> None:
    period = period_of("2024-01")
    usual, strict = (compared_shares(sample_store, period, MinimumRule(4), level=level) for level in (95, 99.8))
    assert (usual.level, strict.level) == (95, 99.8)
    weak = usual.rows.filter(level=95.0)["code"].to_list()
    assert set(strict.rows.filter(pl.col("code").is_in(weak))["judgement"]) <= {"similar"}
