"""Egen jämförelse: choose anything → ask → draw."""

import streamlit as st

import ui
from ui.compare import page, pickers
from ui.compare import view as compare

visit = ui.visit()
finding = st.container()
view = pickers.chosen(visit)

if compare.some(view):
    made = page.asked(view)
    with finding:
        page.head(view, made)
        compare.warn(view)
    page.draw(view, made)
else:
    with finding:
        ui.heading(visit, "compare")
        compare.warn(view)
