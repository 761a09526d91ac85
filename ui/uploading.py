"""The upload desk: what would come of a file, told before anything is stored, and its publication."""

import hashlib
from typing import Final

import polars as pl
import streamlit as st

from indicators import catalogue, period_label, period_of
from loaders import CheckedFile, Problem, RejectedFile, check_file, publish_file
from loaders.problems import where
from locales.numbers import format_number
from ui.escape import plain
from ui.frame import Frame
from ui.server.local import local_mode
from ui.tables import table

TYPES: Final = ("csv", "xlsx", "json", "txt")
_CHECKED: Final = "checked files"
_DONE: Final = "published upload"


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
        table(_problems(frame, checked.problems), frame.say("ui.upload.problems", count=len(checked.problems)))
    if checked.accepted and not checked.repeat:
        numbers = [frame.say("ui.upload.figures"), frame.say("ui.upload.without_value")]
        table(_preview(frame, checked.observations), frame.say("ui.upload.preview"), numbers=numbers)
    if checked.ignored:
        with st.expander(frame.say("ui.upload.ignored", count=len(checked.ignored))):
            table(_ignored(frame, checked), frame.say("ui.upload.ignored", count=len(checked.ignored)))


def _verdict(frame: Frame, checked: CheckedFile) -> None:
    if st.session_state.get(_DONE) == checked.sha256:
        st.success(frame.say("ui.upload.published", upload=checked.repeat_of))
    elif checked.repeat:
        st.info(frame.say("ui.upload.repeat", upload=checked.repeat_of))
    elif checked.accepted:
        layout = frame.say(f"ui.layouts.{checked.layout}")
        count = format_number(checked.observations.height, 0, frame.language)
        st.info(frame.say("ui.upload.accepted", layout=layout, count=count))
    else:
        st.error(frame.say("ui.upload.refused", count=len(checked.errors)))


def publish(frame: Frame, checked: CheckedFile) -> None:
    """Confirm the warnings, say why, publish. Only where whoever sits at the server may (local mode)."""
    if checked.repeat or not checked.accepted:
        return
    if not local_mode():
        st.error(frame.say("ui.upload.not_allowed"))
        return
    key = checked.sha256[:16]
    confirmed = not checked.warnings or st.checkbox(
        frame.say("ui.upload.confirm", count=len(checked.warnings)), key=f"confirm:{key}"
    )
    note = st.text_input(frame.say("ui.upload.note"), key=f"note:{key}", max_chars=500)
    pressed = st.button(frame.say("ui.upload.publish"), key=f"publish:{key}", type="primary", disabled=not confirmed)
    if pressed and local_mode():
        try:
            publish_file(
                frame.store, checked, by=frame.say("ui.upload.operator"), note=note, accept_warnings=bool(confirmed)
            )
        except RejectedFile as rejected:
            st.error(plain(rejected.message(frame.language)))
            return
        st.session_state[_DONE] = checked.sha256
        st.rerun()


def _problems(frame: Frame, problems: tuple[Problem, ...]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            frame.say("ui.upload.severity"): [frame.say(f"ui.upload.{each.severity}") for each in problems],
            frame.say("ui.upload.message"): [each.message(frame.language) for each in problems],
        }
    )


def _ignored(frame: Frame, checked: CheckedFile) -> pl.DataFrame:
    return pl.DataFrame(
        {
            frame.say("ui.upload.where"): [where(each.sheet, each.cell, frame.language) for each in checked.ignored],
            frame.say("ui.upload.reason"): [each.reason(frame.language) for each in checked.ignored],
        }
    )


def _preview(frame: Frame, observations: pl.DataFrame) -> pl.DataFrame:
    """One line per indicator: how many figures, from when to when, over how many regions."""
    known = catalogue().indicators
    rows = []
    for (indicator,), own in observations.group_by(["indicator"], maintain_order=True):
        periods = sorted((period_of(key) for key in own["period"].unique()), key=lambda period: period.end)
        ends = [period_label(period.key, frame.language) for period in (periods[0], periods[-1])]
        rows.append(
            {
                frame.say("ui.indicator"): known[str(indicator)].title.in_language(frame.language),
                frame.say("ui.upload.figures"): format_number(own.height, 0, frame.language),
                frame.say("ui.upload.without_value"): format_number(own["value"].null_count(), 0, frame.language),
                frame.say("ui.upload.regions"): str(own["region"].n_unique()),
                frame.say("ui.upload.periods"): "–".join(dict.fromkeys(ends)),
            }
        )
    return pl.DataFrame(rows)
