"""Översikt: the chosen regions judged in the key measures, what is new, what one can do here."""

import streamlit as st

import ui
from ui.overview import page

visit = ui.visit()
finding = st.container()
row = ui.take.controls(visit)
with row:
    chosen, level, synthetic = page.choices(visit)

view = page.asked(visit, chosen, level, synthetic=synthetic)

page.leaves(visit, view, chosen, level, synthetic=synthetic)
with finding:
    page.head(visit, view)
    ui.synthetic_banner(visit, view)
page.draw(visit, view, level)
page.doors(visit, chosen, synthetic=synthetic)
