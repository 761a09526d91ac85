"""Uppföljning: how the recommendations stand, what is late, and what the figures have done since."""

import streamlit as st

import ui
from ui import statements_form
from ui.followup import entry, late, page

visit = ui.visit()
finding = st.container()
view = page.asked(visit)

with finding:
    page.head(view)
late.late(view)
page.draw(view)
page.compilation(view)
page.guide(view)
entry.forms(view)
statements_form.audited(visit)
