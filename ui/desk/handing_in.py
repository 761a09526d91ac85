"""Hand in: files from the computer or from Kolada, each checked, told and decided by itself."""

from collections.abc import Iterable
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access import allowed
from indicators.file_layouts import MAPPED, layout_name
from loaders import LAYOUTS, RECORD_LAYOUTS, CheckedFile
from loaders.drafts import OwnDraft
from locales.numbers import format_value
from ui.desk import drafts
from ui.desk.checking import checked_file, forget, preview_of
from ui.desk.deciding import Answers, decide_new
from ui.desk.fetching import kolada_import
from ui.desk.outcomes import outcome, outcome_elsewhere
from ui.desk.steps import steps_html
from ui.desk.telling import in_short, tell
from ui.desk.view import Step, no_file_yet, steps_of
from ui.escape import plain
from ui.mapping.assistant import assistant, choose_again, chosen_mapping
from ui.status import template_button
from ui.visit import Visit

TYPES: Final = ("csv", "xlsx", "docx", "json", "txt")
_AUTOMATIC: Final = "auto"


def hand_in(visit: Visit) -> None:
    """The drop zone and Kolada's API, then every file's report."""
    if not allowed(visit.actor, "upload"):
        return
    steps = st.empty()
    files = _chosen(visit)
    kept = drafts.own(visit)
    restored = drafts.restored(visit, kept, files)
    everything = files | restored
    forget(visit, set(everything))
    drafts.told_discarded(visit)
    outcome_elsewhere(visit, everything)
    if not everything:
        steps.html(steps_html(visit, no_file_yet(visit.language)))
    if len(everything) > 1:
        st.markdown(visit.say("upload_desk.several", count=len(everything)))
    for digest, file in everything.items():
        line = steps if len(everything) == 1 else None
        _one(visit, file, digest, kept.get(digest), restored=digest in restored, line=line)


def _chosen(visit: Visit) -> dict[str, drafts.File]:
    """The first step: what lies in the drop zone and what was fetched from Kolada; and the template to fill in."""
    with st.container(border=True, key="card choose"):
        dropped = st.file_uploader(
            visit.say("ui.upload.choose"),
            type=list(TYPES),
            accept_multiple_files=True,
            key="files",
            help=visit.say("ui.upload.help"),
            on_change=drafts.taken_out,
        )
        st.caption(visit.say("ui.upload.kinds"))
        files = _by_digest((file.name, file.getvalue()) for file in dropped)
        drafts.remember_zone(files)
        left, right = st.columns([3, 1])
        with left.expander(visit.say("upload_desk.kolada")):
            files |= _by_digest(kolada_import(visit, lambda content: drafts.discard(drafts.digest_of(content))))
        with right:
            template_button(visit)
    return files


def _by_digest(files: Iterable[drafts.File]) -> dict[str, drafts.File]:
    """The same bytes are one file, whatever it is called."""
    return {drafts.digest_of(content): (name, content) for name, content in files}


def _one(
    visit: Visit, file: drafts.File, digest: str, draft: OwnDraft | None, *, restored: bool, line: DeltaGenerator | None
) -> None:
    """One file: checked, then told under its name, which says in short how it went; folded when there are more.
    `draft`: what is kept of it; `restored`: it comes from there. `line`: where the page has the steps of its only file;
    each of several has them under its own name."""
    first = checked_file(visit, *file)
    if first:
        _as_left(first, digest, draft)
    checked = _as_chosen(visit, first, digest) if first else None
    if first is None or checked is None:
        if draft and restored:
            drafts.note(visit, draft)
        return
    label = f"**{plain(file[0])}** · {in_short(visit, checked)}"
    if restored:
        label = f"{visit.say('upload_desk.draft.label')} · {label}"
    alone = line is not None
    with st.expander(label, expanded=alone, key=f"file:{digest[:16]}:{alone}"):
        if outcome(visit, digest):
            return
        steps = st.empty() if line is None else line
        if draft and restored:
            drafts.note(visit, draft)
        way = _way(first, digest)
        kept = drafts.keep(visit, checked, draft, way, chosen_mapping(digest) if way == MAPPED else None)
        told = _answer(visit, first, checked, drafts.answers_in(draft), kept=kept)
        steps.html(steps_html(visit, told))
        if kept and not restored:
            drafts.zone_note(visit)


