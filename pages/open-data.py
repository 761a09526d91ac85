"""Öppna data: what can be taken today and how, whose the figures are, and how an earlier day is asked for."""

import ui
from ui.open_data import page

visit = ui.visit()
ui.heading(visit, "open-data")
page.draw(visit)
