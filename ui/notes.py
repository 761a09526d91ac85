"""What must be said beside figures: that some are synthetic, what an interval rests on, what flags mean, the source."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Protocol
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from access import allowed
from analysis import Comparison, TimeSeries
from indicators import NATION, Indicator
from locales import text
from locales.numbers import format_moment
from ui.cache import Key, kept, view_key, view_of
from ui.escape import as_html, plain
from ui.frame import Frame
from ui.menu import path_of
from ui.origins import assumed_elsewhere, source_line
from wording.judgement import capital, route_note
from wording.reach import lowest_three_in_words, reliability_in_words
from wording.sentences import why_not


def heading(frame: Frame, page: str) -> None:
    """The page's title and its one-sentence purpose; in an empty store also what to do next."""
    day = frame.as_of.isoformat() if frame.as_of else ""
    st.html(path_of(page, frame.language, day))
    st.title(frame.say(f"pages.{page}.title"), anchor=False)
    st.markdown(frame.say(f"pages.{page}.purpose"))
    _empty(frame, page)


def _empty(frame: Frame, page: str) -> None:
    """In an empty store, what to do next."""
    if not frame.store.data_version() and page != "upload":
        st.info(frame.say("ui.empty_store"))
        if allowed(frame.actor, "upload"):
            st.page_link("pages/upload.py", label=frame.say("ui.to_upload"))


def tab_title(language: str, *parts: str) -> None:
    """What the browser's tab, its history and a bookmark call the page: what is shown, most particular first."""
    st.set_page_config(page_title=" · ".join([*parts, text("ui.product", language)]))


def finding(frame: Frame, page: str, headline: str, lead: Sequence[str], last: str = "") -> None:
    """What the page has found, as its headline, and the sentences that carry it; in an empty store what to do next.
    `last`: what of the page is shown, at the end of its path and first in the tab's title."""
    if last:
        tab_title(frame.language, last, frame.say(f"pages.{page}.title"))
    day = frame.as_of.isoformat() if frame.as_of else ""
    st.html(path_of(page, frame.language, day, last))
    st.title(plain(headline), anchor=False)
    if lead:
        st.html(f'<p class="lead">{as_html(" ".join(lead))}</p>')
    _empty(frame, page)


def subheading(frame: Frame, key: str) -> None:
    st.header(frame.say(key), anchor=False)


class MaySynthetic(Protocol):
    """Whatever knows whether any of its figures is synthetic."""

    @property
    def synthetic(self) -> bool: ...


def synthetic_banner(frame: Frame, *answers: MaySynthetic) -> None:
    """A warning at the top wherever any figure on the page is synthetic."""
    if any(answer.synthetic for answer in answers):
        st.warning(frame.say("ui.synthetic"))


def explained(frame: Frame, comparison: Comparison, *more: TimeSeries) -> list[str]:
    """The uncertainty, how the differences were tested, and the flags of the shown rows, in sentences. `more`: what
    else of the indicator is drawn on the page; the letters of its flags are explained too. Markdown."""
    if comparison.rows.is_empty():
        return []
    key = _answered(frame, "explained", comparison, *more)
    return kept(key, partial(_explained, frame, comparison, *more))


def _answered(frame: Frame, name: str, *answers: Comparison | TimeSeries) -> Key:
    """What is told of these answers."""
    return view_key(frame, name, *(str(view_of(answer)) for answer in answers))


def _explained(frame: Frame, comparison: Comparison, *more: TimeSeries) -> list[str]:
    said = [
        *evidence_sentences(frame, comparison),
        *reasons(frame, comparison),
        *(plain(f"{capital(note)}.") for note in [route_note(comparison, frame.language)] if note),
        *reach_sentences(frame, comparison),
        *flag_sentences(frame, comparison.rows, *(series.rows for series in more)),
    ]
    return list(dict.fromkeys(said))


def evidence_sentences(frame: Frame, comparison: Comparison) -> list[str]:
    """What the intervals rest on, and what they cannot tell."""
    with_value = comparison.rows.filter(pl.col("value").is_not_null(), pl.col("code") != NATION)
    kinds = [kind for kind in ("published", "computed", "assumed", "none") if kind in set(with_value["evidence"])]
    said = [frame.say(f"ui.evidence.{kind}") for kind in kinds]
    if comparison.wave and "assumed" in kinds:
        said.append(plain(comparison.wave.reason.in_language(frame.language)))
        said += assumed_elsewhere(frame, comparison)
    if comparison.wave and comparison.wave.comparability:
        said.append(plain(comparison.wave.comparability.in_language(frame.language)))
    if kinds and kinds != ["none"]:
        said.append(frame.say("ui.no_test"))
    return said


