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
from charts.context import MARKS, marks_of
from ui.visit import Visit

Answer = Comparison | TimeSeries
Draw = Callable[..., alt.LayerChart]
Kept = TypeVar("Kept")
Key = tuple[str | int | tuple[str, ...], ...]


def kept(key: Key, make: Callable[[], Kept]) -> Kept:
    """What `make` gave for this key before, else what it gives now. The key must name everything it depends on: the
    store, its data version, every filter, the language."""
    found: Kept = _kept(repr(key), _make=make)  # one text: Streamlit hashes a tuple member by member, 0.3 ms a key
    return found


@st.cache_data(max_entries=2000, show_spinner=False)
def _kept(key: str, *, _make: Callable[[], Any]) -> Any:  # noqa: ARG001 (the key is what Streamlit hashes)
    return _make()


def view_key(visit: Visit, *choices: str | int | tuple[str, ...]) -> Key:
    """The question as scalars: the store and its data version, what every answer hangs on (visit.standing), and every
    choice of the reader. What depends on who asks has `visit.named` among the choices."""
    return (visit.store.url, visit.store.data_version(), *visit.standing, *choices)


def chart_spec(
    draw: Draw, answer: Answer, place: str, language: str, chosen: tuple[str, ...], **options: float | str
) -> dict[str, Any]:
    """The Vega-Lite specification of `draw(answer, language, chosen=…, **options)`, built once per view; `place`: the
    store. What a chart depends on besides the answer (the level) is an option, and so a part of the key."""
    given = tuple(f"{name}={value}" for name, value in sorted(options.items()))
    key = (draw.__name__, place, language, chosen, given, *view_of(answer))
    return ready_spec(key, lambda: draw(answer, language, chosen=chosen, **options))


def ready_spec(key: Key, draw: Callable[[], alt.LayerChart]) -> dict[str, Any]:
    """The specification of the chart that `draw` makes, built once per key (see kept)."""
    return kept(("spec", *key), lambda: specified(draw()))


def specified(chart: alt.LayerChart) -> dict[str, Any]:
    """A chart's specification, with what its marks say of themselves. It is not held against Vega-Lite's schema here,
    which is a quarter of a page's first view; the tests hold every chart against it."""
    spec = _data_in_layers(chart.to_dict(validate=False))
    return {**spec, "usermeta": {MARKS: marks_of(spec)}}


def _data_in_layers(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with its data inside the layers, once for neighbours that show the same: data at the top goes
    through pandas and Arrow at every run (4–8 ms a chart), data in a layer is part of the text, which is written, read
    and sent at every run too."""
    shared, groups = spec.pop("data", None), list[dict[str, Any]]()
    for layer in spec["layer"]:
        data = layer.pop("data", shared)
        if not groups or groups[-1]["data"] != data:
            groups.append({"data": data, "layer": []})
        groups[-1]["layer"].append(layer)
    return {**spec, "layer": [group if group["data"] else {"layer": group["layer"]} for group in groups]}


def view_of(answer: Answer) -> Key:
    """What an answer is an answer to, as scalars, and a digest of its rows: judgements also rest on rows that are not
    shown (benchmark, kind of ranks, whether synthetic figures took part), which the question alone does not tell. A
    change over time is tested beside all regions' figures."""
    if isinstance(answer, TimeSeries):
        own: Key = (answer.kind or "",)
    else:
        period = answer.period.key if answer.period else ""
        own = (period, answer.benchmark, str(answer.level), str(answer.reliability))
    regions = tuple(dict.fromkeys(answer.rows["code"]))
    asked = (answer.data_version, answer.indicator.id, answer.sex, str(answer.as_of), regions)
    return (type(answer).__name__, *asked, *own, answer.digest)
