"""Telefon: choose → ask → draw. What is real stands first; example data only when the reader asks for it."""

import analysis
import charts
import ui
from analysis.phone.measures import FOR_PHONE
from ui.phone import page, week

frame = ui.frame()
ui.heading(frame, "phone")

asked = ui.pickers.synthetic(frame, resets=ui.pickers.of_the_figures)
choice = ui.pickers.figures(
    frame, ("phone",), first="calls_share_answered", only=FOR_PHONE, nation=False, include_synthetic=asked
)

comparison = analysis.compare_regions(
    frame.store, choice.indicator.id, choice.period, regions=choice.regions, sex=choice.sex, benchmark=choice.benchmark,
    level=choice.level, as_of=frame.as_of, include_synthetic=asked,
)  # fmt: skip
series = analysis.series_over_time(
    frame.store, choice.indicator.id, regions=choice.chosen, sex=choice.sex, kind=choice.kind, as_of=frame.as_of,
    include_synthetic=asked,
)  # fmt: skip

ui.synthetic_banner(frame, comparison, series)
page.which_level(frame, choice)
if not ui.pickers.only_made_up(frame, choice.indicator, include_synthetic=asked):
    ui.show(frame, charts.judged_dots, comparison, chosen=choice.chosen, heading="ui.compared")
    page.beware(frame, choice, series.rows)
    ui.certainty.how_sure(frame, [comparison], choice.level)
    ui.explain(frame, comparison, series)
    page.every_measure(frame, choice, include_synthetic=asked)
    page.disagreeing(frame, choice, include_synthetic=asked)
    ui.show(frame, charts.trend_lines, series, chosen=choice.chosen, heading="ui.over_time")
    ui.has_changed(frame, series, choice.chosen)
week.profile(frame, choice, warned=comparison.synthetic or series.synthetic, include_synthetic=asked)
ui.workbook_button(frame, comparison, series)
ui.source_note(frame, comparison, series)