def _answer(visit: Visit, first: CheckedFile, checked: CheckedFile, before: Answers, *, kept: bool) -> tuple[Step, ...]:
    """What was found, what the person says to it, how the file is read; the steps it has taken. `kept`: as a draft,
    with what is written now."""
    by_hand = _way(first, first.sha256) == MAPPED
    if by_hand and not chosen_mapping(first.sha256):
        _choose_reading(visit, first, first.sha256)
        return steps_of(first, None, visit.language, reasons_left=0, lacks_note=False)
    preview = preview_of(visit, checked) if checked.accepted and not checked.repeat else None
    places = tell(visit, checked, preview, asked=not checked.repeat, sheet=True)

    def written(answers: Answers) -> None:
        if kept:
            drafts.write(visit, first.sha256, before, answers)

    # Without a preview there is nothing to decide, or it was stopped: nobody decides about what they have not seen.
    answers = decide_new(visit, checked, places, before, written) if preview else before
    _choose_reading(visit, first, first.sha256)
    left = answers.reasons_left(checked)
    return steps_of(checked, preview, visit.language, reasons_left=left, lacks_note=answers.lacks_note(checked))


def _as_left(first: CheckedFile, digest: str, draft: OwnDraft | None) -> None:
    """The person's choices as the draft has them, where this session has none: it begins, or was on another page."""
    if draft is None:
        return
    if draft.mapping:
        choose_again(digest, draft.mapping)
    key = f"layout:{digest[:16]}"
    if key not in st.session_state and first.layout and draft.reading in _readings(first):
        st.session_state[key] = draft.reading


def _way(first: CheckedFile, digest: str) -> str:
    """How the person says the file is to be read: a layout, by a mapping, or as recognised."""
    if first.repeat or (first.layout is None and not first.mappable):
        return _AUTOMATIC
    return str(st.session_state.get(f"layout:{digest[:16]}", _AUTOMATIC)) if first.layout else MAPPED


def _as_chosen(visit: Visit, first: CheckedFile, digest: str) -> CheckedFile | None:
    """The file as the person wants it read: the recognised layout, another one, or a mapping made here."""
    way = _way(first, digest)
    if way == MAPPED:
        mapping = chosen_mapping(first.sha256)
        return checked_file(visit, first.file, first.content, mapping=mapping) if mapping else first
    if way == _AUTOMATIC:
        return first
    return checked_file(visit, first.file, first.content, layout=way)


def _choose_reading(visit: Visit, first: CheckedFile, digest: str) -> None:
    """The picker of layouts, folded where nothing asks for it, and the assistant where a mapping is wanted: folded once
    it has been used."""
    if first.repeat or (first.layout is None and not first.mappable):
        return
    if first.layout is not None:
        now = str(st.session_state.get(f"layout:{digest[:16]}", _AUTOMATIC))
        label = visit.say("upload_desk.change_reading", reading=plain(_layout_words(visit, now, first)))
        with st.expander(label, key=f"reading:{digest[:16]}"):
            st.selectbox(
                visit.say("upload_desk.read_as"),
                [_AUTOMATIC, *_readings(first)],
                format_func=lambda key: _layout_words(visit, key, first),
                key=f"layout:{digest[:16]}",
            )
    if _way(first, digest) != MAPPED:
        return
    if chosen_mapping(first.sha256):
        with st.expander(visit.say("mapping.assistant.change")):
            assistant(visit, first)
    else:
        assistant(visit, first)


def _readings(first: CheckedFile) -> list[str]:
    """The ways a person may say to read the file. Records are read by headers alone, so only the layouts whose headers
    the file has are offered; a form of long texts is no table for the assistant."""
    if not first.readings:
        return [*LAYOUTS, MAPPED]
    free_text = RECORD_LAYOUTS[first.readings[0]].free_text
    return [*first.readings, *([] if free_text else [MAPPED])]


def _layout_words(visit: Visit, key: str, first: CheckedFile) -> str:
    if key == _AUTOMATIC:
        sure = format_value(100 * (first.confidence or 0), "percent", 0, visit.language)
        layout = layout_name(str(first.layout), visit.language)
        if first.mapping:
            return visit.say("upload_desk.recognised_mapping", name=first.mapping.name)
        return visit.say("upload_desk.recognised", layout=layout, sure=sure)
    return visit.say("upload_desk.map_by_hand") if key == MAPPED else layout_name(key, visit.language)
