"""Utbud av e-tjänster: choose → ask → draw."""

import ui
from ui import supply, supply_pickers

frame = ui.frame()
ui.heading(frame, "supply")

view = supply_pickers.chosen(frame)

if view:
    supply.told(view)
    supply.draw(view)
    supply.about(view)
