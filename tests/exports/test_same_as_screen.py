"""A page's view, its workbook, CSV, PDF, Word and slides, the terminal's JSON and the API say the same, value by value,
flag by flag."""

import base64
import csv
import io
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from analysis import Comparison, catalogue_status, compare_regions, periods_available, series_over_time
from analysis.moments import today_in_sweden
from commands.app import build
from exports import comparison_workbook, comparisons_workbook
from exports.reading import reading_sheet
from exports.safety import Losses
from exports.sheets import add_sheet, new_book
from exports.tables import header_of
from indicators import NATION, catalogue, period_of
from locales import LANGUAGES, text
from models import Store
from tests.exports.test_papers import TOLD, squeezed
from tests.opendata.conftest import Asking, asking
from tests.publishing import publish
from ui.area.html import figures as figures_html
from ui.escape import as_html
from views.area import Area, area
from views.compare import several
from views.papers import Paper, parts
from views.papers.blocks import Block, Items, OnOneScale, Section
from views.parts import Cell, Line, Reader, Verdict
from views.reading import Figures, Reading
from wording.symbols import symbol_of

pytestmark = pytest.mark.one_engine("four outlets of what has been read")

NBSP = "\N{NO-BREAK SPACE}"
BENCHMARKS: Final = ("riket", "group:six", "group:six:unweighted", "group:norr", "region:24", "target")
NUMBERS_AND_PLACES: Final = (
    *("value", "ci_low", "ci_high", "difference", "diff_low", "diff_high", "rank"),
    *("flags", "file", "cell"),
)
APP = build()
DOT: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
"""A picture of one pixel."""


@dataclass(frozen=True)
class Choice:
    """What a reader chooses on the page of a measure."""

    indicator: str
    period: str
    chosen: tuple[str, ...]
    benchmark: str = "riket"
    level: float = 95
    language: str = "sv"
    as_of: date | None = None

    @property
    def options(self) -> list[str]:
        return ["--as-of", self.as_of.isoformat()] if self.as_of else []


@dataclass(frozen=True)
class Shown:
    """A choice's page, its sheets *Läs* and *Underlag* (rows of head → cell by region code), how many checks *Kontroll*
    makes, and its JSON (rows by region code)."""

    choice: Choice
    comparison: Comparison
    view: Area
    heads: tuple[str, ...]
    sheet: dict[str, dict[str, str]]
    basis: dict[str, dict[str, Any]]
    checks: int
    told: dict[str, dict[str, Any]]

    @property
    def decimals(self) -> int:
        """Of a value as printed."""
        indicator = self.comparison.indicator
        return 0 if indicator.unit == "seconds" else indicator.decimals


def random_choice(pick: random.Random, store: Store) -> Choice:
    indicator = pick.choice(sorted(catalogue_status(store)["indicator"]))
    periods = periods_available(store, indicator)
    period = pick.choice(periods)
    earlier = [f"period:{one.key}" for one in periods if one.end < period.start and one.kind == period.kind]
    own = tuple(pick.sample(catalogue().region_codes, 4))
    return Choice(
        indicator,
        period.key,
        pick.choice([*(group.regions for group in catalogue().groups.values()), own]),
        pick.choice([*BENCHMARKS, *earlier[:1]]),
        pick.choice([95, 99.8]),
        pick.choice(["sv", "en"]),
        pick.choice([None, today_in_sweden()]),
    )


def shown(store: Store, choice: Choice) -> Shown:
    asked = {"benchmark": choice.benchmark, "level": choice.level, "as_of": choice.as_of}
    comparison = compare_regions(store, choice.indicator, choice.period, **asked)  # type: ignore[arg-type]
    kind = period_of(choice.period).kind
    series = series_over_time(store, choice.indicator, regions=choice.chosen, kind=kind, as_of=choice.as_of)
    reader = Reader(choice.language, store, choice.as_of)
    view = area(reader, comparison, series, choice.chosen)
    content = comparison_workbook(reader, view, comparison, series)
    heads, rows = sheet_of(content, choice.language)
    basis, checks = basis_of(content, choice.language)
    sheet = dict(zip((one.code for one in view.strips), rows, strict=True))
    level = ["--level", f"{choice.level:g}", "--benchmark", choice.benchmark, "--period", choice.period]
    document = told(choice.language, "compare", choice.indicator, *level, *choice.options)
    return Shown(choice, comparison, view, heads, sheet, basis, checks, {row["code"]: row for row in document["rows"]})


