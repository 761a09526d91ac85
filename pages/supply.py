"""Utbud av e-tjänster: choose → ask → draw."""

import streamlit as st

import ui
from ui.supply import page, pickers

frame = ui.frame()
finding = st.container()
view = pickers.chosen(frame)

with finding:
    if view:
        page.head(view)
    else:
        ui.heading(frame, "supply")
if view:
    page.draw(view)
    page.foot(view)
