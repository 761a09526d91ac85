"""Jämför: choose anything → ask → draw."""

import ui
from ui.compare import charts, pickers
from ui.compare import view as compare

frame = ui.frame()
ui.heading(frame, "compare")

view = pickers.chosen(frame)

if compare.told(view):
    charts.draw(view)
    charts.sources(view)
