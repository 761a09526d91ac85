"""Ändringslogg: what has been published, withdrawn and corrected, and the figures before and after."""

import ui
from ui.changes import page

visit = ui.visit()
ui.heading(visit, "changes")

choice = page.chosen(visit)
log = page.log_of(visit, choice)

page.draw(visit, choice, log)
