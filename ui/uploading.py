"""The upload desk: what would come of a file, told before anything is stored, and its publication."""

import hashlib
from typing import Final

import polars as pl
import streamlit as st

from indicators import catalogue, period_label, period_of
from loaders import CheckedFile, RejectedFile, check_file, publish_file
from loaders.problems import ERROR, WARNING, where
from locales.numbers import format_number
from ui.escape import plain
from ui.frame import Frame
from ui.notes import bullets
from ui.server.local import local_mode

TYPES: Final = ("csv", "xlsx", "json", "txt")
_CHECKED: Final = "checked files"
_DONE: Final = "published upload"
_SHOWN: Final = 20  # sentences of a list; the rest unfolds


def chosen_files(frame: Frame) -> list[CheckedFile]:
    """The files in the drop zone, each checked once per data version."""
    files = st.file_uploader(
        frame.say("ui.upload.choose"),
        type=list(TYPES),
        accept_multiple_files=True,
        key="files",
        help=frame.say("ui.upload.help"),
    )
    before = st.session_state.get(_CHECKED, {})
    version = str(frame.store.data_version())
    checked = {}
    for file in files:
        content = file.getvalue()
        key = (file.name, hashlib.sha256(content).hexdigest(), version)
        checked[key] = before.get(key) or check_file(frame.store, file.name, content)
    st.session_state[_CHECKED] = checked
    return list(checked.values())


def report(frame: Frame, checked: CheckedFile) -> None:
    """The verdict, every problem with its place, what would be stored and what would not."""
    st.header(plain(checked.file), anchor=False)
    _verdict(frame, checked)
    if checked.synthetic:
        st.warning(frame.say("ui.upload.synthetic"))
    if checked.problems:
        st.subheader(frame.say("ui.upload.problems", count=_number(frame, len(checked.problems))), anchor=False)
        _listed(frame, _problems(frame, checked))
    if checked.accepted and not checked.repeat:
        st.subheader(frame.say("ui.upload.preview"), anchor=False)
        _listed(frame, _preview(frame, checked.observations))
    if checked.ignored:
        with st.expander(frame.say("ui.upload.ignored", count=_number(frame, len(checked.ignored)))):
            bullets(_ignored(frame, checked))


def _verdict(frame: Frame, checked: CheckedFile) -> None:
    if st.session_state.get(_DONE) == checked.sha256:
        st.success(frame.say("ui.upload.published", upload=checked.repeat_of))
    elif checked.repeat:
        st.info(frame.say("ui.upload.repeat", upload=checked.repeat_of))
    elif checked.accepted:
        layout = frame.say(f"layouts.{checked.layout}")
        st.info(frame.say("ui.upload.accepted", layout=layout, count=_number(frame, checked.observations.height)))
    else:
        st.error(frame.say("ui.upload.refused", count=_number(frame, len(checked.errors))))


def publish(frame: Frame, checked: CheckedFile) -> None:
    """Confirm the warnings, say why, publish. Only where whoever sits at the server may (local mode)."""
    if checked.repeat or not checked.accepted:
        return
    if not local_mode():
        st.error(frame.say("ui.upload.not_allowed"))
        return
    key = checked.sha256[:16]
    confirmed = not checked.warnings or st.checkbox(
        frame.say("ui.upload.confirm", count=_number(frame, len(checked.warnings))), key=f"confirm:{key}"
    )
    asked = "ui.upload.note_needed" if checked.needs_note else "ui.upload.note"
    note = st.text_input(frame.say(asked), key=f"note:{key}", max_chars=500)
    silent = bool(checked.needs_note) and not note.strip()
    if silent:
        st.caption(frame.say("ui.upload.note_missing"))
    ready = confirmed and not silent
    pressed = st.button(frame.say("ui.upload.publish"), key=f"publish:{key}", type="primary", disabled=not ready)
    if pressed and local_mode():
        try:
            publish_file(frame.store, checked, by=frame.say("stored.page"), note=note, accept_warnings=bool(confirmed))
        except RejectedFile as rejected:
            st.error(plain(rejected.message(frame.language)))
            return
        st.session_state[_DONE] = checked.sha256
        st.rerun()


def _number(frame: Frame, count: int) -> str:
    return format_number(count, 0, frame.language)


def _listed(frame: Frame, sentences: list[str]) -> None:
    """Sentences one under another, which a telephone shows whole; a long list unfolds."""
    bullets(sentences[:_SHOWN])
    if rest := sentences[_SHOWN:]:
        with st.expander(frame.say("ui.upload.more", count=_number(frame, len(rest)))):
            bullets(rest)


def _problems(frame: Frame, checked: CheckedFile) -> list[str]:
    severities = {each: frame.say(f"ui.upload.{each}") for each in (ERROR, WARNING)}
    return [
        frame.say("ui.upload.problem", severity=severities[each.severity], message=plain(each.message(frame.language)))
        for each in checked.problems
    ]


def _ignored(frame: Frame, checked: CheckedFile) -> list[str]:
    return [
        frame.say(
            "ui.upload.ignored_part",
            where=plain(where(each.sheet, each.cell, frame.language)),
            reason=plain(each.reason(frame.language)),
        )
        for each in checked.ignored
    ]


def _preview(frame: Frame, observations: pl.DataFrame) -> list[str]:
    """One sentence per indicator: how many figures, from when to when, over how many regions."""
    known = catalogue().indicators
    told = []
    for (indicator,), own in observations.group_by(["indicator"], maintain_order=True):
        periods = sorted((period_of(key) for key in own["period"].unique()), key=lambda period: period.end)
        ends = [period_label(period.key, frame.language) for period in (periods[0], periods[-1])]
        told.append(
            frame.say(
                "ui.upload.previewed",
                indicator=plain(known[str(indicator)].title.in_language(frame.language)),
                figures=_number(frame, own.height),
                without_value=_number(frame, own["value"].null_count()),
                regions=own["region"].n_unique(),
                periods="–".join(dict.fromkeys(ends)),
            )
        )
    return told
