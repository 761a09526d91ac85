"""When in the week? A cell per weekday and hour, darker for a higher figure, with the figure itself in it."""

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import polars as pl

from analysis.phone.week import ALL_DAYS, WHOLE_DAY, WeekProfile
from charts.colours import BACKGROUND, INK, SHADES
from charts.strips import START, at, spoken
from charts.theme import drawn_from, finished
from indicators import Indicator, catalogue, period_label
from locales import text
from locales.numbers import format_number, format_value

_ROW: Final = 22
_HEAD: Final = 22  # pixels: the weekdays' names
_HOURS: Final = 0.95  # of a column, for the hours' names


def week_profile_map(profile: WeekProfile, language: str = "sv") -> alt.LayerChart:
    """Weekdays across, hours down; a profile of weekdays or of hours alone has one row or one column."""
    cells = _cells(profile, language)
    columns, height = _HOURS + len(profile.weekdays), _HEAD + _ROW * len(profile.hours)
    base = drawn_from(cells, height)
    across = alt.Scale(domain=[0, columns], nice=False, zero=False)
    shades = alt.Scale(type="quantize", domain=[0, 1], range=list(SHADES))
    ground = base.mark_rect(stroke=BACKGROUND, strokeWidth=1, **spoken(language)).encode(
        x=alt.X("left:Q", axis=None, title=None, scale=across),
        x2="right:Q",
        y=at("top"),
        y2="bottom:Q",
        color=alt.Color("shade:Q", scale=shades, legend=None),
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    figures = base.mark_text(fontSize=10.5, baseline="middle", color=INK).encode(
        x="middle:Q", y=at("centre"), text="shown:N"
    )
    names = _names(profile, height, language)
    return finished([ground, figures, *names], _title(profile, language), _subtitle(profile, language), language)


def week_profile_in_words(profile: WeekProfile, language: str = "sv") -> str:
    """Which part of the week is highest and which is lowest; of counts also how many fall in the busiest weekday."""
    ordered = profile.rows.sort("value", "weekday", "hour", descending=[True, False, False]).to_dicts()
    if not ordered:
        return text("charts.nothing", language)
    first, last = (
        {"when": part_of_week(row, language), "value": _value(row, profile.indicator, language)}
        for row in (ordered[0], ordered[-1])
    )
    sentences = [
        f"{_title(profile, language)}.",
        text("phone.profile.highest", language, **first),
        text("phone.profile.lowest", language, **last),
    ]
    if busiest := _busiest(profile, language):
        sentences.append(busiest)
    if profile.synthetic:
        sentences.append(text("ui.synthetic", language))
    return " ".join(sentences)


def part_of_week(row: Mapping[str, Any], language: str) -> str:
    """`måndag 08–09`, `måndag`, `08–09`: the part of the week a row is of."""
    day = text(f"record_words.weekdays.{row['weekday']}", language) if row["weekday"] != ALL_DAYS else ""
    hour = hours_in_words(row["hour"]) if row["hour"] != WHOLE_DAY else ""
    return f"{day} {hour}".strip()


def hours_in_words(hour: int) -> str:
    """An hour of the day from its start to its end.

    >>> hours_in_words(8), hours_in_words(23)
    ('08–09', '23–24')
    """
    return f"{hour:02d}–{hour + 1:02d}"


def _busiest(profile: WeekProfile, language: str) -> str:
    """Counts can be added up over the hours of a day; shares and waits cannot."""
    if profile.indicator.unit != "count" or len(profile.weekdays) < 2 or ALL_DAYS in profile.weekdays:
        return ""
    totals = profile.rows.group_by("weekday").agg(pl.sum("value")).sort("value", "weekday", descending=[True, False])
    day, most = totals.select("weekday", "value").row(0)
    share = format_value(100 * most / totals["value"].sum(), "percent", 1, language) if totals["value"].sum() else ""
    if not share:
        return ""
    name = text(f"record_words.weekdays.{day}", language)
    count = format_number(most, 0, language)
    return text("phone.profile.busiest", language, day=name, count=count, share=share)


def _cells(profile: WeekProfile, language: str) -> list[dict[str, Any]]:
    values = profile.rows["value"]
    low, high = float(values.min() or 0), float(values.max() or 0)  # type: ignore[arg-type]
    columns = {day: place for place, day in enumerate(profile.weekdays)}
    lines = {hour: place for place, hour in enumerate(profile.hours)}
    cells = []
    for row in profile.rows.iter_rows(named=True):
        left, top = _HOURS + columns[row["weekday"]], float(_HEAD + _ROW * lines[row["hour"]])
        shade = (row["value"] - low) / (high - low) if high > low else 0.0
        value = _value(row, profile.indicator, language)
        said = text("phone.profile.said", language, when=part_of_week(row, language), value=value)
        cells.append(
            {
                "left": left,
                "right": left + 1,
                "middle": left + 0.5,
                "top": top,
                "bottom": top + _ROW,
                "centre": top + _ROW / 2,
                "shade": shade,
                "said": said,
                "shown": value.removesuffix("%").strip(),
            }
        )
    return cells


def _names(profile: WeekProfile, height: int, language: str) -> list[alt.Chart]:
    """The weekdays over their columns and the hours left of their rows."""
    days = [
        {"name": text(f"phone.short_weekdays.{day}", language), "middle": _HOURS + place + 0.5, "centre": _HEAD / 2}
        for place, day in enumerate(profile.weekdays)
    ]
    hours = [
        {
            "name": hours_in_words(hour) if hour != WHOLE_DAY else text("phone.whole_day", language),
            "centre": _HEAD + _ROW * (place + 0.5),
        }
        for place, hour in enumerate(profile.hours)
    ]
    over = drawn_from(days, height).mark_text(fontSize=12, fontWeight="bold", baseline="middle")
    beside = drawn_from(hours, height).mark_text(fontSize=11, align="left", baseline="middle")
    return [
        over.encode(x="middle:Q", y=at("centre"), text="name:N"),
        beside.encode(x=START, y=at("centre"), text="name:N"),
    ]


def _value(row: Mapping[str, Any], indicator: Indicator, language: str) -> str:
    return format_value(row["value"], indicator.unit, indicator.decimals, language)


def _title(profile: WeekProfile, language: str) -> str:
    region = catalogue().regions[profile.region].name
    title = profile.indicator.title.in_language(language)
    period = period_label(profile.period.key, language)
    return text("phone.profile.title", language, title=title, region=region, period=period)


def _subtitle(profile: WeekProfile, language: str) -> str:
    unit = text(f"units.{profile.indicator.unit}", language)
    parts = [text("phone.profile.subtitle", language, unit=unit)]
    if profile.synthetic:
        parts.append(text("charts.synthetic", language))
    return ", ".join(parts)
