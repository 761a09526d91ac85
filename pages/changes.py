"""Ändringslogg: what has been published, withdrawn and corrected, and the figures before and after."""

import ui
from ui.changes import page

frame = ui.frame()
ui.heading(frame, "changes")

choice = page.chosen(frame)
log = page.log_of(frame, choice)

page.draw(frame, choice, log)
