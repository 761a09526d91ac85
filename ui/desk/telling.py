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
from loaders.rules import STAGES
from locales.numbers import format_number
from ui.desk.changing import changes
from ui.desk.checking import judgeable_of
from ui.desk.problems import Found
from ui.desk.records import held
from ui.desk.replies import replies
from ui.desk.view import read_in_words
from ui.escape import as_html, plain
from ui.notes import bullets
from ui.show import download
from ui.visit import Visit

_SHOWN: Final = 20  # sentences of a list before it unfolds


@dataclass(frozen=True)
class Places:
    """Where on the report a person answers: `reasons` beside the sheet, and `action` with the note and the buttons:
    first where nothing must be written, else after what changes."""

    reasons: DeltaGenerator
    action: DeltaGenerator
    found: Found


def tell(visit: Visit, checked: CheckedFile, preview: Preview | None, *, asked: bool, sheet: bool) -> Places:
    """The whole report, in the order in which a person decides. `asked`: the warnings are told in `reasons`, by the
    fields for them. `sheet`: the file's own cells may be shown."""
    _verdict(visit, checked)
    if checked.synthetic:
        st.warning(visit.say("ui.upload.synthetic"))
    nothing_to_write = not checked.warnings and not checked.needs_note
    first = st.container()
    by_fields = asked and checked.accepted
    found = Found(visit, checked, () if checked.repeat else _in_steps(checked), sheet=sheet)
    reasons = _problems(visit, checked, found, by_fields=by_fields)
    if preview is not None and not checked.repeat:
        changes(visit, preview)
    last = st.container()
    if checked.accepted and not checked.repeat:
        _would_be_stored(visit, checked)
    if checked.ignored and not checked.repeat:
        with st.expander(visit.say("ui.upload.ignored", count=_number(visit, len(checked.ignored)))):
            bullets(_ignored(visit, checked))
    if checked.problems or preview is not None:
        report = screening_report(checked, visit.language)
        make = partial(screening_workbook, report, preview, file=checked.file, language=visit.language)
        label = visit.say("upload_desk.download_report")
        name = f"{visit.say('upload_desk.report_file')}_{checked.sha256[:8]}.xlsx"
        # What the file holds is told before anything of it is hidden.
        download(label, make, name, key=f"report:{checked.sha256[:16]}:{checked.repeat}", permission="originals")
    return Places(reasons, first if nothing_to_write else last, found)


def _in_steps(checked: CheckedFile) -> list[Problem]:
    """The problems by the step that found them, errors first within each."""
    return sorted(checked.problems, key=lambda each: (STAGES.index(each.stage), each.severity))


def _would_be_stored(visit: Visit, checked: CheckedFile) -> None:
    """What the file holds, and on what it would be judged."""
    st.subheader(visit.say("ui.upload.preview"), anchor=False)
    _listed(visit, [*_stored(visit, checked.observations), *held(visit, checked.records)])
    if "reply" in checked.records:
        replies(visit, checked.records["reply"])
    if not checked.observations.is_empty():
        _listed(visit, _judged_on(visit, checked))


def _judged_on(visit: Visit, checked: CheckedFile) -> list[str]:
    """What of the file can be judged, and what cannot and why: told before it is published."""
    alike: dict[tuple[object, ...], list[Period]] = defaultdict(list)
    found = judgeable_of(visit, checked) or []
    many = len(found) > _SHOWN
    for one in (one for one in found if one.why):
        carried = one.wave.carried_from if one.wave else ""
        answers = _number(visit, one.wave.assumed_base) if one.wave and one.wave.assumed_base else ""
        state = "carried" if carried else one.why
        # A remark is about its own period; the other sentences are true of many periods at once.
        apart = one.period.key if not many or state == "remark" else ""
        alike[state, one.indicator.title.in_language(visit.language), carried, answers, apart].append(one.period)
    return [
        plain(
            visit.say(
                f"upload_desk.judged_on.{state}",
                title=title,
                from_period=carried,
                answers=answers,
                period=_periods(visit, periods),
            )
        )
        for (state, title, carried, answers, _), periods in alike.items()
    ]


def _periods(visit: Visit, periods: list[Period]) -> str:
    """`2019`, or how many from the first to the last."""
    ordered = sorted(periods, key=lambda period: period.recency)
    first, last = (period_label(period.key, visit.language) for period in (ordered[0], ordered[-1]))
    if len(periods) == 1:
        return first
    return visit.say("upload_desk.judged_on.periods", first=first, last=last, count=_number(visit, len(periods)))