def rows_in(content: bytes, sheet: str, language: str) -> list[list[Any]]:
    """A sheet's cells, read by another library than wrote them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(text(f"exports.sheets.{sheet}", language)).to_python()


def basis_of(content: bytes, language: str) -> tuple[dict[str, dict[str, Any]], int]:
    """The rows of every column by region code, and how many checks are made of them."""
    heads, *rows = rows_in(content, "basis", language)
    code = heads.index(text("exports.columns.code", language))
    named = {
        row[code]: {head: None if cell == "" else cell for head, cell in zip(heads, row, strict=True)} for row in rows
    }
    return named, len(rows_in(content, "control", language)) - 2


def sheet_of(content: bytes, language: str) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    heads, *rows = rows_in(content, "reading", language)
    return tuple(map(str, heads)), [dict(zip(heads, row, strict=True)) for row in rows]


def told(language: str, *words: str) -> Any:
    done = CliRunner().invoke(APP, ["--language", language, *words, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def numbers(cell: str, of: Shown) -> list[float]:
    """The numbers a person reads in a cell, in the order they stand: `−14,6 (−18,1 till −11,1)`, `+1:30`."""
    plain = cell.replace(NBSP, "").replace("\N{MINUS SIGN}", "-")
    plain = plain.replace(",", "") if of.choice.language == "en" else plain.replace(",", ".")
    if of.comparison.indicator.unit == "seconds":
        clocks = re.findall(r"(-?)(\d+):(\d\d)", plain)
        return [(-1 if sign else 1) * (60 * int(minutes) + int(rest)) for sign, minutes, rest in clocks]
    return [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", plain)]


def printed(values: list[float | None], decimals: int) -> Any:
    """Figures as printed: never further off than half of the last decimal."""
    return pytest.approx([value for value in values if value is not None], abs=0.5 * 10**-decimals + 1e-9)


def the_screen_and_the_sheet_agree(of: Shown) -> None:
    _, value, verdict, *_ = of.heads
    for strip in of.view.strips:
        row = of.sheet[strip.code]
        said = "–" if strip.nation else f"{strip.cell.verdict.symbol} {strip.cell.verdict.word}"
        assert (row[of.heads[0]], row[verdict]) == (strip.name, said)
        assert row[value].startswith(strip.cell.value.removesuffix(f"{NBSP}x"))
        assert row[value].endswith("x") == strip.cell.value.endswith("x")
    html = figures_html(of.view.figures, "", of.choice.language)
    for one in of.view.figures.rows:
        if one.code in of.sheet:  # of one that was not measured then the sheet has no row
            cells = {head: getattr(one, name) for name, head in of.view.figures.columns}
            assert {head: of.sheet[one.code][head] for head in cells} == cells
        assert as_html(one.remark) in html
        assert all(as_html(head) in html for _, head in of.view.figures.columns)


def the_sheet_and_the_json_agree(of: Shown) -> None:
    _, value, verdict, difference, place, *_, remark = of.heads
    indicator, language = of.comparison.indicator, of.choice.language
    decimals = 0 if indicator.unit == "seconds" else indicator.decimals
    assert set(of.sheet) == set(of.told)
    for code, row in of.sheet.items():
        one = of.told[code]
        assert numbers(row[value], of) == printed([one["value"]], decimals)
        assert row[value].endswith(f"{NBSP}x") == ("x" in one["flags"] and one["value"] is not None)
        ends = [one["difference"], one["diff_low"], one["diff_high"]]
        whole = ends if None not in ends else ends[:1]
        assert numbers(row[difference], of) == printed(whole, 0 if indicator.unit == "seconds" else max(decimals, 1))
        if code != NATION:
            assert row[verdict][0] == symbol_of(one["judgement"], hollow=one["evidence"] == "assumed")
            assert ranks(row[place]) == [one[name] for name in ranks_told(one)]
        flags = ", ".join(text(f"flags.{letter}", language) for letter in one["flags"])
        assert row[remark].split("; ")[-1] == flags or not flags
        assert (one["reason"] or "") in row[remark]
        if any(cell.startswith("–") for cell in row.values()):
            assert row[remark], "a dash has its reason"


def the_basis_and_the_json_agree(of: Shown) -> None:
    """Every number unrounded, every letter, every word of the other columns; and each difference is checked."""
    indicator, language = of.comparison.indicator, of.choice.language
    assert set(of.basis) == set(of.told)
    for code, row in of.basis.items():
        for name in (
            "value",
            "ci_low",
            "ci_high",
            "difference",
            "diff_low",
            "diff_high",
            "rank",
            "flags",
            "file",
            "cell",
        ):
            head = header_of(name, indicator, language)
            told = of.told[code][name]
            assert row[head] == (pytest.approx(told, rel=1e-14) if isinstance(told, float) else told or None)
        if row[header_of("value", indicator, language)] is None:
            assert row[header_of("reason", indicator, language)], "no value has its reason"
    assert of.checks >= sum(row["difference"] is not None for row in of.told.values())


def ranks(cell: str) -> list[int]:
    """`19 (14–21)`, `4`, `3, osäker`; none where a sentence says why there is none."""
    return [int(one) for one in re.findall(r"\d+", cell)] if cell[:1].isdigit() else []


def ranks_told(row: dict[str, Any]) -> list[str]:
    if row["rank"] is None:
        return []
    alone = row["rank_low"] is None or row["rank_low"] == row["rank_high"]
    return ["rank"] if alone else ["rank", "rank_low", "rank_high"]


def the_changes_agree(of: Shown) -> bool:
    """The change of the first chosen region since the last time, as `change --json` tells it; whether there is one."""
    columns, rows = dict(of.view.figures.columns), of.view.figures.rows
    if "since_last" not in columns or rows[0].code not in of.sheet:
        return False
    kind = ["--kind", period_of(of.choice.period).kind, "--region", rows[0].code]
    answers = told(of.choice.language, "change", of.choice.indicator, *kind, *of.choice.options)
    answer = next(one for one in answers if one["question"] == "since_last")
    cell = of.sheet[rows[0].code][columns["since_last"]]
    own, _, _ = cell.partition(" (")  # its own periods, where they are others than the head's
    decimals = max(of.comparison.indicator.decimals, 1)
    assert numbers(own, of) == printed([answer["difference"]], decimals)
    if answer["difference"] is not None:
        assert own.endswith(text(f"area.moved.{answer['verdict']}", of.choice.language))
    return answer["difference"] is not None


def the_api_agrees(of: Shown, ask: Asking) -> None:
    """The API's comparison is the terminal's row for row, its CSV cell for cell; the observations and the table of
    PxWebApi 2 have the same values, and letters or a reason beside each."""
    choice = of.choice
    named = {"indicator": choice.indicator, "period": choice.period, "lang": choice.language}
    day = {"as_of": choice.as_of.isoformat()} if choice.as_of else {}
    judged = {"benchmark": choice.benchmark, "level": f"{choice.level:g}"}
    rows = ask(f"/api/v1/compare?{urlencode(named | judged | day)}").json()["rows"]
    assert {row["code"]: row for row in rows} == of.told
    lines = csv.DictReader(io.StringIO(ask(f"/api/v1/compare?{urlencode(named | judged | day)}&format=csv").text))
    for line, row in zip(lines, rows, strict=True):
        assert {name: _read(line[name], value) for name, value in row.items()} == row
    observed = ask(f"/api/v1/observations?{urlencode(named | day)}&sex=T").json()["rows"]
    kept = ("value", "ci_low", "ci_high", "base_n", "flags", "missing", "upload", "cell")
    for one in observed:
        assert {name: one[name] for name in kept} == {name: of.told[one["code"]][name] for name in kept}
    assert {one["code"] for one in observed} == {code for code, row in of.told.items() if row["file"]}
    if not choice.as_of:
        selection = urlencode({f"valueCodes[{name}]": code for name, code in (("Tid", choice.period), ("Kon", "T"))})
        table = ask(f"/api/v2/tables/{choice.indicator}/data?{selection}&valueCodes[ContentsCode]=value").json()
        codes = table["dimension"]["Region"]["category"]["index"]
        values = dict(zip(codes, table["value"], strict=True))
        assert {one["code"]: one["value"] for one in observed} == {
            code: value for code, value in values.items() if table.get("status", {}).get(str(codes[code])) != "none"
        }


def _read(cell: str, like: Any) -> Any:
    """A cell of a CSV as the kind of value that JSON has there."""
    if cell == "":
        return [] if isinstance(like, list) else like if like in (None, "") else cell
    if isinstance(like, list):
        return [int(part) for part in cell.split()]
    if isinstance(like, bool):
        return cell == "true"
    return type(like)(float(cell)) if isinstance(like, int | float) else cell.removeprefix("'")


def papers_of(every: Sequence[Shown], language: str) -> Paper:
    """The chosen regions of every view as a measure's page has them (views.papers.parts), in one paper."""
    return Paper(
        "measure", language, "-", "-", "-", today_in_sweden(), False, (), "",
        tuple(Section(str(place), one_scale(one)) for place, one in enumerate(every)), ("overview", {}),
    )  # fmt: skip


