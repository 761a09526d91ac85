"""Since the audit: each region counted from its own letter, two answers told apart, what is not loaded said as such."""

from datetime import date
from typing import Any

import pytest

from access import LOCAL_CLI
from entries.recommendation_file import enter_letters
from entries.targets import TargetEntry, enter_target
from models import Store
from tests.analysis.supply_data import YES, offers, register, supply, unit
from tests.publishing import publish
from views.parts import Reader, Verdict
from views.since_audit import Answer, Measure, SinceAudit, Step, since_audit

SIX = ("25", "24", "22", "23", "21", "20")
NBSP = "\N{NO-BREAK SPACE}"
LEVELS = f"Detta är bedömt vid 95{NBSP}%. I tabellen, där flera mått prövas, krävs 99,8{NBSP}%."
TITLE = "Förtroende för hälso- och sjukvården i sin helhet"


def figure(region: str, period: str, value: float, half: float = 3.0, of: str = "trust_overall") -> dict[str, Any]:
    ends = {"ci_low": value - half, "ci_high": value + half}
    return {"indicator": of, "region": region, "period": period, "value": value, **ends}


TRUST = [
    figure("25", "2019", 55.0),
    figure("25", "2020", 63.0),
    figure("25", "2025", 49.0),
    figure("24", "2019", 66.0),
    figure("24", "2020", 76.0),
    figure("24", "2025", 65.5),
    figure("20", "2019", 59.0),
    figure("20", "2020", 60.0),
    figure("20", "2025", 71.0),
]


@pytest.fixture
def audited(store: Store) -> Store:
    enter_letters(store)
    publish(store, TRUST)
    return store


def view(store: Store, codes: tuple[str, ...] = SIX, language: str = "sv", **more: Any) -> SinceAudit:
    return since_audit(Reader(language, store, **more), codes)


def test_the_headline_says_where_the_answer_is_one_and_where_it_is_two(audited: Store) -> None:
    found = view(audited)
    assert found.headline == f"{TITLE} sedan granskningen: sämre i Norrbotten, två svar för Västerbotten"
    assert found.lead == (
        "För Västerbotten beror svaret på var man börjar räkna: från 2020 sämre, från 2019 ingen säker skillnad.",
        "För Västernorrland, Jämtland Härjedalen, Gävleborg och Dalarna är inget granskningsbrev med datum inläst här.",
        "Där räknas i stället från tiden före pandemin: bättre i Dalarna.",
        LEVELS,
    )


def test_each_region_is_counted_from_its_own_letter(audited: Store) -> None:
    rows = {one.name: one for one in view(audited).rows}
    assert rows["Norrbotten"].counted == (
        "Brevets datum är inte känt; räknat från dagen då svaret skulle lämnas, 20 maj 2021."
    )
    assert rows["Västerbotten"].counted == "Granskningens brev är daterat 26 mars 2021."
    assert rows["Dalarna"].counted == "Räknat från tiden före pandemin."
    worse = Verdict("worse", "▼", "sämre", False)
    first, second = rows["Norrbotten"].cells[0]
    assert first == Step(
        "−14,0",
        worse,
        f"2020 63,0 → 2025 49,0{NBSP}%",
        "",
        f"{TITLE}: sämre i Region Norrbotten än före granskningen: 2020 63,0 → 2025 49,0{NBSP}%, −14,0 procentenheter "
        "(95 % intervall −18,2 till −9,8). Det håller även vid 99,8 %. Brevets datum är inte känt; räknat från dagen "
        "då svaret skulle lämnas, 20 maj 2021. 2020: Mätningen gjordes bara under hösten 2020, mitt i pandemin. Jämför "
        "med andra år med försiktighet.",
    )
    at_95 = Verdict("similar", "●", f"sämre bara vid 95{NBSP}%", False)  # no mark among several measures
    assert (second.change, second.verdict) == ("−6,0", at_95)
    (only,) = rows["Dalarna"].cells[0]
    assert (only.change, only.verdict.judgement, only.ends) == ("+12,0", "better", f"2019 59,0 → 2025 71,0{NBSP}%")
    (missing,) = rows["Gävleborg"].cells[0]
    assert (missing.change, missing.ends) == ("", "")
    assert missing.verdict == Verdict("not_assessable", "–", "kan ej bedömas", False)


def test_only_measures_with_something_to_compare_are_columns_and_the_others_are_named(audited: Store) -> None:
    publish(audited, [figure("24", "2017", 71.0, of="trust_1177_phone")])
    found = view(audited)
    assert found.measures == (
        Measure("Förtroende: vården i sin helhet", "indicator?indicator=trust_overall&lang=sv", "trust_overall"),
    )
    assert found.notes == (
        "Förändringarna är i procentenheter, rikets under samma tid bredvid.",
        f"Bland flera mått märks en förändring bara om den håller vid 99,8{NBSP}%.",
        "Förtroende: vården i sin helhet kan inte bedömas överallt: det finns inget värde.",
        "2020: Mätningen gjordes bara under hösten 2020, mitt i pandemin. Jämför med andra år med försiktighet.",
        "Siffror finns, men ingen mätning före och efter som kan jämföras: Förtroende: 1177 på telefon (2017).",
        "Utan verkliga siffror för de valda regionerna: Tillgång till vård, Förtroende: hälsocentral, NKI: 1177 på "
        "telefon, Andel med 1177-konto, Positiv till 1177:s e-tjänster, Inloggningar, Medelväntetid på telefon, Andel "
        "besvarade samtal, Primärvården på telefon.",
    )


