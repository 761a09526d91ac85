"""Where things stand in a line chart: the time axis, room for the names, names that do not cover each other."""

from collections.abc import Container, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import altair as alt

from charts.colours import BREAK, MUTED_INK, SHADE
from charts.region_labels import NARROW
from charts.theme import drawn_from
from charts.trend_places import days_of, labelled_days, moved_apart, shades
from indicators import Period, SeriesBreak, period_of

HEIGHT: Final = 340
_LINE: Final = 15  # pixels between two names
_ROOM: Final = 0.5  # of the time span, kept free at the right for the names: "Jämtland Härjedalen" at 390 px


def time_domain(records: Sequence[dict[str, Any]]) -> list[str]:
    """From just before the first figure to the last, and room for the names."""
    first, last = days_of(records)
    span = max((last - first).days, 60)
    return [(first - timedelta(days=span // 40)).isoformat(), (last + timedelta(days=int(span * _ROOM))).isoformat()]


def time_axis(records: Sequence[dict[str, Any]]) -> alt.Axis:
    """The days with a label (charts.trend_places), as years or as months."""
    days, months = labelled_days(records)
    if months:
        return alt.Axis(values=days, format="%b %Y", grid=False, labelFlush=False)
    return alt.Axis(values=days, format="%Y", grid=False)


def break_rules(breaks: Sequence[SeriesBreak]) -> list[alt.Chart]:
    """A dashed rule where each new series begins; two breaks at one period share a rule."""
    starts = [{"date": day.isoformat()} for day in sorted({period_of(known.period).start for known in breaks})]
    if not starts:
        return []
    rules = drawn_from(starts, HEIGHT).mark_rule(aria=False, color=BREAK, strokeDash=[4, 3], strokeWidth=1.5)
    return [rules.encode(x="date:T")]


def shaded(periods: Sequence[Period], word: str) -> list[alt.Chart]:
    """A shade behind these periods (in time order), neighbours as one, with a word at its top. A point stands at its
    period's first day, so the shade reaches half a period to each side of it."""
    bands = []
    for first, last in shades(periods):
        middle = first + (last - first) / 2
        bands.append({"date": first.isoformat(), "end": last.isoformat(), "middle": middle.isoformat(), "word": word})
    if not bands:
        return []
    base = drawn_from(bands, HEIGHT)
    shade = base.mark_rect(aria=False, color=SHADE, clip=True).encode(x="date:T", x2="end:T")
    words = base.mark_text(aria=False, color=MUTED_INK, fontSize=12, baseline="top")
    return [shade, words.encode(x=alt.X("middle:T", title=None), y=alt.value(3), text="word:N")]


def names_at_the_end(
    records: Sequence[dict[str, Any]],
    span: tuple[float, float],
    inks: Mapping[str, str],
    leading: Container[str] = (),
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
            code: (high - record["value"]) / (high - low) * HEIGHT
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
            for code, place in moved_apart(wanted, _LINE, HEIGHT).items()
        ]
    # Not a scale: layers share one, and a grey line's name must be darker than the line.
    ink, weight = alt.ExprRef("datum.ink"), alt.ExprRef("datum.weight")
    names = drawn_from(labels, HEIGHT).mark_text(aria=False, align="left", dx=9, color=ink, fontWeight=weight)
    return [names.encode(x="date:T", y=alt.Y("at:Q", scale=None), text="name:N")]
