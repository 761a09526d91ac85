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
from ui.ahead import Ahead
from ui.cache import Key, kept, view_key, view_of
from ui.escape import as_html, plain
from ui.menu import path_of
from ui.origins import assumed_elsewhere, source_line
from ui.parts import paragraphs
from ui.visit import Visit
from wording.judgement import capital, route_note
from wording.reach import lowest_three_in_words, reliability_in_words
from wording.sentences import why_not


def heading(visit: Visit, page: str) -> None:
    """The page's title and its one-sentence purpose; in an empty store also what to do next."""
    day = visit.as_of.isoformat() if visit.as_of else ""
    st.html(path_of(page, visit.language, day))
    st.title(visit.say(f"pages.{page}.title"), anchor=False)
    st.markdown(visit.say(f"pages.{page}.purpose"))
    _empty(visit, page)


def _empty(visit: Visit, page: str) -> None:
    """In an empty store, what to do next."""
    if not visit.store.data_version() and page != "upload":
        st.info(visit.say("ui.empty_store"))
        if allowed(visit.actor, "upload"):
            st.page_link("pages/upload.py", label=visit.say("ui.to_upload"))


def tab_title(language: str, *parts: str) -> str:
    """What the browser's tab, its history and a bookmark call the page: what is shown, most particular first."""
    title = " · ".join([*parts, text("ui.product", language)])
    st.set_page_config(page_title=title)
    return title


def finding(visit: Visit, page: str, headline: str, lead: Sequence[str], last: str = "", *, rests: str = "") -> None:
    """What the page has found, as its headline, and the sentences that carry it; in an empty store what to do next.
    `last`: what of the page is shown, at the end of its path and first in the tab's title; `rests`: what a survey's
    figures rest on (wording.survey)."""
    title = tab_title(visit.language, *([last] if last else []), visit.say(f"pages.{page}.title"))
    day = visit.as_of.isoformat() if visit.as_of else ""
    path = path_of(page, visit.language, day, last)
    under = [f'<p class="lead">{as_html(" ".join(lead))}</p>'] if lead else []
    under += [paragraphs([rests], "rests")] if rests else []
    st.html(path)
    st.title(plain(headline), anchor=False)
    for said in under:
        st.html(said)
    _empty(visit, page)
    visit.found.append(Ahead(title, headline, path, "".join(under)))


def subheading(visit: Visit, key: str) -> None:
    st.header(visit.say(key), anchor=False)


class MaySynthetic(Protocol):
    """Whatever knows whether any of its figures is synthetic."""

    @property
    def synthetic(self) -> bool: ...


def synthetic_banner(visit: Visit, *answers: MaySynthetic) -> None:
    """A warning at the top wherever any figure on the page is synthetic."""
    if any(answer.synthetic for answer in answers):
        synthetic_warning(visit)


def synthetic_warning(visit: Visit) -> None:
    """The warning itself. What the page has found is then never sent ahead of it."""
    st.warning(visit.say("ui.synthetic"))
    visit.found.clear()


def explained(visit: Visit, comparison: Comparison, *more: TimeSeries) -> list[str]:
    """The uncertainty, how the differences were tested, and the flags of the shown rows, in sentences. `more`: what
    else of the indicator is drawn on the page; the letters of its flags are explained too. Markdown."""
    if comparison.rows.is_empty():
        return []
    key = _answered(visit, "explained", comparison, *more)
    return kept(key, partial(_explained, visit, comparison, *more))


def _answered(visit: Visit, name: str, *answers: Comparison | TimeSeries) -> Key:
    """What is told of these answers."""
    return view_key(visit, name, *(str(view_of(answer)) for answer in answers))


def _explained(visit: Visit, comparison: Comparison, *more: TimeSeries) -> list[str]:
    said = [
        *evidence_sentences(visit, comparison),
        *reasons(visit, comparison),
        *(plain(f"{capital(note)}.") for note in [route_note(comparison, visit.language)] if note),
        *reach_sentences(visit, comparison),
        *flag_sentences(visit, comparison.rows, *(series.rows for series in more)),
    ]
    return list(dict.fromkeys(said))


