"""How a file of care units or e-services is read: pickers for its columns, its services and its words."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final, get_args

import streamlit as st

from indicators import NATION, catalogue, tidy_name
from loaders.mapping import Proposal, SupplySpec, propose_supply_at
from loaders.mapping.spec import UNREAD, Kind, Shape, Status, SupplyRole
from loaders.mapping.supply.places import service_header, supply_header
from loaders.mapping.table import Table, table_at
from loaders.records.supply.words import kind_of, status_of
from loaders.tables.document import Document, Sheet
from loaders.tables.headers import Column
from locales.numbers import swedish_order
from ui.escape import plain
from ui.mapping.keys import Drawn
from ui.mapping.sheet import sheet_as_it_is
from ui.visit import Visit

_OF_UNITS: Final[tuple[SupplyRole, ...]] = ("unit", "name", "kind", "region", "municipality")
_OF_SHAPE: Final[dict[Shape, tuple[SupplyRole, ...]]] = {
    "wide": (*_OF_UNITS, "period"),
    "long": (*_OF_UNITS, "period", "service", "status", "cases"),
    "units": (*_OF_UNITS, "area", "valid_from", "valid_to", "parent", "merged_into"),
}
_SHAPES: Final[tuple[Shape, ...]] = get_args(Shape)
_UNSAID: Final = "unsaid"
_MOST_WORDS: Final = 60
_A_ROW: Final = 3


def supply_pickers(visit: Visit, document: Document, proposal: Proposal, prefix: str) -> SupplySpec:
    """The spec as a person has picked it; another header makes another proposal."""
    known, spec = catalogue(), _spec_of(proposal)
    sheet = next((each for each in document.sheets if supply_header(each, spec, known)), document.sheets[0])
    sheet_as_it_is(visit, document, sheet)
    left, middle, right = st.columns(_A_ROW)
    row = left.number_input(visit.say("mapping.assistant.header_row"), 1, 10_000, spec.header_row, key=f"{prefix}:row")
    count = middle.number_input(
        visit.say("mapping.assistant.header_rows"), 1, 4, spec.header_rows, key=f"{prefix}:rows"
    )
    last = right.number_input(visit.say("mapping.assistant.last"), 0, 1_000_000, spec.last or 0, key=f"{prefix}:last")
    if (row, count) != (spec.header_row, spec.header_rows):
        proposal = propose_supply_at(sheet, known, int(row), int(count))
        spec, prefix = _spec_of(proposal), f"{prefix}:{row}:{count}"
    drawn = Drawn(visit, document, sheet, proposal, 0, prefix)
    drawn.why("header")
    at = table_at(sheet, spec.header_row, spec.header_rows, spec.header_row + spec.header_rows, known)
    shape: Shape = drawn.pick(
        "shape", drawn.say("shape"), _SHAPES, _SHAPES.index(spec.shape), lambda each: drawn.say(f"shape_{each}")
    )
    spec = spec.model_copy(update={"shape": shape, "last": int(last) or None})
    spec = _columns(drawn, spec, at)
    return _words(drawn, _services(drawn, spec, at), at)


def _spec_of(proposal: Proposal) -> SupplySpec:
    assert proposal.mapping is not None
    assert proposal.mapping.supply is not None
    return proposal.mapping.supply


def _columns(drawn: Drawn, spec: SupplySpec, at: Table) -> SupplySpec:
    """Each role's column, or for region and period what is said of the whole file."""
    columns = {each.key: each for each in at.columns if each.label}
    found: dict[SupplyRole, str] = {}
    constants = dict(spec.constants)
    roles = _OF_SHAPE[spec.shape]
    for first in range(0, len(roles), _A_ROW):
        for place, role in zip(st.columns(_A_ROW), roles[first : first + _A_ROW], strict=False):
            with place:
                options = ["", *columns]
                now = spec.columns.get(role, "")
                start = options.index(now) if now in options else 0
                shown = partial(_column_or_none, drawn, columns, role)
                key = drawn.pick(f"role:{role}", drawn.say(f"role_{role}"), options, start, shown)
                if key:
                    found[role] = key
                    drawn.why(f"column:{columns[key].shown}")
                elif role in ("region", "period"):
                    constants[role] = _constant(drawn, role, spec.constants.get(role, ""))
    kept = {role: text for role, text in constants.items() if text and role not in found}
    return spec.model_copy(update={"columns": found, "constants": kept})


def _column_or_none(drawn: Drawn, columns: dict[str, Column], role: SupplyRole, key: str) -> str:
    if key:
        return drawn.column_label(columns[key])
    return drawn.say("in_titles" if role in ("region", "period") else "none")


