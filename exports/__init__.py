"""How figures leave: workbooks, CSV, our own template. The same numbers and flags as on screen, safe to open."""

from typing import TYPE_CHECKING

from locales.on_demand import on_demand

if TYPE_CHECKING:
    from exports.about import program_version
    from exports.csvs import comparison_csv, everything_csv
    from exports.papers import PAPER_KINDS, paper_file
    from exports.records import changed_records_table, record_counts_table
    from exports.screening import (
        changed_table,
        counts_table,
        named,
        printed_changes,
        screening_workbook,
        turns_table,
    )
    from exports.tables import SHOWN_COLUMNS, formatted_table, shown_table
    from exports.template import template_workbook
    from exports.workbooks import (
        comparison_workbook,
        comparisons_workbook,
        every_figure,
        everything_workbook,
        size_in_words,
    )
    from wording.evidence import evidence_sentences
    from wording.records import contents_in_words, counted
else:
    __getattr__ = on_demand(__name__, __file__)

__all__ = [
    "PAPER_KINDS",
    "SHOWN_COLUMNS",
    "changed_records_table",
    "changed_table",
    "comparison_csv",
    "comparison_workbook",
    "comparisons_workbook",
    "contents_in_words",
    "counted",
    "counts_table",
    "every_figure",
    "everything_csv",
    "everything_workbook",
    "evidence_sentences",
    "formatted_table",
    "named",
    "paper_file",
    "printed_changes",
    "program_version",
    "record_counts_table",
    "screening_workbook",
    "shown_table",
    "size_in_words",
    "template_workbook",
    "turns_table",
]
