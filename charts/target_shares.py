"""How much of what is measured has a decided target? One bar per region, as wide as all that is measured."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt

from charts.colours import CHOSEN
from charts.judgement_marks import LOOKS
from charts.strips import ROW, at, height_of, placed, spoken, strip_words
from charts.theme import drawn_from, finished
from locales import text
from locales.numbers import format_value

_HALF: Final = 5  # pixels; half a bar


def target_shares_chart(rows: Sequence[Mapping[str, Any]], language: str = "sv") -> alt.LayerChart:
    """`rows` as analysis.targets.target_shares has them, in the order they are drawn."""
    records = placed([_record(row, language) for row in rows], ROW)
    height = height_of(records)
    bars = [
        {**record, "top": record["marks_at"] - _HALF, "foot": record["marks_at"] + _HALF, "whole": 1}
        for record in records
    ]
    base = drawn_from(bars, height)
    scale = alt.Scale(domain=[0, 1], nice=False, zero=False)
    edges: dict[str, Any] = {"y": at("top"), "y2": "foot:Q"}
    ground = base.mark_rect(color=LOOKS["similar"].fill).encode(
        x=alt.X("none:Q", axis=None, title=None, scale=scale), x2="whole:Q", **edges
    )
    part = base.mark_rect(color=CHOSEN, **spoken(language)).encode(
        x=alt.X("none:Q", axis=None, title=None, scale=scale),
        x2="part:Q",
        description="said:N",
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        **edges,
    )
    title = text("targets.page.shares_chart", language)
    return finished([*strip_words(records), ground, part], title, "", language)


def target_shares_in_words(rows: Sequence[Mapping[str, Any]], language: str = "sv") -> str:
    """Every region's count and share in a sentence."""
    return " ".join([text("targets.page.shares_chart", language) + ".", *(_said(row, language) for row in rows)])


def _record(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "name": row["region"],
        "printed": _said(row, language).removeprefix(f"{row['region']}: ").removesuffix("."),
        "judgement": "nation",
        "group": "other",
        "none": 0,
        "part": row["share"] / 100,
        "said": _said(row, language),
    }


def _said(row: Mapping[str, Any], language: str) -> str:
    share = format_value(row["share"], "percent", 1, language)
    return text(
        "targets.page.shares_said",
        language,
        region=row["region"],
        count=row["targets"],
        every=row["indicators"],
        share=share,
    )
