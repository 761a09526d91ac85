"""What there is to say about a checked file: verdict, screening report, what would be stored, what would change."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import Final

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis import Preview
from exports import screening_workbook
from indicators import NATION, Period, catalogue, period_label, period_of
from loaders import CheckedFile, Problem, screening_report
from loaders.problems import where
from loaders.publishing.screening import STAGES, stage_of
from locales.numbers import format_number
from ui.desk.changing import changes
from ui.desk.checking import judgeable_of
from ui.desk.problems import Found
from ui.desk.records import held
from ui.desk.replies import replies
from ui.desk.view import read_in_words
from ui.escape import as_html, plain
from ui.frame import Frame
from ui.notes import bullets
from ui.show import download

_SHOWN: Final = 20  # sentences of a list before it unfolds


@dataclass(frozen=True)
class Places:
    """Where on the report a person answers: `reasons` beside the sheet, and `action` with the note and the buttons:
    first where nothing must be written, else after what changes."""

    reasons: DeltaGenerator
    action: DeltaGenerator
    found: Found


def tell(frame: Frame, checked: CheckedFile, preview: Preview | None, *, asked: bool, sheet: bool) -> Places:
    """The whole report, in the order in which a person decides. `asked`: the warnings are told in `reasons`, by the
    fields for them. `sheet`: the file's own cells may be shown."""
    _verdict(frame, checked)
    if checked.synthetic:
        st.warning(frame.say("ui.upload.synthetic"))
    nothing_to_write = not checked.warnings and not checked.needs_note
    first = st.container()
    by_fields = asked and checked.accepted
    found = Found(frame, checked, () if checked.repeat else _in_steps(checked), sheet=sheet)
    reasons = _problems(frame, checked, found, by_fields=by_fields)
    if preview is not None and not checked.repeat:
        changes(frame, preview)
    last = st.container()
    if checked.accepted and not checked.repeat:
        _would_be_stored(frame, checked)
    if checked.ignored and not checked.repeat:
        with st.expander(frame.say("ui.upload.ignored", count=_number(frame, len(checked.ignored)))):
            bullets(_ignored(frame, checked))
    if checked.problems or preview is not None:
        report = screening_report(checked, frame.language)
        make = partial(screening_workbook, report, preview, file=checked.file, language=frame.language)
        label = frame.say("upload_desk.download_report")
        name = f"{frame.say('upload_desk.report_file')}_{checked.sha256[:8]}.xlsx"
        # What the file holds is told before anything of it is hidden.
        download(label, make, name, key=f"report:{checked.sha256[:16]}:{checked.repeat}", permission="originals")
    return Places(reasons, first if nothing_to_write else last, found)


def _in_steps(checked: CheckedFile) -> list[Problem]:
    """The problems by the step that found them, errors first within each."""
    return sorted(checked.problems, key=lambda each: (STAGES.index(stage_of(each)), each.severity))


def _would_be_stored(frame: Frame, checked: CheckedFile) -> None:
    """What the file holds, and on what it would be judged."""
    st.subheader(frame.say("ui.upload.preview"), anchor=False)
    _listed(frame, [*_stored(frame, checked.observations), *held(frame, checked.records)])
    if "reply" in checked.records:
        replies(frame, checked.records["reply"])
    if not checked.observations.is_empty():
        _listed(frame, _judged_on(frame, checked))


def _judged_on(frame: Frame, checked: CheckedFile) -> list[str]:
    """What of the file can be judged, and what cannot and why: told before it is published."""
    alike: dict[tuple[object, ...], list[Period]] = defaultdict(list)
    found = judgeable_of(frame, checked) or []
    many = len(found) > _SHOWN
    for one in (one for one in found if one.why):
        carried = one.wave.carried_from if one.wave else ""
        answers = _number(frame, one.wave.assumed_base) if one.wave and one.wave.assumed_base else ""
        state = "carried" if carried else one.why
        # A remark is about its own period; the other sentences are true of many periods at once.
        apart = one.period.key if not many or state == "remark" else ""
        alike[state, one.indicator.title.in_language(frame.language), carried, answers, apart].append(one.period)
    return [
        plain(
            frame.say(
                f"upload_desk.judged_on.{state}",
                title=title,
                from_period=carried,
                answers=answers,
                period=_periods(frame, periods),
            )
        )
        for (state, title, carried, answers, _), periods in alike.items()
    ]


def _periods(frame: Frame, periods: list[Period]) -> str:
    """`2019`, or how many from the first to the last."""
    ordered = sorted(periods, key=lambda period: period.recency)
    first, last = (period_label(period.key, frame.language) for period in (ordered[0], ordered[-1]))
    if len(periods) == 1:
        return first
    return frame.say("upload_desk.judged_on.periods", first=first, last=last, count=_number(frame, len(periods)))


