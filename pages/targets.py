"""Mål: which targets are decided, by whom, and whether they are reached; what has none."""

import streamlit as st

import ui
from ui.targets import form, page, shares

visit = ui.visit()
finding = st.container()
view = page.chosen(visit)

with finding:
    page.head(view)
form.said()
page.targets(view)
page.workbook(view)
shares.shares(view)
shares.history(view)
form.draw(visit)