def _constant(drawn: Drawn, role: SupplyRole, now: str) -> str:
    if role == "period":
        label = drawn.say("constant_period")
        return st.text_input(label, now, key=f"{drawn.prefix}:written", max_chars=30).strip()
    known = catalogue()
    names = ["", *(region.name for code, region in known.regions.items() if code != NATION)]
    start = names.index(now) if now in names else 0
    chosen: str = drawn.pick(
        "constant:region",
        drawn.say("role_region"),
        names,
        start,
        lambda name: drawn.say("constant_region", region=name) if name else drawn.say("none"),
    )
    return chosen


def _services(drawn: Drawn, spec: SupplySpec, at: Table) -> SupplySpec:
    """Every column that can be a service (wide) or every name of one (long): which, its own, or not read."""
    if spec.shape == "units":
        return spec.model_copy(update={"services": {}, "cases": {}})
    named = _headed(drawn.sheet, spec, at) if spec.shape == "wide" else _names(spec, at)
    eservices = catalogue().eservices
    titles = {key: service.title.in_language(drawn.visit.language) for key, service in eservices.items()}
    ordered = sorted(titles, key=lambda key: swedish_order(titles[key]))
    found: dict[str, str] = {}
    with st.expander(drawn.say("services"), expanded=True):
        for key, printed in list(named.items())[:_MOST_WORDS]:
            own = f"?{tidy_name(printed)}"
            options = [UNREAD, own, *ordered]
            now = spec.services.get(key, UNREAD if spec.shape == "wide" else own)
            found[key] = drawn.pick(
                f"service:{key}",
                plain(printed),
                options,
                options.index(now) if now in options else 0,
                lambda each: titles.get(each) or drawn.say("own_name" if each else "leave"),
            )
            drawn.why(f"service:{printed}")
    cases = {key: counted for key, counted in spec.cases.items() if found.get(key)}
    return spec.model_copy(update={"services": found, "cases": cases})


def _headed(sheet: Sheet, spec: SupplySpec, at: Table) -> dict[str, str]:
    taken = {*spec.columns.values(), *spec.cases.values()}
    headers = {
        each.key: service_header(sheet, each.col, spec.header_row, spec.header_rows)[0]
        for each in at.columns
        if each.key not in taken
    }
    return {key: header for key, header in headers.items() if header}


def _names(spec: SupplySpec, at: Table) -> dict[str, str]:
    named = {tidy_name(text): text for text in _texts(at, spec.columns.get("service", ""))}
    return named | {key: key for key in spec.services if key not in named}


def _texts(at: Table, key: str) -> list[str]:
    return [text for each in at.columns if each.key == key for text in at.values(each.col)]


def _words(drawn: Drawn, spec: SupplySpec, at: Table) -> SupplySpec:
    """What the words mean that are no known status, and no known kind of unit."""
    keys = [key for key, service in spec.services.items() if service] if spec.shape == "wide" else []
    keys += [spec.columns.get("status", "")]
    words = [tidy_name(text) for key in keys for text in _texts(at, key)]
    statuses = [word for word in dict.fromkeys([*spec.statuses, *words]) if status_of(word) is None]
    kinds = [tidy_name(text) for text in _texts(at, spec.columns.get("kind", "")) if kind_of(text) == "other"]
    told = {
        "statuses": _said(drawn, "statuses", statuses, get_args(Status), spec.statuses),
        "kinds": _said(drawn, "unit_kinds", list(dict.fromkeys(kinds)), get_args(Kind), spec.kinds),
    }
    return spec.model_copy(update=told)


def _said(
    drawn: Drawn, words_of: str, texts: list[str], meanings: Sequence[Any], now: dict[str, Any]
) -> dict[str, Any]:
    """A picker per word; those still to be said are left out."""
    found: dict[str, Any] = {}

    def shown(each: str) -> str:
        return drawn.say("unsaid") if each == _UNSAID else drawn.visit.say(f"record_words.{words_of}.{each}")

    if texts:
        with st.expander(drawn.say("kinds" if words_of == "unit_kinds" else "statuses"), expanded=True):
            for text in texts[:_MOST_WORDS]:
                options = [_UNSAID, *meanings]
                chosen = drawn.pick(
                    f"{words_of}:{text}", plain(text), options, options.index(now.get(text, _UNSAID)), shown
                )
                drawn.why(f"status:{text}")
                found |= {} if chosen == _UNSAID else {text: chosen}
    return found