def one_scale(of: Shown) -> tuple[Block, ...]:
    places = {one.code: at for at, one in enumerate(of.view.strips)}
    rows = sorted((one for one in of.view.figures.rows if one.code in places), key=lambda one: places[one.code])
    view = replace(of.view, strips=tuple(of.view.strips[places[one.code]] for one in rows))
    reading = replace(of.view.figures, rows=tuple(rows))
    block = parts.on_one_scale(of.comparison, view, reading, of.choice.language)
    return (block, Items(tuple(parts.told_of(reading, of.choice.language)))) if rows else ()


def the_papers_agree(every: Sequence[Shown], language: str) -> int:
    """Each row of each view in a PDF's text, in Word and on slides, cell by cell; each bar of the picture as the
    terminal tells it. How many rows there were."""
    paper, count = papers_of(every, language), 0
    told = {ending: squeezed(read(paper)) for ending, read in TOLD.items()}
    for section, of in zip(paper.sections, every, strict=True):
        for block in section.blocks:
            if isinstance(block, OnOneScale):
                for row in block.reading.rows:
                    said = squeezed("".join(getattr(row, name) for name, _ in block.reading.columns))
                    assert [ending for ending, words in told.items() if said not in words] == [], said
                    assert row.shown.endswith("x") == ("x" in of.told[row.code]["flags"] and row.shown != "–")
                    count += 1
                names = {one["code"]: catalogue().regions[one["code"]].short_name for one in of.told.values()}
                bars = {bar.name: bar for bar in block.across.bars}
                for code, one in of.told.items():
                    bar = bars.get(names[code])
                    assert (bar is None) == (one["value"] is None)
                    assert bar is None or numbers(bar.printed, of) == printed([one["value"]], of.decimals)
            else:
                for words in block.words:
                    assert [ending for ending, said in told.items() if squeezed(words) not in said] == [], words
    return count