def evidence_sentences(visit: Visit, comparison: Comparison) -> list[str]:
    """What the intervals rest on, and what they cannot tell."""
    with_value = comparison.rows.filter(pl.col("value").is_not_null(), pl.col("code") != NATION)
    kinds = [kind for kind in ("published", "computed", "assumed", "none") if kind in set(with_value["evidence"])]
    said = [visit.say(f"ui.evidence.{kind}") for kind in kinds]
    if comparison.wave and "assumed" in kinds:
        said.append(plain(comparison.wave.reason.in_language(visit.language)))
        said += assumed_elsewhere(visit, comparison)
    if comparison.wave and comparison.wave.comparability:
        said.append(plain(comparison.wave.comparability.in_language(visit.language)))
    if kinds and kinds != ["none"]:
        said.append(visit.say("ui.no_test"))
    return said


def reach_sentences(visit: Visit, comparison: Comparison) -> list[str]:
    """How far the places and the probabilities of the shown rows carry; markdown."""
    said = (reliability_in_words(comparison, visit.language), lowest_three_in_words(comparison, visit.language))
    return [plain(sentence) for sentence in said if sentence]


def reasons(visit: Visit, comparison: Comparison) -> list[str]:
    """Why regions with a figure and an interval of their own cannot be assessed, once per reason."""
    silent = ("", "itself", "no_value", "no_interval")  # itself a benchmark, or said by its cell or by the evidence
    rows = comparison.rows.filter(~pl.col("unassessed").is_in(silent)).unique("unassessed", maintain_order=True)
    reasons = [
        why_not(comparison.indicator, row, visit.language).removesuffix(".") for row in rows.iter_rows(named=True)
    ]
    return [plain(visit.say("against.unassessed", reason=reason)) for reason in reasons]


def flag_sentences(visit: Visit, *tables: pl.DataFrame) -> list[str]:
    """`x: syntetiska exempeldata`, one per letter in the tables; `r` with a link to the change log."""
    letters = sorted({letter for rows in tables for flags in rows["flags"] for letter in flags})
    said = [f"**{letter}**: {visit.say(f'flags.{letter}')}" for letter in letters]
    if "r" in letters:
        used = sorted({indicator for rows in tables for indicator in rows["indicator"]})
        only = {"indicator": used[0]} if len(used) == 1 else {}
        link = f"changes?{urlencode(visit.linked(**only))}"
        said[letters.index("r")] += f" ([{visit.say('pages.changes.title')}]({link}))"
    return said


def source_note(visit: Visit, comparison: Comparison, *more: Comparison | TimeSeries) -> None:
    """Which figures came from whom, what was asked, in which files they stand, and what to beware of. `more`: what else
    of the indicator is on the page."""
    key = _answered(visit, "sources", comparison, *more)
    with st.expander(visit.say("ui.about")):
        bullets(kept(key, partial(source_lines, visit, comparison, *more)))


def source_lines(visit: Visit, comparison: Comparison, *more: Comparison | TimeSeries) -> list[str]:
    """The same as markdown."""
    indicator = comparison.indicator
    source = source_line(visit, comparison, *more)
    lines = [(visit.say("ui.source"), source)] if source else []
    lines += [(visit.say("origins.usual"), indicator.source), *_definition(visit, indicator)]
    if comparison.wave:
        lines.append((visit.say("ui.fieldwork"), comparison.wave.fieldwork.in_language(visit.language)))
    lines += [(visit.say("ui.file"), line) for line in _files(visit, comparison, *more)]
    return [
        *(f"**{name}:** {plain(words)}" for name, words in lines),
        *(plain(caveat.in_language(visit.language)) for caveat in indicator.caveats),
    ]


def bullets(sentences: Sequence[str]) -> None:
    """One list; the sentences are markdown, their data already escaped."""
    if sentences:
        st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def _definition(visit: Visit, indicator: Indicator) -> list[tuple[str, str]]:
    parts = {
        "ui.question": indicator.question_sv,
        "ui.numerator": indicator.numerator_sv,
        "ui.denominator": indicator.denominator_sv,
    }
    return [(visit.say(key), words) for key, words in parts.items() if words]


def _files(visit: Visit, *answers: Comparison | TimeSeries) -> list[str]:
    """The files behind the figures, each with its upload and the moment of its publication."""
    every = pl.concat([answer.rows.select("upload", "file", "published_at") for answer in answers])
    files = every.drop_nulls("upload").unique(maintain_order=True)  # a weighted mean made here stands in no file
    return [
        visit.say("ui.file_of", file=file, upload=upload, moment=moment_in_words(at, visit.language))
        for upload, file, at in files.iter_rows()
    ]


def moment_in_words(stored: str | None, language: str) -> str:
    """A stored moment (UTC, ISO 8601) in Swedish time; nothing for none."""
    return format_moment(datetime.fromisoformat(stored), language) if stored else ""
