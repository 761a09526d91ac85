"""Every layout × format comes in, recognised by its headers alone, with every row and address right."""

import json

import polars as pl
import pytest

from loaders import LAYOUTS, CheckedFile, check_file
from tests.loaders.files import SKR, csv_bytes, saved, template, vis, workbook, xlsx

VIS_2025 = (
    "Indikator-Id;Titel;Regionskod;Enhetsnamn;Enhetstyp;Mätperiod;Kön/Totalt;Ålder;Värde;Måttenhet;Täljare;"
    "Nämnare/antal fall\n"
    "43f08212-9015-4369-a7ac-9dfd9ed939af;Primärvårdens tillgänglighet per telefon;25;Region Norrbotten;Region;2023-04;"
    "Totalt;Alla;88,1;%;881;1000\n"
)
SKR_FILE = "\n".join(
    [
        SKR,
        ";Syn ;Förtroende för sjukhus;Norrbotten;25;2017;57,7;;;;;-5,31;-5,3;;Andel (%);Högt;;Barometern;",
        ";Syn ;Förtroende för sjukhus;Riket;46;2017;60,9;;;;;0,00;0,0;;Andel (%);Högt;;Barometern;",
        ";Syn ;Förtroende för sjukhus;Gotland;09;2017;;;;;;;;;Andel (%);Högt;;Barometern;Uppgift saknas",
        ";Syn ;Förtroende för sjukhus;Halland;13;2017;;;;;;;;;Andel (%);Högt;;Barometern;Visas inte pga för få fall",
    ]
)
WIDE = (
    "Förtroende för sjukhus, andel (%) 2019–2020\n\nRegion;2019;2020;Förändring\nJämtland–Härjedalen;63,4 %;62,1;-2 %\n"
    "NLL;..;-;.\nRiket;70;71;1 %\nKälla: egen sammanställning\n"
)
TURNED = (
    "Förtroende för sjukhus\n\nÅr;Månad;Region Norrbotten;Region Västerbotten;Riket\n"
    "2019;jan;60,1;61;62\n;sept;-;62;63\n2020;jan;64;65;66\n"
)
DIAGRAM = "Förtroende för sjukhus\nCategory;Region Blekinge;Alla regioner\njanuari 2024;60,1;61\nfebruari 2024;64;65\n"
KOLADA_TABLE = (
    "Nyckeltals-id;Nyckeltal;Region;Kön;2019;2020;2021\nU70447;Förtroende;Region Norrbotten;Totalt;62,9;-;.\n"
    "U70447;Förtroende;Riket;Totalt;69,4;..;70\n"
)
KOLADA = {
    "count": 2,
    "values": [
        {
            "kpi": "U70447",
            "municipality": "0025",
            "period": 2020,
            "values": [
                {"gender": "T", "count": 1, "status": "", "value": 62.9},
                {"gender": "K", "count": 1, "status": "", "value": None},
            ],
        },
        {
            "kpi": "U70447",
            "municipality": "0000",
            "period": 2020,
            "values": [{"gender": "T", "count": 21, "status": "", "value": 69.4, "isdeleted": True}],
        },
    ],
    "next_url": None,
}
TEMPLATE_FILE = template(
    "trust_hospital;Region Skåne;2020;;61,5;;;900;60;63;SKR;", "NKI 1177 på telefon;RJL;Kv1 2020;T;87"
)
EXAMPLES = [
    ("vardenisiffror", csv_bytes(vis({}, {"Länskod": "25", "Enhetsnamn": "Norrbotten"}))),
    ("vardenisiffror", xlsx(vis({}))),
    ("vardenisiffror", csv_bytes(VIS_2025)),
    ("vardenisiffror", xlsx(VIS_2025)),
    ("skr_appendix", csv_bytes(SKR_FILE)),
    ("skr_appendix", xlsx(SKR_FILE)),
    ("vardenisiffror_diagram", csv_bytes(DIAGRAM)),
    ("vardenisiffror_diagram", xlsx(DIAGRAM)),
    ("kolada_json", json.dumps(KOLADA).encode()),
    ("kolada_table", csv_bytes(KOLADA_TABLE)),
    ("kolada_table", xlsx(KOLADA_TABLE)),
    ("wide", csv_bytes(WIDE)),
    ("wide", xlsx(WIDE)),
    ("wide", csv_bytes(TURNED)),
    ("wide", xlsx(TURNED)),
    ("template", csv_bytes(template("trust_hospital;Region Skåne;2020;;61,5"))),
    ("template", xlsx(template("trust_hospital;Region Skåne;2020;;61,5"))),
]


def check(content: bytes, name: str = "fil") -> CheckedFile:
    return check_file(None, name, content)


def figures(checked: CheckedFile, *columns: str) -> list[tuple[object, ...]]:
    return checked.observations.select(columns).rows()


