"""A csv of audit letters' recommendations (audit,region_code,report,auditor,decided,reply_due,addressed_to,number,
recommendation_sv and, where given, title, theme, indicators) → audits and recommendations, all of it or nothing."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from access import SYSTEM, Actor, require
from entries.audits import (
    AuditEntry,
    AuditFault,
    AuditRefused,
    RecommendationEntry,
    append_audit,
    append_recommendation,
    audit_faults,
    day_of,
    recommendation_faults,
)
from locales import text
from models import Store
from models.settings import PROJECT

COLUMNS: Final = (
    "audit",
    "region_code",
    "report",
    "auditor",
    "decided",
    "reply_due",
    "addressed_to",
    "number",
    "recommendation_sv",
)
LETTERS: Final = PROJECT / "sample_data" / "audits" / "recommendations.csv"
_MOST_BYTES: Final = 1_000_000
_Row = Mapping[str, str]


@dataclass(frozen=True)
class Imported:
    """What an import added or corrected, and how many entries stood so already."""

    audits: int
    recommendations: int
    unchanged: int


def enter_letters(store: Store) -> Imported:
    """The two published letters' recommendations, word for word (LETTERS); a second time changes nothing."""
    return import_recommendations(store, LETTERS.read_bytes(), LETTERS.name, SYSTEM)


def import_recommendations(store: Store, content: bytes, name: str, by: Actor) -> Imported:
    """Enter every audit and recommendation of the file in one transaction; a second time changes nothing.

    Raises Forbidden, or AuditRefused with every fault of the file, each at its line."""
    require(by, "audits")
    audits, recommendations = _entries(_rows(content))
    note = text("followup_entry.import_note", "sv", file=name)
    with store.write() as connection:
        of_audits = [append_audit(connection, by, entry, note=note, source=f"{name}:{line}") for line, entry in audits]
        of_recommendations = [
            append_recommendation(connection, by, entry, note=note, source=f"{name}:{line}")
            for line, entry in recommendations
        ]
    done = [*of_audits, *of_recommendations]
    return Imported(sum(of_audits), sum(of_recommendations), done.count(False))


def _rows(content: bytes) -> list[tuple[int, _Row]]:
    """The lines below the header with their numbers in the file."""
    if len(content) > _MOST_BYTES:
        raise AuditRefused([AuditFault("file_large", {"limit": _MOST_BYTES // 1_000_000})])
    try:
        printed = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AuditRefused([AuditFault("file_encoding")]) from error
    header = printed.split("\n", 1)[0]
    lines = csv.DictReader(io.StringIO(printed, newline=""), delimiter=";" if ";" in header else ",")
    missing = [column for column in COLUMNS if column not in (lines.fieldnames or ())]
    if missing:
        raise AuditRefused([AuditFault("file_columns", {"missing": ", ".join(missing)})])
    try:
        return [
            (lines.line_num, {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)})
            for row in lines
        ]
    except csv.Error as error:
        raise AuditRefused([AuditFault("file_broken", {"found": str(error)})]) from error


def _entries(
    rows: list[tuple[int, _Row]],
) -> tuple[list[tuple[int, AuditEntry]], list[tuple[int, RecommendationEntry]]]:
    """The file's audits (each once) and recommendations with the line of each."""
    faults: list[AuditFault] = [] if rows else [AuditFault("file_empty")]
    audits: dict[str, tuple[int, AuditEntry]] = {}
    recommendations: dict[tuple[str, int], tuple[int, RecommendationEntry]] = {}
    for line, row in rows:
        audit, found = _audit(row, line)
        faults += found
        recommendation, found = _recommendation(row, line)
        faults += found
        if audit and audits.setdefault(audit.audit, (line, audit))[1] != audit:
            faults.append(AuditFault("audit_differs", {"audit": audit.audit, "line": audits[audit.audit][0]}, line))
        if recommendation:
            key = (recommendation.audit, recommendation.number)
            if key in recommendations:
                faults.append(AuditFault("twice", {"audit": key[0], "number": key[1]}, line))
            recommendations[key] = (line, recommendation)
    if faults:
        raise AuditRefused(faults)
    return list(audits.values()), list(recommendations.values())


def _audit(row: _Row, line: int) -> tuple[AuditEntry | None, list[AuditFault]]:
    days, faults = {}, []
    for name in ("decided", "reply_due"):
        try:
            days[name] = day_of(row[name])
        except ValueError:
            faults.append(AuditFault("day", {"field": name, "found": row[name]}, line))
    if faults:
        return None, faults
    entry = AuditEntry(
        row["audit"],
        row["region_code"].zfill(2),
        row.get("title") or row["report"],
        row["report"],
        row["auditor"],
        days["decided"],
        days["reply_due"],
    )
    return entry, audit_faults(entry, line)


def _recommendation(row: _Row, line: int) -> tuple[RecommendationEntry | None, list[AuditFault]]:
    if not row["number"].isdecimal():
        return None, [AuditFault("number", {"found": row["number"]}, line)]
    indicators = " ".join(row.get("indicators", "").split())
    entry = RecommendationEntry(
        row["audit"],
        int(row["number"]),
        row["recommendation_sv"],
        row["addressed_to"],
        row.get("theme") or "other",
        indicators,
    )
    return entry, recommendation_faults(entry, line)
