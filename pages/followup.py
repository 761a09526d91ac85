"""Uppföljning: what was recommended, what was replied, what is late, and what the figures have done since."""

import ui
from ui import statements_form
from ui.followup import audit, compiled, entry, late, page

frame = ui.frame()
ui.heading(frame, "followup")

every = page.asked(frame)
ui.synthetic_banner(frame, every)
late.late(every)
page.compilation(every)

view = page.chosen(every)
page.facts(view)
audit.recommendations(view)

compiled.side_by_side(view)

page.guide(view)
entry.forms(view)
statements_form.audited(frame)
