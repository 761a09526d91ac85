"""Every text around a table is used, harmless or told; what says that the figures are something else is refused."""

import pytest

from loaders import CheckedFile, check_file
from tests.loaders.files import csv_bytes, saved, template, workbook

TRUST = "Förtroende för sjukhus"
TABLE = "Region;2021;2022\nStockholm;62;61\nUppsala;64;63\nSkåne;58;59\n"
CALLS = "Inkomna samtal till 1177"


def check(text: str, sheet: str = "") -> CheckedFile:
    if not sheet:
        return check_file(None, "fil", csv_bytes(text))
    book = workbook([[cell or None for cell in line.split(";")] for line in text.splitlines()])
    book.active.title = sheet
    return check_file(None, "fil.xlsx", saved(book))


def told(checked: CheckedFile) -> list[tuple[str, str, str]]:
    return [(each.severity, str(each.values.get("what") or each.rule), each.cell) for each in checked.problems]


ELSE = [
    (f"{TRUST}, 18–29 år\n{TABLE}", "age", "A1"),
    (f"{TRUST}\nUtrikes födda\n{TABLE}", "group", "A2"),
    (f"{CALLS}\nAckumulerat\nRegion;2024-01;2024-02\nUppsala;9123;18124\n", "cumulative", "A2"),
    (f"{CALLS} per dag\nRegion;2023;2024\nUppsala;912;812\n", "rate", "A1"),
    (f"{CALLS} per månad\nRegion;2023;2024\nUppsala;912;812\n", "rate", "A1"),
    (f"{CALLS}\nMiljoner\nRegion;2023;2024\nUppsala;1;2\n", "scale", "A2"),
    (f"{CALLS}\nMinuter\nRegion;2023;2024\nUppsala;1;2\n", "minutes", "A2"),
    (f"{CALLS}\nMåltal\nRegion;2023;2024\nUppsala;912;812\n", "target", "A2"),
    (f"{CALLS}\nPrognos 2024\nRegion;2023;2024\nUppsala;912;812\n", "forecast", "A2"),
    (f"{TRUST}, index\n{TABLE}", "index", "A1"),
    (f"{TRUST}\nAntal\n{TABLE}", "count", "A2"),
    (f"{TRUST}\nAndel som svarat 1–2 (lågt förtroende)\n{TABLE}", "other_answers", "A2"),
    (f"{TRUST}\nFörändring i procentenheter\n{TABLE}", "change", "A2"),
    (f"{TRUST}\nSvarsfrekvens (%)\n{TABLE}", "response_rate", "A2"),
    (f"{TRUST}\nFelmarginal\n{TABLE}", "uncertainty", "A2"),
    (f"{TRUST}\nPlacering\n{TABLE}", "rank", "A2"),
    (f"{TRUST}\n{TABLE.replace('Region', 'Kommun')}", "place_kind", "A2"),
    (f"{TRUST}\n{TABLE.replace('Region', 'Hospital')}", "place_kind", "A2"),
    (f"{TRUST};;;Personer 65 år och äldre\n{TABLE}", "age", "D1"),
    (f"{TRUST}\n{TABLE.replace('2022', '2022;Avser högutbildade', 1)}", "group", "D2"),
    (f"{TRUST}\n{TABLE}Siffrorna avser personer 18–29 år.\n", "age", "A6"),
    (f"{TRUST}\n{TABLE}Endast patienter\n", "group", "A6"),
    (f"{TRUST}\nRegion;2021\nStockholm;62\nRullande 12 månader\nSkåne;58\n", "cumulative", "A4"),
    (f"{TRUST}\nKvinnor\n;2021;2021\nRegion;Kvinnor;Män\nSkåne;58;59\n", "women", "A2"),
    (f"{TRUST}\nKvinnor\nMän\n{TABLE}", "women", "A2"),
    ("Trust in hospitals\nForeign-born residents\nRegion;2021\nSkåne;58\n", "group", "A2"),
    ("Calls offered to 1177\nYear to date\nRegion;2024-01\nSkåne;58\n", "cumulative", "A2"),
]


@pytest.mark.parametrize(("text", "what", "cell"), ELSE)
def test_figures_that_are_something_else_are_refused_with_the_cell_that_says_so(text: str, what: str, cell: str):
    checked = check(text)
    assert ("error", what, cell) in told(checked)
    error = next(each for each in checked.errors if each.values.get("what") == what)
    assert f"({cell})" in error.message("sv")
    assert error.message("sv") != error.message("en")


def test_a_sheets_name_speaks_of_its_figures():
    assert ("error", "age", "") in told(check(f"{TRUST}\n{TABLE}", sheet="18-29 år"))
    checked = check(f"{TRUST}\n{TABLE}", sheet="Kvinnor")
    assert (checked.problems, checked.observations["sex"].unique().to_list()) == ((), ["K"])
    assert check(f"{TRUST}\n{TABLE}", sheet="Blad1").problems == ()