def refused(checked: CheckedFile) -> list[str]:
    return [problem.message() for problem in checked.errors]


@pytest.mark.parametrize(("layout", "content"), EXAMPLES)
@pytest.mark.parametrize("name", ["kolada.json", "data.xlsx", "mall.csv", "x"])
def test_every_layout_is_recognised_by_its_headers_whatever_the_file_is_called(layout: str, content: bytes, name: str):
    checked = check(content, name)
    assert (checked.layout, refused(checked), checked.accepted) == (layout, [], True)


def test_every_layout_has_an_example_here():
    assert {layout for layout, _ in EXAMPLES} == set(LAYOUTS)


def test_a_vis_row_keeps_everything_the_publisher_printed():
    observation = check(csv_bytes(vis({}))).observations.row(0, named=True)
    wanted = {
        "indicator": "trust_vardcentral",
        "region": "01",
        "period": "2015",
        "period_kind": "year",
        "sex": "T",
        "value": 63.5,
        "numerator": 4846.0,
        "denominator": 7604.0,
        "base_n": 7604.0,
        "ci_low": 62.4,
        "ci_high": 64.7,
        "flags": "",
        "reason": "",
        "printed": "63,5",
        "source": "Vårdbarometern",
        "sheet": "",
        "row": 2,
        "col": 14,
    }
    assert {name: observation[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        (
            {"Värde": "UNK", "Täljare": "0", "Nämnare": "0", "KI_Låg": "-", "KI_Hög": "-"},
            (None, "missing", "m", None, None),
        ),
        (
            {"Värde": "MSK", "Täljare": "-", "Nämnare": "-", "KI_Låg": "-", "KI_Hög": "-"},
            (None, "masked", "c", None, None),
        ),
        (
            {"Värde": "INV", "Täljare": "-", "Nämnare": "0", "KI_Låg": "-", "KI_Hög": "-"},
            (None, "invalid", "m", None, None),
        ),
        ({"Täljare": "0", "Nämnare": "0"}, (63.5, "", "", None, None)),  # not published, never zero
        ({"Täljare": "0", "Nämnare": "7604", "Värde": "63,5"}, (63.5, "", "", 0.0, 7604.0)),  # weighted: not recomputed
    ],
)
def test_vis_signs_and_unpublished_counts(changes: dict[str, str], wanted: tuple[object, ...]):
    checked = check(csv_bytes(vis(changes)))
    assert figures(checked, "value", "reason", "flags", "numerator", "denominator") == [wanted]


@pytest.mark.parametrize(
    ("printed", "key", "kind"),
    [
        ("2015", "2015", "year"),
        ("2018 H2", "2018-H2", "half_year"),  # its own kind: a measurement of about a month
        ("2016 oktober", "2016-10", "month"),
        ("2023-04", "2023-04", "month"),
        ("202003", "2020-03", "month"),
        ("sept 2016", "2016-09", "month"),
        ("Kv1 2020", "2020-Q1", "quarter"),
        ("v. 12 2024", "2024-W12", "week"),
    ],
)
def test_periods_of_every_form(printed: str, key: str, kind: str):
    assert figures(check(csv_bytes(vis({"Mätperiod": printed}))), "period", "period_kind") == [(key, kind)]


@pytest.mark.parametrize(
    ("code", "name", "region"),
    [
        ("1", "Stockholms län", "01"),  # without its zero
        ("0025", "NLL", "25"),
        ("14", "VGR", "14"),
        ("23", "Jämtland–Härjedalen", "23"),  # en dash
        ("12", "Region\u00a0Ska\u030ane", "12"),  # NBSP and NFD
        ("-", "Riket", "00"),
        ("46", "Riket", "00"),
        ("-", "01 Stockholms län", "01"),
        ("-", "25 Norrbotten", "25"),
        ("-", "0025 Region Norrbotten", "25"),
        ("-", "25 - Norrbotten", "25"),
        ("-", "Norrbotten (25)", "25"),
        ("-", "Norrbotten, 25", "25"),
        ("-", "00 Riket", "00"),
        ("25", "25 Jämtland–Härjedalen", None),
        ("-", "2580 Luleå", None),
    ],
)
def test_regions_of_every_spelling(code: str, name: str, region: str | None):
    assert figures(check(csv_bytes(vis({"Länskod": code, "Enhetsnamn": name}))), "region") == [(region,)]


def test_skr_blank_values_have_their_comments_reason_and_46_is_the_nation():
    checked = check(csv_bytes(SKR_FILE))
    assert figures(checked, "region", "value", "reason", "flags", "row", "col") == [
        ("25", 57.7, "", "", 2, 7),
        ("00", 60.9, "", "", 3, 7),
        ("09", None, "not_reported", "m", 4, 7),
        ("13", None, "confidential", "c", 5, 7),
    ]


