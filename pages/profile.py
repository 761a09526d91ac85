"""Regionprofil: one region in its lead measures, in every measure among all, and over time."""

import streamlit as st

import ui
from ui import over_waves
from ui.profile import page, series, standing

visit = ui.visit()
finding = st.container()
row = ui.take.controls(visit)
with row:
    region = page.region_of(visit)
    page.neighbours(visit, region)
    level, synthetic = ui.pickers.more(visit)

shown = page.Profile(visit, region, level, synthetic)
view = page.view_of(shown)

page.leaves(shown, view)
with finding:
    ui.finding(visit, "profile", view.name, view.lead, view.name, rests=view.survey)
    page.banner(shown)
page.lead_cards(view)
page.all_measures(shown, view)
page.how_sure(shown, standing.by_chance(shown))
with st.expander(visit.say("profile.table.words")):
    standing.standing(shown)
    page.stands_out(shown)
    over_waves.profile_over_waves(shown)
    page.cannot_be_assessed(shown)
page.other_cards(shown)
with st.expander(visit.say("profile.use")):
    series.use(shown)
