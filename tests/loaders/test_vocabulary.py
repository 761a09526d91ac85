"""The vocabulary as data: no phrase in two kinds, every kind has its words on screen, no text can stop the clock."""

import pytest

from indicators import catalogue
from loaders.tables.vocabulary import KNOWN, _data, _pattern, said
from locales import LANGUAGES, has_text


def test_no_phrase_says_two_things():
    seen: dict[tuple[str, ...], set[str]] = {}
    for kind, entry in _data().items():
        for phrase in entry["phrases"]:
            seen.setdefault(_pattern(phrase), set()).add(kind)
    assert {words: kinds for words, kinds in seen.items() if len(kinds) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_that_is_an_error_is_named_on_screen(language: str):
    kinds = [kind for kind, entry in _data().items() if entry["verdict"] == "error"]
    assert [kind for kind in kinds if not has_text(f"loaders.other.{kind}", language)] == []


SAYS = [
    ("Endast kvinnor", {"women"}),
    ("Kön: män", {"men"}),
    ("Män", {"men"}),
    ("Women only", {"women"}),
    ("Förtroende för sjukhus, 18–29 år", {"age"}),
    ("65 år och äldre", {"age"}),
    ("65+", {"age"}),
    ("Aged 16 to 24", {"age"}),
    ("Utrikes födda", {"group"}),
    ("Foreign-born residents", {"group"}),
    ("Bland högutbildade", {"group"}),
    ("Ackumulerat", {"cumulative"}),
    ("Rullande 12 månader", {"cumulative"}),
    ("R12", {"cumulative"}),
    ("Year to date", {"cumulative"}),
    ("Hittills i år", {"cumulative"}),
    ("per 1 000 invånare", {"rate"}),
    ("Per capita", {"rate"}),
    ("Genomsnitt per dag", {"rate"}),
    ("Tusental", {"thousands"}),
    ("i 1000-tal", {"thousands"}),
    ("Enhet: tusen", {"thousands"}),
    ("(minuter)", {"minutes"}),
    ("Hours", {"hours"}),
    ("Medelbetyg på skalan 1–5", {"marks"}),
    ("Förändring i procentenheter", {"change"}),
    ("Difference from the nation", {"change"}),
    ("Rangordning", {"rank"}),
    ("Felmarginal", {"uncertainty"}),
    ("95 % confidence interval", {"uncertainty", "percent"}),
    ("Svarsfrekvens", {"response_rate"}),
    ("Antal svar", {"base"}),
    ("Lågt förtroende", {"other_answers"}),
    ("Andel negativa svar", {"other_answers", "percent"}),
    ("Andel som svarat 1–2", {"other_answers", "percent"}),
    ("Mycket stort förtroende", {"other_answers"}),
    ("Målvärde", {"target"}),
    ("Goal", {"target"}),
    ("Prognos", {"forecast"}),
    ("Budget 2024", {"forecast"}),
    ("Månadsprognos", {"forecast"}),
    ("Testdata", {"made_up"}),
    ("Per sjukhus", {"place_kind"}),
    ("Universitetssjukhuset", {"place_kind"}),
    ("Municipality", {"place_kind"}),
    ("Median", {"statistic"}),
    ("varav", {"part"}),
    ("Föregående år", {"other_period"}),
    ("Åldersstandardiserade värden", {"adjusted"}),
]
HARMLESS = [
    "Förtroende för sjukhus, andel (%) 2019–2020", "Källa: SKR, Hälso- och sjukvårdsbarometern", "Blad1", "Sheet 2",
    "Tabell 7.1", "Kvinnor och män", "Totalt", "18 år och äldre", "Region Västerbotten", "Uttag 2024-03-01",
    "Andel som svarat 4–5 (ganska eller mycket stort förtroende)", "Utveckling 2016–2023", "12 mars 2024", "per region",
    "Norra sjukvårdsregionen", "Data från Invånarbarometern 2022", "- uppgift saknas", "Siffrorna är viktade.", "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kinds"), SAYS)
def test_what_a_text_says_of_figures(text: str, kinds: set[str]):
    found = said(text, catalogue())
    assert {kind for kind in found.kinds if found.verdict(kind) != KNOWN} == kinds


@pytest.mark.parametrize("text", HARMLESS)
def test_what_says_nothing_of_figures(text: str):
    found = said(text, catalogue())
    units = {"percent", "count"}
    assert ([kind for kind in found.kinds if found.verdict(kind) != KNOWN and kind not in units], found.unknown) == (
        [],
        (),
    )


def test_a_rate_of_answers_with_its_own_value_says_nothing_of_the_figures():
    assert said("Svarsfrekvens: 42 %", catalogue()).verdict("response_rate") == "told"
    assert said("Svarsfrekvens (%)", catalogue()).verdict("response_rate") == "error"


def test_what_no_phrase_covers_is_not_understood():
    assert said("Förtroende för tandvården", catalogue()).unknown == ("tandvården",)
    assert said("18–29", catalogue()).unknown == ("18", "29")
    assert said("kvinnor " * 500, catalogue()).unknown == ("…",)


@pytest.mark.parametrize("sign", [" ", "1", "-", "(", ",", "\u00a0", "a", "# ", "å-", "1 ", "kvinnor "])
def test_no_text_is_too_long_to_be_understood(sign: str):
    found = said(sign * 200_000, catalogue())
    assert found.unknown[-1] == "…"
    assert len(found.unknown) < 700  # only the beginning is judged
