"""Regionprofil: one region, what stands out in it, and how sure that is."""

import ui
from ui import certainty, over_waves
from ui.profile import page, places, series

frame = ui.frame()
ui.heading(frame, "profile")

shown = page.Profile(frame, page.region_of(frame), certainty.level_of(frame), ui.pickers.synthetic(frame))

page.banner(shown)
page.stands_out(shown)
page.how_sure(shown)
over_waves.profile_over_waves(shown)
places.places(shown)
series.trends(shown)
series.use(shown)
page.cannot_be_assessed(shown)
