"""The mapping assistant: the sheet as it is, a proposal for how to read it, pickers to correct it, and the figures that
come of it. It decides nothing by itself: a mapping is handed back only when the person says so."""

from functools import partial
from typing import Final

import streamlit as st

from indicators import catalogue
from loaders import CheckedFile
from loaders.apart import Job, Stopped
from loaders.formats import Document
from loaders.mapping import (
    Mapping,
    Proposal,
    TableSpec,
    first_sheet,
    lacking_of,
    lacking_of_supply,
    propose_figures,
    propose_supply_at,
    propose_with_header,
    save_mapping,
    try_mapping,
)
from loaders.mapping.supply.read import read_mapped_supply
from locales.refused import Refused
from ui.escape import plain
from ui.mapping.figures import figures_pickers
from ui.mapping.keys import Drawn, key_pickers
from ui.mapping.sheet import figures_in_words, preview, sheet_as_it_is
from ui.mapping.supply import supply_pickers
from ui.mapping.supply_preview import records_in_words, supply_preview
from ui.visit import Visit

_HOLDS: Final = ("figures", "supply")
_READ: Final = "mapped documents"
_CHOSEN: Final = "chosen mappings"
_MOST_KEPT: Final = 4  # documents a session keeps read: reading a workbook takes half a second


def assistant(visit: Visit, checked: CheckedFile) -> Mapping | None:
    """Draw the assistant for a file; the mapping once the person has chosen to read the file by it (and until another
    is chosen), else None. Nothing is stored but a mapping saved on the person's word."""
    found = _proposed(checked)
    st.subheader(visit.say("mapping.assistant.heading"), anchor=False)
    if found is None or found[1].mapping is None:
        st.info(visit.say("mapping.assistant.empty"))
        return None
    document, proposal = found
    assert proposal.mapping is not None
    st.write(visit.say("mapping.assistant.intro"))
    first = st.container()  # what comes of it, and the step: before how
    unsaid = bool(_lacking(visit, document, proposal.mapping))
    with st.expander(visit.say("mapping.assistant.correct"), expanded=unsaid, key=_key(checked, "correct")):
        proposal = _about(visit, checked, document, proposal)
        mapping = _corrected(visit, checked, document, proposal)
        _save(visit, checked, document, mapping)
    with first:
        pressed = _comes_to(visit, checked, document, mapping)
    if pressed:
        st.session_state.setdefault(_CHOSEN, {})[checked.sha256] = mapping
        st.rerun()
    return chosen_mapping(checked.sha256)


def _comes_to(visit: Visit, checked: CheckedFile, document: Document, mapping: Mapping) -> bool:
    """How much is read, the button that reads it so (whether it was pressed), and the first of it."""
    lacking = _lacking(visit, document, mapping)
    if mapping.supply:
        reading = read_mapped_supply(document, mapping.supply, catalogue(), visit.store)
        said, shown = records_in_words(visit, reading), partial(supply_preview, visit, reading)
    else:
        trial = try_mapping(document, mapping, catalogue())
        said, shown = figures_in_words(visit, trial.observations.height), partial(preview, visit, trial)
    st.subheader(said, anchor=False)
    if lacking:
        st.warning(visit.say("mapping.assistant.lacking", parts=", ".join(lacking)))
    label = visit.say("mapping.assistant.use")
    pressed = st.button(label, key=_key(checked, "use"), type="primary", disabled=bool(lacking))
    shown()
    return pressed


def _about(visit: Visit, checked: CheckedFile, document: Document, proposal: Proposal) -> Proposal:
    """The proposal for what the person says the file holds: figures, or care units and their e-services."""
    assert proposal.mapping is not None
    guessed = "supply" if proposal.mapping.supply else "figures"
    label = visit.say("mapping.assistant.holds")
    holds = st.selectbox(
        label,
        _HOLDS,
        _HOLDS.index(guessed),
        key=_key(checked, "holds"),
        format_func=lambda each: visit.say(f"mapping.assistant.holds_{each}"),
    )
    if holds == guessed:
        return proposal
    if holds == "figures":
        other = propose_figures(document, catalogue())
        return other if other.mapping else proposal
    spec = proposal.mapping.tables[0]
    sheet = first_sheet(document, spec, catalogue())
    return propose_supply_at(sheet, catalogue(), max(spec.header_row, 1), max(spec.header_rows, 1))


def _lacking(visit: Visit, document: Document, mapping: Mapping) -> list[str]:
    """What must still be said, in words."""
    supply = mapping.supply
    found = lacking_of_supply(document, supply, catalogue()) if supply else lacking_of(mapping.tables)
    return list(dict.fromkeys(visit.say(f"mapping.lacking.{part}") for _, part in found))


