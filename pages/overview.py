"""Översikt: the chosen regions judged in the key measures, what is new, what one can do here."""

import streamlit as st

import ui
from ui.overview import page

frame = ui.frame()
finding = st.container()
chosen, level, synthetic = page.choices(frame)

view = page.asked(frame, chosen, level, synthetic=synthetic)

with finding:
    page.head(frame, view)
    ui.synthetic_banner(frame, view)
page.draw(frame, view, level)
page.doors(frame, chosen, synthetic=synthetic)
