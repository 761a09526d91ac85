"""`/api/v2`: two programs made for Statistics Sweden's PxWebApi 2 read it unchanged, and read what the pages show."""

import csv
import io
import itertools
from typing import Any

import openpyxl
import polars as pl
import pytest
from pxstatspy import OutputFormat, PxAPI, PxAPIConfig
from pxweb import PxApi

from analysis.figures import figures_of
from indicators import catalogue
from models import Store
from tests.hidden_figures import assert_silent, publish_hidden
from tests.opendata.conftest import Asking, asking
from tests.publishing import publish

TABLE = "/api/v2/tables/trust_overall"


def shown(store: Store, indicator: str, sex: str = "T") -> dict[tuple[str, str], float | None]:
    """Region's name and period → value, as the pages have it."""
    rows = figures_of(store, catalogue().indicators[indicator], sex=sex)
    return {(one["region"], one["period"]): one["value"] for one in rows.to_dicts()}


def test_pxwebpy_reads_it(served: str, sample_store: Store) -> None:
    api = PxApi(f"{served}/api/v2", language="sv")
    assert api.number_of_tables == len({one["id"] for one in api.all_tables()}) == 35
    assert [one["id"] for one in api.search("förtroende helhet")["tables"]] == ["trust_overall"]
    variables = api.get_table_variables("trust_overall")
    assert {name: one["elimination"] for name, one in variables.items()} == {
        "Region": False,
        "Kon": True,
        "ContentsCode": False,
        "Tid": False,
    }
    assert {"id": "six", "label": catalogue().groups["six"].title.sv} in variables["Region"]["codelists"]
    told = api.get_table_data("trust_overall", {"ContentsCode": "value", "Region": "*", "Kon": "T", "Tid": "*"})
    expected = shown(sample_store, "trust_overall")
    assert {(one["Region"], one["Period"]): one["value"] for one in told} == expected
    within = api.get_table_data(
        "trust_overall", {"Region": ["*"], "Tid": ["202*"], "ContentsCode": ["value"]}, {"Region": "six"}
    )
    assert len({one["Region"] for one in within}) == len(catalogue().groups["six"].regions) + 1
    every = api.get_table_data_all("calls_answered", show="code")
    assert {one["Tabellinnehåll"] for one in every} == {"value"}
    assert len(every) == 6 * 72


def test_pxstatspy_reads_it(served: str, sample_store: Store) -> None:
    api = PxAPI(PxAPIConfig(base_url=f"{served}/api/v2", language="sv"))
    assert (api.max_data_cells, api.rate_limiter.max_calls) == (150_000, 600)
    frame = api.get_data_as_dataframe(
        "trust_overall",
        {"Region": ["25", "00"], "Kon": ["T"], "ContentsCode": ["value", "ci_low"], "Tid": ["FROM(2023)"]},
    )
    expected = shown(sample_store, "trust_overall")
    assert list(frame.columns) == ["region_code", "region", "Kön", "Period", "Värde", "Nedre gräns"]
    assert {(one.region, one.Period): one.Värde for one in frame.itertuples()} == {
        key: value for key, value in expected.items() if key[0] in ("Region Norrbotten", "Riket") and key[1] >= "2023"
    }
    text = api.get_table_data("trust_overall", {"Region": ["25"], "Tid": ["2025"]}, output_format=OutputFormat.CSV)
    assert next(csv.DictReader(io.StringIO(text)))["Region"] == "Region Norrbotten"
    posted = api.get_table_data_post(
        "trust_overall",
        {
            "selection": [
                {"variableCode": "Region", "valueCodes": ["25"]},
                {"variableCode": "Tid", "valueCodes": ["2025"]},
            ]
        },
    )
    assert posted["value"][0] == expected[("Region Norrbotten", "2025")]
    assert len(api.find_tables_as_dataframe(all_pages=True)) == 35


def cells(dataset: dict[str, Any]) -> dict[tuple[str, ...], tuple[float | None, str]]:
    """JSON-stat read by its own rule: codes of each cell → value and status."""
    codes = [
        sorted(one["category"]["index"], key=one["category"]["index"].get)
        for one in map(dataset["dimension"].get, dataset["id"])
    ]
    assert [len(one) for one in codes] == dataset["size"]
    status = dataset.get("status", {})
    keys = list(itertools.product(*codes))
    assert len(keys) == len(dataset["value"])
    return {key: (dataset["value"][at], status.get(str(at), "")) for at, key in enumerate(keys)}


