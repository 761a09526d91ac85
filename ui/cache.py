"""What is ready is not made again: answers kept under a key of scalars (data version, filters, language).

An Altair build with `to_dict` costs 13–30 ms, a ready specification under one (reliability §2.8). A frame is never
hashed here: st.cache_data sees only the first and last ten rows of a polars frame, and would hand out another frame's
answer (reliability §2.1).
"""

from collections.abc import Callable
from typing import Any, TypeVar

import altair as alt
import polars as pl
import streamlit as st

from analysis import Comparison, TimeSeries
from charts.context import MARKS, marks_of

Answer = Comparison | TimeSeries
Draw = Callable[..., alt.LayerChart]
Kept = TypeVar("Kept")
Key = tuple[str | int | tuple[str, ...], ...]


def kept(key: Key, make: Callable[[], Kept]) -> Kept:
    """What `make` gave for this key before, else what it gives now. The key must name everything it depends on: the
    store, its data version, every filter, the language."""
    found: Kept = _kept(key, _make=make)
    return found


@st.cache_data(max_entries=2000, show_spinner=False)
def _kept(key: Key, *, _make: Callable[[], Any]) -> Any:  # noqa: ARG001 (the key is what Streamlit hashes)
    return _make()


def chart_spec(
    draw: Draw, answer: Answer, place: str, language: str, chosen: tuple[str, ...], **options: float | str
) -> dict[str, Any]:
    """The Vega-Lite specification of `draw(answer, language, chosen=…, **options)`, built once per view; `place`: the
    store. What a chart depends on besides the answer (the level) is an option, and so a part of the key."""
    given = tuple(f"{name}={value}" for name, value in sorted(options.items()))
    key = (draw.__name__, place, language, chosen, given, *view_of(answer))
    return ready_spec(key, lambda: draw(answer, language, chosen=chosen, **options))


def ready_spec(key: Key, draw: Callable[[], alt.LayerChart]) -> dict[str, Any]:
    """The specification of the chart that `draw` makes, built once per key (see kept). It is not held against
    Vega-Lite's schema here, which is a quarter of a page's first view; the tests hold every chart against it."""

    def made() -> dict[str, Any]:
        spec = _data_in_layers(draw().to_dict(validate=False))
        return {**spec, "usermeta": {MARKS: marks_of(spec)}}

    return kept(("spec", *key), made)


def _data_in_layers(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with its data inside the layers: data at the top goes through pandas and Arrow at every run
    (4–8 ms a chart), data in a layer is part of the text."""
    data = spec.pop("data", None)
    layers = [{"data": data, **layer} if data else layer for layer in spec["layer"]]
    return {**spec, "layer": layers}


def view_of(answer: Answer) -> Key:
    """What an answer is an answer to, as scalars, and a digest of its rows: judgements also rest on rows that are not
    shown (benchmark, kind of ranks, whether synthetic figures took part), which the question alone does not tell."""
    if isinstance(answer, TimeSeries):
        when, against, level = answer.kind or "", "", ""
    else:
        when, against, level = answer.period.key if answer.period else "", answer.benchmark, str(answer.level)
    regions = tuple(dict.fromkeys(answer.rows["code"]))
    asked = (answer.data_version, answer.indicator.id, when, answer.sex, str(answer.as_of), against, level, regions)
    return (*asked, digest_of(answer.rows))


def digest_of(rows: pl.DataFrame) -> str:
    """A digest of every cell of a frame, each row with its place (0.05 ms for 400 rows)."""
    return str(rows.with_row_index("place_in_frame").hash_rows().sum()) if rows.height else ""
