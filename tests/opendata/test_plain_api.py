"""`/api/v1`: the same rows in every form, wrong questions refused in words, nothing hidden, nothing set, nothing sent
twice."""

import csv
import io
import json
from typing import Any

import polars as pl
import pytest
from sqlmodel import Session

from analysis import compare_regions
from analysis.figures import figures_of
from exports.documents import compared
from indicators import catalogue
from locales.json_text import as_json_text
from models import Store, Upload, now
from opendata.resources import RESOURCES
from tests.hidden_figures import assert_silent, publish_hidden
from tests.opendata.conftest import Asking, asking, rows
from tests.publishing import publish, withdraw

TRUST = {"indicator": "trust_overall", "region": "25", "period": "2025", "value": 50.0, "base_n": 400.0}


def of_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", RESOURCES)
def test_every_table_says_the_same_in_every_form(sample: Asking, name: str) -> None:
    only = "&indicator=trust_overall" if "indicator" in RESOURCES[name].takes else ""
    document, text, binary = (sample(f"/api/v1/{name}?format={form}{only}") for form in ("json", "csv", "parquet"))
    table = pl.read_parquet(io.BytesIO(binary.content))
    lines = of_csv(text.text)
    assert [list(line) for line in lines[:1]] in ([], [table.columns])
    assert table.height == len(lines)
    if name != "changes":  # its document has a row per event, its table one per changed figure
        assert len(document.json()["rows"]) == table.height > 0
        for row, line, cells in zip(document.json()["rows"], lines, table.to_dicts(), strict=True):
            numbers = {key: value for key, value in row.items() if isinstance(value, float)}
            assert {key: float(line[key]) for key in numbers} == numbers == {key: cells[key] for key in numbers}
            assert {key for key, value in row.items() if value is None} == {key for key in cells if cells[key] is None}


def test_observations_are_the_figures_of_the_pages(sample: Asking, sample_store: Store) -> None:
    found = rows(sample("/api/v1/observations?indicator=calls_share_answered&region=25,00&sex=T&period=2023-01"))
    figures = figures_of(sample_store, catalogue().indicators["calls_share_answered"], sex="T")
    shown = figures.filter(pl.col("code").is_in(["25", "00"]), pl.col("period") == "2023-01").to_dicts()
    names = ("code", "value", "numerator", "denominator", "ci_low", "ci_high", "flags", "upload", "sheet", "cell")
    assert [[one[name] for name in names] for one in found] == [[one[name] for name in names] for one in shown]
    assert found[0]["synthetic"] is ("x" in found[0]["flags"])


@pytest.mark.parametrize(
    ("asked", "language", "options"),
    [
        ("", "sv", {}),
        ("&benchmark=group:six&level=99.8&region=25,24", "sv", {"benchmark": "group:six", "level": 99.8}),
        ("&period=2020&lang=en", "en", {"period": "2020"}),
    ],
)
def test_compare_answers_what_the_terminal_prints(
    sample: Asking, sample_store: Store, asked: str, language: str, options: dict[str, Any]
) -> None:
    regions = ["25", "24"] if "region=" in asked else None
    expected = compared(compare_regions(sample_store, "trust_overall", regions=regions, **options), language)
    found = sample(f"/api/v1/compare?indicator=trust_overall{asked}")
    assert found.json() == json.loads(as_json_text(expected))


def test_an_earlier_day_answers_with_the_figures_of_that_day(ask: Asking, store: Store) -> None:
    publish(store, [TRUST], day="2026-01-10")
    second = publish(store, [{**TRUST, "value": 51.5}], day="2026-02-10")
    assert [one["value"] for one in rows(ask("/api/v1/observations?indicator=trust_overall"))] == [51.5]
    old = "/api/v1/observations?indicator=trust_overall&as_of=2026-02-09"
    assert [one["value"] for one in rows(ask(old))] == [50.0]
    event, first = rows(ask("/api/v1/changes?indicator=trust_overall"))
    assert (event["kind"], [(one["old"], one["new"]) for one in event["figures"]]) == ("corrected", [(50.0, 51.5)])
    assert "by" not in event
    assert rows(ask("/api/v1/changes?since=2026-01-10")) == [event]
    assert rows(ask("/api/v1/changes?indicator=logins")) == []
    line = of_csv(ask("/api/v1/changes?format=csv").text)[0]
    assert (line["event_upload"], line["old"], line["new"], line["revised"]) == (str(second), "50", "51.5", "true")
    withdraw(store, second)
    assert [one["value"] for one in rows(ask("/api/v1/observations?indicator=trust_overall"))] == [50.0]
    assert [one["status"] for one in rows(ask("/api/v1/uploads"))] == ["withdrawn", "published"]
    assert first["figures"] == []


def test_made_up_figures_can_be_left_out(ask: Asking, store: Store) -> None:
    publish(store, [TRUST, {**TRUST, "region": "24"}], synthetic=True)
    publish(store, [{**TRUST, "region": "24", "value": 61.0}])
    for name in ("observations", "compare"):
        address = f"/api/v1/{name}?indicator=trust_overall"
        whole, real = ask(address).json(), ask(f"{address}&synthetic=false").json()
        assert (whole["synthetic"], real["synthetic"]) == (True, False)
        assert [one["code"] for one in whole["rows"]] == ["24", "25"]
        assert [(one["code"], one["value"]) for one in real["rows"]] == [("24", 61.0)]


