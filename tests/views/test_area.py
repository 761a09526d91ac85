"""The view of a comparison: every number, word and place on the scale, for each benchmark and level."""

from typing import Any

import pytest

from analysis import compare_regions, series_over_time
from models import Store
from tests.publishing import publish
from views.area import Area, Scale, Strip, area, whole_reading
from views.parts import Reader
from views.reading import Reading

CHOSEN = ("25", "24", "20")
NBSP = "\N{NO-BREAK SPACE}"


def figure(
    region: str,
    value: float | None,
    half: float | None = 3.0,
    period: str = "2023",
    of: str = "trust_overall",
    **given: Any,
) -> dict[str, Any]:
    """A figure with a published 95 % interval of ± `half`, or none."""
    ends = {} if half is None or value is None else {"ci_low": value - half, "ci_high": value + half}
    return {"indicator": of, "period": period, "region": region, "value": value, **ends, **given}


TRUST = [
    figure("25", 50.0),
    figure("24", 62.0),
    figure("01", 70.0),
    figure("20", None, reason="not_reported"),
    figure("00", 60.0, 1.0),
    figure("25", 54.0, period="2022"),
    figure("00", 61.0, 1.0, period="2022"),
]


def view(
    store: Store, of: str = "trust_overall", period: str | None = "2023", *, pinned: str = "", **asked: Any
) -> Area:
    comparison = compare_regions(store, of, period, **asked)
    series = series_over_time(store, of, regions=CHOSEN)
    return area(Reader("sv", store), comparison, series, CHOSEN, pinned)


def places(strip: Strip) -> tuple[float | None, ...]:
    """Estimate, ends and benchmark in thousandths of the scale."""
    of = (strip.estimate, strip.low, strip.high, strip.benchmark)
    return tuple(None if one is None else round(1000 * one) for one in of)


def told(strip: Strip) -> tuple[str, str, str, str]:
    return strip.name, strip.cell.value, strip.cell.verdict.judgement, strip.cell.verdict.word


def test_the_strips_are_the_rows_highest_first_on_one_scale(store: Store) -> None:
    publish(store, TRUST)
    found = view(store, pinned="24")
    assert [told(one) for one in found.strips] == [
        ("Stockholm", "70,0", "better", "bättre"),
        ("Västerbotten", "62,0", "similar", "ingen säker skillnad"),
        ("Riket", "60,0", "not_assessable", "kan ej bedömas"),
        ("Norrbotten", "50,0", "worse", "sämre"),
        ("Dalarna", "–", "not_assessable", "saknas"),  # without a value last, and without a mark
    ]
    # From 47 − 1,04 to 73 + 1,04: the least and the greatest end, and 4 % of their distance on each side.
    assert [places(one) for one in found.strips] == [
        (856, 749, 963, 500),
        (571, 464, 678, 500),
        (500, 464, 536, 500),
        (144, 37, 251, 500),
        (None, None, None, 500),
    ]
    assert [(one.code, one.chosen, one.nation, one.pinned) for one in found.strips] == [
        ("01", False, False, False),
        ("24", True, False, True),
        ("00", False, True, False),
        ("25", True, False, False),
        ("20", True, False, False),
    ]
    assert [one.address for one in found.strips[:3]] == ["profile?region=01&lang=sv", "profile?region=24&lang=sv", ""]
    assert found.strips[3].cell.address == "figure?indicator=trust_overall&region=25&period=2023&sex=T&lang=sv"
    assert [(round(at, 3), words) for at, words in found.scale.ticks] == [
        (0.144, f"50{NBSP}%"),
        (0.5, f"60{NBSP}%"),
        (0.856, f"70{NBSP}%"),
    ]
    assert found.scale.benchmark == f"riket 60,0{NBSP}%"


def test_at_99_8_the_bars_are_of_that_level(store: Store) -> None:
    publish(store, TRUST)
    found = view(store, level=99.8)
    rows = {row["code"]: row for row in compare_regions(store, "trust_overall", "2023").rows.to_dicts()}
    low, high = rows["25"]["low998"], rows["01"]["high998"]
    assert low < 47 < 73 < high
    room = (high - low) * 0.04
    for strip in found.strips[:4]:
        ends = [(rows[strip.code][end] - low + room) / (high - low + 2 * room) for end in ("low998", "high998")]
        assert (strip.low, strip.high) == pytest.approx(tuple(ends))
    assert found.notes == (f"Streck: 99,8{NBSP}% intervall; skillnader bedöms på den nivån.", "Streckad linje: riket.")


