"""Översikt: what this is, the six in each area, what is new, what there is."""

import ui

frame = ui.frame()
ui.heading(frame, "overview")

chosen = ui.pickers.group(frame)
synthetic = ui.pickers.synthetic(frame)

found = ui.headlines.headlines(frame, chosen, synthetic=synthetic)

ui.synthetic_banner(frame, *(comparison for area in found.values() for comparison in area))
for area, comparisons in found.items():
    ui.headlines.draw_area(frame, area, comparisons, chosen)
ui.headlines.explain_all(frame, found)

ui.subheading(frame, "ui.new")
ui.status.uploads_table(frame, newest=5)
ui.subheading(frame, "ui.data_status")
ui.status.status_table(frame)
