"""What there is to say about a checked file: verdict, screening report, what would be stored, what would change."""

from collections import defaultdict
from functools import partial
from typing import Final

import polars as pl
import streamlit as st

from analysis import Preview
from exports import screening_workbook
from indicators import NATION, Period, catalogue, period_label, period_of
from loaders import CheckedFile, Problem, screening_report
from loaders.problems import where
from loaders.publishing.screening import STAGES, stage_of
from locales.numbers import format_number
from ui.desk.changing import changes
from ui.desk.checking import judgeable_of
from ui.desk.records import contents, held
from ui.desk.replies import replies
from ui.escape import plain
from ui.frame import Frame
from ui.notes import bullets
from ui.show import download

_SHOWN: Final = 20  # sentences of a list before it unfolds


def tell(frame: Frame, checked: CheckedFile, preview: Preview | None, *, asked: bool) -> None:
    """The whole report, in the order in which a person decides. `asked`: the warnings are told by the fields for their
    reasons, below."""
    _verdict(frame, checked)
    if checked.synthetic:
        st.warning(frame.say("ui.upload.synthetic"))
    _problems(frame, checked, asked=asked and checked.accepted)
    if checked.accepted and not checked.repeat:
        st.subheader(frame.say("ui.upload.preview"), anchor=False)
        _listed(frame, [*_stored(frame, checked.observations), *held(frame, checked.records)])
        if "reply" in checked.records:
            replies(frame, checked.records["reply"])
        if not checked.observations.is_empty():
            _listed(frame, _judged_on(frame, checked))
        if preview is not None:
            changes(frame, preview)
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
        plain(frame.say(
            f"upload_desk.judged_on.{state}", title=title, from_period=carried, answers=answers,
            period=_periods(frame, periods),
        ))
        for (state, title, carried, answers, _), periods in alike.items()
    ]  # fmt: skip


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
    if checked.repeat:
        st.info(frame.say("ui.upload.repeat", upload=checked.repeat_of))
    elif checked.accepted:
        area = "record_words.desk" if checked.records else "upload_desk.verdict"
        figures = _number(frame, checked.observations.height)
        told = {"contents": contents(frame, checked)} if checked.records else {"figures": figures}
        if checked.warnings:
            st.warning(frame.say(f"{area}.warned", warnings=_number(frame, len(checked.warnings)), **told))
        else:
            st.success(frame.say(f"{area}.accepted", **told))
    else:
        st.error(frame.say("ui.upload.refused", count=_number(frame, len(checked.errors))))


def _listed(frame: Frame, sentences: list[str]) -> None:
    """Sentences one under another, which a telephone shows whole; a long list unfolds."""
    bullets(sentences[:_SHOWN])
    if rest := sentences[_SHOWN:]:
        with st.expander(frame.say("ui.upload.more", count=_number(frame, len(rest)))):
            bullets(rest)


def _problems(frame: Frame, checked: CheckedFile, *, asked: bool) -> None:
    """What each step of the screening came to, then errors and warnings by step: form, content, plausibility."""
    if checked.repeat:
        return
    told = [f"**{frame.say(f'upload_desk.stages.{stage}')}**: {_came_to(frame, checked, stage)}" for stage in STAGES]
    st.markdown(" · ".join(told))
    if asked or not checked.problems:
        return
    st.subheader(frame.say("ui.upload.problems", count=_number(frame, len(checked.problems))), anchor=False)
    for stage in STAGES:
        found = [problem for problem in checked.problems if stage_of(problem) == stage]
        if found:
            st.markdown(f"**{frame.say(f'upload_desk.stages.{stage}')}**")
            _listed(frame, [_problem(frame, problem) for problem in found])


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


def _problem(frame: Frame, problem: Problem) -> str:
    severity = frame.say(f"ui.upload.{problem.severity}")
    return frame.say("ui.upload.problem", severity=severity, message=plain(problem.message(frame.language)))


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
