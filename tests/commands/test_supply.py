"""`supply`: shares, gaps and what is not counted, as one JSON document, as text, and as a file."""

import csv

import openpyxl
import pytest

from models import Store
from tests.analysis.supply_data import NO, NOT_APPLICABLE, UNKNOWN, YES, offers, register, supply, unit

FOUR = ("request_appointment", "renew_prescription", "contact_me", "send_message")


@pytest.fixture
def published(store: Store) -> Store:
    register(
        store,
        unit("A", municipality="Luleå"),
        unit("B", municipality="Boden"),
        unit("C", municipality="Boden"),
        unit("D", municipality="Boden"),
        unit("F", kind="branch"),
        unit("U", region="24"),
        day="2024-02-01",
    )
    rows = [
        *offers("A", dict.fromkeys(FOUR, YES)),
        *offers("B", {**dict.fromkeys(FOUR, YES), "contact_me": NO}),
        *offers("C", {**dict.fromkeys(FOUR, YES), "contact_me": UNKNOWN}),
        *offers("D", dict.fromkeys(FOUR, NOT_APPLICABLE)),
        *offers("F", dict.fromkeys(FOUR, YES)),
        *offers("X", {"contact_me": YES}),
        *offers("A", {"?digital fika": YES}, service_printed="Digital fika", cases=2.0),
        *offers("U", dict.fromkeys(FOUR, YES), region="24"),
    ]
    supply(store, rows, day="2024-02-01", synthetic=True)
    return store


def test_json_has_the_share_its_parts_and_the_gaps(run, published: Store) -> None:
    done = run("supply", "--region", "25", "--json")
    told = done.document
    assert done.code == 0
    assert (told["period"], told["rule"], told["synthetic"], told["as_of"]) == ("2024-01", "4", True, None)
    assert told["rule_in_words"] == "minst 4 e-tjänster, eller alla tillämpliga om de är färre"
    region, whole = told["regions"]
    assert {name: region[name] for name in list(region)[:11]} == {
        "region": "25",
        "name": "Region Norrbotten",
        "share": 50.0,
        "units": 4,
        "numerator": 1,
        "denominator": 2,
        "below": 1,
        "unknown": 1,
        "not_applicable": 1,
        "ci_low": pytest.approx(9.4531, abs=1e-4),
        "ci_high": pytest.approx(90.5469, abs=1e-4),
    }
    assert (whole["region"], whole["numerator"], whole["denominator"], whole["judgement"]) == ("00", 2, 3, None)
    assert (region["unassessed"], region["benchmark_value"], region["ranked"], region["rank"]) == (
        "few_units",
        pytest.approx(66.667, abs=1e-3),
        2,
        None,
    )
    assert told["gaps_by_service"] == [
        {"service": "contact_me", "title": "Kontakta mig", "units": 1, "unknown": 1, "below_units": 1}
    ]
    assert told["unmapped"] == [
        {
            "service": "?digital fika",
            "service_printed": "Digital fika",
            "units": 1,
            "cases": 2.0,
            "file": "made-in-test.csv",
        }
    ]
    assert [row["unit"] for row in told["units_without_register"]] == ["X"]
    assert [(row["municipality"], row["share"], row["units"]) for row in told["municipalities"]] == [
        ("Boden", 0.0, 3),
        ("Luleå", 100.0, 1),
    ]
    assert told["spread"]["lowest"] == {"municipality": "Boden", "share": 0.0, "denominator": 1}
    assert (told["spread"]["test"], told["spread"]["least"]) == ("shuffled", None)


def test_every_region_without_one_named(run, published: Store) -> None:
    told = run("supply", "--json").document
    assert [(row["region"], row["share"]) for row in told["regions"]] == [
        ("24", 100.0),
        ("25", 50.0),
        ("00", pytest.approx(66.667, abs=1e-3)),
    ]
    assert "municipalities" not in told


@pytest.mark.parametrize(
    ("words", "numerator", "denominator"),
    [
        (("--rule", "3"), 3, 3),
        (("--rule", "list:contact_me"), 1, 2),
        (("--rule", "minimum"), 1, 2),
        (("--kind", "branch"), 1, 1),
        (("--kind", "branch", "--kind", "health_centre"), 2, 3),
    ],
)
def test_rule_and_kinds_are_chosen(
    run, published: Store, words: tuple[str, ...], numerator: int, denominator: int
) -> None:
    region = run("supply", "--region", "Norrbotten", *words, "--json").document["regions"][0]
    assert (region["numerator"], region["denominator"]) == (numerator, denominator)


