"""The blocks of a form: from one key to the next, each named row with its answer and the answer's place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import polars as pl

from indicators import tidy_name
from indicators.followup_form import FORM_FIELDS, KEY, READ_ONLY, BlockKey, block_key
from indicators.typed import is_blank
from loaders.tables.addresses import cell
from loaders.tables.document import ROW, Document, Sheet
from locales import LANGUAGES, text

_SEARCHED: Final = 400
"""Rows of a sheet in which the first key is looked for."""


@dataclass(frozen=True)
class Answer:
    """What stands beside a row's name, "" for nothing, and where (counted from 1)."""

    text: str
    sheet: str
    row: int
    col: int

    @property
    def cell(self) -> str:
        return cell(self.row, self.col)


@dataclass
class Block:
    """One recommendation's rows by name (FORM_FIELDS, READ_ONLY). `stray`: answers beside a name no form has;
    `repeated`: rows whose name stands above already; `rest`: cells with text that is neither name nor answer nor our
    own help."""

    key: BlockKey
    place: Answer
    answers: dict[str, Answer] = field(default_factory=dict)
    stray: list[tuple[str, Answer]] = field(default_factory=list)
    repeated: list[tuple[str, Answer]] = field(default_factory=list)
    rest: list[Answer] = field(default_factory=list)

    def said(self, name: str) -> str:
        return self.answers[name].text if name in self.answers else ""

    def at(self, name: str) -> Answer:
        """The answer's place; where its row is gone, the block's."""
        return self.answers.get(name, self.place)

    @property
    def is_empty(self) -> bool:
        return not any(self.said(name) for name in FORM_FIELDS)


@cache
def _names() -> dict[str, str]:
    """Tidied row name, in any language → field."""
    return {
        tidy_name(text(f"followup_form.fields.{name}", language)): name
        for name in (KEY, *READ_ONLY, *FORM_FIELDS)
        for language in LANGUAGES
    }


@cache
def _own_words() -> frozenset[str]:
    """Words that we print in a form ourselves and nobody has answered: help, and prompts of empty fields."""
    keys = [f"followup_form.help.{name}" for name in FORM_FIELDS]
    keys += [f"followup_form.{name}" for name in ("answer", "guide", "prompt.status", "prompt.day", "prompt.text")]
    return frozenset(tidy_name(text(key, language)) for key in keys for language in LANGUAGES)


def is_form(document: Document) -> bool:
    """Whether some sheet's first rows hold a key."""
    return any(_holds_key(sheet.cells.head(_SEARCHED)) for sheet in document.sheets)


def _holds_key(cells: pl.DataFrame) -> bool:
    return any(
        block_key(printed) is not None
        for name in cells.columns
        if name != ROW
        for printed in cells[name].filter(cells[name].str.contains("/", literal=True).fill_null(False))
    )


def blocks_of(document: Document) -> list[Block]:
    """Every block of every sheet, in order."""
    return [block for sheet in document.sheets for block in _blocks(sheet)]


def sheets_without_blocks(document: Document) -> list[str]:
    """Sheets with text and no block: the instructions, or a sheet somebody added."""
    return [sheet.name for sheet in document.sheets if sheet.cells.height and not list(_blocks(sheet))]


def without_block(document: Document) -> list[tuple[str, Answer]]:
    """Answers over the first key of their sheet: (the row's name, the answer), of no recommendation we could tell."""
    found = []
    for sheet in document.sheets:
        for row, *printed in sheet.cells.iter_rows():
            texts = [(value or "").strip() for value in printed]
            if _key_in(texts):
                break
            found += [
                (texts[place], Answer(texts[place + 1], sheet.name, row, place + 2))
                for place in range(len(texts) - 1)
                if _is_answered(*texts[place : place + 2])
            ]
    return found


def _is_answered(name: str, value: str) -> bool:
    known = _names().get(tidy_name(name.split("\n")[0]))
    return known in FORM_FIELDS and bool(value) and tidy_name(value) not in _own_words()


def _blocks(sheet: Sheet) -> Iterator[Block]:
    block: Block | None = None
    named = 0  # the column of the rows' names
    for row, *printed in sheet.cells.iter_rows():
        texts = [(value or "").strip() for value in printed]
        found = _key_in(texts)
        if found:
            if block:
                yield block
            named = max(found[0] - 1, 0)
            block = Block(found[1], Answer(texts[found[0]], sheet.name, row, found[0] + 1))
        elif block:
            _add(block, sheet.name, row, texts, named)
    if block:
        yield block


def _key_in(texts: list[str]) -> tuple[int, BlockKey] | None:
    return next(((place, key) for place, value in enumerate(texts) if (key := block_key(value))), None)


def _add(block: Block, sheet: str, row: int, texts: list[str], named: int) -> None:
    name = texts[named].split("\n")[0] if named < len(texts) else ""  # help may stand on the lines below
    value = texts[named + 1] if named + 1 < len(texts) else ""
    said = "" if tidy_name(value) in _own_words() or is_blank(value) else value
    answer = Answer(said, sheet, row, named + 2)
    known = _names().get(tidy_name(name))
    if known and known in block.answers:
        block.repeated.append((name, answer))
    elif known:
        block.answers[known] = answer
    elif said:
        block.stray.append((name, answer))
    others = [place for place in range(len(texts)) if place not in (named, named + 1)]
    block.rest += [
        Answer(texts[place], sheet, row, place + 1)
        for place in others
        if texts[place] and tidy_name(texts[place]) not in _own_words()
    ]
