"""A picture goes out alone: everything that must be known of it is painted in it, in its own typefaces."""

import io
import re
from collections.abc import Iterable
from functools import cache, partial
from html import unescape
from typing import Any

import polars as pl
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from PIL import Image

from analysis import compare_regions, region_findings, series_over_time
from analysis.groups import audited_regions
from charts import trend_lines
from charts.context import MARKS, Said, marks_of
from charts.drawn_grids import measures_drawn, services_drawn, several_drawn, since_drawn, tiles_drawn
from charts.drawn_tables import heat_drawn, strips_drawn
from exports import pictures
from exports.papers.fonts import SANS, SERIF, font_folder
from exports.pictures import COLUMN, WIDE, Drawing, Shape
from indicators import catalogue
from models import Store
from views.area import area, on_one_scale
from views.compare import several
from views.overview import overview
from views.parts import Cell, Reader
from views.profile import profile
from views.since_audit import since_audit
from views.supply import SIGNS, services
from wording.symbols import JUDGEMENTS, symbol_of

pytestmark = pytest.mark.one_engine("draws what has been read")

SAID = Said(
    "SYNTETISKT: påhittade exempeldata",
    "Norrbotten under riket",
    "Förtroende för sjukvården, procent",
    ("Period: 2025", "Källa: Barometern", "Uppgifterna som de stod 1 december 2026", "Antaget underlag: 1 000 svar"),
)
LINK = "https://jamfor.example/trust?indicator=trust_overall&period=2025"
HOSTILE = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>", "#panic", "_x_ & *b*", "</text></svg>")


def words_of(svg: str) -> list[str]:
    """The lines that are painted, as a reader of the picture reads them."""
    return [unescape(re.sub(r"<[^>]+>", "", one)) for one in re.findall(r"<text[^>]*>.*?</text>", svg, re.DOTALL)]


def lacking(svg: str, said: Said, link: str) -> list[str]:
    """What a picture must say and does not: such a picture is naked."""
    told = re.sub(r"\s", "", "".join(words_of(svg)))
    must = [said.warning, said.title, said.subtitle, *said.notes, link]
    return [one for one in must if re.sub(r"\s", "", one) not in told]


def trend(store: Store) -> Drawing:
    chosen = ["25", "24"]
    spec = trend_lines(series_over_time(store, "trust_overall", regions=chosen), "sv", chosen=chosen).to_dict()
    return pictures.chart({**spec, "usermeta": {MARKS: marks_of(spec)}})


def verdicts(cells: Iterable[Cell]) -> list[str]:
    return [f"{one.verdict.symbol} {one.verdict.word}" for one in cells]


TABLES = (
    "tiles",
    "measures",
    "heat of several",
    "places of several",
    "small of several",
    "map of several",
    "since audit",
)


@cache
def tables(store: Store) -> dict[str, tuple[Drawing, list[str], list[str]]]:
    """The other tables that are pictures, each with the words that it has in both shapes, and in the wide one."""
    reader, chosen = Reader("sv", store), audited_regions(store)
    comparisons = [compare_regions(store, one) for one in ("trust_overall", "access_needed_care")]
    strips, scale = on_one_scale(reader, comparisons[0], chosen)
    rows = profile(reader, region_findings(store, "25"), synthetic=False).rows
    side = several(reader, comparisons, catalogue().region_codes, chosen, 95, synthetic=False)
    since = since_audit(reader, chosen)
    steps = [step for row in since.rows for steps in row.cells for step in steps]
    tiles = [one for one in strips if not one.nation]
    names = [name for name, _ in side.names]
    values = [cell.value for one in side.measures for cell in one.cells]
    places = [place for one in side.beside for place in one.places]
    return {
        "tiles": (
            partial(tiles_drawn, strips, scale.benchmark),
            [scale.benchmark],
            [*(one.name for one in tiles), *(one.cell.value for one in tiles), *verdicts(one.cell for one in tiles)],
        ),
        "measures": (
            partial(measures_drawn, rows, "sv"),
            [*(row.cell.value for row in rows), "Bland alla regioner"],
            [said for row in rows for said in (row.title, row.difference, row.place, *verdicts([row.cell]))],
        ),
        "since audit": (
            partial(since_drawn, since),
            [*(row.name for row in since.rows), *(step.change for step in steps), *verdicts(steps)],
            [" · ".join(filter(None, (step.ends, step.nation))) for step in steps],
        ),
        **{
            f"{shown} of several": (partial(several_drawn, side, shown, "sv"), own, wide)
            for shown, own, wide in (
                ("heat", names, [*values, *verdicts(cell for one in side.measures for cell in one.cells)]),
                ("places", [*names, *places], places),
                ("small", names, names),
                ("map", [one.title for one in side.measures], [one.title for one in side.measures]),
            )
        },
    }


