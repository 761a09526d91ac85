"""What the numbers say: questions to the store (store → polars) and pure statistics (polars → polars)."""

from typing import TYPE_CHECKING

from locales.on_demand import on_demand

if TYPE_CHECKING:
    from analysis.change.tested import SeriesChange, change_over_time
    from analysis.choices import UnknownChoice
    from analysis.comparison import (
        Comparison,
        TimeSeries,
        compare_regions,
        periods_available,
        series_over_time,
        sexes_available,
    )
    from analysis.figures import FIGURE_COLUMNS
    from analysis.findings import Finding, Marks, RegionFindings, marked_count, marks_of, region_findings
    from analysis.history.changelog import change_log, event_counts, publication_log, told_changes
    from analysis.history.preview import Preview, what_would_change
    from analysis.history.record_fields import RecordChanges
    from analysis.history.records import record_event_counts, told_records
    from analysis.history.vintages import changes_since, publication_days
    from analysis.judgement import JUDGEMENT_COLUMNS
    from analysis.origin.figures import FigureAsked, figure_asked, figure_history, figure_row
    from analysis.reach import REACH_COLUMNS
    from analysis.status import (
        catalogue_status,
        indicators_with_figures,
        only_synthetic,
        original_file,
        uploads_list,
        uploads_seen_by,
    )
    from analysis.told import shown_judgement
else:
    __getattr__ = on_demand(__name__, __file__)

__all__ = [
    "FIGURE_COLUMNS", "JUDGEMENT_COLUMNS", "REACH_COLUMNS", "Comparison", "FigureAsked", "Finding", "Marks", "Preview",
    "RecordChanges", "RegionFindings", "SeriesChange", "TimeSeries", "UnknownChoice", "catalogue_status", "change_log",
    "change_over_time", "changes_since", "compare_regions", "event_counts", "figure_asked", "figure_history",
    "figure_row", "indicators_with_figures", "marked_count", "marks_of", "only_synthetic", "original_file",
    "periods_available", "publication_days", "publication_log", "record_event_counts", "region_findings",
    "series_over_time", "sexes_available", "shown_judgement", "told_changes", "told_records", "uploads_list",
    "uploads_seen_by", "what_would_change",
]  # fmt: skip
