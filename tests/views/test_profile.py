"""Regionprofil's view: lead cards, a row per measure with the region among all, and nothing told of what is unknown."""

from typing import Any

import pytest

from analysis import region_findings
from models import Store
from tests.publishing import publish
from views.parts import Reader, Verdict
from views.profile import LEADS, Profile, profile
from views.reading import Moved

NBSP = "\N{NO-BREAK SPACE}"
FIGURES = {"25": 50.0, "24": 60.5, "20": 70.0, "23": 64.0, "22": 66.0, "00": 60.0}
MISSING = Verdict("not_assessable", "–", "saknas", False)


def figures(indicator: str, values: dict[str, float], period: str = "2025", half: float | None = 2.0) -> list[Any]:
    """The values with an interval of ± half, riket's a fifth of it as its base is larger; without one for None."""

    def ends(code: str, value: float) -> dict[str, float]:
        wide = None if half is None else half / 5 if code == "00" else half
        return {} if wide is None else {"ci_low": value - wide, "ci_high": value + wide}

    return [
        {"indicator": indicator, "region": code, "period": period, "value": value, **ends(code, value)}
        for code, value in values.items()
    ]


def shown(store: Store, region: str = "25", *, synthetic: bool = False, level: float = 95) -> Profile:
    found = region_findings(store, region, level=level, include_synthetic=synthetic)
    return profile(Reader("sv", store), found, synthetic=synthetic)


def test_one_measure_whole(store: Store) -> None:
    publish(store, figures("trust_overall", {**FIGURES, "25": 56.0}, "2023"))
    publish(store, figures("trust_overall", FIGURES))
    view = shown(store)
    assert (view.name, view.older) == ("Region Norrbotten", ())
    assert view.lead == (
        "Mått för mått mot riket: sämre i 1.",
        f"Förtroende för hälso- och sjukvården i sin helhet 2025: Norrbotten har 50,0{NBSP}%, 10,0 procentenheter "
        "lägre än riket (med 95 % säkerhet 8,2 till 11,8).",
    )
    assert view.survey.endswith(" · svarsfrekvens ej inläst · mätperiodens datum finns inte i underlaget")
    (row,) = view.rows
    assert (row.title, row.period, row.area) == ("Förtroende: vården i sin helhet", "2025", "trust")
    assert row.address == "trust?indicator=trust_overall&period=2025&lang=sv"
    assert (row.cell.value, row.cell.verdict) == ("50,0", Verdict("worse", "▼", "sämre", False))
    assert (row.difference, row.place) == ("−10,0", "5 av 5")
    assert row.since_last == Moved("−6,0 minskat", "2023", "2025")
    assert (row.since_pandemic, row.since_audit) == (Moved("–", ""), Moved("–", ""))
    lead = view.leads[0]
    assert (lead.title, lead.value, lead.unit, lead.next_step) == ("Förtroende: vården i sin helhet", "50,0", "%", None)
    assert lead.beside == ("riket 60,0 · plats 5 av 5", "2025 · sedan 2023: −6,0 minskat")
    assert [(point.when.year, point.value) for point in lead.over_time.own] == [(2023, 56.0), (2025, 50.0)]


def test_what_no_figure_is_loaded_of_is_no_boards_failure_and_has_a_next_step(store: Store) -> None:
    view = shown(store)
    assert (view.lead, view.rows, view.older) == (("Inga publicerade siffror för regionen.",), (), ())
    figure, services = (
        "Ingen siffra för regionen är inläst här.",
        "Inga verkliga siffror om regionens utbud är inlästa här.",
    )
    assert [(one.value, one.verdict, one.beside, one.next_step) for one in view.leads] == [
        ("–", MISSING, (figure,), ("Se vilka regioner som har siffror", "trust?indicator=trust_overall&lang=sv")),
        ("–", MISSING, (figure,), ("Se vilka regioner som har siffror", "satisfaction?indicator=nki_phone&lang=sv")),
        (
            "–",
            MISSING,
            (figure,),
            (
                "Se vilka regioner som har siffror",
                "uptake?indicator=eservices_1177_positive&lang=sv",
            ),
        ),
        ("–", MISSING, (services,), ("Se vilka regioner som har lämnat utbudslista", "supply?lang=sv")),
    ]


def test_an_older_lead_measure_is_shown_as_older_and_not_as_missing(store: Store) -> None:
    publish(store, figures("nki_phone", {"25": 80.0, "24": 70.0, "00": 75.0}, "2018", None))
    publish(store, figures("trust_overall", FIGURES))
    lead = shown(store).leads[LEADS.index("nki_phone")]
    assert (lead.value, lead.next_step) == ("80", None)
    assert lead.beside == ("riket 75 · ingen plats: bara 2 regioner har ett värde", "äldre mätning, 2018")


def test_worse_comes_before_better_before_no_difference_before_unknown(sample_store: Store) -> None:
    order = ["worse", "better", "higher", "lower", "similar", "not_assessable"]
    for region in ("25", "23", "22", "14"):
        judged = [order.index(row.cell.verdict.judgement) for row in shown(sample_store, region).rows]
        assert judged == sorted(judged, key=lambda place: 2 if place == 3 else place)


@pytest.mark.parametrize("region", ["25", "23", "20"])
def test_the_tally_says_the_same_numbers_as_the_table(sample_store: Store, region: str) -> None:
    view = shown(sample_store, region)
    judged = [row.cell.verdict.judgement for row in view.rows]
    counts = {
        "sämre i": judged.count("worse"),
        "bättre i": judged.count("better"),
        "högre eller lägre i": judged.count("higher") + judged.count("lower"),
        "ingen säker skillnad i": judged.count("similar"),
    }
    told = ", ".join(f"{words} {count}" for words, count in counts.items() if count)
    unknown = judged.count("not_assessable")
    more = f" {unknown} mått kan inte bedömas." if unknown else ""
    assert view.lead[0] == f"Mått för mått mot riket: {told}.{more}"


@pytest.mark.parametrize(
    ("indicator", "best_is_right"), [("trust_overall", True), ("calls_mean_wait", False), ("logins", True)]
)
def test_better_is_to_the_right(store: Store, indicator: str, best_is_right: bool) -> None:
    period = "2025" if indicator == "trust_overall" else "2025-01"
    publish(store, figures(indicator, {"25": 90.0, "24": 50.0, "20": 70.0, "00": 60.0}, period))
    (row,) = shown(store).rows
    spread = row.spread
    assert spread.own is not None
    assert spread.nation is not None
    assert (spread.own > spread.nation) is best_is_right
    assert len(spread.others) == 2
    assert all(0 <= place <= 1 for place in (*spread.others, spread.own, spread.nation))
    if spread.low is not None and spread.high is not None:
        assert spread.low < spread.own < spread.high


def test_a_region_alone_has_no_place(sample_store: Store) -> None:
    places = {row.title: row.place for row in shown(sample_store, "22").rows}
    assert "ingen plats: bara 2 regioner har ett värde" in places.values()


def test_example_figures_stand_with_their_mark_and_only_when_asked_for(store: Store) -> None:
    publish(store, figures("trust_overall", FIGURES), synthetic=True)
    assert shown(store).rows == ()
    view = shown(store, synthetic=True)
    assert view.rows[0].cell.value == f"50,0{NBSP}x"
    assert view.leads[0].value == f"50,0{NBSP}x"