def test_as_it_stood_on_an_earlier_day(run, published: Store) -> None:
    supply(published, offers("B", {"contact_me": YES}), day="2024-03-01")

    def numerator(*words: str) -> int:
        return int(run("supply", "--region", "25", *words, "--json").document["regions"][0]["numerator"])

    assert (numerator(), numerator("--as-of", "2024-02-15")) == (2, 1)


def test_text_says_the_rule_the_shares_and_what_is_not_counted(run, published: Store) -> None:
    done = run("supply", "--region", "25")
    lines = done.out.splitlines()
    assert lines[:3] == [
        "Utbud av e-tjänster, januari 2024",
        "Miniminivå: minst 4 e-tjänster, eller alla tillämpliga om de är färre.",
        "VARNING: här ingår syntetiska exempeldata, som inte får användas som fakta.",
    ]
    assert any(line.split()[:4] == ["Region", "Norrbotten", "50,0", "%"] for line in lines)
    assert "Tjänster som inte är kopplade och inte räknas: Digital fika." in lines
    assert "Enheter som saknas i enhetsförteckningen och inte räknas: 1." in lines
    assert run("--language", "en", "supply").out.splitlines()[1].startswith("Minimum level: at least 4 e-services")


def test_the_gap_list_as_a_workbook_and_as_csv(run, published: Store, tmp_path) -> None:
    file = tmp_path / "luckor.xlsx"
    done = run("supply", "--region", "25", "--gaps", file, "--json")
    assert done.code == 0
    facts = {name: done.document[name] for name in ("file", "format", "rows", "period", "rule", "regions", "synthetic")}
    assert facts == {
        "file": str(file),
        "format": "gaps",
        "rows": 2,
        "period": "2024-01",
        "rule": "4",
        "regions": ["25"],
        "synthetic": True,
    }
    rows = list(openpyxl.load_workbook(file)["Saknade tjänster"].iter_rows(values_only=True))
    assert [(row[2], row[7], row[9]) for row in rows[1:]] == [
        ("B", "Kontakta mig", "erbjuds inte"),
        ("C", "Kontakta mig", "okänt"),
    ]
    run("supply", "--gaps", tmp_path / "alla.csv")
    lines = list(csv.reader((tmp_path / "alla.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [line[2] for line in lines[1:]] == ["B", "C"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--rule", "99"), 2, '"99" är ingen regel för miniminivån.'),
        (("--kind", "clinik"), 2, '"clinik" är inget slag av vårdenhet.'),
        (("--region", "Norbotten"), 2, '"Norbotten" är ingen känd region. Menade du "Region Norrbotten"?'),
        (("--period", "2023-01"), 2, 'Perioden "2023-01" har inga publicerade uppgifter om utbudet.'),
        (("--period", "förra året"), 2, '"förra året" går inte att läsa som period.'),
        (("--benchmark", "grannen"), 2, '"grannen" är ingen känd jämförelse.'),
        (("--region", "Skåne"), 1, "Region Skåne har inga uppgifter om utbud i perioden januari 2024."),
        (("--gaps", "luckor.pdf"), 2, "Filen luckor.pdf måste sluta på .xlsx eller .csv."),
        (("--gaps", "ingen/mapp/luckor.csv"), 2, "ingen/mapp"),
    ],
)
def test_a_wrong_choice_is_refused_in_words(
    run, published: Store, words: tuple[str, ...], code: int, said: str
) -> None:
    done = run("supply", *words, "--json")
    assert done.code == code
    assert said in done.document["error"]


def test_nothing_published_is_said(run, store: Store) -> None:
    done = run("supply", "--json")
    assert done.code == 0
    assert done.document == {
        "period": None,
        "rule": "4",
        "rule_in_words": None,
        "kinds": ["health_centre", "clinic"],
        "benchmark": "riket",
        "as_of": None,
        "data_version": 0,
        "synthetic": False,
        "regions": [],
        "gaps_by_service": [],
        "unmapped": [],
        "units_without_register": [],
    }
    assert done.err == "Inga uppgifter om utbudet av e-tjänster är publicerade.\n"
