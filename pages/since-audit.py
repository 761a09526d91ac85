"""Sedan granskningen: what has changed since the audit, and what the audits' findings are today."""

import streamlit as st

import ui
from ui.since_audit import page

visit = ui.visit()
finding = st.container()
codes = page.chosen(visit)
view = page.asked(visit, codes)

with finding:
    page.head(visit, view)
page.leaves(visit, view, codes)
page.draw(visit, view)
