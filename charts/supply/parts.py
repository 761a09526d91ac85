"""How many care units reach the minimum level, how many do not, and of how many can it not be told?

Every bar is as wide as all units of its row, so that the unknown part is seen beside the known ones. Each part has a
sign and its number in it: colour is never alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt

from charts.colours import BACKGROUND, INK, MUTED_INK
from charts.judgement_marks import LOOKS
from charts.strips import ROW, at, height_of, placed, spoken, strip_words
from charts.theme import drawn_from, finished
from locales import text
from locales.numbers import format_number
from wording.supply import share_of_units

PARTS: Final[dict[str, tuple[str, str, str]]] = {
    "meets": ("numerator", "✓", LOOKS["better"].ink),
    "below": ("below", "○", LOOKS["worse"].fill),
    "unknown": ("unknown", "?", BACKGROUND),
    "not_applicable": ("not_applicable", "–", LOOKS["similar"].fill),
}
"""State of a unit → column of SHARES, sign, ground, ink. The signs are those of the matrix."""
_ROW: Final = ROW + 8
_HALF: Final = 11  # pixels; half a bar
_FEWEST_WRITTEN: Final = 0.09  # of a row's units; a narrower part has no room for its number on a telephone


def supply_parts(
    rows: Sequence[Mapping[str, Any]], title: str, subtitle: str, language: str = "sv", *, chosen: Sequence[str] = ()
) -> alt.LayerChart:
    """One bar per row: `name`, the columns SHARES (analysis.supply) and, to print it bold where it is in `chosen`,
    `code`. Needs at least one unit in every row."""
    records = placed([_row(row, chosen, language) for row in rows], _ROW)
    height = height_of(records)
    pieces = [piece for record, row in zip(records, rows, strict=True) for piece in _pieces(record, row, language)]
    base = drawn_from(pieces, height)
    scale = alt.Scale(domain=[0, 1], nice=False, zero=False)
    states = list(PARTS)
    fill = alt.Fill("state:N", scale=alt.Scale(domain=states, range=[part[2] for part in PARTS.values()]), legend=None)
    # A constant colour: a scale of its own would be merged with that of the rows' words.
    ink = alt.condition("datum.state == 'meets'", alt.value(BACKGROUND), alt.value(INK))
    bars = base.mark_rect(stroke=MUTED_INK, strokeWidth=1, **spoken(language)).encode(
        x=alt.X("start:Q", axis=None, title=None, scale=scale),
        x2="end:Q",
        y=at("top"),
        y2="foot:Q",
        fill=fill,
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    written = base.transform_filter("datum.wide").mark_text(baseline="middle", fontSize=12)
    numbers = written.encode(x="middle:Q", y=at("marks_at"), text="written:N", color=ink)
    return finished([*strip_words(records), bars, numbers], title, subtitle, language)


def parts_in_words(rows: Sequence[Mapping[str, Any]], title: str, subtitle: str, language: str = "sv") -> str:
    """Every row's counts in a sentence."""
    told = [f"{row['name']}: {', '.join(_counts(row, language))}." for row in rows]
    return " ".join([f"{title}, {subtitle}.", *told])


def part_key(language: str) -> str:
    """`✓ når nivån, ○ når inte nivån, …`: what the signs mean."""
    return ", ".join(f"{part[1]} {text(f'supply.states.{state}', language)}" for state, part in PARTS.items())


def _row(row: Mapping[str, Any], chosen: Sequence[str], language: str) -> dict[str, Any]:
    mark = "\N{NO-BREAK SPACE}x" if row["synthetic"] else ""
    group = "chosen" if row.get("code") in chosen else "other"
    return {"name": row["name"], "printed": share_of_units(row, language) + mark, "judgement": "nation", "group": group}


def _pieces(record: Mapping[str, Any], row: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    pieces, start = [], 0.0
    for (state, (column, sign, _)), said in zip(PARTS.items(), _every_count(row, language), strict=True):
        end = start + row[column] / row["units"]
        pieces.append(
            {
                "state": state,
                "start": start,
                "end": end,
                "middle": (start + end) / 2,
                "wide": end - start >= _FEWEST_WRITTEN,
                "written": f"{sign} {format_number(row[column], 0, language)}",
                "said": f"{row['name']}: {said}",
                "top": record["marks_at"] + 2 - _HALF,
                "marks_at": record["marks_at"] + 2,
                "foot": record["marks_at"] + 2 + _HALF,
            }
        )
        start = end
    return [piece for piece in pieces if piece["end"] > piece["start"]]


def _counts(row: Mapping[str, Any], language: str) -> list[str]:
    """The parts that have a unit, in words."""
    every = zip(PARTS.values(), _every_count(row, language), strict=True)
    return [said for (column, *_), said in every if row[column]] + [share_of_units(row, language)]


def _every_count(row: Mapping[str, Any], language: str) -> list[str]:
    return [
        text(f"supply.chart.counts.{state}", language, count=format_number(row[column], 0, language))
        for state, (column, *_) in PARTS.items()
    ]
