"""Ladda upp: hand files in, see what would come of each, publish; publish what waits; take back."""

import ui
from ui import statements_form

frame = ui.frame()
ui.heading(frame, "upload")

ui.desk.follow(frame)
ui.desk.hand_in(frame)
ui.desk.lists(frame)
statements_form.about_figures(frame)
