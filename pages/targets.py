"""Mål: which goals are decided, by whom, and whether they are reached; what has none."""

import ui
from ui.targets import form, page, shares

frame = ui.frame()
ui.heading(frame, "targets")

view = page.chosen(frame)

form.said()
page.goals(view)
page.workbook(view)
shares.shares(view)
shares.without(view)
shares.history(view)
form.draw(frame)
