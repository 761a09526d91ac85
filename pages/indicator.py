"""Indikator: what is measured, every figure, how sure it is, what to beware of."""

import streamlit as st

import ui
from indicators import AREAS
from ui.indicator import card, figures

visit = ui.visit()
finding = st.container()

with ui.take.controls(visit):
    chosen = ui.pickers.indicator_of(visit, AREAS, "trust_overall")
    found = figures.chosen(visit, chosen)

with finding:
    card.head(visit, chosen)
    figures.workbook(found)
    figures.synthetic(found)

card.what(visit, chosen)
figures.table(found)
card.card(visit, chosen)
