"""A data package is what Frictionless says one is, holds the API's own rows, and is the same file each time."""

import csv
import io
import json
import zipfile

import polars as pl

from models import Store
from tests.hidden_figures import assert_silent, publish_hidden
from tests.opendata.conftest import Asking, asking, rows
from tests.publishing import publish

TRUST = {"indicator": "trust_overall", "region": "25", "period": "2025", "value": 50.0, "base_n": 400.0}
FILES = [
    "datapackage.json",
    "README.md",
    "LICENSE.txt",
    "CITATION.txt",
    "CITATION.bib",
    "data/observations.csv",
    "data/indicators.csv",
    "data/regions.csv",
    "data/uploads.csv",
    "data/observations.parquet",
]


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_zip_of_an_indicator_holds_the_rows_of_the_api(sample: Asking) -> None:
    files = unpacked(sample("/api/v1/datapackage/trust_overall.zip?lang=en").content)
    assert list(files) == FILES
    plain = sample("/api/v1/observations?indicator=trust_overall&format=csv&lang=en")
    assert files["data/observations.csv"] == plain.content
    binary = pl.read_parquet(io.BytesIO(files["data/observations.parquet"]))
    assert binary["value"].to_list() == [
        one["value"] for one in rows(sample("/api/v1/observations?indicator=trust_overall"))
    ]
    description = json.loads(files["datapackage.json"])
    fields = description["resources"][0]["schema"]["fields"]
    assert {"name": "value", "type": "number", "title": "Value"} in fields
    assert [one["name"] for one in fields] == next(csv.reader(io.StringIO(files["data/observations.csv"].decode())))
    assert description["licenses"] == [{"name": "Licence", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    assert [one["id"] for one in csv.DictReader(io.StringIO(files["data/indicators.csv"].decode()))] == [
        "trust_overall"
    ]
    assert files["README.md"].decode().startswith("# Trust in health care overall\n")
    assert "Hälso- och sjukvårdsbarometern" in files["CITATION.txt"].decode()


def test_the_same_figures_make_the_same_file_and_another_file_when_they_change(ask: Asking, store: Store) -> None:
    publish(store, [TRUST])
    address = "/api/v1/datapackage/trust_overall.zip"
    first = ask(address)
    assert first.headers["content-disposition"] == 'attachment; filename="trust_overall.zip"'
    assert asking(store)(address).content == first.content
    publish(store, [{**TRUST, "value": 51.0}])
    assert ask(address).content != first.content
    assert ask("/api/v1/datapackage/logins.zip").status_code == 404  # nothing is published of it


def test_made_up_figures_say_so_and_name_no_source(ask: Asking, store: Store) -> None:
    publish(store, [TRUST], synthetic=True)
    files = unpacked(ask("/api/v1/datapackage/trust_overall.zip").content)
    assert "Här visas syntetiska exempeldata." in files["README.md"].decode()
    assert files["CITATION.txt"].decode().startswith("Här visas syntetiska exempeldata.")


def test_suppressed_figures_are_in_no_file(store: Store) -> None:
    files = unpacked(asking(publish_hidden(store))("/api/v1/datapackage/trust_overall.zip").content)
    binary = files.pop("data/observations.parquet")
    assert_silent(str(pl.read_parquet(io.BytesIO(binary)).to_dicts()))
    for content in files.values():
        assert_silent(content.decode())
