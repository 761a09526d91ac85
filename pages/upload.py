"""Ladda upp: hand files in, see what would come of each, publish; publish what waits; take back."""

import ui

frame = ui.frame()
ui.heading(frame, "upload")

ui.desk.hand_in(frame)
ui.desk.waiting(frame)
ui.desk.history(frame)