def drawings(store: Store) -> dict[str, tuple[Drawing, list[str]]]:
    """A chart, and the two tables that are pictures, each with words of its own."""
    reader, chosen = Reader("sv", store), audited_regions(store)
    comparison = compare_regions(store, "trust_overall", "2025")
    strips = area(reader, comparison, series_over_time(store, "trust_overall", regions=chosen), chosen)
    heat = overview(reader, chosen, 95, synthetic=False)
    told = [f"{one.cell.verdict.symbol} {one.cell.verdict.word}" for one in strips.strips if not one.nation]
    told += [strips.scale.benchmark, *(one.cell.value for one in strips.strips)]
    cells = [cell.value for group in heat.now for one in group.measures for cell in (*one.cells,)]
    return {
        "trend": (trend(store), ["Norrbotten", "Riket"]),
        "strips": (
            partial(strips_drawn, strips),
            [*(one.cell.value for one in strips.strips), *told, strips.scale.benchmark],
        ),
        "heat": (partial(heat_drawn, heat, "sv"), [*cells, *(one.title for one in heat.now)]),
    }


@pytest.mark.parametrize("shape", [WIDE, COLUMN], ids=["wide", "column"])
@pytest.mark.parametrize("name", ["trend", "strips", "heat"])
def test_a_picture_says_what_must_be_known_of_it(sample_store: Store, name: str, shape: Shape) -> None:
    drawing, own = drawings(sample_store)[name]
    svg = pictures.picture(SAID, "i ord", drawing, shape, link=LINK)
    assert not lacking(svg, SAID, LINK)
    assert set(own) <= set(words_of(svg))
    assert "<desc>i ord</desc>" in svg
    painted = Image.open(io.BytesIO(pictures.as_png(svg)))
    if shape.height:
        assert painted.size == (1920, 1080)
    else:
        assert painted.width == 960
        assert painted.height > 700


@pytest.mark.parametrize("shape", [WIDE, COLUMN], ids=["wide", "column"])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_a_picture_says_it_too(sample_store: Store, name: str, shape: Shape) -> None:
    drawing, both, wide = tables(sample_store)[name]
    svg = pictures.picture(SAID, "i ord", drawing, shape, link=LINK)
    assert not lacking(svg, SAID, LINK)
    said = " ".join(words_of(svg))  # a title may be broken
    assert [one for one in [*both, *(wide if shape is WIDE else [])] if one not in said] == []
    assert all(float(one) >= 9 for one in re.findall(r'font-size="(\d+)"', svg))


def test_a_picture_of_several_measures_has_a_line_for_every_region(sample_store: Store) -> None:
    drawing, *_ = tables(sample_store)["small of several"]
    assert drawing(900).count("<polyline") >= 2 * 21


def test_the_cells_of_a_map_carry_value_and_symbol_in_every_tile(sample_store: Store) -> None:
    drawing, *_ = tables(sample_store)["map of several"]
    svg = pictures.picture(SAID, "", drawing, COLUMN, link=LINK)
    assert sum(bool(re.fullmatch(r"\d+,\d [△▽○▲▼●–]", one)) for one in words_of(svg)) == 2 * 21


def test_many_measures_stand_beside_one_another(sample_store: Store) -> None:
    """Under one another they would be too small to read on a slide."""
    rows = profile(Reader("sv", sample_store), region_findings(sample_store, "25"), synthetic=True).rows
    svg = pictures.picture(SAID, "", partial(measures_drawn, rows, "sv"), WIDE, link=LINK)
    (scale,) = re.findall(r'<svg x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="[\d.]+" viewBox="0 0 ([\d.]+)', svg)
    assert float(scale[0]) / float(scale[1]) > 0.85
    assert {row.cell.value for row in rows} <= set(words_of(svg))


