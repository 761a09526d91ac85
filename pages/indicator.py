"""Indikator: what is measured, every figure, how sure it is, what to beware of."""

import streamlit as st

import ui
from ui.indicator import card, figures

frame = ui.frame()
finding = st.container()

with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
    chosen = ui.pickers.indicator_of(frame, card.ALL_AREAS, "trust_overall")
    found = figures.chosen(frame, chosen)

with finding:
    card.head(frame, chosen)
    figures.workbook(found)
    figures.synthetic(found)

card.what(frame, chosen)
figures.table(found)
card.card(frame, chosen)
