"""Kundnöjdhet: choose → ask → draw."""

import analysis
import charts
import ui

frame = ui.frame()
ui.heading(frame, "satisfaction")

choice = ui.pickers.figures(frame, ("satisfaction",), first="nki_phone")

comparison = analysis.compare_regions(
    frame.store, choice.indicator.id, choice.period, regions=choice.regions, sex=choice.sex, benchmark=choice.benchmark,
    level=choice.level, as_of=frame.as_of,
)  # fmt: skip
series = analysis.series_over_time(
    frame.store, choice.indicator.id, regions=choice.chosen, sex=choice.sex, kind=choice.kind, as_of=frame.as_of
)

ui.synthetic_banner(frame, comparison, series)
ui.show(frame, charts.judged_dots, comparison, chosen=choice.chosen, heading="ui.compared")
ui.certainty.how_sure(frame, [comparison], choice.level)
ui.explain(frame, comparison, series)
ui.over_waves.against_riket(frame, comparison, choice.chosen)
ui.show(frame, charts.trend_lines, series, chosen=choice.chosen, heading="ui.over_time")
ui.has_changed(frame, series, choice.chosen)
ui.workbook_button(frame, comparison, series)
ui.source_note(frame, comparison, series)
