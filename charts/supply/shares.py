"""How does the share at the minimum level differ inside a region? Dots with intervals, and the region's own line."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import altair as alt

from charts.colours import CHOSEN, NATION
from charts.strips import at, height_of, placed, spoken, strip_words
from charts.theme import drawn_from, finished, value_axis
from locales import text
from locales.numbers import format_number, format_value
from wording.supply import share_of_units

_SPAN: Final = (0.0, 100.0)  # a share of few units can be anything, so the whole scale is always drawn


def supply_shares(
    rows: Sequence[Mapping[str, Any]],
    title: str,
    subtitle: str,
    language: str = "sv",
    *,
    whole: float | None = None,
    whole_name: str = "",
    marked: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """One strip per row (`name` and the columns SHARES of analysis.supply), in the given order. `whole`: the share of
    all, drawn as a line with `whole_name`. `marked`: name → word behind its figure, where a test carries it."""
    told = marked or {}
    records = placed([_record(row, told.get(row["name"], ""), language) for row in rows])
    height = height_of(records)
    base = drawn_from([record for record in records if record["value"] is not None], height)
    numbers = value_axis("percent", language, _SPAN, ticks=4)
    scale = alt.Scale(domain=list(_SPAN), nice=False)
    across = alt.X("low:Q", title=None, axis=numbers, scale=scale)
    said = alt.Tooltip("said:N", title=text("charts.figure", language))
    whisker = base.mark_rule(strokeWidth=2.5, color=CHOSEN).encode(
        x=across, x2="high:Q", y=at("marks_at"), tooltip=said
    )
    dots = base.mark_point(size=110, strokeWidth=2, opacity=1, color=CHOSEN, fill=CHOSEN, **spoken(language)).encode(
        x="value:Q", y=at("marks_at"), tooltip=said, description="said:N"
    )
    return finished(
        [*_line(whole, whole_name, height), *strip_words(records), whisker, dots], title, subtitle, language
    )


def shares_in_words(
    rows: Sequence[Mapping[str, Any]], title: str, subtitle: str, language: str = "sv", *, whole: str = ""
) -> str:
    """Every row's share with its interval; `whole` says the region's own."""
    told = [f"{_said(row, language)}." for row in rows]
    return " ".join([f"{title}, {subtitle}.", *([f"{whole}."] if whole else []), *told])


def _record(row: Mapping[str, Any], word: str, language: str) -> dict[str, Any]:
    mark = "\N{NO-BREAK SPACE}x" if row["synthetic"] else ""
    return {
        "name": row["name"],
        "value": row["share"],
        "low": row["ci_low"],
        "high": row["ci_high"],
        "printed": f"{share_of_units(row, language)}{mark}{f' {word}' if word else ''}",
        "judgement": "nation",
        "group": "chosen" if word else "other",
        "said": _said(row, language),
    }


def _said(row: Mapping[str, Any], language: str) -> str:
    said = f"{row['name']}: {share_of_units(row, language)}"
    if row["ci_low"] is None:
        return said
    low, high = format_number(row["ci_low"], 1, language), format_value(row["ci_high"], "percent", 1, language)
    return f"{said} ({low}–{high})"


def _line(whole: float | None, name: str, height: int) -> list[alt.Chart]:
    """The region's own share, named above the first row."""
    if whole is None:
        return []
    base = drawn_from([{"value": whole, "name": name}], height)
    rule = base.mark_rule(color=NATION, strokeWidth=1.5, strokeDash=[5, 3]).encode(x="value:Q")
    words = base.mark_text(dy=-8, fontWeight="bold", align=_towards_the_middle(whole))
    return [rule, words.encode(x="value:Q", y=alt.value(0), text="name:N")]


def _towards_the_middle(share: float) -> Literal["left", "center", "right"]:
    """How a name at a share is set so that it stays inside the chart."""
    return "left" if share < 30 else "right" if share > 70 else "center"