ROWS = [
    {"indicator": "trust_overall", "region": "25", "period": "2024", "value": 50.5, "base_n": 400.0},
    {"indicator": "trust_overall", "region": "25", "period": "2025", "reason": "confidential", "flags": "c"},
    {"indicator": "trust_overall", "region": "24", "period": "2025", "value": 61.0, "sex": "T"},
    {"indicator": "trust_overall", "region": "24", "period": "2025", "value": 60.0, "sex": "K"},
]  # fmt: skip


def test_a_missing_figure_has_its_reason(ask: Asking, store: Store) -> None:
    publish(store, ROWS, synthetic=True)
    found = ask(f"{TABLE}/data?valueCodes[Tid]=*&valueCodes[ContentsCode]=value,base_n&valueCodes[Kon]=T").json()
    assert cells(found) == {
        ("24", "T", "value", "2024"): (None, "none"),
        ("24", "T", "value", "2025"): (61.0, "ax"),
        ("24", "T", "base_n", "2024"): (None, "none"),
        ("24", "T", "base_n", "2025"): (None, ""),
        ("25", "T", "value", "2024"): (50.5, "x"),
        ("25", "T", "value", "2025"): (None, "confidential"),
        ("25", "T", "base_n", "2024"): (400.0, "x"),
        ("25", "T", "base_n", "2025"): (None, "confidential"),
    }
    assert found["extension"]["status"]["label"] == {
        "none": "inget värde är publicerat",
        "ax": "antaget underlag, syntetiska exempeldata",
        "x": "syntetiska exempeldata",
        "confidential": "sekretess hos källan",
    }
    assert any("syntetiska" in one for one in found["note"])


def test_metadata_is_the_dataset_without_its_values(ask: Asking, store: Store) -> None:
    publish(store, ROWS)
    told = ask(f"{TABLE}/metadata?lang=en").json()
    every = ask(
        f"{TABLE}/data?lang=en&valueCodes[Region]=*&valueCodes[Kon]=*&valueCodes[ContentsCode]=*&valueCodes[Tid]=*"
    )
    whole = every.json()
    assert {name: one for name, one in whole.items() if name not in ("value", "status", "extension")} == {
        name: one for name, one in told.items() if name != "extension"
    }
    assert told["role"] == {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]}
    assert told["dimension"]["ContentsCode"]["category"]["unit"]["value"] == {"base": "per cent", "decimals": 1}
    assert told["dimension"]["Tid"]["extension"]["timeUnit"] == "Annual"


def test_who_asks_for_nothing_gets_the_latest_value(ask: Asking, store: Store) -> None:
    publish(store, ROWS)
    assert list(cells(ask(f"{TABLE}/data").json())) == [("24", "T", "value", "2025"), ("25", "T", "value", "2025")]
    chosen = ask(f"{TABLE}/defaultselection").json()
    assert ask(f"{TABLE}/data", "POST", json=chosen).json() == ask(f"{TABLE}/data").json()


def test_csv_workbook_and_parquet_say_what_the_dataset_says(ask: Asking, store: Store) -> None:
    publish(store, ROWS)
    asked = f"{TABLE}/data?valueCodes[Tid]=*&outputFormatParams=UseCodes&outputFormat="
    known = [(*key, value) for key, (value, _) in cells(ask(asked + "json-stat2").json()).items()]
    text = csv.reader(io.StringIO(ask(asked + "csv").text))
    assert next(text) == ["Region", "Kon", "ContentsCode", "Tid", "Värde", "Status"]
    assert [(*row[:4], float(row[4]) if row[4] else None) for row in text] == known
    parquet = pl.read_parquet(io.BytesIO(ask(asked + "parquet").content))
    assert [row[:5] for row in parquet.rows()] == known
    book = openpyxl.load_workbook(io.BytesIO(ask(asked + "xlsx").content))
    _, *sheet = book.worksheets[0].iter_rows(values_only=True)
    assert [row[:5] for row in sheet] == known
    both = ask(asked.replace("UseCodes", "UseCodesAndTexts,SeparatorSemicolon") + "csv").text.split("\r\n")[0]
    assert both == "Region_code;Region;Kon_code;Kön;ContentsCode_code;Tabellinnehåll;Tid_code;Period;Värde;Status"


