"""Mål: which goals are decided, by whom, and whether they are reached; what has none."""

import streamlit as st

import ui
from ui.targets import form, page, shares

frame = ui.frame()
finding = st.container()
view = page.chosen(frame)

with finding:
    page.head(view)
form.said()
page.goals(view)
page.workbook(view)
shares.shares(view)
shares.history(view)
form.draw(frame)
