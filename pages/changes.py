"""Ändringslogg: what has been published, withdrawn and corrected, and the figures before and after."""

import ui
from ui import changelog

frame = ui.frame()
ui.heading(frame, "changes")

choice = changelog.chosen(frame)
log = changelog.log_of(frame, choice)

changelog.draw(frame, choice, log)
