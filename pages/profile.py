"""Regionprofil: one region, what stands out in it, and how sure that is."""

import ui
from ui import certainty, over_waves, profile, profile_places, profile_series

frame = ui.frame()
ui.heading(frame, "profile")

shown = profile.Profile(frame, profile.region_of(frame), certainty.level_of(frame), ui.pickers.synthetic(frame))

profile.banner(shown)
profile.stands_out(shown)
profile.how_sure(shown)
over_waves.profile_over_waves(shown)
profile_places.places(shown)
profile_series.trends(shown)
profile_series.use(shown)
profile.cannot_be_assessed(shown)
