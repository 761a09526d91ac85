"""How it looks: comparisons and series → alt.Chart. Pure functions; nothing here reads the store."""

from typing import TYPE_CHECKING

from locales.on_demand import on_demand

if TYPE_CHECKING:
    from charts.funnel_plot import funnel_in_words, funnel_points
    from charts.rank_intervals import rank_dots, ranks_in_words
    from charts.small_multiples import multiples_in_words, region_multiples
    from charts.trend import trend_lines
    from charts.week_profile import part_of_week, week_profile_in_words, week_profile_map
    from charts.xmr_chart import xmr_in_words, xmr_lines
    from wording.judgement import judged_in_words
    from wording.series import breaks_in_words, comparability_in_words, trend_in_words
else:
    __getattr__ = on_demand(__name__, __file__)

__all__ = [
    "breaks_in_words",
    "comparability_in_words",
    "funnel_in_words",
    "funnel_points",
    "judged_in_words",
    "multiples_in_words",
    "part_of_week",
    "rank_dots",
    "ranks_in_words",
    "region_multiples",
    "trend_in_words",
    "trend_lines",
    "week_profile_in_words",
    "week_profile_map",
    "xmr_in_words",
    "xmr_lines",
]
