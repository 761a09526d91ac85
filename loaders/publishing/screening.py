"""The screening report: structure first, then content, then plausibility; a row per problem, for page and workbook."""

from typing import Final

import polars as pl

from loaders.checked import CheckedFile
from loaders.problems import Problem
from locales import text

STAGES: Final = ("structure", "content", "plausibility")
_STRUCTURE: Final = frozenset({
    "empty_file", "too_large", "too_many_columns", "unknown_format", "unknown_layout",
    "refused_format", "wrong_delimiter", "refused_old_excel",
    "refused_unsafe_format", "refused_pdf", "refused_archive", "refused_web_page", "refused_picture", "nothing_left",
    "unreadable_encoding", "damaged_letters", "nul_removed", "unseen_removed", "unseen_in_cell", "unseen_in_document",
    "broken_quotes", "json_key_twice", "json_not_finite", "json_too_deep", "json_syntax", "json_too_long",
    "json_half_character", "json_entry", "more_pages",
    "duplicate_header", "sheet_not_read", "no_period", "no_region", "uneven_rows", "row_too_long", "broken_workbook",
    "workbook_macros", "workbook_doubled_part", "workbook_bomb", "workbook_doctype", "workbook_counts",
    "workbook_too_large", "workbook_many_sheets", "stray_cell", "huge_merge", "reading_limits", "judging_failed",
    "judging_limits",
    "hidden_sheet", "hidden_rows", "hidden_columns", "hidden_by_default", "cells_struck", "cells_pale", "cells_tiny",
    "cells_vanished", "cells_masked", "cells_shortened", "cells_covered", "cells_conditional", "cell_twice",
    "row_twice", "indicator_not_named", "several_indicators", "several_tables", "row_too_long_blank",
    "words_unknown", "words_to_confirm", "numbers_unread",
    "column_not_understood", "column_not_read", "column_twice", "service_twice",
    "docx_no_form", "unsafe_document", "nothing_answered", "many_blocks",
})  # fmt: skip
"""Rules about the file and its table; the others are about what stands in the cells."""

_PLAUSIBILITY: Final = frozenset({
    "revision", "evidence_lost", "evidence_kept", "evidence_won", "evidence_other",
    "vanished", "nameless", "registered_elsewhere", "unit_changed", "unit_differs", "linked",
    "merged_open", "cases_not_offered",
    "reply_before_audit", "reply_long_before", "due_before_audit",
})  # fmt: skip
"""Rules that hold cells together with each other or with what is published; those of loaders.plausibility are known by
their area."""

COLUMNS: Final = ("stage", "severity", "rule", "sheet", "cell", "found", "says", "expected", "do")


def stage_of(problem: Problem) -> str:
    """Which of the three steps found the problem."""
    if problem.area == "plausibility" or problem.rule in _PLAUSIBILITY:
        return "plausibility"
    return "structure" if problem.rule in _STRUCTURE else "content"


def screening_report(checked: CheckedFile, language: str) -> pl.DataFrame:
    """Every problem (COLUMNS, all text), in the order of the steps, errors before warnings within a step."""
    ordered = sorted(checked.problems, key=lambda each: (STAGES.index(stage_of(each)), each.severity))
    rows = [
        {
            "stage": text(f"upload_desk.stages.{stage_of(each)}", language),
            "severity": text(f"upload_desk.severities.{each.severity}", language),
            "rule": each.rule,
            "sheet": each.sheet,
            "cell": each.cell,
            "found": each.found,
            "says": each.says(language),
            "expected": each.expected(language),
            "do": each.advice(language),
        }
        for each in ordered
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))
