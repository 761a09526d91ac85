"""Mål: which goals are decided, by whom, and whether they are reached; what has none."""

import ui
from ui import targets_form, targets_shares, targets_view

frame = ui.frame()
ui.heading(frame, "targets")

view = targets_view.chosen(frame)

targets_form.said()
targets_view.goals(view)
targets_view.workbook(view)
targets_shares.shares(view)
targets_shares.without(view)
targets_shares.history(view)
targets_form.draw(frame)