@pytest.mark.parametrize(
    ("benchmark", "label", "lines", "words"),
    [
        ("riket", f"riket 60,0{NBSP}%", [500, 500, 500, 500, 500],
         ["bättre", "ingen säker skillnad", "kan ej bedömas", "sämre", "saknas"]),
        ("region:24", f"Västerbotten 62,0{NBSP}%", [571, 571, 571, 571, 571],
         ["bättre", "måttstock", "kan ej bedömas", "sämre", "saknas"]),
        ("group:six:unweighted", f"det ovägda medelvärdet för de sex regionerna 56,0{NBSP}%", [358] * 5,
         ["bättre", "bättre", "kan ej bedömas", "sämre", "saknas"]),
        # Each its own line, and no one name over them.
        ("period:2022", "", [None, None, 536, 286, None],
         ["kan ej bedömas", "kan ej bedömas", "kan ej bedömas", "ingen säker skillnad", "saknas"]),
        ("target", "", [None] * 5, ["inget mål registrerat här"] * 2 + ["kan ej bedömas"]
         + ["inget mål registrerat här", "saknas"]),
    ],
)  # fmt: skip
def test_the_line_stands_at_the_benchmark_asked_for(
    store: Store, benchmark: str, label: str, lines: list[int | None], words: list[str]
) -> None:
    publish(store, TRUST)
    found = view(store, benchmark=benchmark)
    assert found.scale.benchmark == label
    assert [places(one)[3] for one in found.strips] == lines
    assert [one.cell.verdict.word for one in found.strips] == words


def test_the_chosen_regions_in_figures(store: Store) -> None:
    publish(store, TRUST)
    found = view(store)
    assert [
        (
            one.name,
            one.cell.value,
            one.difference,
            one.place,
            one.since_last,
            one.since_pandemic,
            len(one.over_time.own),
        )
        for one in found.figures.rows
    ] == [
        ("Norrbotten", "50,0", "−10,0 (−13,7 till −6,3)", "3", "−4,0 ej säker", "–", 2),
        ("Västerbotten", "62,0", "+2,0 (−1,7 till +5,7)", "2", "–", "–", 1),
        ("Dalarna", "–", "–", "ingen plats", "–", "–", 0),
    ]
    assert [len(one.over_time.nation) for one in found.figures.rows] == [2, 2, 2]
    assert (found.period, found.ranked) == ("2023", 3)
    assert [head for _, head in found.figures.columns] == [
        "Region",
        "2023",
        "Mot riket",
        "Skillnad",
        "Plats av 3",
        "Sedan 2022",
    ]
    assert [one.remark for one in found.figures.rows] == [
        "",
        "sedan 2022: det finns bara ett mättillfälle",
        "bortfall, ej rapporterat",
    ]


def test_a_change_is_headed_by_the_periods_it_is_between(store: Store) -> None:
    """The changes are to the latest measurement, whichever period the page shows; who was not measured then says so."""
    earlier = [figure("24", 58.0, period="2021"), figure("25", 52.0, period="2021"), figure("20", 55.0, period="2022")]
    publish(store, [*TRUST[:3], *TRUST[4:], *earlier, figure("20", 57.0)])
    now, then = view(store), view(store, period="2022")
    assert [dict(one.figures.columns)["since_last"] for one in (now, then)] == ["Sedan 2022", "2022 till 2023"]
    assert [one.since_last for one in now.figures.rows] == [
        "−4,0 ej säker",
        "+4,0 ej säker (2021 till 2023)",
        "+2,0 ej säker",
    ]
    assert [one.since_last for one in then.figures.rows] == [one.since_last for one in now.figures.rows]


def test_every_region_is_read_under_the_heads_of_the_page(store: Store) -> None:
    """Most were measured in 2021, and none of the chosen: the page's own cells stand in the whole as they are."""
    others = [figure(code, 60.0, period="2021") for code in ("01", "03", "04")]
    publish(store, [*TRUST, *others, figure("03", 61.0), figure("04", 62.0)])
    comparison, series = (
        compare_regions(store, "trust_overall"),
        series_over_time(store, "trust_overall", regions=CHOSEN),
    )
    page = area(Reader("sv", store), comparison, series, CHOSEN)
    whole = whole_reading(Reader("sv", store), page, comparison, series)
    assert whole.columns == page.figures.columns
    assert dict(whole.columns)["since_last"] == "Sedan 2022"
    assert [(one.name, one.since_last) for one in whole.rows] == [
        ("Stockholm", "+10,0 ökat (2021 till 2023)"),
        ("Sörmland", "+2,0 ej säker (2021 till 2023)"),
        ("Västerbotten", "–"),
        ("Uppsala", "+1,0 ej säker (2021 till 2023)"),
        ("Riket", "−1,0 ej säker"),
        ("Norrbotten", "−4,0 ej säker"),
        ("Dalarna", "–"),
    ]
    assert set(page.figures.rows) <= set(whole.rows)


def test_without_changes_of_the_chosen_the_others_head_the_column(store: Store) -> None:
    publish(store, [*TRUST[:5], figure("01", 60.0, period="2021")])
    comparison, series = (
        compare_regions(store, "trust_overall"),
        series_over_time(store, "trust_overall", regions=CHOSEN),
    )
    page = area(Reader("sv", store), comparison, series, CHOSEN)
    assert "since_last" not in dict(page.figures.columns)
    whole = whole_reading(Reader("sv", store), page, comparison, series)
    assert dict(whole.columns)["since_last"] == "Sedan 2021"


