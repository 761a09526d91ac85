"""Kundnöjdhet: choose → ask → draw."""

import streamlit as st

import analysis
import ui
from ui.area import page

frame = ui.frame()
finding = st.container()
choice = ui.pickers.figures(frame, ("satisfaction",), first="nki_phone")

comparison = analysis.compare_regions(
    frame.store, choice.indicator.id, choice.period, regions=choice.regions, sex=choice.sex, benchmark=choice.benchmark,
    level=choice.level, as_of=frame.as_of,
)  # fmt: skip
series = analysis.series_over_time(
    frame.store, choice.indicator.id, regions=choice.chosen, sex=choice.sex, kind=choice.kind, as_of=frame.as_of
)
view = page.asked(frame, comparison, series, choice.chosen)

with finding:
    page.head(frame, "satisfaction", view, comparison, series)
page.draw(frame, view, choice, comparison, series)
page.foot(frame, comparison, series)
