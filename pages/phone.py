"""Telefon: choose → ask → draw."""

import analysis
import charts
import ui
from analysis.phone import FOR_PHONE
from ui import phone, phone_profile

frame = ui.frame()
ui.heading(frame, "phone")

choice = ui.pickers.figures(frame, ("phone",), first="calls_share_answered", only=FOR_PHONE, nation=False)

comparison = analysis.compare_regions(
    frame.store, choice.indicator.id, choice.period, regions=choice.regions, sex=choice.sex, benchmark=choice.benchmark,
    level=choice.level, as_of=frame.as_of,
)  # fmt: skip
series = analysis.series_over_time(
    frame.store, choice.indicator.id, regions=choice.chosen, sex=choice.sex, kind=choice.kind, as_of=frame.as_of
)

ui.synthetic_banner(frame, comparison, series)
phone.which_level(frame, choice)
ui.show(frame, charts.judged_dots, comparison, chosen=choice.chosen, heading="ui.compared")
phone.beware(frame, choice, series.rows)
ui.certainty.how_sure(frame, [comparison], choice.level)
ui.explain(frame, comparison, series)
phone.every_measure(frame, choice)
phone.disagreeing(frame, choice)
ui.show(frame, charts.trend_lines, series, chosen=choice.chosen, heading="ui.over_time")
ui.changes(frame, series, choice.chosen)
phone_profile.profile(frame, choice, warned=comparison.synthetic or series.synthetic)
ui.workbook_button(frame, comparison, series)
ui.source_note(frame, comparison, series)
