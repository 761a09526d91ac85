"""The indicator's card: everything the definition says, every wave, every figure with its flags."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from analysis import compare_regions, series_over_time
from indicators import catalogue
from locales import LANGUAGES, text
from locales.numbers import format_date
from models import Store
from ui.escape import plain

Open = Callable[..., AppTest]


def paragraphs(at: AppTest) -> str:
    return "\n".join(box.value for box in at.markdown)


def tables(at: AppTest) -> list[str]:
    return [box.proto.body for box in at.get("html") if "<table" in box.proto.body]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("indicator", ["trust_overall", "trust_vardcentral", "nki_phone", "primary_care_phone_share"])
def test_the_card_says_all_that_the_definition_says(
    opened: Open, sample_store: Store, indicator: str, language: str
) -> None:
    at = opened("indicator", indicator=indicator, lang=language)
    assert not at.exception
    known, said = catalogue().indicators[indicator], paragraphs(at)
    words = [
        known.question_sv,
        known.source,
        known.owner,
        format_date(known.reviewed, language),
        format_date(known.next_review, language),
        *(caveat.in_language(language) for caveat in known.caveats),
        *(known.reason.in_language(language) for known in catalogue().breaks_of(known)),
        *(name for names in known.publisher_ids.model_dump().values() for name in names),
        *([known.design_effect_reason.in_language(language)] if known.design_effect_reason else []),
    ]
    assert [one for one in words if plain(one) not in said] == []


def test_predecessor_and_successor_are_told_with_the_reason(opened: Open, sample_store: Store) -> None:
    later = catalogue().indicators["trust_primary_care"]
    assert later.predecessor is not None
    for indicator in (later.id, later.predecessor.id):
        assert plain(later.predecessor.reason.sv) in paragraphs(opened("indicator", indicator=indicator))


def test_every_wave_has_its_assumed_base(opened: Open, sample_store: Store) -> None:
    waves = next(html for html in tables(opened("indicator")) if text("indicator_card.wave.base") in html)
    described = [wave for wave in catalogue().waves if wave.survey == "barometer"]
    assert waves.count("<tr>") == 1 + len(described)
    assert waves.count('class="number">1\N{NO-BREAK SPACE}000<') == len(described)


def test_every_figure_stands_with_its_flags(opened: Open, sample_store: Store) -> None:
    html = tables(opened("indicator"))[0]
    rows = series_over_time(sample_store, "trust_overall").rows
    assert html.count("<tr>") == 1 + rows["code"].n_unique()
    assert html.count('href="figure?') == rows.height  # every region every year, on the way to its cell
    assert html.count('<img class="spark"') == rows["code"].n_unique()
    assert ">68,7\N{NO-BREAK SPACE}%\N{NO-BREAK SPACE}ad<" in html  # Stockholm 2020: assumed base, comparability note


def test_every_figure_is_shaded_by_its_own_periods_comparison(opened: Open, sample_store: Store) -> None:
    html = tables(opened("indicator"))[0]
    shaded = re.findall(
        r'<td class="judged is-(\w+)[^>]*><a href="figure\?[^"]*region=(\d\d)&amp;period=(\d{4})[^>]*>[^<]*</a> '
        r'<span aria-hidden="true">(.)</span><span class="unseen">([^<]*)</span>',
        html,
    )
    assert len(shaded) == 21 * 10
    for period in ("2016", "2024", "2025"):  # 2024 is published and not judged
        rows = {row["code"]: row for row in compare_regions(sample_store, "trust_overall", period).rows.to_dicts()}
        own = {code: judgement for judgement, code, when, *_ in shaded if when == period}
        assert own == {code: rows[code]["judgement"] for code in own}
    assert {word for judgement, _, _, _, word in shaded if judgement == "worse"} == {"sämre"}


def test_a_run_of_months_is_not_shaded(opened: Open, sample_store: Store) -> None:
    assert "judged" not in tables(opened("indicator", indicator="calls_answered"))[0]


def test_the_number_of_answers_stands_where_it_is_published(opened: Open, sample_store: Store) -> None:
    row = series_over_time(sample_store, "trust_vardcentral").rows.drop_nulls("base_n").row(0, named=True)
    html = tables(opened("indicator", indicator="trust_vardcentral", lang="en"))[0]
    assert f"(n {row['base_n']:,.0f})" in html


def test_half_years_and_months_are_two_tables(opened: Open, sample_store: Store) -> None:
    months = opened("indicator", indicator="primary_care_phone_share")
    assert "december 2018" in tables(months)[0]
    halves = opened("indicator", indicator="primary_care_phone_share", kind="half_year")
    assert "december 2018" not in tables(halves)[0]


def test_an_indicator_without_figures_says_so(opened: Open, sample_store: Store) -> None:
    at = opened("indicator", indicator="equal_care")
    assert text("ui.nothing_published") in [box.value for box in at.info]
    assert not at.exception
