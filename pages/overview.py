"""Översikt: the chosen regions judged in the key measures, what is new, what there is."""

import ui

frame = ui.frame()
ui.heading(frame, "overview")

chosen = ui.pickers.group(frame)
level, synthetic = ui.headlines.pickers(frame)

shown = ui.headlines.overview(frame, chosen, level, synthetic=synthetic)

ui.synthetic_banner(frame, shown)
ui.headlines.draw(frame, shown, level, synthetic=synthetic)

ui.subheading(frame, "ui.new")
ui.status.uploads_table(frame, newest=5)
ui.status.folded_status(frame)