def test_services_are_counted_by_status_and_a_share_is_of_those_known(sample_store: Store) -> None:
    cells = pl.DataFrame(
        {
            "service": ["a"] * 5 + ["b"] * 2,
            "title_sv": ["Boka tid"] * 5 + ["Egenremiss"] * 2,
            "status": ["offered", "offered", "not_offered", "unknown", "not_applicable", "unknown", "unknown"],
            "synthetic": [False] * 6 + [True],
        }
    )
    first, second = services(cells, "sv")
    assert first.reached == "2 av 3, 66,7\N{NO-BREAK SPACE}%"
    assert [(one.printed, one.share) for one in first.parts] == [("2", 0.4), ("1", 0.2), ("1", 0.2), ("1", 0.2)]
    assert second.reached == "ingen andel, allt är okänt\N{NO-BREAK SPACE}x"
    drawing = partial(services_drawn, (first, second), ("Tjänst", "Erbjuder"), "✓ erbjuds")
    said = words_of(pictures.picture(SAID, "", drawing, WIDE, link=LINK))
    assert {"Boka tid", "Egenremiss", first.reached, second.reached, "✓ 2", "○ 1", "? 2", "✓ erbjuds"} <= set(said)


def test_every_sign_is_in_the_typefaces_of_words() -> None:
    """Else the server's own would be set: another face on every machine, or a box."""
    signs = {sign for one in JUDGEMENTS for sign in (symbol_of(one), symbol_of(one, hollow=True))} | set(SIGNS.values())
    for style in ("Regular", "SemiBold"):
        font = TTFont(font_folder() / f"{SANS.replace(' ', '')}-{style}.ttf")
        assert signs <= {chr(code) for code in font.getBestCmap()}
        glyphs, known = font.getGlyphSet(), font.getBestCmap()
        bounds = {}
        for sign in "⇧⇩✓":
            pen = BoundsPen(glyphs)
            glyphs[known[ord(sign)]].draw(pen)
            bounds[sign] = pen.bounds
        assert bounds["⇧"] == bounds["⇩"]
        assert all(bounds.values())


def test_a_naked_picture_is_told_from_one_that_is_not(sample_store: Store) -> None:
    for part in SAID._fields:
        empty: Any = () if part == "notes" else ""
        svg = pictures.picture(SAID._replace(**{part: empty}), "", trend(sample_store), link=LINK)
        given = getattr(SAID, part)
        assert lacking(svg, SAID, LINK) == ([given] if isinstance(given, str) else [*given])
    assert lacking(pictures.picture(SAID, "", trend(sample_store)), SAID, LINK) == [LINK]


def test_every_letter_is_set_in_the_pages_typefaces_and_they_travel_along(sample_store: Store) -> None:
    for drawing, _ in drawings(sample_store).values():
        svg = pictures.as_svg(pictures.picture(SAID, "", drawing, link=LINK)).decode()
        named = set(re.findall(r'font-family="([^"]+)"', svg))
        assert {one.split(",")[0] for one in named} <= {SANS, SERIF}
        assert re.findall(r'@font-face{font-family:"([^"]+)"', svg) == [SANS, SANS, SERIF]
        assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]+"', "", svg).replace(LINK.replace("&", "&amp;"), "")
        assert len(svg) < 150_000


def test_a_line_is_no_wider_than_the_picture(sample_store: Store) -> None:
    """An address without blanks is broken where it must be; nothing of it is lost."""
    address = "https://jamfor.example/" + "trust-overall&" * 40
    svg = pictures.picture(SAID._replace(title="ord " * 60), "", trend(sample_store), COLUMN, link=address)
    lines = words_of(svg)
    assert address in "".join(lines)
    assert max(map(len, lines)) < 110  # 444 pixels of eleven-pixel type


@pytest.mark.parametrize("said", HOSTILE)
def test_what_a_file_says_is_painted_as_it_stands(sample_store: Store, said: str) -> None:
    hostile = Said(said, said, said, (said,))
    svg = pictures.picture(hostile, said, trend(sample_store), link=LINK)
    assert words_of(svg)[:3] == [said, said, said]
    assert svg.count("</svg>") == 2
    assert "<script" not in svg
    assert pictures.as_png(svg).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("Förtroende: sjukhus", "25", "2025"), "fortroende-sjukhus_25_2025"),
        (("NKI", "", "2023"), "nki_2023"),
        (("../../etc/passwd", "25"), "etc-passwd_25"),
    ],
)
def test_its_file_is_named_by_content_region_and_period(words: tuple[str, ...], name: str) -> None:
    assert pictures.file_name(*words) == name
