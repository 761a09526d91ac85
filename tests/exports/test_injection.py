"""What a file or a person has written runs nowhere: one store of hostile texts, and every file that leaves it.

Pictures, papers and supply's files have tests of their own (test_pictures, test_papers, test_supply_export).
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from sqlalchemy import text as sql
from typer.testing import CliRunner

from analysis import change_log, compare_regions, series_over_time
from analysis.origin.sample import sample_figures
from commands.app import build
from exports import comparison_workbook, comparisons_workbook
from exports.changelog import changelog_workbook, events_csv, figures_csv
from exports.csvs import comparison_csv, everything_csv
from exports.sample_check import sample_workbook
from exports.workbooks import everything_workbook
from locales import text
from models import Store, open_store
from tests.opendata.conftest import asking
from tests.publishing import publish
from views.area import area
from views.parts import Reader

HOSTILE: Final = ("=HYPERLINK(1)", "@SUM(1)", "+1+cmd|' /C calc'!A0", "<script>alert(1)</script>", "]]>&<x>")
_RUNS: Final = re.compile(r"\s*[=+@\t\r]|\s*-(?!\d)")
Made = Callable[[Store], bytes]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Trust in four years, whose comments, sheets, sources, file and note would each run if they could."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'store.sqlite3'}")
        store = open_store(create=True)
        for year, said in enumerate(HOSTILE, start=2019):
            told = {"indicator": "trust_overall", "period": str(year), "base_n": 900.0}
            told |= {"comment": said, "sheet": said, "source": said, "printed": said}
            publish(store, [{**told, "region": region, "value": 50.0 + year % 7} for region in ("25", "24", "00")])
        publish(store, [{**told, "region": "25", "value": 41.0}])  # a correction
        with store.write() as connection:
            connection.execute(sql("UPDATE upload SET file = :said || id || '.csv'"), {"said": HOSTILE[0]})
        yield store


def comparison(store: Store) -> Any:
    return compare_regions(store, "trust_overall")


def of_one(store: Store) -> bytes:
    series, reader = series_over_time(store, "trust_overall"), Reader("sv", store)
    return comparison_workbook(reader, area(reader, comparison(store), series, ("25",)), comparison(store), series)


def of_several(store: Store) -> bytes:
    series, reader = series_over_time(store, "trust_overall"), Reader("sv", store)
    view = area(reader, comparison(store), series, ("25",))
    return comparisons_workbook(reader, view, [comparison(store)], [series], chosen=("25",), ranks="marginal")


def asked(address: str) -> Made:
    return lambda store: asking(store)(address).content


WORKBOOKS: Final[dict[str, Made]] = {
    "comparison": of_one,
    "comparisons": of_several,
    "everything": lambda store: everything_workbook(store, language="sv"),
    "change log": lambda store: changelog_workbook(store, change_log(store), "sv"),
    "sample": lambda store: sample_workbook(Reader("sv", store), sample_figures(store, 15, 1)),
    "px": asked("/api/v2/tables/trust_overall/data?valueCodes%5BTid%5D=*&outputFormat=xlsx"),
}
CSVS: Final[dict[str, Made]] = {
    "comparison": lambda store: comparison_csv(comparison(store), language="sv"),
    "everything": lambda store: everything_csv(store, language="sv"),
    "events": lambda store: events_csv(change_log(store), "sv"),
    "figures": lambda store: figures_csv(store, change_log(store), "sv"),
    "observations": asked("/api/v1/observations?indicator=trust_overall&format=csv"),
    "compare": asked("/api/v1/compare?indicator=trust_overall&period=2023&format=csv"),
    "uploads": asked("/api/v1/uploads?format=csv"),
    "changes": asked("/api/v1/changes?format=csv"),
    "px": asked("/api/v2/tables/trust_overall/data?valueCodes%5BTid%5D=*&outputFormat=csv"),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_no_cell_of_a_workbook_runs(hostile: Store, name: str) -> None:
    """The only formulas are our own checks, of cell references alone."""
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOKS[name](hostile)))
    ours = (text("exports.sheets.control", "sv"),)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    run = [cell for cell in cells if cell.data_type == "f"]
    assert {cell.parent.title for cell in run} <= {*ours}
    assert not [cell.value for cell in run if any(said in str(cell.value) for said in HOSTILE)]


@pytest.mark.parametrize("name", CSVS)
def test_no_cell_of_a_csv_runs(hostile: Store, name: str) -> None:
    content = CSVS[name](hostile).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content), delimiter=";" if ";" in content.splitlines()[0] else ","))
    assert len(lines) > 1
    assert not [cell for line in lines for cell in line if _RUNS.match(cell)]


@pytest.mark.parametrize(
    "address", ["/feed.xml", "/feed/indicator/trust_overall.xml", "/datasets/dcat", "/sitemap.xml"]
)
def test_what_is_said_in_xml_is_text(hostile: Store, address: str) -> None:
    answer = asking(hostile)(address)
    assert answer.status_code == 200
    root = ET.fromstring(answer.content)
    assert not [one for one in root.iter() if one.tag in ("x", "script")]


def test_a_package_and_an_evidence_file_hold_texts_that_run_nowhere(hostile: Store, tmp_path: Any) -> None:
    package = asking(hostile)("/api/v1/datapackage/trust_overall.zip").content
    out = tmp_path / "akt.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", hostile.url)
        done = CliRunner().invoke(build(), ["evidence", "--region", "25", "--out", str(out)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    for content in (package, out.read_bytes()):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            assert not [name for name in parts.namelist() if name.startswith(("/", "..")) or ".." in name]
            tables = [name for name in parts.namelist() if name.endswith(".csv") and "originals" not in name]
            assert tables
            for name in tables:
                told = parts.read(name).decode("utf-8-sig")
                lines = csv.reader(io.StringIO(told), delimiter=";" if ";" in told.splitlines()[0] else ",")
                assert not [cell for line in lines for cell in line if _RUNS.match(cell)], name


def test_an_embedded_chart_holds_no_markup_of_a_file(hostile: Store) -> None:
    answer = asking(hostile)("/embed/trend?indicator=trust_overall&region=25")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
