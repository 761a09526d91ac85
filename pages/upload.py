"""Ladda upp: hand files in, see what would come of each, publish; publish what waits; take back."""

import ui
from ui import statements_form

visit = ui.visit()
ui.heading(visit, "upload")

ui.desk.follow(visit)
ui.desk.hand_in(visit)
ui.desk.lists(visit)
statements_form.about_figures(visit)
