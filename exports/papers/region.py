"""A region's report as a PDF: the view (views.papers) into the template region.typ, set by typst."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

import typst

from analysis.methods.intervals import LEVELS
from analysis.told import level_words
from charts.small import spark
from exports.about import program_version
from exports.moments import now_in_sweden
from exports.papers.fonts import SANS, SERIF, font_folder
from locales import text
from locales.numbers import format_date, format_moment
from views.papers import RegionReport
from views.parts import Verdict
from views.profile import Lead, Row
from views.reading import Moved

_TEMPLATE: Final = Path(__file__).with_name("region.typ")
_STANDARDS: Final[list[Literal["ua-1", "a-2a"]]] = ["ua-1", "a-2a"]
"""Readable by all (PDF/UA-1), and to be filed (PDF/A-2a)."""
_COLUMNS: Final = (
    "profile.table.measure",
    "profile.columns.value",
    "profile.table.spread",
    "profile.columns.judgement",
    "profile.columns.difference",
    "profile.columns.rank",
    "profile.table.since_last",
    "profile.table.since_pandemic",
    "profile.table.since_audit",
    "area.development",
)


def region_report(report: RegionReport, language: str, *, data_version: int, link: str = "") -> bytes:
    """The PDF of a report. `link`: the address of the region's page, "" where there is none to give."""
    data = _data(report, language, data_version, link)
    made = typst.compile(
        str(_TEMPLATE),
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=[*_STANDARDS],
    )
    assert isinstance(made, bytes)
    return made


def _data(report: RegionReport, language: str, data_version: int, link: str) -> dict[str, Any]:
    def say(key: str, **values: object) -> str:
        return text(f"papers.{key}", language, **values)

    shown, day = report.shown, format_date(report.day, language)
    now = now_in_sweden()
    made = format_moment(now, language)
    product = text("ui.product", language)
    return {
        "language": language,
        "sans": SANS,
        "serif": SERIF,
        "title": say("title", region=shown.name),
        "made_by": product,
        "keywords": ["1177", shown.name],
        "date": {"year": now.year, "month": now.month, "day": now.day},
        "name": shown.name,
        "day": day,
        "kicker": say("kicker", product=product, day=day),
        "foot": " · ".join(
            filter(None, (say("foot", product=product, version=program_version(), data=data_version, made=made), link))
        ),
        "synthetic": say("synthetic") if report.synthetic else "",
        "lead": list(shown.lead),
        "survey": shown.survey,
        "leads": [_lead(one) for one in shown.leads],
        "table": {
            "heading": text("profile.table.heading", language, benchmark=report.benchmark),
            "note": " ".join(
                (
                    say("level", level=level_words(report.level, language), usual=level_words(LEVELS[0], language)),
                    text("profile.table.note", language, benchmark=report.benchmark),
                )
            ),
            "heads": [text(key, language) for key in _COLUMNS],
            "rows": _rows(shown.rows, language),
        },
        "older": {
            "heading": text("profile.headings.older", language, count=len(shown.older)),
            "rows": _rows(shown.older, language),
        },
        "audit": {
            "heading": text("profile.audit.heading", language),
            "none": text("profile.audit.none", language),
            "letters": [
                {
                    "title": letter.title,
                    "about": letter.about,
                    "recommendations": [
                        {
                            "number": say("recommendation", number=one.number),
                            "said": one.said,
                            "to": say("addressed", to=one.to),
                            "stands": one.stands,
                        }
                        for one in letter.recommendations
                    ],
                }
                for letter in report.letters
            ],
        },
        "method": {
            "heading": text("pages.method.title", language),
            "sections": [{"title": one.title, "said": list(one.said)} for one in report.method],
        },
        "origins": {
            "heading": say("origins"),
            "note": say("origins_note"),
            "heads": [say(f"origin.{name}") for name in ("measure", "publisher", "file", "cell")],
            "rows": [one.__dict__ for one in report.origins],
        },
    }


def _lead(one: Lead) -> dict[str, Any]:
    return {
        "title": one.title,
        "value": one.value,
        "unit": one.unit,
        "verdict": _verdict(one.verdict),
        "beside": list(one.beside),
        "line": spark(one.over_time, 110),
    }


def _rows(rows: Sequence[Row], language: str) -> list[dict[str, Any]]:
    return [
        {
            "title": one.title,
            "period": one.period,
            "value": one.cell.value,
            "spread": one.spread.__dict__,
            "verdict": _verdict(one.cell.verdict),
            "difference": one.difference,
            "place": one.place,
            "since": [_moved(each, language) for each in (one.since_last, one.since_pandemic, one.since_audit)],
            "line": spark(one.over_time),
        }
        for one in rows
    ]


def _verdict(one: Verdict) -> dict[str, Any]:
    return one._asdict()


def _moved(one: Moved, language: str) -> str:
    return text("profile.table.from", language, said=one.words, period=one.first) if one.first else one.words
