"""Utbud av e-tjänster: choose → ask → draw."""

import ui
from ui.supply import page, pickers

frame = ui.frame()
ui.heading(frame, "supply")

view = pickers.chosen(frame)

if view:
    page.told(view)
    page.draw(view)
    page.about(view)
