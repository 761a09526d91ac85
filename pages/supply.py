"""Utbud av e-tjänster: choose → ask → draw."""

import streamlit as st

import ui
from ui.supply import page, pickers

visit = ui.visit()
finding = st.container()
view = pickers.chosen(visit)

with finding:
    if view:
        page.head(view)
    else:
        ui.heading(visit, "supply")
if view:
    page.draw(view)
    page.foot(view)