def test_kolada_answers_keep_path_null_and_deletion():
    checked = check(json.dumps(KOLADA).encode())
    assert figures(checked, "region", "sex", "value", "reason", "path") == [
        ("25", "T", 62.9, "", "$.values[0].values[0].value"),
        ("25", "K", None, "missing", "$.values[0].values[1].value"),
        ("00", "T", None, "deleted_by_source", "$.values[1].values[0].value"),
    ]


def test_kolada_municipalities_are_set_aside_and_further_pages_announced():
    answer = {
        "_note": "a note",
        "values": [
            *KOLADA["values"],
            {"kpi": "U70447", "municipality": "2580", "period": 2020, "values": [{"gender": "T", "value": 1.5}]},
        ],
        "next_url": "https://api.kolada.se/v3/data?page=2",
    }
    checked = check(json.dumps(answer).encode())
    assert sorted(problem.rule for problem in checked.warnings) == ["more_pages", "not_a_region"]
    assert [(each.cell, each.key) for each in checked.ignored] == [
        ("$._note", "json_note"),
        ("$.values[2]", "not_a_region"),
    ]
    assert checked.observations.height == 3


def test_a_municipal_kpi_is_refused_in_words():
    content = (
        b'{"values":[{"kpi":"N15428","municipality":"0138","period":2023,"values":[{"gender":"T","value":74.1}]}]}'
    )
    checked = check(content)
    assert [(each.severity, each.rule, each.cell) for each in checked.problems] == [
        ("error", "nothing_left", ""),
        ("warning", "unknown_indicator", "$.values[0].kpi"),
    ]
    assert '"N15428" är ingen indikator i katalogen' in checked.problems[1].message()


def test_a_list_of_entries_is_read_too():
    checked = check(json.dumps(KOLADA["values"]).encode())
    assert figures(checked, "path")[0] == ("$[0].values[0].value",)


def test_kolada_signs_in_a_table_are_three_reasons():
    assert figures(check(csv_bytes(KOLADA_TABLE)), "region", "period", "value", "reason", "flags", "row", "col") == [
        ("25", "2019", 62.9, "", "", 2, 5),
        ("25", "2020", None, "not_reported", "m", 2, 6),
        ("25", "2021", None, "not_applicable", "z", 2, 7),
        ("00", "2019", 69.4, "", "", 3, 5),
        ("00", "2020", None, "confidential", "c", 3, 6),
        ("00", "2021", 70.0, "", "", 3, 7),
    ]


def test_a_kolada_table_lists_municipalities_notes_and_unknown_columns():
    text = (
        "Hämtat ur Kolada\nKPI;Kommun;2019;Rang\nU70447 Förtroende;Region Norrbotten;62,9;3\n"
        "U70447 Förtroende;Umeå;50;1\nU70447;;;\n"
    )
    checked = check(csv_bytes(text))
    assert figures(checked, "region", "value") == [("25", 62.9)]
    assert [(each.cell, each.key) for each in checked.ignored] == [
        ("A1:D1", "above_header"),
        ("A5:D5", "no_figure"),
        ("D3:D4", "unknown_column"),
        ("A4:D4", "not_a_region"),
    ]


def test_a_wide_table_is_read_with_signs_and_lists_the_rest():
    checked = check(csv_bytes(WIDE))
    assert figures(checked, "region", "period", "value", "reason", "printed", "row", "col") == [
        ("23", "2019", 63.4, "", "63,4 %", 4, 2),
        ("23", "2020", 62.1, "", "62,1", 4, 3),
        ("25", "2019", None, "confidential", "..", 5, 2),
        ("25", "2020", None, "not_reported", "-", 5, 3),
        ("00", "2019", 70.0, "", "70", 6, 2),
        ("00", "2020", 71.0, "", "71", 6, 3),
    ]
    assert [(each.cell, each.key) for each in checked.ignored] == [("A7", "footnote"), ("D4:D6", "relative_column")]


def test_a_turned_table_takes_year_and_month_from_two_columns():
    assert figures(check(csv_bytes(TURNED)), "region", "period", "value", "reason", "row", "col")[:4] == [
        ("25", "2019-01", 60.1, "", 4, 3),
        ("25", "2019-09", None, "not_reported", 5, 3),
        ("25", "2020-01", 64.0, "", 6, 3),
        ("24", "2019-01", 61.0, "", 4, 4),
    ]


