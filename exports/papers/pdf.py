"""A paper as a PDF: the view (views.papers) into the template paper.typ, set by typst."""

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Literal

import typst

from charts.small import spark
from exports.moments import now_in_sweden
from exports.papers.drawn import drawn
from exports.papers.fonts import SANS, SERIF, font_folder
from exports.papers.imprint import imprint
from locales import text
from locales.numbers import format_date
from views.papers import Paper
from views.papers.blocks import (
    Across,
    Asked,
    Block,
    Grid,
    Items,
    Leads,
    Measures,
    OnOneScale,
    OverTime,
    Questions,
    Said,
)
from views.parts import Cell, Verdict
from views.profile import Lead, Row
from views.reading import Moved

_TEMPLATE: Final = Path(__file__).with_name("paper.typ")
_STANDARDS: Final[list[Literal["ua-1", "a-2a"]]] = ["ua-1", "a-2a"]
"""Readable by all (PDF/UA-1), and to be filed (PDF/A-2a)."""
_FEW: Final = 3
"""Sentences that may lead to a table."""
Data = dict[str, Any]


def paper_pdf(paper: Paper, data_version: int, link: str) -> bytes:
    """The PDF of a paper; `link` as paper_file."""
    made = typst.compile(
        str(_TEMPLATE),
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(paper, data_version, link), ensure_ascii=False)},
        pdf_standards=[*_STANDARDS],
    )
    assert isinstance(made, bytes)
    return made


def _data(paper: Paper, data_version: int, link: str) -> Data:
    language, own, now = paper.language, imprint(paper, data_version, link), now_in_sweden()
    return {
        "sort": paper.sort,
        "language": language,
        "sans": SANS,
        "serif": SERIF,
        "title": paper.title,
        "made_by": text("ui.product", language),
        "keywords": ["1177", paper.name],
        "date": {"year": now.year, "month": now.month, "day": now.day},
        "name": paper.name,
        "day": format_date(paper.day, language),
        "page_of": text("papers.page_of", language, page="|", pages="|").split("|")[1],
        **own._asdict(),
        "lead": paper.lead,
        "survey": paper.survey,
        "sections": [
            {"title": one.title, "page": one.page, "blocks": _grouped(one.blocks, language)} for one in paper.sections
        ],
    }


def _grouped(blocks: Sequence[Block], language: str) -> list[Data]:
    """The blocks as data; charts that follow one another stand two and two."""
    made: list[Data] = []
    leading = leads(blocks)
    for charts, same in groupby(enumerate(blocks), key=lambda one: isinstance(one[1], Across | OverTime)):
        told = [{**_block(one, language), "leads": at in leading} for at, one in same]
        made += [{"kind": "charts", "charts": told}] if charts else told
    return made


def leads(blocks: Sequence[Block]) -> set[int]:
    """The places of the sentences that lead to a table, and stay on its page."""
    shown = [at for at, one in enumerate(blocks) if not isinstance(one, Said | Across | OverTime)]
    return {
        at
        for at, one in enumerate(blocks)
        if isinstance(one, Said)
        for table in [next((place for place in shown if place > at), at)]
        if 0 < table - at <= _FEW and all(isinstance(each, Said) for each in blocks[at:table])
    }


def _block(one: Block, language: str) -> Data:
    match one:
        case Said():
            return {"kind": "said", "words": one.words, "look": one.look}
        case Items():
            return {"kind": "items", "words": one.words}
        case Leads():
            return {"kind": "leads", "cards": [_lead(card) for card in one.cards]}
        case Measures():
            return {"kind": "measures", "heads": one.heads, "rows": [_row(row, language) for row in one.rows]}
        case Grid():
            return {"kind": "grid", "heads": one.heads, "wide": one.wide, "rows": [_line(row) for row in one.rows]}
        case Across() | OverTime():
            told = {name: getattr(one, name) for name in ("finding", "title", "said", "source")}
            told["source"] = text("papers.source", language, source=one.source)
            return {"kind": "chart", "svg": drawn(one, language), **told}
        case OnOneScale():
            return {"kind": "on_one_scale", **_on_one_scale(one, language)}
        case Asked():
            return {"kind": "asked", "recommendations": [each.__dict__ for each in one.recommendations]}
        case Questions():
            return {"kind": "questions", "questions": [{"title": q.title, "said": q.said} for q in one.questions]}


def _on_one_scale(one: OnOneScale, language: str) -> Data:
    """Heads, rows and the axis; the strip stands between the name and the figures."""
    view, (first, *others) = one.across.view, one.reading.columns
    return {
        "heads": [first[1], text("profile.table.spread", language), *(head for _, head in others)],
        "said": one.across.said,
        "source": text("papers.source", language, source=one.across.source),
        "ticks": view.scale.ticks,
        "benchmark": view.scale.benchmark,
        "rows": [
            {
                "name": row.name,
                "chosen": strip.chosen or strip.nation,
                "nation": strip.nation,
                "strip": {name: getattr(strip, name) for name in ("estimate", "low", "high", "benchmark")},
                "verdict": _verdict(row.cell.verdict),
                "cells": [[name, getattr(row, name)] for name, _ in others],
            }
            for strip, row in zip(view.strips, one.reading.rows, strict=True)
        ],
    }


def _line(row: Sequence[str | Cell]) -> list[Data]:
    return [
        {"value": cell.value, "verdict": cell.verdict._asdict()}
        if isinstance(cell, Cell)
        else {"value": cell, "verdict": None}
        for cell in row
    ]


def _lead(one: Lead) -> Data:
    return {
        "title": one.title,
        "value": one.value,
        "unit": one.unit,
        "verdict": _verdict(one.verdict),
        "beside": one.beside,
        "line": spark(one.over_time, 110),
    }


def _row(one: Row, language: str) -> Data:
    return {
        "title": one.title,
        "period": one.period,
        "value": one.cell.value,
        "spread": one.spread.__dict__,
        "verdict": _verdict(one.cell.verdict),
        "difference": one.difference,
        "place": one.place,
        "since": [moved(each, language) for each in (one.since_last, one.since_pandemic, one.since_audit)],
        "line": spark(one.over_time),
    }


def _verdict(one: Verdict) -> Data:
    return one._asdict()


def moved(one: Moved, language: str) -> str:
    """A change as the table tells it, with the period that it counts from."""
    return text("profile.table.from", language, said=one.words, period=one.first) if one.first else one.words
