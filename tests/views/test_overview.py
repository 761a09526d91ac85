"""Översikt's view: each measure in its latest period that can be judged, older ones apart and in no count, made-up
figures only where asked for, and the same said of a region whoever stands beside it."""

from datetime import date
from typing import Any

import pytest

from indicators import catalogue
from models import Store
from tests.publishing import publish
from views.overview import Overview, RegionCard, key_measures, overview
from views.parts import Cell, Line, Point, Reader, Verdict

NBSP = "\N{NO-BREAK SPACE}"
FIGURES = {"25": 50.0, "24": 60.5, "20": 70.0, "00": 60.0}
OLD = "Förtroende: 1177 på telefon"


def figures(indicator: str, values: dict[str, float], period: str = "2025", half: float | None = 2.0) -> list[Any]:
    """The values with an interval of ± half, riket's a fifth of it as its base is larger; without one for None."""

    def ends(code: str, value: float) -> dict[str, float]:
        wide = None if half is None else half / 5 if code == "00" else half
        return {} if wide is None else {"ci_low": value - wide, "ci_high": value + wide}

    return [
        {"indicator": indicator, "region": code, "period": period, "value": value, **ends(code, value)}
        for code, value in values.items()
    ]


def shown(store: Store, *codes: str, synthetic: bool = False, as_of: date | None = None, level: float = 95) -> Overview:
    return overview(Reader("sv", store, as_of), codes, level, synthetic=synthetic)


def titles(view: Overview) -> list[str]:
    return [one.title for group in view.now for one in group.measures]


def test_one_measure_whole(store: Store) -> None:
    publish(store, figures("trust_overall", FIGURES))
    view = shown(store, "25", "22")
    assert view.headline == "Förtroende för hälso- och sjukvården i sin helhet 2025: Norrbotten under riket"
    assert view.lead == (
        f"Norrbotten har 50,0{NBSP}%, 10,0 procentenheter lägre än riket (med 95 % säkerhet 8,3 till 11,7).",
        "Siffra saknas för Västernorrland.",
    )
    assert view.survey.endswith(" · svarsfrekvens ej inläst · mätperiodens datum finns inte i underlaget")
    assert view.names == (("Norrbotten", "profile?region=25&lang=sv"), ("Västernorrland", "profile?region=22&lang=sv"))
    (group,) = view.now
    (measure,) = group.measures
    assert (group.title, view.older, view.synthetic, view.assumed) == ("Förtroende", None, False, False)
    assert (measure.title, measure.of, measure.nation) == ("Förtroende: vården i sin helhet", "% · 2025", "60,0")
    assert measure.address == "trust?indicator=trust_overall&period=2025&lang=sv"
    worse, none = Verdict("worse", "▼", "sämre", False), Verdict("not_assessable", "–", "saknas", False)
    cell, missing = measure.cells
    address = "figure?indicator=trust_overall&region=25&period=2025&sex=T&lang=sv"
    assert cell == Cell("50,0", worse, cell.said, address)
    assert missing == Cell("–", none, "saknas", "")
    assert measure.over_time == Line((Point(date(2025, 1, 1), 60.0, 1),))
    title = "Förtroende: vården i sin helhet"
    assert view.cards[0] == RegionCard(
        "Norrbotten",
        "profile?region=25&lang=sv",
        "50,0",
        "%",
        "Förtroende för hälso- och sjukvården i sin helhet 2025, plats 3 av 3",
        Line((Point(date(2025, 1, 1), 50.0, 1),), (Point(date(2025, 1, 1), 60.0, 1),)),
        ((f"{title}: {cell.said}", worse),),
        "sämre än riket på det enda mått som kan bedömas",
    )
    assert view.cards[1].standing == "inga siffror"
    assert view.counted == "1 av 3 regioner ligger över riket och 1 under; för 1 syns ingen säker skillnad."
    tiles = {tile.code: tile for tile in view.country}
    assert list(tiles) == list(catalogue().region_codes)
    assert [code for code, tile in tiles.items() if tile.chosen] == ["22", "25"]
    assert (tiles["20"].cell.verdict.word, tiles["24"].cell.verdict.word, tiles["01"].cell.value) == (
        "bättre",
        "likvärdig (prövad)",
        "–",
    )
    assert (view.marked.assessed, view.marked.marked) == (1, 1)


@pytest.mark.parametrize(
    ("values", "half", "codes", "said"),
    [
        ({"25": 60.5, "24": 61.0}, 2.0, ("25", "24"), "ingen säker skillnad mot riket i någon av regionerna"),
        ({"25": 60.5}, 2.0, ("25", "24"), "ingen säker skillnad mot riket i de regioner som kan bedömas"),
        ({"25": 30.0, "24": 90.0}, None, ("25", "24"), "kan inte bedömas för de valda regionerna"),
    ],
)
def test_a_headline_says_nothing_untrue(
    store: Store, values: dict[str, float], half: float | None, codes: tuple[str, ...], said: str
) -> None:
    publish(store, figures("nki_phone", {"20": 70.0, **values, "00": 60.0}, half=half))
    view = shown(store, *codes)
    assert view.headline.endswith(f" 2025: {said}")