def test_a_long_wait_is_worse_and_printed_as_a_clock(store: Store) -> None:
    waits = (("25", 300.0), ("24", 208.0), ("20", 150.0), ("00", 210.0))
    publish(store, [figure(code, value, 10.0, "2023-12", "calls_mean_wait") for code, value in waits])
    found = view(store, "calls_mean_wait", "2023-12")
    assert [told(one) for one in found.strips] == [
        ("Norrbotten", "5:00", "worse", "sämre"),
        ("Riket", "3:30", "not_assessable", "kan ej bedömas"),
        ("Västerbotten", "3:28", "similar", "ingen säker skillnad"),
        ("Dalarna", "2:30", "better", "bättre"),
    ]
    assert [words for _, words in found.scale.ticks] == ["3:00", "4:00", "5:00"]
    assert found.scale.benchmark == "riket 3:30"
    assert found.figures.rows[0].difference == "+1:30 (+1:21 till +1:39)"
    assert found.survey == ""


def test_an_index_without_intervals_has_dots_alone_and_no_verdict(store: Store) -> None:
    publish(
        store, [figure(code, value, None, of="nki_phone") for code, value in (("25", 87.0), ("24", 83.0), ("00", 78.0))]
    )
    found = view(store, "nki_phone", pinned="25")
    assert [(one.name, one.cell.value, *places(one)) for one in found.strips] == [
        ("Norrbotten", "87", 963, None, None, 37),
        ("Västerbotten", "83", 551, None, None, 37),
        ("Riket", "78", 37, None, None, 37),
    ]
    assert [(one.difference, one.place) for one in found.figures.rows] == [
        ("+9,0", "ingen plats: bara 2 regioner har ett värde"),
        ("+5,0", "ingen plats: bara 2 regioner har ett värde"),
        ("–", "–"),
    ]
    assert found.ranked == 0
    assert found.notes == ("Punkt utan streck: inget intervall.", "Streckad linje: riket.")
    assert found.lead == (
        "Siffror är inlästa för Norrbotten 87 och Västerbotten 83. Skillnader kan inte bedömas: värdet har inget "
        "intervall.",
        "Norrbotten har 87, som inte kan bedömas mot riket.",
    )


def test_counts_have_whole_numbers_and_no_riket_to_be_held_against(store: Store) -> None:
    publish(
        store,
        [figure(code, value, None, "2023-12", "calls_offered") for code, value in (("25", 12345.0), ("24", 2000.0))],
    )
    found = view(store, "calls_offered", "2023-12")
    assert [told(one) for one in found.strips] == [
        ("Norrbotten", f"12{NBSP}345", "not_assessable", "kan ej bedömas"),
        ("Västerbotten", f"2{NBSP}000", "not_assessable", "kan ej bedömas"),
    ]
    assert [places(one) for one in found.strips] == [(963, None, None, None), (37, None, None, None)]
    assert [words for _, words in found.scale.ticks] == [f"5{NBSP}000", f"10{NBSP}000"]
    assert found.scale.benchmark == ""


def test_one_value_alone_stands_in_the_middle_of_a_scale(store: Store) -> None:
    publish(store, [figure("25", 73.0, None, "2019-11", "calls_share_answered")])
    (strip,) = view(store, "calls_share_answered", "2019-11").strips
    assert places(strip) == (500, None, None, None)


def test_a_made_up_figure_carries_its_mark(store: Store) -> None:
    publish(store, [figure("25", 50.0, flags="x"), figure("00", 60.0, flags="x")], synthetic=True)
    assert [one.cell.value for one in view(store).strips] == [f"60,0{NBSP}x", f"50,0{NBSP}x"]


def test_nothing_published_is_an_empty_view_under_the_measures_name(store: Store) -> None:
    found = view(store, "trust_hospital", None)
    assert (found.headline, found.lead, found.survey, found.period) == ("Förtroende för sjukhus", (), "", "")
    assert (found.strips, found.figures, found.ranked) == ((), Reading(), 0)
    assert found.scale == Scale(found.scale.ticks, "")


def test_chosen_regions_without_any_figure_have_no_table(store: Store) -> None:
    publish(store, [figure("01", 70.0), figure("00", 60.0)])
    assert view(store).figures == Reading()


def test_a_hidden_figure_has_no_place_on_the_scale(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_HIDE_BELOW", "10")
    few = figure("25", 10.0, None, numerator=0.9, denominator=9.0, base_n=9.0)
    publish(store, [few, figure("24", 62.0, base_n=900.0), figure("00", 60.0, 1.0, base_n=9000.0)])
    hidden = next(one for one in view(store).strips if one.code == "25")
    assert (hidden.cell.value, *places(hidden)[:3]) == ("–", None, None, None)
    assert "10" not in hidden.cell.said
    assert not [at for at, words in view(store).scale.ticks if words == f"10{NBSP}%"]