def test_fifty_choices_say_the_same_on_screen_in_every_file_the_terminal_and_the_api(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick, ask = random.Random(1177), asking(sample_store)
    every = [shown(sample_store, random_choice(pick, sample_store)) for _ in range(50)]
    # A picture has a test of its own (test_pictures): here it would be painted fifty times.
    monkeypatch.setattr("exports.papers.word.as_png", lambda _: DOT)
    assert (
        sum(the_papers_agree([one for one in every if one.choice.language == told], told) for told in LANGUAGES) > 120
    )
    for one in every:
        the_screen_and_the_sheet_agree(one)
        the_sheet_and_the_json_agree(one)
        the_api_agrees(one, ask)
        the_basis_and_the_json_agree(one)
    assert sum(the_changes_agree(one) for one in every) > 5
    # The choices are not fifty of a kind.
    rows = [row for one in every for row in one.told.values()]
    assert {row["judgement"] for row in rows} >= {"better", "similar", "worse", "not_assessable"}
    assert {row["evidence"] for row in rows} == {"published", "computed", "assumed", "none"}
    assert {letter for row in rows for letter in row["flags"]} >= {"a", "x"}


def figure(region: str, value: float) -> dict[str, Any]:
    ends = {"ci_low": value - 3, "ci_high": value + 3}
    return {"indicator": "trust_overall", "region": region, "period": "2023", "value": value, **ends}


HIDDEN = {"indicator": "trust_overall", "region": "20", "period": "2023", "reason": "confidential", "flags": "c"}


@pytest.mark.parametrize(
    ("as_of", "value", "verdict"),
    [
        (date(2024, 3, 1), "50,0", "▼ sämre"),  # the first file's day
        (date(2024, 5, 31), "50,0", "▼ sämre"),  # the day before the correction
        (date(2024, 6, 1), "61,0", "● likvärdig (prövad)"),  # its day
        (None, "61,0", "● likvärdig (prövad)"),
    ],
)
def test_figures_as_they_were_published_on_a_day(store: Store, as_of: date | None, value: str, verdict: str) -> None:
    publish(store, [figure("25", 50.0), figure("24", 62.0), figure("00", 60.0), HIDDEN], day="2024-03-01")
    publish(store, [figure("25", 61.0)], day="2024-06-01")
    found = shown(store, Choice("trust_overall", "2023", ("25", "24", "20"), as_of=as_of))
    the_screen_and_the_sheet_agree(found)
    the_sheet_and_the_json_agree(found)
    _, shown_in, judged_in, *_ = found.heads
    assert (found.sheet["25"][shown_in], found.sheet["25"][judged_in]) == (f"{value}{NBSP}%", verdict)
    assert list(found.sheet["20"].values()) == [
        "Dalarna",
        "–",
        "– saknas",
        "–",
        "ingen plats",
        "sekretess hos källan; dolt av källan",
    ]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_several_measures_say_in_the_workbook_what_their_page_says(sample_store: Store, language: str) -> None:
    pick = random.Random(language)
    reader, codes = Reader(language, sample_store), catalogue().region_codes
    for _ in range(3):
        asked = pick.sample(sorted(catalogue_status(sample_store)["indicator"]), 3)
        level = pick.choice([95, 99.8])
        whole = [compare_regions(sample_store, one, benchmark="group:six", level=level) for one in asked]
        over_time = [series_over_time(sample_store, one) for one in asked]
        view = several(reader, whole, codes, codes[:3], level, synthetic=True)
        content = comparisons_workbook(reader, view, whole, over_time, chosen=codes[:3], ranks="marginal")
        heads, rows = sheet_of(content, language)
        measure, name, value, verdict, _, place, *_ = heads
        held = {(row[measure], row[name]): row for row in rows}
        assert len(held) == sum(one.rows.height for one in whole)
        for one, beside in zip(view.measures, view.beside, strict=True):
            title = f"{one.title} {one.of.split(' · ')[1]}"
            for (region, _), cell, at in zip(view.names, one.cells, beside.places, strict=True):
                row = held.get((title, region))
                if row is None:
                    assert cell.value == "–"
                    continue
                assert row[verdict] == f"{cell.verdict.symbol} {cell.verdict.word}"
                assert row[value].startswith(cell.value.removesuffix(f"{NBSP}x"))
                assert row[place] == at


def test_the_cover_begins_with_what_the_page_says_first(store: Store) -> None:
    publish(store, [figure("25", 50.0), figure("24", 62.0), figure("00", 60.0)])
    comparison, series = compare_regions(store, "trust_overall"), series_over_time(store, "trust_overall")
    reader = Reader("sv", store)
    view = area(reader, comparison, series, ("25", "24"))
    book = openpyxl.load_workbook(io.BytesIO(comparison_workbook(reader, view, comparison, series)))
    assert list(book["Om filen"].values)[1:4] == [
        ("Vad siffrorna visar", view.headline),
        ("Hur det ligger till", "\n".join(view.lead)),
        ("Vad siffrorna bygger på", view.survey),
    ]
    assert view.headline.startswith("Förtroende för hälso- och sjukvården i sin helhet 2023: Norrbotten under riket")
    assert "svarsfrekvens ej inläst" in view.survey
    assert book.sheetnames[:3] == ["Om filen", "Läs", "Underlag"]
    assert dict(book["Om filen"].values)["Blad i filen"] == ", ".join(book.sheetnames[1:])
    page = book["Om filen"].page_setup
    assert (page.orientation, page.fitToWidth, page.fitToHeight) == ("landscape", 1, 0)


def test_the_sheet_is_made_for_paper_and_runs_nothing() -> None:
    """Words from files and people stand in remarks and names; a formula among them stays text."""
    cell = Cell("–", Verdict("not_assessable", "–", "saknas", False), "")
    row = Figures("Mått", "25", "=1+1", "", cell, "–", "–", "–", "–", "–", "=HYPERLINK(1)", "ax", Line())
    view = Reading((("name", "Region"), ("shown", "2023"), ("verdict", "Mot riket")), (row,))
    book = new_book("a", "b", "sv")
    add_sheet(book, reading_sheet(view, f"Förtroende & mer {'x' * 300}", "sv"), Losses())
    into = io.BytesIO()
    book.save(into)
    sheet = openpyxl.load_workbook(into)["Läs"]
    assert [[cell.value for cell in line] for line in sheet.iter_rows()] == [
        ["Region", "2023", "Mot riket", "Anmärkning"],
        ["=1+1", "–", "– saknas", "=HYPERLINK(1); antaget underlag, syntetiska exempeldata"],
    ]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} == {"s"}
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes, sheet.merged_cells.ranges) == ("$1:$1", "B2", set())
    assert sheet.oddFooter.right.text == "&P / &N"
    assert sheet.oddHeader.left.text == "Förtroende && mer …"
