"""What was found in a file, as a table that leads to each cell, and the sheet beside it with those cells marked."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl
import streamlit as st

from loaders import CheckedFile, Problem
from loaders.problems import where
from loaders.surroundings import Excerpt
from locales.numbers import format_number
from ui.desk.checking import excerpts_of
from ui.escape import as_html
from ui.tables import table_html
from ui.visit import Visit
from wording.judgement import capital

_MOST: Final = 20  # problems in a table before the rest is folded, and cells that are marked in the sheet
_SIGNS: Final = {"error": "✕", "warning": "?"}


class Found:
    """The problems of a file in the order they are shown, and the cells among them that the sheet shows."""

    def __init__(self, visit: Visit, checked: CheckedFile, problems: Sequence[Problem], *, sheet: bool) -> None:
        """`sheet`: whether the reader may see the file's cells here."""
        self.visit, self.problems = visit, problems
        asked = tuple(dict.fromkeys((one.sheet, one.cell) for one in problems if one.cell))[:_MOST]
        found = excerpts_of(visit, checked, asked) if sheet and checked.screened and asked else ()
        self.excerpts = found
        self._anchors = {asked[which]: f"{checked.sha256[:8]}-{which}" for each in found for _, _, which in each.marks}
        self._asked = asked

    def table(self, problems: Sequence[Problem], caption: str) -> str:
        """A row per problem: which kind, where (on the way to the cell in the sheet), what was found, what to do."""
        say = self.visit.say
        language = self.visit.language
        columns = [say(f"upload_desk.problem_columns.{name}") for name in ("kind", "where", "found", "do")]
        rows = [
            (
                f"{_SIGNS[one.severity]} {say(f'upload_desk.to_do.{one.severity}')}",
                where(one.sheet, one.cell, language),
                capital(one.says(language)),
                f"{say('upload_desk.allowed', expected=one.expected(language))} {one.advice(language)}",
            )
            for one in problems
        ]
        told = pl.DataFrame(rows, schema=columns, orient="row")
        links = {columns[1]: [self._anchor(one) for one in problems]}
        return f'<div class="whole problems">{table_html(told, caption, links=links, stacked=True)}</div>'

    def _anchor(self, problem: Problem) -> str:
        anchor = self._anchors.get((problem.sheet, problem.cell))
        return f"#cell-{anchor}" if anchor else ""

    def tables(self, problems: Sequence[Problem], caption: str) -> None:
        """The table; of a long one the rest is folded."""
        st.html(self.table(problems[:_MOST], caption))
        if rest := problems[_MOST:]:
            more = self.visit.say("ui.upload.more", count=format_number(len(rest), 0, self.visit.language))
            with st.expander(more):
                st.html(self.table(rest, more))

    def sheet(self) -> None:
        """The cells among their neighbours, each marked by a sign and a frame."""
        say = self.visit.say
        body = "".join(_sheet_html(self.visit, each, self._anchors, self._asked) for each in self.excerpts)
        note = f'<p class="said">{as_html(say("upload_desk.sheet_note"))}</p>'
        st.html(
            f'<section class="card sheet"><h3>{as_html(say("upload_desk.sheet_heading"))}</h3>{body}{note}</section>'
        )


def _sheet_html(
    visit: Visit, found: Excerpt, anchors: Mapping[tuple[str, str], str], asked: Sequence[tuple[str, str]]
) -> str:
    caption = as_html(where(found.sheet, "", visit.language))
    head = "".join(f'<th scope="col">{letters}</th>' for letters in ("", *found.columns))
    marks: dict[tuple[int, int], list[str]] = {}
    led: set[int] = set()  # problems whose first cell has been passed: the way leads there
    for row, column, which in found.marks:
        here = marks.setdefault((row, column), [])
        here += [] if which in led else [anchors[asked[which]]]
        led.add(which)
    body, before = "", 0
    for at, (number, texts) in enumerate(found.rows):
        if before and number != before + 1:
            body += f'<tr><td colspan="{len(found.columns) + 1}">⋮</td></tr>'
        cells = "".join(
            _marked(visit, text, marks[at, column]) if (at, column) in marks else f"<td>{as_html(text)}</td>"
            for column, text in enumerate(texts)
        )
        body += f'<tr><th scope="row">{number}</th>{cells}</tr>'
        before = number
    return (
        f'<div class="wide-table original" role="region" tabindex="0" aria-label="{caption}"><table>'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _marked(visit: Visit, text: str, anchors: Sequence[str]) -> str:
    ids = "".join(f'<span class="anchor" id="cell-{each}"></span>' for each in anchors)
    said = f'<span class="unseen"> ({as_html(visit.say("upload_desk.marked"))})</span>'
    return f'<td class="marked">{ids}<mark>▶ {as_html(text)}</mark>{said}</td>'