@pytest.mark.parametrize(
    ("address", "parameter", "said"),
    [
        ("observations", "indicator", "Parametern indicator måste anges."),
        ("observations?indicator=nosuch", "indicator", "nosuch är inget mått här. Måtten står i /api/v1/indicators."),
        ("observations?indicator=trust_overal", "indicator", 'Menade du "trust_overall"?'),
        ("observations?indicator=trust_overall&regions=25", "regions", "Parametern regions finns inte här."),
        ("observations?indicator=trust_overall&region=25,99", "region", '"99"'),
        ("observations?indicator=trust_overall&region=", "region", '""'),
        ("observations?indicator=trust_overall&period=igår", "period", '"igår"'),
        ("observations?indicator=trust_overall&sex=t", "sex", "t är inget värde för sex. Välj ett av: T, K, M."),
        ("observations?indicator=trust_overall&sex=K&sex=M", "sex", "Parametern sex är angiven två gånger."),
        ("observations?indicator=trust_overall&as_of=2026-02-30", "as_of", "2026-02-30 är ingen dag för as_of."),
        ("observations?indicator=trust_overall&as_of=20260230", "as_of", "20260230 är ingen dag"),
        ("observations?indicator=trust_overall&as_of=2999-01-01", "as_of", "2999-01-01 har inte varit än"),
        ("observations?indicator=trust_overall&synthetic=no", "synthetic", "no är inget värde för synthetic."),
        ("compare?indicator=trust_overall&period=1999", "", '"1999"'),
        ("compare?indicator=trust_overall&benchmark=group:none", "benchmark", '"group:none"'),
        ("compare?indicator=trust_overall&level=90", "level", "90 är inget värde för level. Välj ett av: 95, 99.8."),
        ("uploads?format=xml", "format", "xml är inget värde för format. Välj ett av: json, csv, parquet."),
        ("uploads?lang=de", "lang", "de är inget värde för lang. Välj ett av: sv, en."),
        ("regions?as_of=2026-01-01", "as_of", "Parametern as_of finns inte här."),
    ],
)
def test_a_wrong_question_is_answered_400_with_a_sentence(
    sample: Asking, address: str, parameter: str, said: str
) -> None:
    answer = sample(f"/api/v1/{address}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    problem = answer.json()
    assert said in problem["detail"]
    assert problem.get("parameter", "") == parameter


def test_a_refusal_speaks_the_asked_language(sample: Asking) -> None:
    answer = sample("/api/v1/compare?indicator=trust_overall&level=90&lang=en")
    assert answer.json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "90 is no value of level. Choose one of: 95, 99.8.",
        "parameter": "level",
    }


def test_what_a_reader_has_is_not_sent_again(ask: Asking, store: Store) -> None:
    publish(store, [TRUST, {**TRUST, "region": "24"}])
    address = "/api/v1/observations?indicator=trust_overall"
    first = ask(address)
    assert (first.headers["content-encoding"], first.headers["cache-control"]) == ("gzip", "no-cache")
    plain = ask(address, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == first.content
    assert plain.headers["etag"] != first.headers["etag"]  # two bodies, two tags
    for held in (first.headers["etag"], f"W/{first.headers['etag']}", f'"other", {first.headers["etag"]}', "*"):
        again = ask(address, headers={"if-none-match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert ask(f"{address}&lang=en", headers={"if-none-match": first.headers["etag"]}).status_code == 200
    publish(store, [{**TRUST, "value": 51.0}])
    assert ask(address, headers={"if-none-match": first.headers["etag"]}).status_code == 200


@pytest.mark.parametrize("as_of", ["", "&as_of=2026-01-15"])
def test_suppressed_figures_are_in_no_answer(store: Store, as_of: str) -> None:
    ask = asking(publish_hidden(store))
    for name, resource in RESOURCES.items():
        only = "&indicator=trust_overall" if "indicator" in resource.takes else ""
        day = as_of if "as_of" in resource.takes else ""
        for form in ("json", "csv"):
            assert_silent(ask(f"/api/v1/{name}?format={form}{only}{day}").text)
        table = pl.read_parquet(io.BytesIO(ask(f"/api/v1/{name}?format=parquet{only}{day}").content))
        assert_silent(str(table.to_dicts()))
    for feed in ("/feed.xml", "/feed/region/25.xml", "/feed/indicator/trust_overall.xml"):
        assert_silent(ask(feed).text)


def test_a_file_that_nobody_has_published_and_who_did_what_are_not_told(ask: Asking, store: Store) -> None:
    publish(store, [TRUST], by="user:7")
    with store.write() as connection, Session(connection) as session:
        told = {"file": "secret.csv", "sha256": "a" * 64, "size": 1, "content": b"a", "layout": "wide", "report": "{}"}
        session.add(Upload(**told, uploaded_at=now(), uploaded_by="user:8", observations=0, ignored=0, status="staged"))
        session.flush()
    for name in ("uploads", "changes"):
        for form in ("json", "csv"):
            told = ask(f"/api/v1/{name}?format={form}").text
            assert "made-in-test.csv" in told or form == "csv"
            assert not any(word in told for word in ("secret.csv", "user:7", "user:8", "published_by", "uploaded_by"))


def test_text_of_a_file_is_never_a_formula(ask: Asking, store: Store) -> None:
    publish(store, [{**TRUST, "comment": "=HYPERLINK(1)", "sheet": "@a"}])
    line = of_csv(ask("/api/v1/observations?indicator=trust_overall&format=csv").text)[0]
    assert (line["comment"], line["sheet"]) == ("'=HYPERLINK(1)", "'@a")
