"""A picture goes out alone: everything that must be known of it is painted in it, in its own typefaces."""

import io
import re
from functools import partial
from html import unescape
from typing import Any

import pytest
from PIL import Image

from analysis import compare_regions, series_over_time
from analysis.groups import audited_regions
from charts import trend_lines
from charts.context import MARKS, Said, marks_of
from charts.drawn_tables import heat_drawn, strips_drawn
from exports import pictures
from exports.papers.fonts import SANS, SERIF
from exports.pictures import COLUMN, WIDE, Drawing, Shape
from models import Store
from views.area import area
from views.overview import overview
from views.parts import Reader

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
