"""What a person reads: numbers with the language's own signs, names and periods in words, advice that fits the file."""

import pytest

from loaders import CheckedFile, Problem, check_file
from tests.loaders.files import csv_bytes, template, vis

NB = "\u00a0"
TRUST = "(Förtroende för sjukhus, Kolada U70446)"


def messages(text: str, language: str = "sv") -> list[str]:
    checked: CheckedFile = check_file(None, "fil", csv_bytes(text))
    return [each.message(language) for each in checked.problems]


def test_numbers_have_the_languages_decimal_sign_and_quoted_text_its_own():
    text = template("trust_hospital;Skåne;2020;;61", "trust_hospital;Halland;2020;;0.63")
    assert messages(text)[0].startswith(
        f"Cell E3: 0,63 är under 1, medan de flesta andra värden är tiotals gånger större {TRUST}."
    )
    assert messages(text, "en")[0].startswith("Cell E3: 0.63 is below 1,")
    assert messages(template("trust_hospital;Skåne;2020;;ca 61.5"))[0].startswith('Cell E2: "ca 61.5" är inte ett tal')


def test_counts_have_their_thousands_parted():
    set_aside = Problem("warning", "other_age", found="65–79", values={"count": 12345})
    assert set_aside.message() == (
        f'Filen: åldersgruppen "65–79" läses inte. Antal uppgifter som lades åt sidan: 12{NB}345. Tillåtet: Alla. '
        "Bekräfta att uppgifterna ska lämnas."
    )
    assert "Figures set aside: 12,345." in set_aside.message("en")
    assert (
        "(rad 12345, tecken 7)"
        in Problem("error", "broken_json", variant="json_syntax", values={"row": 12345, "column": 7}).message()
    )


@pytest.mark.parametrize("count", [1, 2])
def test_one_figure_set_aside_is_said_as_well_as_two(count: int):
    rows = [{"Titel": "Läkarbesök", "Indikator_Id": "-", "Mätperiod": str(2010 + year)} for year in range(count)]
    assert messages(vis({}, *rows))[0].startswith(
        f'Cell C3: "Läkarbesök" är ingen indikator i katalogen. Antal uppgifter som lades åt sidan: {count}.'
    )


def test_a_repeated_figure_is_named_in_words():
    text = template("trust_hospital;Skåne;2021-03;K;61,5", "trust_hospital;12;mars 2021;Kvinnor;62.5")
    assert messages(text) == [
        f"Cell E3: 62,5 är en andra uppgift för samma region, period och kön: Region Skåne, mars 2021, kvinnor. E2 har "
        f"redan 61,5 {TRUST}. Tillåtet: en uppgift per indikator, region, period och kön. Ta bort den uppgift som är "
        "fel."
    ]
    assert messages(text, "en")[0].startswith(
        "Cell E3: 62.5 is a second figure for the same region, period and sex: Region Skåne, March 2021, women. E2 "
        "already has 61.5 (Trust in hospitals, Kolada U70446)."
    )


REPEATED = [
    (
        "trust_hospital\nRegion;2019;2020;2021\nRegion Skåne;60;61;62\nRegion Dalarna;60;61;62\nSkåne;60;61;63\n",
        "Cell A5",
        "Region Skåne, 2019, 2020, 2021, totalt. De första börjar i B3",
    ),
    (
        "trust_hospital\nÅr;Region Skåne;Region Dalarna;Skåne\n2019;60;61;62\n2020;60;61;62\n",
        "Cell D2",
        "Region Skåne, 2019, 2020, totalt. De första börjar i B3",
    ),
    (
        "trust_hospital\n;Kvinnor;Män\nRegion;2019;2019\nSkåne;60;61\nDalarna;60;61\nSkåne;6;7\n",
        "Cell A6",
        "Region Skåne, 2019, kvinnor, män. De första börjar i B4",
    ),
]


@pytest.mark.parametrize(("text", "place", "what"), REPEATED, ids=["row", "column", "sexes"])
def test_a_repeated_line_is_told_once_with_its_periods(text: str, place: str, what: str):
    assert [said for said in messages(text) if "upprepas" in said] == [
        f"{place}: här upprepas uppgifter som redan finns för samma region, period och kön: {what} {TRUST}. Tillåtet: "
        "en uppgift per indikator, region, period och kön. Ta bort den rad eller kolumn som är fel."
    ]


def test_many_repeated_periods_are_said_as_a_stretch():
    months = ";".join(f"2020-{month:02d}" for month in range(1, 13)) + ";2021-01"
    figures = ";".join(["60"] * 13)
    (said,) = messages(f"trust_hospital\nRegion;{months}\nSkåne;{figures}\nDalarna;{figures}\nSkåne;{figures}\n")
    assert "Region Skåne, januari 2020–januari 2021 (13 perioder), totalt." in said


def test_a_code_is_no_misspelt_name():
    region = "Tillåtet: en av de 21 regionerna eller Riket, med namn eller kod. Rätta namnet eller koden."
    assert messages(template("trust_hospital;77;2020;;61", "trust_hospital;Skåna;2020;;61")) == [
        f'Cell B2: "77" är ingen känd region {TRUST}. {region}',
        f'Cell B3: "Skåna" är ingen känd region {TRUST}. Menade du "Region Skåne"? {region}',
    ]


def test_the_advice_on_a_word_for_a_number_fits_a_table_too():
    (said,) = messages("trust_hospital\nRegion;2019;2020\nRegion Skåne;60;ca 61\nRegion Dalarna;60;61\n")
    assert said == (
        f'Cell C3: "ca 61" är inte ett tal {TRUST}. Tillåtet: ett tal, till exempel 63,4 eller 1{NB}204, utan tecken '
        "som < och utan ord. Skriv talet, eller det tecken som källan använder när värdet saknas."
    )