def test_a_workbook_with_merged_headers_percent_cells_and_durations():
    book = workbook(
        [
            ["Medelväntetid 1177 på telefon"],
            [],
            ["Region", 2019, None, 2020],
            [None, "jan", "feb", "jan"],
            ["Region Dalarna", 151 / 86400, "3:05", 95],
            ["Samtliga", 1, 2, 3],
            ["* preliminärt"],
        ],
        formats={"B5": "mm:ss"},
    )
    page = book.active
    page["A1"] = "calls_mean_wait"
    page.merge_cells("A1:D1")
    page.merge_cells("B3:C3")
    page.merge_cells("A3:A4")
    checked = check(saved(book))
    assert figures(checked, "period", "value", "printed", "sheet", "row", "col") == [
        ("2019-01", 151.0, "2:31", "Data", 5, 2),
        ("2019-02", 185.0, "3:05", "Data", 5, 3),
        ("2020-01", 95.0, "95", "Data", 5, 4),
    ]
    told = [(each.variant or each.rule, each.cell) for each in checked.problems]
    # 95 beside m:ss may be minutes; no header has the footnote's mark.
    assert told == [("other_total", "A6"), ("words_to_confirm", "A7"), ("bare_duration", "D5")]


def test_a_percent_cell_is_per_cent_and_a_date_cell_shown_as_a_month_is_the_month():
    from datetime import date

    rows = [
        TEMPLATE_HEADERS,
        ["trust_hospital", "Skåne", date(2020, 3, 1), None, 0.629],
        ["trust_hospital", "Skåne", date(2019, 1, 1), "K", 62.9],
        ["trust_hospital", "Skåne", date(2018, 5, 7), "M", 7],
    ]
    formats = {"E2": "0.0%", "C2": "yyyy-mm", "C3": "yyyy", "C4": "yyyy-mm-dd"}
    checked = check(saved(workbook(rows, formats=formats)))
    assert figures(checked, "period", "value", "printed", "sex") == [
        ("2020-03", 62.9, "62.9 %", "T"),
        ("2019", 62.9, "62.9", "K"),
        ("2018-05-07", 7.0, "7", "M"),
    ]


TEMPLATE_HEADERS = ["Indikator", "Region", "Period", "Kön", "Värde"]


def test_the_template_takes_ids_and_titles_and_lists_its_help_sheets_silently():
    book = workbook([TEMPLATE_HEADERS, ["nki_phone", "RJL", "2020", None, "87"]])
    book.create_sheet("Instruktion")["A1"] = "Så fyller du i"
    book["Instruktion"].sheet_state = "veryHidden"
    checked = check(saved(book))
    assert (checked.problems, figures(checked, "indicator", "region", "value")) == ((), [("nki_phone", "06", 87.0)])
    assert [each.to_json("en") for each in checked.ignored] == [
        {"sheet": "Instruktion", "cell": "A1", "reason": "the sheet holds no table that is read"}
    ]


def test_rows_above_and_below_a_long_table_are_listed_and_unknown_columns_too():
    checked = check(
        csv_bytes(f"Uttag ur systemet\n{template('trust_hospital;Skåne;2020;;61', ';;;;;;;;;;;En fotnot')}")
    )
    assert [(each.cell, each.key) for each in checked.ignored] == [("A1:L1", "above_header"), ("A4:L4", "no_figure")]
    extra = "Indikator;Region;Period;Värde;Övrigt\ntrust_hospital;Skåne;2020;61;x\n"
    assert [(each.cell, each.values["header"]) for each in check(csv_bytes(extra)).ignored] == [("E2", "Övrigt")]


def test_a_sheet_without_the_table_is_said_and_listed():
    book = workbook([line.split(";") for line in vis({}).splitlines()])
    book.create_sheet("Övrigt")["A1"] = "något"
    checked = check(saved(book))
    assert [(each.severity, each.rule, each.sheet) for each in checked.problems] == [
        ("warning", "sheet_not_read", "Övrigt")
    ]


def test_every_data_row_is_an_observation_or_listed():
    text = vis(
        {}, {"Titel": "Okänd", "Indikator_Id": "-"}, {"Mätperiod": "2014"}, {"Titel": "Okänd", "Indikator_Id": "-"}
    )
    checked = check(csv_bytes(text))
    assert checked.observations["row"].to_list() == [2, 4]
    assert [each.cell for each in checked.ignored] == ["A3:X3", "A5:X5"]
    assert [problem.values["count"] for problem in checked.warnings] == [2]


@pytest.mark.parametrize("text", ["Syntetisk fil för test", "SYNTETISKA uppgifter"])
def test_a_file_that_calls_itself_synthetic_is(text: str):
    assert check(csv_bytes(template(f"trust_hospital;Skåne;2020;;61;;;;;;{text};"))).synthetic
    assert check(json.dumps({**KOLADA, "_note": text}).encode()).synthetic


def test_observations_have_the_stores_columns():
    assert check(csv_bytes(vis({}))).observations.schema["period_start"] == pl.Date
