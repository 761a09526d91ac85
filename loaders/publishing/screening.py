"""The screening report: structure first, then content, then plausibility; a row per problem, for page and workbook."""

from typing import Final

import polars as pl

from loaders.checked import CheckedFile
from loaders.rules import STAGES
from locales import text

COLUMNS: Final = ("stage", "severity", "rule", "sheet", "cell", "found", "says", "expected", "do")


def screening_report(checked: CheckedFile, language: str) -> pl.DataFrame:
    """Every problem (COLUMNS, all text), in the order of the steps, errors before warnings within a step."""
    ordered = sorted(checked.problems, key=lambda each: (STAGES.index(each.stage), each.severity))
    rows = [
        {
            "stage": text(f"upload_desk.stages.{each.stage}", language),
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
