"""Sedan granskningen: what has changed since the audit, and what the audits' findings are today."""

import streamlit as st

import ui
from ui.since_audit import page

visit = ui.visit()
finding = st.container()
view = page.asked(visit, page.chosen(visit))

with finding:
    page.head(visit, view)
page.draw(visit, view)
