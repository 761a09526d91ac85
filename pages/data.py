"""Data och källor: every figure's cell, every file, what there is of each indicator."""

import streamlit as st

import analysis
import ui
from ui.parts import card_head

frame = ui.frame()
ui.heading(frame, "data")

with st.container(key="take", horizontal=True), st.popover(frame.say("ui.take")):
    ui.status.everything_button(frame)
with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
    indicator = ui.pickers.indicator_of(frame, ("trust", "satisfaction", "uptake", "phone", "supply"), "trust_overall")
    sex, period = ui.pickers.when(frame, indicator)

level = ui.certainty.remembered_level(frame)

comparison = analysis.compare_regions(frame.store, indicator.id, period, sex=sex, level=level, as_of=frame.as_of)

ui.synthetic_banner(frame, comparison)
with st.container(border=True, key="card cells"):
    st.html(card_head(frame.say("ui.where_it_stands")))
    ui.figures_table(frame, comparison, expanded=True)
    ui.source_note(frame, comparison)

with st.container(border=True, key="card files"):
    st.html(card_head(frame.say("ui.uploads.heading")))
    ui.status.uploads_table(frame)
    ui.status.original_button(frame)

with st.container(border=True, key="card held"):
    st.html(card_head(frame.say("ui.data_status")))
    ui.status.status_table(frame)
