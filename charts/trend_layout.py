"""Where things stand in a line chart: the time axis, room for the names, names that do not cover each other."""

from collections.abc import Container, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import altair as alt

from charts.region_labels import NARROW
from charts.theme import BREAK, MUTED_INK, SHADE, drawn_from
from indicators import Period, SeriesBreak, period_of

HEIGHT: Final = 340
_LINE: Final = 15  # pixels between two names
_ROOM: Final = 0.5  # of the time span, kept free at the right for the names: "Jämtland Härjedalen" at 390 px
_MOST_YEARS: Final = 8  # more year labels than this run into each other at 390 px


def value_span(records: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """The drawn range of values, a twelfth of room above and below. A line shows change, so zero is not forced in."""
    values = [record["value"] for record in records] or [0.0, 1.0]
    room = (max(values) - min(values)) / 12 or max(abs(max(values)) / 12, 1.0)
    return min(values) - room, max(values) + room


def _days(records: Sequence[dict[str, Any]]) -> tuple[date, date]:
    days = sorted(record["date"] for record in records) or ["2020-01-01", "2021-01-01"]
    return date.fromisoformat(days[0]), date.fromisoformat(days[-1])


def time_domain(records: Sequence[dict[str, Any]]) -> list[str]:
    """From just before the first figure to the last, and room for the names."""
    first, last = _days(records)
    span = max((last - first).days, 60)
    return [(first - timedelta(days=span // 40)).isoformat(), (last + timedelta(days=int(span * _ROOM))).isoformat()]


def time_axis(records: Sequence[dict[str, Any]]) -> alt.Axis:
    """A label per year (or every second, third … year, back from the last); for spans under two years, per measured
    month, save where only years were measured."""
    first, last = _days(records)
    marked = sorted({record["date"] for record in records})
    if (last - first).days < 700 and not all(day.endswith("-01-01") for day in marked):
        step = -(-len(marked) // 4) or 1
        return alt.Axis(values=marked[::step], format="%b %Y", grid=False, labelFlush=False)
    years = list(range(first.year + (first > date(first.year, 1, 1)), last.year + 1))
    step = -(-len(years) // _MOST_YEARS)
    return alt.Axis(values=[f"{year}-01-01" for year in years[::-step][::-1]], format="%Y", grid=False)


def break_rules(breaks: Sequence[SeriesBreak], height: int = HEIGHT) -> list[alt.Chart]:
    """A dashed rule where each new series begins; two breaks at one period share a rule."""
    starts = [{"date": day.isoformat()} for day in sorted({period_of(known.period).start for known in breaks})]
    if not starts:
        return []
    rules = drawn_from(starts, height).mark_rule(aria=False, color=BREAK, strokeDash=[4, 3], strokeWidth=1.5)
    return [rules.encode(x="date:T")]


def shaded(periods: Sequence[Period], word: str, height: int = HEIGHT) -> list[alt.Chart]:
    """A shade behind these periods (in time order), neighbours as one, with a word at its top. A point stands at its
    period's first day, so the shade reaches half a period to each side of it."""
    runs: list[list[Period]] = []
    for period in periods:
        near = runs and (period.start - runs[-1][-1].end).days <= 1
        runs = [*runs[:-1], [*runs[-1], period]] if near else [*runs, [period]]
    bands = []
    for run in runs:
        first, last = run[0].start - _half(run[0]), run[-1].start + _half(run[-1])
        middle = first + (last - first) / 2
        bands.append({"date": first.isoformat(), "end": last.isoformat(), "middle": middle.isoformat(), "word": word})
    if not bands:
        return []
    base = drawn_from(bands, height)
    shade = base.mark_rect(aria=False, color=SHADE, clip=True).encode(x="date:T", x2="end:T")
    words = base.mark_text(aria=False, color=MUTED_INK, fontSize=12, baseline="top")
    return [shade, words.encode(x=alt.X("middle:T", title=None), y=alt.value(3), text="word:N")]


def _half(period: Period) -> timedelta:
    return (period.end - period.start) / 2


def names_at_the_end(
    records: Sequence[dict[str, Any]],
    span: tuple[float, float],
    inks: Mapping[str, str],
    leading: Container[str] = (),
    height: int = HEIGHT,
) -> list[alt.Chart]:
    """Each line's name right of its own last point, in the ink of its code, moved apart where lines end close together;
    those of `leading` in bold."""
    if not records:
        return []
    ends = {record["code"]: record for record in sorted(records, key=lambda record: record["date"])}
    low, high = span
    labels: list[dict[str, Any]] = []
    for day in sorted({record["date"] for record in ends.values()}):
        wanted = {
            code: (high - record["value"]) / (high - low) * height
            for code, record in ends.items()
            if record["date"] == day
        }
        labels += [
            {
                "code": code,
                "name": NARROW.get(code, ends[code]["name"]),
                "date": day,
                "at": place,
                "ink": inks[code],
                "weight": "bold" if code in leading else "normal",
            }
            for code, place in moved_apart(wanted, _LINE, height).items()
        ]
    # Not a scale: layers share one, and a grey line's name must be darker than the line.
    ink, weight = alt.ExprRef("datum.ink"), alt.ExprRef("datum.weight")
    names = drawn_from(labels, height).mark_text(aria=False, align="left", dx=9, color=ink, fontWeight=weight)
    return [names.encode(x="date:T", y=alt.Y("at:Q", scale=None), text="name:N")]


def moved_apart(wanted: dict[str, float], gap: float, height: float) -> dict[str, float]:
    """Places (pixels from the top) in the wanted order, at least `gap` apart and inside the chart where they fit.

    >>> moved_apart({"a": 10.0, "b": 12.0, "c": 100.0}, 15, 200)
    {'a': 10.0, 'b': 25.0, 'c': 100.0}
    """
    placed: dict[str, float] = {}
    lowest = float("-inf")
    for code, place in sorted(wanted.items(), key=lambda item: (item[1], item[0])):
        lowest = max(place, lowest + gap)
        placed[code] = lowest
    floor = height
    for code in reversed(placed):
        placed[code] = min(placed[code], floor)
        floor = placed[code] - gap
    return placed