WOMEN = [
    f"{TRUST}\nKön: kvinnor\n{TABLE}",
    f"{TRUST} bland kvinnor\n{TABLE}",
    f"{TRUST};;;;Endast kvinnor\n{TABLE}",
    f"{TRUST}\nRegion;2021;2022\nKvinnor;;\nStockholm;62;61\nUppsala;64;63\nSkåne;58;59\n",
    f"{TRUST}\n{TABLE}Avser kvinnor.\n",
]


@pytest.mark.parametrize("text", WOMEN)
def test_one_sex_said_once_is_every_figures_sex(text: str):
    checked = check(text)
    assert (checked.problems, checked.observations["sex"].to_list()) == ((), ["K"] * 6)
    assert [each.key for each in checked.ignored if each.key == "applied"] == ["applied"]


def test_a_line_between_figures_gives_its_sex_to_those_below():
    text = f"{TRUST}\nRegion;2021\nKvinnor;\nStockholm;62\nUppsala;64\nMän;\nStockholm;60\nUppsala;61\n"
    checked = check(text)
    assert checked.observations.select("region", "sex", "value").rows() == [
        ("01", "K", 62.0),
        ("03", "K", 64.0),
        ("01", "M", 60.0),
        ("03", "M", 61.0),
    ]
    assert checked.problems == ()


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        (f"{CALLS}\nTusental\nRegion;2023\nSkåne;91,5\n", 91_500.0, "91,5"),
        (f"{CALLS}\nThousands\nRegion;2023\nSkåne;91\n", 91_000.0, "91"),
        ("Medelväntetid till 1177 på telefon\nMinuter\nRegion;2023\nSkåne;12,5\n", 750.0, "12,5"),
        ("Medelväntetid till 1177 på telefon (timmar)\nRegion;2023\nSkåne;0,5\n", 1800.0, "0,5"),
        ("Medelväntetid till 1177 på telefon, minuter:sekunder\nRegion;2023\nSkåne;2:31\n", 151.0, "2:31"),
    ],
)
def test_a_scale_said_around_the_table_is_applied_and_the_cell_kept(text: str, value: float, printed: str):
    checked = check(text)
    assert checked.observations.select("value", "printed").rows() == [(value, printed)]
    assert checked.errors == ()


def test_what_is_not_known_is_one_warning_that_quotes_every_cell():
    checked = check(f"{TRUST}\nHumlesamlingen\n{TABLE.replace('Region', 'Blomma')}Solsken vid behov\n")
    assert [(each.severity, each.rule) for each in checked.problems] == [("warning", "words_unknown")]
    message = checked.problems[0].message("sv")
    assert '"Humlesamlingen" (A2), "Blomma" (A3), "Solsken vid behov" (A7)' in message


def test_remarks_are_to_be_confirmed_and_their_columns_read():
    text = f"{TRUST}\n;2023;2022\nRegion;Totalt;Totalt\n;;Omräknat\nStockholm;61,2;60,9\nUppsala;64;63,1\n"
    checked = check(text)
    assert told(checked) == [("warning", "words_to_confirm", "C4")]
    assert checked.observations["value"].to_list() == [61.2, 60.9, 64.0, 63.1]


def test_a_line_between_figures_that_is_not_known_begins_another_table():
    text = f"{TRUST}\nRegion;2021\nStockholm;62\nFörtroende för tandvården;\nSkåne;55\n"
    assert told(check(text)) == [("error", "several_tables", "A4")]
    grouped = f"{TRUST}\nRegion;2021\nStockholm;62\nSödra sjukvårdsregionen;\nSkåne;55\n"
    assert check(grouped).problems == ()


def test_titles_beside_each_other_and_a_senders_line_are_no_header():
    beside = f"Data från Invånarbarometern 2022\n\nTabell 7.1:;{TRUST};Siffrorna är viktade.\n{TABLE}"
    assert (check(beside).observations.height, check(beside).problems) == (6, ())
    sent = f"Region Västerbotten\n{TRUST}\n{TABLE}"
    assert (check(sent).observations.height, check(sent).problems) == (6, ())


def test_numbers_below_the_table_are_counted_and_told():
    checked = check(f"{TRUST}\n{TABLE}Antal:;;;1\nx;;;\n".replace("2022\n", "2022;\n"))
    (problem,) = [each for each in checked.problems if each.rule == "numbers_unread"]
    assert "1 av 7 siffror lästes inte" in problem.message("sv")