def in_short(visit: Visit, checked: CheckedFile) -> str:
    """The verdict in a few words, for a list of files."""
    if checked.repeat:
        return visit.say("upload_desk.short.repeat", upload=checked.repeat_of)
    if not checked.accepted:
        kind = "unknown" if checked.mappable else "refused"
        return visit.say(f"upload_desk.short.{kind}", count=_number(visit, len(checked.errors)))
    kind = "warned" if checked.warnings else "accepted"
    return visit.say(f"upload_desk.short.{kind}", count=_number(visit, len(checked.warnings)))


def _number(visit: Visit, count: int) -> str:
    return format_number(count, 0, visit.language)


def _verdict(visit: Visit, checked: CheckedFile) -> None:
    """The report in two lines: what is read and what was found, and what that means for the file."""
    if checked.repeat:
        st.info(visit.say("ui.upload.repeat", upload=checked.repeat_of))
        return
    read = [read_in_words(checked, visit.language)] if checked.accepted else []
    counted = [
        visit.say(f"upload_desk.summed.{kind}", count=_number(visit, len(found)))
        for kind, found in (("errors", checked.errors), ("warnings", checked.warnings))
    ]
    kind = ("warned" if checked.warnings else "accepted") if checked.accepted else "refused"
    st.html(
        f'<div class="summary is-{kind}" role="status"><p>{" · ".join(map(as_html, [*read, *counted]))}</p>'
        f"<p>{as_html(visit.say(f'upload_desk.verdict.{kind}'))}</p></div>"
    )


def _listed(visit: Visit, sentences: list[str]) -> None:
    """Sentences one under another, which a telephone shows whole; a long list unfolds."""
    bullets(sentences[:_SHOWN])
    if rest := sentences[_SHOWN:]:
        with st.expander(visit.say("ui.upload.more", count=_number(visit, len(rest)))):
            bullets(rest)


def _problems(visit: Visit, checked: CheckedFile, found: Found, *, by_fields: bool) -> DeltaGenerator:
    """What each step of the screening came to; the problems as a table where they are not told by their fields, beside
    the sheet. Returns where the fields go."""
    if checked.repeat:
        return st.container()
    told = [f"**{visit.say(f'upload_desk.stages.{stage}')}**: {_came_to(visit, checked, stage)}" for stage in STAGES]
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
            st.subheader(visit.say("ui.upload.problems", count=_number(visit, len(found.problems))), anchor=False)
            for stage in STAGES:
                if own := [problem for problem in found.problems if problem.stage == stage]:
                    found.tables(own, visit.say(f"upload_desk.stages.{stage}"))
    return left


def _came_to(visit: Visit, checked: CheckedFile, stage: str) -> str:
    """`godkänt`, `2 fel, 1 varning`, or that an earlier step's errors kept this one from being tried."""
    found = [problem.severity for problem in checked.problems if problem.stage == stage]
    parts = [
        visit.say(f"upload_desk.counted.{severity}{'' if count > 1 else '_one'}", count=_number(visit, count))
        for severity in ("error", "warning")
        if (count := found.count(severity))
    ]
    if parts:
        return ", ".join(parts)
    earlier = STAGES[: STAGES.index(stage)]
    stopped = {error.stage for error in checked.errors} & ({*earlier} if stage == "plausibility" else {"structure"})
    untried = stage != "structure" and stopped and (stage == "plausibility" or not checked.rows)
    return visit.say("upload_desk.counted.untried" if untried else "upload_desk.counted.none")


def _ignored(visit: Visit, checked: CheckedFile) -> list[str]:
    return [
        visit.say(
            "ui.upload.ignored_part",
            where=plain(where(each.sheet, each.cell, visit.language)),
            reason=plain(each.reason(visit.language)),
        )
        for each in checked.ignored
    ]


def _stored(visit: Visit, observations: pl.DataFrame) -> list[str]:
    """One sentence per indicator: how many figures, from when to when, over how many regions."""
    known = catalogue().indicators
    told = []
    for (indicator,), own in observations.group_by(["indicator"], maintain_order=True):
        periods = sorted((period_of(key) for key in own["period"].unique()), key=lambda period: period.end)
        ends = [period_label(period.key, visit.language) for period in (periods[0], periods[-1])]
        told.append(
            visit.say(
                "ui.upload.previewed",
                indicator=plain(known[str(indicator)].title.in_language(visit.language)),
                figures=_number(visit, own.height),
                without_value=_number(visit, own["value"].null_count()),
                regions=_regions(visit, own["region"]),
                periods="–".join(dict.fromkeys(ends)),
            )
        )
    return told


def _regions(visit: Visit, codes: pl.Series) -> str:
    """`21 och riket`: riket is no region."""
    with_nation = (codes == NATION).any()
    count = codes.n_unique() - int(with_nation)
    return visit.say("upload_desk.and_nation", count=count) if with_nation else str(count)
