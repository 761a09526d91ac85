"""No page says "likvärdig" beside a figure without an interval: a search through all that is drawn and written."""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis import compare_regions, indicators_with_figures
from dashboard import PAGES
from indicators import NATION, catalogue
from locales import LANGUAGES, text
from models import Store
from views.area_pages import PAGE_OF

Open = Callable[..., AppTest]
SIMILAR = {language: text("judgements.short.similar", language) for language in LANGUAGES}


class Tables(HTMLParser):
    """The tables of some HTML: per row {header: cell}."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []
        self._heads: list[str] = []
        self._cells: list[str] = []
        self._inside = False
        self._heading = False
        self.feed(html)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "thead":
            self._heads, self._heading = [], True
        elif tag == "tr":
            self._cells = []
        elif tag in ("th", "td"):
            self._inside = True
            self._cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self._inside = False
        elif tag == "thead":
            self._heads, self._heading = self._cells, False
        elif tag == "tr" and not self._heading and len(self._cells) == len(self._heads):  # no heading within a table
            self.rows.append(dict(zip(self._heads, self._cells, strict=True)))

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._cells[-1] += data


def records(node: Any) -> Iterator[dict[str, Any]]:
    """Every record of a chart's data."""
    if isinstance(node, dict):
        yield from node.get("data", {}).get("values", [])
        for each in node.values():
            yield from records(each)
    elif isinstance(node, list):
        for each in node:
            yield from records(each)


def everything_said(at: AppTest) -> str:
    boxes = (at.title, at.header, at.markdown, at.info, at.warning, at.error, at.success, at.caption)
    written = [element.value for boxed in boxes for element in boxed]
    alts = [chart.proto.alt for chart in charts(at)]
    drawn = [str(record) for chart in charts(at) for record in records(json.loads(chart.proto.spec))]
    tables = [box.proto.body for box in at.get("html")]
    return "\n".join([*written, *alts, *drawn, *tables]).lower()


def charts(at: AppTest) -> list[Any]:
    return list(at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart"))


def check(at: AppTest, language: str) -> None:
    """Every cell and every mark that says "similar" has the interval that lets it."""
    similar = SIMILAR[language]
    judgement, low = (text(f"exports.columns.{name}", language) for name in ("judgement", "ci_low"))
    for box in at.get("html"):
        for row in Tables(box.proto.body).rows:
            if row.get(judgement) == similar and low in row:
                assert row[low] not in ("", "–"), row
    for chart in charts(at):
        for record in records(json.loads(chart.proto.spec)):
            if similar in (record.get("word"), record.get("judgement")):
                assert record["low"] is not None, record


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_indicator_without_intervals_is_called_similar(opened: Open, sample_store: Store, language: str) -> None:
    searched = 0
    phrase = text("judgements.phrase.similar", language, benchmark=text("judgements.benchmark.riket", language))
    tally = rf"(?i){phrase}: \d+ \(([^)]*)\)"
    seen: set[tuple[str, ...]] = set()
    for indicator in indicators_with_figures(sample_store):
        area = catalogue().indicators[indicator].area
        if area not in PAGE_OF:
            continue
        rows = compare_regions(sample_store, indicator).rows
        bare_all = (rows.filter(rows["code"] != NATION)["evidence"] == "none").all()
        kind = (area, *sorted(set(rows["evidence"])), *sorted(set(rows["judgement"].drop_nulls())))
        if kind in seen and not bare_all:
            continue  # the same page with the same kinds of evidence and judgements
        seen.add(kind)
        if language != LANGUAGES[0] and not bare_all:
            continue  # the rule is the same in both; the words are searched for where none has an interval
        at = opened(PAGE_OF[area], indicator=indicator, lang=language)
        assert not at.exception
        check(at, language)
        bare = {catalogue().regions[code].short_name for code in rows.filter(evidence="none")["code"]}
        for names in re.findall(tally, " ".join(chart.proto.alt for chart in charts(at))):
            assert not bare & set(names.split(", ")), indicator
        if bare_all:
            searched += 1
            assert not re.search(rf"\b{SIMILAR[language]}\b", everything_said(at)), indicator
    assert searched >= 3  # the sample data have several without any interval, or the search proves nothing


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_no_page_calls_a_figure_without_interval_similar(opened: Open, sample_store: Store, name: str) -> None:
    check(opened(name), "sv")
    check(opened(name, synthetic="1"), "sv")
