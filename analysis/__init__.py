"""What the numbers say: questions to the store (store → polars) and pure statistics (polars → polars)."""

from analysis.change import SeriesChange, change_over_time
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
from analysis.findings import Finding, RegionFindings, marked_count, region_findings, shown_judgement
from analysis.judgement import JUDGEMENT_COLUMNS
from analysis.status import catalogue_status, indicators_with_figures, original_file, uploads_list

__all__ = [
    "FIGURE_COLUMNS", "JUDGEMENT_COLUMNS", "Comparison", "Finding", "RegionFindings", "SeriesChange", "TimeSeries",
    "UnknownChoice", "catalogue_status", "change_over_time", "compare_regions", "indicators_with_figures",
    "marked_count", "original_file", "periods_available", "region_findings", "series_over_time", "sexes_available",
    "shown_judgement", "uploads_list",
]  # fmt: skip
