"""Översikt: the chosen regions judged in the key measures, what is new, what there is."""

import ui
from ui.overview import page

frame = ui.frame()
ui.heading(frame, "overview")

chosen = ui.pickers.group(frame)
level, synthetic = page.pickers(frame)

shown = page.overview(frame, chosen, level, synthetic=synthetic)

ui.synthetic_banner(frame, shown)
page.draw(frame, shown, level, synthetic=synthetic)

ui.subheading(frame, "ui.new")
ui.status.uploads_table(frame, newest=5)
ui.status.folded_status(frame)