def in_short(frame: Frame, checked: CheckedFile) -> str:
    """The verdict in a few words, for a list of files."""
    if checked.repeat:
        return frame.say("upload_desk.short.repeat", upload=checked.repeat_of)
    if not checked.accepted:
        kind = "unknown" if checked.mappable else "refused"
        return frame.say(f"upload_desk.short.{kind}", count=_number(frame, len(checked.errors)))
    kind = "warned" if checked.warnings else "accepted"
    return frame.say(f"upload_desk.short.{kind}", count=_number(frame, len(checked.warnings)))


def _number(frame: Frame, count: int) -> str:
    return format_number(count, 0, frame.language)


def _verdict(frame: Frame, checked: CheckedFile) -> None:
    """The report in two lines: what is read and what was found, and what that means for the file."""
    if checked.repeat:
        st.info(frame.say("ui.upload.repeat", upload=checked.repeat_of))
        return
    read = [read_in_words(checked, frame.language)] if checked.accepted else []
    counted = [
        frame.say(f"upload_desk.summed.{kind}", count=_number(frame, len(found)))
        for kind, found in (("errors", checked.errors), ("warnings", checked.warnings))
    ]
    kind = ("warned" if checked.warnings else "accepted") if checked.accepted else "refused"
    st.html(
        f'<div class="summary is-{kind}" role="status"><p>{" · ".join(map(as_html, [*read, *counted]))}</p>'
        f"<p>{as_html(frame.say(f'upload_desk.verdict.{kind}'))}</p></div>"
    )


def _listed(frame: Frame, sentences: list[str]) -> None:
    """Sentences one under another, which a telephone shows whole; a long list unfolds."""
    bullets(sentences[:_SHOWN])
    if rest := sentences[_SHOWN:]:
        with st.expander(frame.say("ui.upload.more", count=_number(frame, len(rest)))):
            bullets(rest)


def _problems(frame: Frame, checked: CheckedFile, found: Found, *, by_fields: bool) -> DeltaGenerator:
    """What each step of the screening came to; the problems as a table where they are not told by their fields, beside
    the sheet. Returns where the fields go."""
    if checked.repeat:
        return st.container()
    told = [f"**{frame.say(f'upload_desk.stages.{stage}')}**: {_came_to(frame, checked, stage)}" for stage in STAGES]
    st.markdown(" · ".join(told))
    if found.excerpts:
        with st.container(key=f"beside:{checked.sha256[:16]}"):
            left, right = st.columns([1.35, 1], gap="medium")
        with right:
            found.sheet()
    else:
        left = st.container()
    if found.problems and not by_fields:
        with left:
            st.subheader(frame.say("ui.upload.problems", count=_number(frame, len(found.problems))), anchor=False)
            for stage in STAGES:
                if own := [problem for problem in found.problems if stage_of(problem) == stage]:
                    found.tables(own, frame.say(f"upload_desk.stages.{stage}"))
    return left


def _came_to(frame: Frame, checked: CheckedFile, stage: str) -> str:
    """`godkänt`, `2 fel, 1 varning`, or that an earlier step's errors kept this one from being tried."""
    found = [problem.severity for problem in checked.problems if stage_of(problem) == stage]
    parts = [
        frame.say(f"upload_desk.counted.{severity}{'' if count > 1 else '_one'}", count=_number(frame, count))
        for severity in ("error", "warning")
        if (count := found.count(severity))
    ]
    if parts:
        return ", ".join(parts)
    earlier = STAGES[: STAGES.index(stage)]
    stopped = {stage_of(error) for error in checked.errors} & ({*earlier} if stage == "plausibility" else {"structure"})
    untried = stage != "structure" and stopped and (stage == "plausibility" or not checked.rows)
    return frame.say("upload_desk.counted.untried" if untried else "upload_desk.counted.none")


def _ignored(frame: Frame, checked: CheckedFile) -> list[str]:
    return [
        frame.say(
            "ui.upload.ignored_part",
            where=plain(where(each.sheet, each.cell, frame.language)),
            reason=plain(each.reason(frame.language)),
        )
        for each in checked.ignored
    ]


def _stored(frame: Frame, observations: pl.DataFrame) -> list[str]:
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
                regions=_regions(frame, own["region"]),
                periods="–".join(dict.fromkeys(ends)),
            )
        )
    return told


def _regions(frame: Frame, codes: pl.Series) -> str:
    """`21 och riket`: riket is no region."""
    with_nation = (codes == NATION).any()
    count = codes.n_unique() - int(with_nation)
    return frame.say("upload_desk.and_nation", count=count) if with_nation else str(count)