def test_what_is_true_of_one_measure_names_it(audited: Store) -> None:
    care = [figure("25", "2019", 80.0, of="access_needed_care"), figure("25", "2025", 76.0, of="access_needed_care")]
    publish(audited, care)
    found = view(audited, ("25",))
    assert [one.title for one in found.measures] == ["Förtroende: vården i sin helhet", "Tillgång till vård"]
    assert found.notes[2] == (
        "2020: Mätningen gjordes bara under hösten 2020, mitt i pandemin. Jämför med andra år med försiktighet. "
        "Gäller: Förtroende: vården i sin helhet."
    )


def test_how_the_nation_moved_stands_beside_where_it_is_known(audited: Store) -> None:
    every = [f"{code:02}" for code in (1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 17, 18, 19, 21, 22, 23)]
    waves = {"2019": 60.0, "2020": 66.0, "2025": 61.0}
    publish(audited, [figure(code, period, value) for code in every for period, value in waves.items()])
    publish(audited, [figure("00", period, value, 0.5) for period, value in waves.items()])
    north = view(audited).rows[0]
    assert [step.nation for step in north.cells[0]] == ["riket −5,0", "riket +1,0"]
    assert "riket −5,0, regionen −14,0 procentenheter. Regionen har utvecklats sämre än landet" in north.sentences[0]
    assert north.sentences[0].count("20 maj 2021") == 1  # said once


def test_without_a_letter_it_is_counted_from_before_the_pandemic(store: Store) -> None:
    publish(store, TRUST)
    found = view(store, ("25", "20"))
    assert found.headline == f"{TITLE} sedan tiden före pandemin: sämre i Norrbotten, bättre i Dalarna"
    assert found.lead == ("För Norrbotten och Dalarna är inget granskningsbrev med datum inläst här.", LEVELS)


def test_nothing_to_compare_is_said(store: Store) -> None:
    found = view(store, language="en")
    assert (found.headline, found.lead, found.measures) == ("No change since the audit can be assessed", (), ())


def test_made_up_figures_stand_under_no_audit(store: Store) -> None:
    enter_letters(store)
    publish(store, TRUST, synthetic=True)
    found = view(store)
    assert found.measures == ()
    assert found.answers[0].said == ("Ingen verklig siffra om förtroende är inläst här för regionerna.",)


def test_the_first_finding_is_answered_by_value_and_place(audited: Store) -> None:
    publish(audited, [figure(f"{code:02}", "2025", 60.0 + code) for code in (1, 3, 4)])
    found = view(audited, ("25", "23")).answers[0]
    assert found == Answer(
        "Förtroendet för 1177 var bland de lägsta i landet",
        "Norrbottens granskning 2021",
        ("Värdet i den senaste mätningen, och platsen bland alla regioner med de platser som är möjliga.",),
        (("Förtroende", "trust?lang=sv"),),
        ("Region", "Förtroende: vården i sin helhet 2025"),
        (("Norrbotten", f"49,0{NBSP}% · 6 av 6"), ("Jämtland Härjedalen", "–")),
    )


def test_which_regions_units_are_loaded_is_said(audited: Store) -> None:
    register(audited, unit("a"))
    supply(audited, offers("a", {"book": YES}))
    register(audited, unit("b", region="24"), synthetic=True)
    supply(audited, offers("b", {"book": YES}, region="24"), synthetic=True)
    assert view(audited, ("25", "24", "20")).answers[1].said == (
        "Varje vårdenhets e-tjänster är inlästa för Norrbotten, januari 2024.",
        "Inga verkliga uppgifter om vårdenheternas e-tjänster är inlästa här för Västerbotten och Dalarna.",
    )
    assert len(view(audited, ("25",)).answers[1].said) == 1


def test_targets_figures_and_replies_are_counted_region_by_region(audited: Store) -> None:
    found = view(audited, ("25", "23")).answers[2]
    assert found.said == (
        "Här följs 39 mått.",
        "Inget mål är registrerat här.",
        "Norrbotten: 4 rekommendationer från granskningen, inget svar är inläst här.",
        "Vad styrelserna själva följer i dag vet databasen inget om.",
    )
    assert (found.heads, found.rows) == (
        ("Region", "Mått med en verklig siffra"),
        (("Norrbotten", "1"), ("Jämtland Härjedalen", "0")),
    )
    day = date(2020, 1, 1)
    enter_target(
        audited, LOCAL_CLI, TargetEntry("trust_overall", "at_least", 70, day, "fullmäktige", day, "RS 1", "25")
    )
    with_target = view(audited, ("25", "23")).answers[2]
    assert (with_target.heads[2], with_target.rows[0]) == ("Mått med ett registrerat mål", ("Norrbotten", "1", "1"))
    assert "Inget mål är registrerat här." not in with_target.said