NOTES = [
    "Källa: SKR, Hälso- och sjukvårdsbarometern",
    "Svarsfrekvens: 42 %",
    "Kvinnor har högre förtroende än män",
    "I åldersgruppen 18–29 är andelen lägre",
    "Målet är 70 procent till 2030",
    "- uppgift saknas",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_footnote_that_tells_of_other_things_refuses_nothing(note: str):
    assert check(f"{TRUST}\n{TABLE}{note}\n").errors == ()


def test_an_indicators_own_words_are_no_others():
    for title in ("Medianväntetid till 1177 på telefon", "Andel besvarade inom svarsmålet av inkomna"):
        assert check(f"{title}\nRegion;2023\nSkåne;80\n").errors == ()


LONG = [
    ("template", template("trust_hospital;Skåne;2020;;61"), [], "T"),
    ("extra_numbers", "Indikator;Region;Period;Värde;Fåglar\ntrust_hospital;Skåne;2020;61;7\n",
     [("warning", "numbers_unread", "E2")], "T"),
    ("a_rank_is_no_figure", "Indikator;Region;Period;Värde;Rang\ntrust_hospital;Skåne;2020;61;7\n", [], "T"),
    ("extra_group", "Indikator;Region;Period;Värde;Grupp\ntrust_hospital;Skåne;2020;61;utrikes födda\n",
     [("error", "group", "E2")], "T"),
    ("extra_age", "Indikator;Region;Period;Värde;Åldersklass\ntrust_hospital;Skåne;2020;61;65+\n",
     [("error", "age", "E2")], "T"),
    ("all_ages", "Indikator;Region;Period;Värde;Grupp\ntrust_hospital;Skåne;2020;61;Alla åldrar\n", [], "T"),
    ("title", "Ackumulerat;;;\nIndikator;Region;Period;Värde\ntrust_hospital;Skåne;2020;61\n",
     [("error", "cumulative", "A1")], "T"),
    ("thousands", "Tusental;;;\nIndikator;Region;Period;Värde\nlogins;Skåne;2020;61\n",
     [("error", "thousands", "A1")], "T"),
    ("women", "Kvinnor;;;\nIndikator;Region;Period;Värde\ntrust_hospital;Skåne;2020;61\n",
     [("error", "women", "A1")], "T"),
    ("said_by_the_column", "Kvinnor;;;;\nIndikator;Region;Period;Kön;Värde\ntrust_hospital;Skåne;2020;K;61\n", [], "K"),
    ("footnote", "Indikator;Region;Period;Värde\ntrust_hospital;Skåne;2020;61\n;;;;Avser endast patienter\n",
     [("error", "group", "E3")], "T"),
    ("comment", template("trust_hospital;Skåne;2020;;61;;;;;;SKR;Avser personer 65 år och äldre"),
     [("error", "age", "L2")], "T"),
    ("unknown_header", "Indikator;Region;Period;Värde;Blomma\ntrust_hospital;Skåne;2020;61;ros\n",
     [("warning", "words_unknown", "E2")], "T"),
    ("kolada", "Målvärden;;\nNyckeltals-id;Region;2019\nU70447;Region Skåne;60\n", [("error", "target", "A1")], "T"),
    ("kolada_column", "Nyckeltals-id;Region;Födelseland;2019\nU70447;Region Skåne;Utrikes födda;60\n",
     [("error", "group", "C2")], "T"),
    ("kolada_plain", "Hämtat ur Kolada;;\nNyckeltals-id;Region;2019\nU70447;Region Skåne;60\n", [], "T"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problems", "sex"), [each[1:] for each in LONG], ids=[each[0] for each in LONG])
def test_what_stands_around_a_long_table_is_heard_too(text: str, problems: list[tuple[str, str, str]], sex: str):
    checked = check(text)
    found = told(checked)
    assert found[: len(problems)] == problems
    assert bool(found) == bool(problems)
    assert checked.observations["sex"].to_list() == [sex]


PARTLY = [
    (f"{CALLS}\n;Tusental;\nRegion;2023;2024\nSkåne;512;480\n", "B2"),  # over one year of two
    (f"{CALLS}\nRegion;2023;2024\n;Tusental;\nSkåne;512;480\n", "B3"),
    (f"{CALLS};Tusental\nRegion;2023;2024\nSkåne;512;480\n", "B1"),
    (f"{CALLS}\nÅr;Skåne;Halland\n2023;51;48\nTusental;;\n2024;52;49\n", "A4"),  # between years
]


@pytest.mark.parametrize(("text", "cell"), PARTLY)
def test_what_may_be_said_of_some_figures_only_is_applied_to_none(text: str, cell: str):
    assert told(check(text)) == [("error", "thousands", cell)]


def test_a_year_on_a_line_between_figures_that_have_years_begins_another_table():
    assert told(check(f"{TRUST}\nRegion;2021\nSkåne;58\n2022;\nUppsala;60\n")) == [("error", "several_tables", "A4")]


def test_a_unit_in_a_columns_header_is_told_there():
    (error,) = check(f"{TRUST}\n;Index;Index\n{TABLE}").errors
    assert (error.rule, error.cell) == ("unit_mismatch", "B2")
