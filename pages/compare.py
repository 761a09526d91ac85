"""Jämför: choose anything → ask → draw."""

import ui
from ui import compare, compare_charts, compare_pickers

frame = ui.frame()
ui.heading(frame, "compare")

view = compare_pickers.chosen(frame)

if compare.told(view):
    compare_charts.draw(view)
    compare_charts.sources(view)
