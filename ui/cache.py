"""What is ready is not made again: answers kept under a key of scalars (data version, filters, language).

An Altair build with `to_dict` costs 13–30 ms, a ready specification under one (reliability §2.8). A frame is never
hashed here: st.cache_data sees only the first and last ten rows of a polars frame, and would hand out another frame's
answer (reliability §2.1).
"""

from collections.abc import Callable
from typing import Any, TypeVar

import altair as alt
import streamlit as st

from analysis import Comparison, TimeSeries

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


def chart_spec(draw: Draw, answer: Answer, place: str, language: str, chosen: tuple[str, ...]) -> dict[str, Any]:
    """The Vega-Lite specification of `draw(answer, language, chosen=…)`, built once per view; `place`: the store."""
    key = (draw.__name__, place, language, chosen, *view_of(answer))
    return kept(key, lambda: _data_in_layers(draw(answer, language, chosen=chosen).to_dict()))


def _data_in_layers(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with its data inside the layers: data at the top goes through pandas and Arrow at every run
    (4–8 ms a chart), data in a layer is part of the text."""
    data = spec.pop("data", None)
    layers = [{"data": data, **layer} if data else layer for layer in spec["layer"]]
    return {**spec, "layer": layers}


def view_of(answer: Answer) -> Key:
    """What an answer is an answer to, as scalars; its regions are those that have a row."""
    when = answer.kind if isinstance(answer, TimeSeries) else answer.period and answer.period.key
    regions = tuple(dict.fromkeys(answer.rows["code"]))
    return (answer.data_version, answer.indicator.id, when or "", answer.sex, str(answer.as_of), regions)