def chosen_mapping(sha256: str) -> Mapping | None:
    """The mapping this session's person has chosen for the file with these bytes."""
    found: Mapping | None = st.session_state.get(_CHOSEN, {}).get(sha256)
    return found


def choose_again(sha256: str, mapping: Mapping) -> None:
    """The mapping that was chosen for these bytes before, unless this session's person has chosen one."""
    st.session_state.setdefault(_CHOSEN, {}).setdefault(sha256, mapping)


def _key(checked: CheckedFile, name: str) -> str:
    return f"map:{checked.sha256[:16]}:{name}"


def _proposed(checked: CheckedFile) -> tuple[Document, Proposal] | None:
    """The file read and a proposal for it, kept for the session's next runs; the mapping it was read by comes first."""
    kept: dict[str, tuple[Document, Proposal]] = st.session_state.setdefault(_READ, {})
    if checked.sha256 not in kept:
        try:
            found = Job(None, "proposal", checked.content).result()
        except Stopped:
            return None
        if found is None:
            return None
        document, proposal = found
        kept[checked.sha256] = (document, Proposal(checked.mapping) if checked.mapping else proposal)
        for old in list(kept)[:-_MOST_KEPT]:
            del kept[old]
    return kept[checked.sha256]


def _corrected(visit: Visit, checked: CheckedFile, document: Document, proposal: Proposal) -> Mapping:
    """The mapping as the pickers say, table by table."""
    assert proposal.mapping is not None
    if proposal.mapping.supply:
        spec = supply_pickers(visit, document, proposal, _key(checked, "supply"))
        return proposal.mapping.model_copy(update={"supply": spec})
    tables = proposal.mapping.tables
    places = range(len(tables))
    shown = (
        st.selectbox(
            visit.say("mapping.assistant.table"),
            places,
            key=_key(checked, "table"),
            format_func=lambda place: _table_name(visit, document, tables[place], place),
        )
        if len(tables) > 1
        else 0
    )
    kept: dict[int, TableSpec] = st.session_state.setdefault(_key(checked, "specs"), {})
    kept[shown] = _table(visit, checked, document, proposal, shown)
    return proposal.mapping.model_copy(update={"tables": tuple(kept.get(place, tables[place]) for place in places)})


def _table_name(visit: Visit, document: Document, spec: TableSpec, place: int) -> str:
    name = spec.title or ", ".join(spec.sheets) or document.sheets[0].name
    return visit.say("mapping.assistant.table_named", place=place + 1, sheet=name)


def _table(visit: Visit, checked: CheckedFile, document: Document, proposal: Proposal, place: int) -> TableSpec:
    """One table: where its header is, then what its columns mean. Another header makes another proposal."""
    assert proposal.mapping is not None
    spec = proposal.mapping.tables[place]
    sheet = first_sheet(document, spec, catalogue())
    sheet_as_it_is(visit, document, sheet)
    prefix = _key(checked, str(place))
    left, middle, right = st.columns(3)
    start = max(spec.header_row, 1)
    row = left.number_input(visit.say("mapping.assistant.header_row"), 1, 10_000, start, key=f"{prefix}:row")
    rows = visit.say("mapping.assistant.header_rows")
    count = middle.number_input(rows, 0, 4, spec.header_rows, key=f"{prefix}:rows")
    last = right.number_input(visit.say("mapping.assistant.last"), 0, 1_000_000, spec.last or 0, key=f"{prefix}:last")
    if (row, count) != (start, spec.header_rows):
        proposal = propose_with_header(document, catalogue(), sheet.name, int(row), int(count))
        assert proposal.mapping is not None
        spec, place, prefix = proposal.mapping.tables[0], 0, f"{prefix}:{row}:{count}"
    drawn = Drawn(visit, document, sheet, proposal, place, prefix)
    drawn.why("header")
    spec = key_pickers(drawn, spec)
    spec = figures_pickers(drawn, spec)
    return spec.model_copy(update={"last": int(last) or None})


def _save(visit: Visit, checked: CheckedFile, document: Document, mapping: Mapping) -> None:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    name = left.text_input(
        visit.say("mapping.assistant.save_as"),
        mapping.name,
        key=_key(checked, "name"),
        max_chars=100,
        help=visit.say("mapping.assistant.save_help"),
    )
    if not right.button(visit.say("mapping.assistant.save"), key=_key(checked, "save"), disabled=not name.strip()):
        return
    try:
        saved = save_mapping(visit.store, name, mapping, document, visit.actor)
    except Refused as refused:
        st.error(plain(refused.message(visit.language)))
        return
    st.success(plain(visit.say("mapping.assistant.saved", name=saved.name)))
