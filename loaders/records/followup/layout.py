"""The layout `followup_form`: recognised by its keys, read block by block, every fault at once."""

from collections import Counter
from typing import Final

import polars as pl

from analysis.followup import followed_audits, today_in_sweden
from analysis.records import schema_of
from indicators import Catalogue
from loaders.problems import ERROR, Ignored, Problem
from loaders.records.followup.blocks import Block, blocks_of, is_form, sheets_without_blocks, without_block
from loaders.records.followup.judged import judged_block
from loaders.records.reading import RecordLayout, RecordReading
from loaders.tables.document import Document
from models import Store

_MOST_BLOCKS: Final = 300  # an audit has 99 recommendations at most


def _read(document: Document, _known: Catalogue, store: Store | None) -> RecordReading:
    blocks = blocks_of(document)
    if len(blocks) > _MOST_BLOCKS:
        return RecordReading({}, (Problem(ERROR, "many_blocks", values={"most": _MOST_BLOCKS}, area="followup_file"),))
    audits = followed_audits(store, today_in_sweden()) if store else None
    judged = [judged_block(block, audits) for block in blocks]
    problems = [problem for one in judged for problem in one.problems]
    problems += [*_twice(blocks), *_without_block(document)]
    problems += [] if problems else _nothing_answered(blocks)
    replies = [one.reply for one in judged if one.reply]
    schema = schema_of("reply")
    records = {"reply": pl.DataFrame(replies, schema=schema)} if replies else {}
    return RecordReading(records, tuple(problems), tuple(_ignored(document, blocks)), document.says_synthetic)


def _twice(blocks: list[Block]) -> list[Problem]:
    counted = Counter(block.key for block in blocks)
    return [
        Problem(
            ERROR,
            "block_twice",
            block.place.sheet,
            block.place.cell,
            values={"block": block.key.number},
            area="followup_file",
        )
        for block in blocks
        if counted[block.key] > 1
    ]


def _without_block(document: Document) -> list[Problem]:
    return [
        Problem(ERROR, "no_block", place.sheet, place.cell, place.text, values={"name": name}, area="followup_file")
        for name, place in without_block(document)
    ]


def _nothing_answered(blocks: list[Block]) -> list[Problem]:
    """A form in which no block is answered says so itself."""
    if any(not block.is_empty for block in blocks):
        return []
    return [Problem(ERROR, "nothing_answered", values={"count": len(blocks)}, area="followup_file")]


def _ignored(document: Document, blocks: list[Block]) -> list[Ignored]:
    found = [Ignored(name, "", "followup_sheet") for name in sheets_without_blocks(document)]
    for block in blocks:
        if block.is_empty:
            place = block.at("status")
            found.append(Ignored(place.sheet, place.cell, "followup_unanswered", {"number": block.key.number}))
        found += [Ignored(one.sheet, one.cell, "followup_beside", {"found": one.text}) for one in block.rest]
    return found


LAYOUT: Final = RecordLayout(recognise=is_form, read=_read, free_text=True)
