"""Data och källor: every file, every definition, every figure's cell."""

import analysis
import ui

frame = ui.frame()
ui.heading(frame, "data")

ui.subheading(frame, "ui.uploads.heading")
ui.status.uploads_table(frame)
ui.status.original_button(frame)
ui.status.everything_button(frame)

ui.subheading(frame, "ui.where_it_stands")
indicator = ui.pickers.indicator_of(frame, ("trust", "satisfaction", "uptake", "phone", "supply"), "trust_overall")
sex, period = ui.pickers.when(frame, indicator)

level = ui.certainty.remembered_level(frame)

comparison = analysis.compare_regions(frame.store, indicator.id, period, sex=sex, level=level, as_of=frame.as_of)

ui.synthetic_banner(frame, comparison)
ui.figures_table(frame, comparison, expanded=True)
ui.source_note(frame, comparison)

ui.subheading(frame, "ui.data_status")
ui.status.status_table(frame)
