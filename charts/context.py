"""What a picture must say by itself, for a picture is copied without its page: title, period, source, as-of,
assumption, and that figures are made up. It is written into the specification, under the plot."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from textwrap import wrap
from typing import Any, Final, NamedTuple

from charts.colours import INK, MADE_UP, MUTED_INK
from indicators import parse_period, period_label
from locales import text
from locales.numbers import format_date, format_number

MARKS: Final = "marks"
"""The part of a specification's `usermeta` that holds what `marks_of` found."""
_WIDTH: Final = 48
"""Letters a line: what a telephone's 390 px have room for. Vega breaks no line by itself."""
_SIZE: Final = 11


@dataclass(frozen=True)
class Context:
    """What stands under every plot beside its title. `as_of`, `assumed`: whole sentences; `assumed` is said where the
    plot has a mark that rests on an assumed base."""

    source: str
    as_of: str
    assumed: str = ""
    synthetic: bool = False


def context_of(sources: Iterable[str], day: date, bases: Iterable[float], language: str, *, synthetic: bool) -> Context:
    """The context of figures by these publishers, as they were on a day; `bases`: the numbers of answers assumed behind
    them."""
    counts = ", ".join(format_number(base, 0, language) for base in bases)
    return Context(
        "; ".join(sources),
        text("charts.context.as_of", language, day=format_date(day, language)),
        text("charts.context.assumed", language, count=counts)
        if counts
        else text("charts.context.assumed_some", language),
        synthetic,
    )


def marks_of(spec: Mapping[str, Any]) -> dict[str, Any]:
    """What the data of a specification say of themselves: any made-up figure, nothing else, any assumed base, the
    first and the last period key."""
    records = list(_records(spec))
    found = {period.key: period for row in records if (period := parse_period(str(row.get("period", ""))))}
    ordered = sorted(found.values(), key=lambda period: (period.end, period.start))
    return {
        "synthetic": any(row.get("synthetic") is True or "x" in str(row.get("flags", "")) for row in records),
        "only_synthetic": all(
            row["synthetic"] for row in records if "synthetic" in row and row.get("value") is not None
        ),
        "assumed": any(row.get("hollow") is True or row.get("evidence") == "assumed" for row in records),
        "periods": [ordered[0].key, ordered[-1].key] if ordered else [],
    }


def _records(part: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, Mapping):
        data = part.get("data")
        values = data.get("values", []) if isinstance(data, Mapping) else []
        yield from (row for row in values if isinstance(row, Mapping))
        for rows in (part.get("datasets") or {}).values():
            yield from (row for row in rows if isinstance(row, Mapping))
        for layer in part.get("layer", ()):
            yield from _records(layer)


class Said(NamedTuple):
    """What stands around a plot, in the order it is read; `warning`: that figures are made up, "" where none is."""

    warning: str
    title: str
    subtitle: str
    notes: tuple[str, ...]


def said_of(title: str, subtitle: str, marks: Mapping[str, Any], context: Context, language: str) -> Said:
    """What is said of a plot: its own title and subtitle, and its context as lines. `marks`: as `marks_of`."""
    made_up = context.synthetic or marks["synthetic"] or text("charts.synthetic", language) in subtitle
    source = text("charts.context.made_up", language) if made_up and marks["only_synthetic"] else context.source
    periods = " – ".join(dict.fromkeys(period_label(key, language) for key in marks["periods"]))
    assumed = marks["assumed"] or text("charts.hollow", language) in subtitle
    notes = (
        text("charts.context.period", language, period=periods) if periods else "",
        text("charts.context.source", language, source=source) if source else "",
        context.as_of,
        context.assumed if assumed else "",
    )
    warning = text("charts.context.synthetic", language) if made_up else ""
    return Said(warning, title, subtitle, tuple(filter(None, notes)))


def in_context(spec: Mapping[str, Any], context: Context, language: str) -> dict[str, Any]:
    """The specification of a finished chart with its context under the plot instead of a title above it."""
    heading = spec["title"]
    marks = spec.get("usermeta", {}).get(MARKS) or marks_of(spec)
    said = said_of(heading["text"], heading.get("subtitle") or "", marks, context, language)
    title = {
        "text": _broken([said.warning, said.title]),
        "subtitle": _broken([said.subtitle, *said.notes]),
        "orient": "bottom",
        "anchor": "start",
        "frame": "bounds",
        "offset": 10,
        "limit": 2000,
        "fontSize": _SIZE + 1,
        "fontWeight": 600,
        "subtitleFontSize": _SIZE,
        "subtitleColor": MUTED_INK,
        "color": MADE_UP if said.warning else INK,
    }
    return {**spec, "title": title}


def _broken(lines: Iterable[str]) -> Sequence[str]:
    return [part for line in lines if line for part in _parts(line)]


@lru_cache(maxsize=1024)  # a page of eleven charts breaks sixty lines at every run
def _parts(line: str) -> tuple[str, ...]:
    return tuple(wrap(line, _WIDTH, break_long_words=False)) or (line,)