def reach_sentences(frame: Frame, comparison: Comparison) -> list[str]:
    """How far the places and the probabilities of the shown rows carry; markdown."""
    said = (reliability_in_words(comparison, frame.language), lowest_three_in_words(comparison, frame.language))
    return [plain(sentence) for sentence in said if sentence]


def reasons(frame: Frame, comparison: Comparison) -> list[str]:
    """Why regions with a figure and an interval of their own cannot be assessed, once per reason."""
    silent = ("", "itself", "no_value", "no_interval")  # itself a benchmark, or said by its cell or by the evidence
    rows = comparison.rows.filter(~pl.col("unassessed").is_in(silent)).unique("unassessed", maintain_order=True)
    reasons = [
        why_not(comparison.indicator, row, frame.language).removesuffix(".") for row in rows.iter_rows(named=True)
    ]
    return [plain(frame.say("against.unassessed", reason=reason)) for reason in reasons]


def flag_sentences(frame: Frame, *tables: pl.DataFrame) -> list[str]:
    """`x: syntetiska exempeldata`, one per letter in the tables; `r` with a link to the change log."""
    letters = sorted({letter for rows in tables for flags in rows["flags"] for letter in flags})
    said = [f"**{letter}**: {frame.say(f'flags.{letter}')}" for letter in letters]
    if "r" in letters:
        used = sorted({indicator for rows in tables for indicator in rows["indicator"]})
        only = {"indicator": used[0]} if len(used) == 1 else {}
        link = f"changes?{urlencode(frame.linked(**only))}"
        said[letters.index("r")] += f" ([{frame.say('pages.changes.title')}]({link}))"
    return said


def source_note(frame: Frame, comparison: Comparison, *more: Comparison | TimeSeries) -> None:
    """Which figures came from whom, what was asked, in which files they stand, and what to beware of. `more`: what else
    of the indicator is on the page."""
    key = _answered(frame, "sources", comparison, *more)
    with st.expander(frame.say("ui.about")):
        bullets(kept(key, partial(source_lines, frame, comparison, *more)))


def source_lines(frame: Frame, comparison: Comparison, *more: Comparison | TimeSeries) -> list[str]:
    """The same as markdown."""
    indicator = comparison.indicator
    source = source_line(frame, comparison, *more)
    lines = [(frame.say("ui.source"), source)] if source else []
    lines += [(frame.say("origins.usual"), indicator.source), *_definition(frame, indicator)]
    if comparison.wave:
        lines.append((frame.say("ui.fieldwork"), comparison.wave.fieldwork.in_language(frame.language)))
    lines += [(frame.say("ui.file"), line) for line in _files(frame, comparison, *more)]
    return [
        *(f"**{name}:** {plain(words)}" for name, words in lines),
        *(plain(caveat.in_language(frame.language)) for caveat in indicator.caveats),
    ]


def bullets(sentences: Sequence[str]) -> None:
    """One list; the sentences are markdown, their data already escaped."""
    if sentences:
        st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def _definition(frame: Frame, indicator: Indicator) -> list[tuple[str, str]]:
    parts = {
        "ui.question": indicator.question_sv,
        "ui.numerator": indicator.numerator_sv,
        "ui.denominator": indicator.denominator_sv,
    }
    return [(frame.say(key), words) for key, words in parts.items() if words]


def _files(frame: Frame, *answers: Comparison | TimeSeries) -> list[str]:
    """The files behind the figures, each with its upload and the moment of its publication."""
    every = pl.concat([answer.rows.select("upload", "file", "published_at") for answer in answers])
    files = every.drop_nulls("upload").unique(maintain_order=True)  # a weighted mean made here stands in no file
    return [
        frame.say("ui.file_of", file=file, upload=upload, moment=moment_in_words(at, frame.language))
        for upload, file, at in files.iter_rows()
    ]


def moment_in_words(stored: str | None, language: str) -> str:
    """A stored moment (UTC, ISO 8601) in Swedish time; nothing for none."""
    return format_moment(datetime.fromisoformat(stored), language) if stored else ""
