"""Hand in: files from the computer or from Kolada, each checked, told and decided by itself."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

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
from ui.desk.telling import in_short, tell
from ui.escape import plain
from ui.frame import Frame
from ui.mapping.assistant import assistant, choose_again, chosen_mapping
from ui.status import template_button

TYPES: Final = ("csv", "xlsx", "docx", "json", "txt")
_AUTOMATIC: Final = "auto"


def hand_in(frame: Frame) -> None:
    """The drop zone and Kolada's API, then every file's report."""
    if not allowed(frame.actor, "upload"):
        return
    template_button(frame)
    dropped = st.file_uploader(
        frame.say("ui.upload.choose"),
        type=list(TYPES),
        accept_multiple_files=True,
        key="files",
        help=frame.say("ui.upload.help"),
        on_change=drafts.taken_out,
    )
    files = _by_digest((file.name, file.getvalue()) for file in dropped)
    drafts.remember_zone(files)
    with st.expander(frame.say("upload_desk.kolada")):
        files |= _by_digest(kolada_import(frame, lambda content: drafts.discard(drafts.digest_of(content))))
    kept = drafts.own(frame)
    restored = drafts.restored(frame, kept, files)
    everything = files | restored
    forget(frame, set(everything))
    drafts.told_discarded(frame)
    outcome_elsewhere(frame, everything)
    if len(everything) > 1:
        st.markdown(frame.say("upload_desk.several", count=len(everything)))
    for digest, file in everything.items():
        _one(frame, file, digest, kept.get(digest), restored=digest in restored, alone=len(everything) == 1)


def _by_digest(files: Iterable[drafts.File]) -> dict[str, drafts.File]:
    """The same bytes are one file, whatever it is called."""
    return {drafts.digest_of(content): (name, content) for name, content in files}


def _one(
    frame: Frame, file: drafts.File, digest: str, draft: OwnDraft | None, *, restored: bool, alone: bool
) -> None:  # fmt: skip
    """One file: checked, then told under its name, which says in short how it went; folded when there are more.
    `draft`: what is kept of it; `restored`: it comes from there."""
    first = checked_file(frame, *file)
    if first:
        _as_left(first, digest, draft)
    checked = _as_chosen(frame, first, digest) if first else None
    if first is None or checked is None:
        if draft and restored:
            drafts.note(frame, draft)
        return
    label = f"**{plain(file[0])}** · {in_short(frame, checked)}"
    if restored:
        label = f"{frame.say('upload_desk.draft.label')} · {label}"
    with st.expander(label, expanded=alone, key=f"file:{digest[:16]}:{alone}"):
        if outcome(frame, digest):
            return
        if draft and restored:
            drafts.note(frame, draft)
        way = _way(first, digest)
        kept = drafts.keep(frame, checked, draft, way, chosen_mapping(digest) if way == MAPPED else None)
        _answer(frame, first, checked, drafts.answers_in(draft), kept=kept)
        if kept and not restored:
            drafts.zone_note(frame)


def _answer(frame: Frame, first: CheckedFile, checked: CheckedFile, before: Answers, *, kept: bool) -> None:
    """How it is read, what was found, what the person says to it. `kept`: as a draft, with what is written now."""
    _choose_reading(frame, first, first.sha256)
    if _way(first, first.sha256) == MAPPED and not chosen_mapping(first.sha256):
        return
    preview = preview_of(frame, checked) if checked.accepted and not checked.repeat else None
    tell(frame, checked, preview, asked=not checked.repeat)
    if preview is None:
        return  # nothing to decide, or stopped: nobody decides about what they have not seen

    def written(answers: Answers) -> None:
        if kept:
            drafts.write(frame, first.sha256, before, answers)

    decide_new(frame, checked, before, written)


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


def _as_chosen(frame: Frame, first: CheckedFile, digest: str) -> CheckedFile | None:
    """The file as the person wants it read: the recognised layout, another one, or a mapping made here."""
    way = _way(first, digest)
    if way == MAPPED:
        mapping = chosen_mapping(first.sha256)
        return checked_file(frame, first.file, first.content, mapping=mapping) if mapping else first
    if way == _AUTOMATIC:
        return first
    return checked_file(frame, first.file, first.content, layout=way)


def _choose_reading(frame: Frame, first: CheckedFile, digest: str) -> None:
    """The picker of layouts, and the assistant where a mapping is wanted: folded once it has been used."""
    if first.repeat or (first.layout is None and not first.mappable):
        return
    if first.layout is not None:
        st.selectbox(
            frame.say("upload_desk.read_as"),
            [_AUTOMATIC, *_readings(first)],
            format_func=lambda key: _layout_words(frame, key, first),
            key=f"layout:{digest[:16]}",
        )
    if _way(first, digest) != MAPPED:
        return
    if chosen_mapping(first.sha256):
        with st.expander(frame.say("mapping.assistant.change")):
            assistant(frame, first)
    else:
        assistant(frame, first)


def _readings(first: CheckedFile) -> list[str]:
    """The ways a person may say to read the file. Records are read by headers alone, so only the layouts whose headers
    the file has are offered; a form of long texts is no table for the assistant."""
    if not first.readings:
        return [*LAYOUTS, MAPPED]
    free_text = RECORD_LAYOUTS[first.readings[0]].free_text
    return [*first.readings, *([] if free_text else [MAPPED])]


def _layout_words(frame: Frame, key: str, first: CheckedFile) -> str:
    if key == _AUTOMATIC:
        sure = format_value(100 * (first.confidence or 0), "percent", 0, frame.language)
        layout = layout_name(str(first.layout), frame.language)
        if first.mapping:
            return frame.say("upload_desk.recognised_mapping", name=first.mapping.name)
        return frame.say("upload_desk.recognised", layout=layout, sure=sure)
    return frame.say("upload_desk.map_by_hand") if key == MAPPED else layout_name(key, frame.language)