def test_nothing_published_is_a_page_without_claims(store: Store) -> None:
    view = shown(store, "25", "24")
    assert (view.headline, view.lead, view.now, view.older, view.cards, view.country) == (
        "Översikt",
        (),
        (),
        None,
        (),
        (),
    )
    assert (view.counted, view.marked.assessed) == ("", 0)


def test_figures_of_others_alone_are_no_measure_of_the_chosen(store: Store) -> None:
    publish(store, figures("trust_overall", FIGURES))
    view = shown(store, "01")
    assert view.now == ()
    assert (view.headline, view.survey) == ("Översikt", "")
    assert "Förtroende: vården i sin helhet" in view.notes[-1]


def test_a_newer_period_that_cannot_be_judged_is_told_and_not_shown(store: Store) -> None:
    publish(store, figures("nki_phone", FIGURES, "2023"))
    publish(store, figures("nki_phone", FIGURES, "2024", None))
    view = shown(store, "25")
    assert [one.of for group in view.now for one in group.measures] == ["index · 2023"]
    told = "NKI: 1177 på telefon: en nyare mätning finns (2024) men kan inte bedömas, för underlaget är inte känt."
    assert view.notes[0] == told


def test_example_figures_take_part_only_when_asked_for_and_say_so(store: Store) -> None:
    publish(store, figures("trust_overall", FIGURES), synthetic=True)
    assert shown(store, "25").now == ()
    asked = shown(store, "25", synthetic=True)
    assert asked.synthetic
    assert asked.headline.endswith("Norrbotten under riket (syntetiska exempeldata)")
    assert asked.now[0].measures[0].cells[0].value == f"50,0{NBSP}x"


def test_a_time_is_told_in_the_minutes_and_seconds_its_heading_says(store: Store) -> None:
    publish(store, figures("calls_mean_wait", {"25": 322.0, "24": 60.0}, "2025-01"))
    (measure,) = shown(store, "25", "24").now[0].measures
    assert (measure.of, [cell.value for cell in measure.cells]) == ("min:s · januari 2025", ["5:22", "1:00"])


def test_the_day_is_kept_in_every_address(store: Store) -> None:
    publish(store, figures("trust_overall", FIGURES), day="2026-01-01")
    view = shown(store, "25", as_of=date(2026, 1, 2))
    cell = view.now[0].measures[0].cells[0]
    addresses = [view.names[0][1], view.now[0].measures[0].address, cell.address, view.cards[0].address]
    assert all(address.endswith("&lang=sv&as_of=2026-01-02") for address in addresses)
    assert shown(store, "25", as_of=date(2025, 12, 31)).now == ()


def test_what_the_audits_ask_for_leads() -> None:
    assert next(one.id for one in key_measures()) == "trust_overall"


def test_older_measures_stand_apart(sample_store: Store) -> None:
    view = shown(sample_store, "25", "24")
    assert view.older
    assert OLD not in titles(view)
    assert OLD in [one.title for one in view.older.measures]
    assert view.older.title == "Äldre mätningar, som inte räknas med"


def test_older_measures_are_counted_in_no_sentence_and_no_number(sample_store: Store) -> None:
    """Norrbotten was worse than riket by phone in 2017: counted, it would be worse on one measure more."""
    view = shown(sample_store, "25")
    assert view.cards[0].standing == "sämre än riket på 4 av 4 bedömda mått; 1 saknar siffror"
    assert view.marked.assessed == 4
    assert [name for name, _ in view.cards[0].verdicts if name.startswith(OLD)] == []
    assert "trust_1177_phone" in [one.id for one in key_measures()], "the case rests on a measure that ended in 2017"


@pytest.mark.parametrize("synthetic", [False, True])
def test_a_card_is_the_same_whichever_regions_it_stands_beside(sample_store: Store, synthetic: bool) -> None:
    (alone,) = shown(sample_store, "25", synthetic=synthetic).cards
    for company in (("25", "22"), ("25", "01"), ("25", "01", "22"), tuple(catalogue().region_codes)):
        beside = shown(sample_store, *company, synthetic=synthetic).cards
        assert next(card for card in beside if card.name == "Norrbotten") == alone


def test_the_level_moves_what_holds_at_95_only(sample_store: Store) -> None:
    usual, strict = (shown(sample_store, "21", level=level).cards[0].standing for level in (95, 99.8))
    assert usual == "sämre än riket på 4 av 4 bedömda mått; 1 saknar siffror"
    assert strict.startswith("sämre än riket på 2 av 4 bedömda mått, ingen säker skillnad på 2")
