"""Uppföljning: what was recommended, what was replied, what is late, and what the figures have done since."""

import ui
from ui import followup, followup_audit, followup_compiled, followup_entry, followup_late, statements_form

frame = ui.frame()
ui.heading(frame, "followup")

every = followup.asked(frame)
ui.synthetic_banner(frame, every)
followup_late.late(every)
followup.compilation(every)

view = followup.chosen(every)
followup.facts(view)
followup_audit.recommendations(view)

followup_compiled.side_by_side(view)

followup.guide(view)
followup_entry.forms(view)
statements_form.audited(frame)