def test_tables_are_searched_and_turned_page_by_page(ask: Asking, store: Store) -> None:
    publish(store, ROWS, day="2026-01-10")
    publish(store, [{**ROWS[0], "indicator": "trust_hospital"}], day="2026-01-10")
    publish(store, [{**ROWS[0], "indicator": "logins", "period": "2024-01"}])

    def found(asked: str) -> tuple[list[str], int]:
        told = ask(f"/api/v2/tables?{asked}").json()
        return [one["id"] for one in told["tables"]], told["page"]["totalPages"]

    assert found("") == (["logins", "trust_hospital", "trust_overall"], 1)
    assert found("pageSize=2") == (["logins", "trust_hospital"], 2)
    assert found("pageSize=2&pageNumber=2") == (["trust_overall"], 2)
    assert found("pageSize=2&pageNumber=3") == ([], 2)
    assert found("query=SJUKHUS") == (["trust_hospital"], 1)
    assert found("query=nosuchword") == ([], 1)
    assert found("pastDays=1") == (["logins"], 1)
    told = ask("/api/v2/tables/logins?lang=en").json()
    assert (told["label"], told["firstPeriod"], told["timeUnit"]) == ("Logins to 1177", "2024-01", "Monthly")


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (f"{TABLE}/data?valueCodes[Nosuch]=1", 400, "Tabellen har ingen variabel Nosuch."),
        (f"{TABLE}/data?valueCodes[Region]=99", 400, "99 är inget värde i Region."),
        (f"{TABLE}/data?valueCodes[Tid]=TOP(x)", 400, "TOP(x) är inget värde i Tid."),
        (f"{TABLE}/data?valueCodes[Tid]=RANGE(2016)", 400, "RANGE(2016) är inget värde i Tid."),
        (f"{TABLE}/data?codelist[Region]=nosuch", 400, "nosuch är ingen kodlista"),
        (f"{TABLE}/data?codelist[Tid]=six", 400, "six är ingen kodlista"),
        (f"{TABLE}/data?outputFormat=px", 400, "px finns inte här. Välj: json-stat2, csv, xlsx, parquet."),
        (f"{TABLE}/data?outputFormatParams=Loud", 400, "Loud finns inte här."),
        (f"{TABLE}/data?heading=Tid", 400, "Parametern heading finns inte här."),
        (f"{TABLE}/metadata?outputFormat=json-px", 400, "json-px finns inte här."),
        ("/api/v2/tables?pageNumber=0", 400, "0 är inget tal för pageNumber."),
        ("/api/v2/config?lang=de", 400, "de finns inte som språk här."),
        ("/api/v2/tables/nosuch", 404, "Här finns ingenting"),
        ("/api/v2/codelists/nosuch", 404, "Här finns ingenting"),
    ],
)
def test_a_wrong_question_is_refused_in_words(sample: Asking, address: str, status: int, said: str) -> None:
    answer = sample(address)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["detail"].startswith(said)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"selection": 1}', 400),
        (b'{"selection": [1]}', 400),
        (b'{"selection": [{"variableCode": 1}]}', 400),
        (b'{"selection": [{"variableCode": "Tid", "valueCodes": [1]}]}', 400),
        (b"[" * 100_000, 400),
        (b" " * 200_001, 413),
        (b'{"selection": []}', 200),
    ],
)
def test_a_selection_of_another_shape_is_refused(sample: Asking, body: bytes, status: int) -> None:
    assert sample(f"{TABLE}/data", "POST", content=body).status_code == status


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch, sample: Asking) -> None:
    monkeypatch.setattr("opendata.px.selection.MOST_CELLS", 21)
    answer = sample(f"{TABLE}/data?valueCodes[Region]=*&valueCodes[Tid]=2025&valueCodes[ContentsCode]=value")
    assert (answer.status_code, answer.json()["detail"]) == (
        403,
        "Frågan ger 22 celler; 21 är det mesta. Dela upp den.",
    )


def test_suppressed_figures_are_in_no_form(store: Store) -> None:
    ask = asking(publish_hidden(store))
    every = f"{TABLE}/data?valueCodes[Region]=*&valueCodes[Tid]=*&valueCodes[ContentsCode]=*&outputFormat="
    for form in ("json-stat2", "csv"):
        assert_silent(ask(every + form).text)
    found = cells(ask(every + "json-stat2").json())
    assert {status for (code, *_, period), (_, status) in found.items() if code == "25" and period == "2023"} == {
        "suppressed"
    }


def test_a_table_is_as_it_was_on_the_day_asked_for(store: Store, ask: Asking) -> None:
    row = {"indicator": "trust_overall", "region": "25", "period": "2023"}
    publish(store, [{**row, "value": 60.0}], day="2026-01-01")
    publish(store, [{**row, "value": 61.5}], day="2026-02-01")
    values = [ask(f"{TABLE}/data{day}").json()["value"] for day in ("", "?as_of=2026-01-15")]
    assert values == [[61.5], [60.0]]
    assert ask(f"{TABLE}/metadata?as_of=2025-12-31").status_code == 404
    wrong = ask(f"{TABLE}/data?as_of=i-fjol")
    assert wrong.status_code == 400
    assert "ÅÅÅÅ-MM-DD" in wrong.json()["detail"]
