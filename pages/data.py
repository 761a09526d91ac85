"""Data och källor: every figure's cell, every file, what there is of each indicator."""

import streamlit as st

import analysis
import ui
from indicators import AREAS
from ui.parts import card_head

visit = ui.visit()
ui.heading(visit, "data")

st.page_link("pages/open-data.py", label=visit.say("open_data.to_everything"), query_params=visit.linked())
with ui.take.controls(visit):
    indicator = ui.pickers.indicator_of(visit, AREAS, "trust_overall")
    sex, period = ui.pickers.when(visit, indicator)
ui.take.menu(visit, indicators=(indicator.id,), page=True)

level = ui.certainty.remembered_level(visit)

comparison = analysis.compare_regions(visit.store, indicator.id, period, sex=sex, level=level, as_of=visit.as_of)

ui.synthetic_banner(visit, comparison)
with st.container(border=True, key="card cells"):
    st.html(card_head(visit.say("ui.where_it_stands")))
    ui.figures_table(visit, comparison, expanded=True)
    ui.source_note(visit, comparison)

with st.container(border=True, key="card files"):
    st.html(card_head(visit.say("ui.uploads.heading")))
    ui.status.uploads_table(visit)
    ui.status.original_button(visit)

with st.container(border=True, key="card held"):
    st.html(card_head(visit.say("ui.data_status")))
    ui.status.status_table(visit)
