"""Telefon: choose → ask → draw. What is real stands first; example data only when the reader asks for it."""

import streamlit as st

import analysis
import ui
from analysis.phone.measures import FOR_PHONE
from ui.area import page
from ui.phone import page as phone
from ui.phone import week

frame = ui.frame()
finding = st.container()
asked = ui.pickers.synthetic(frame, resets=ui.pickers.of_the_figures)
choice = ui.pickers.figures(
    frame, ("phone",), first="calls_share_answered", only=FOR_PHONE, nation=False, include_synthetic=asked
)

comparison = analysis.compare_regions(
    frame.store, choice.indicator.id, choice.period, regions=choice.regions, sex=choice.sex, benchmark=choice.benchmark,
    level=choice.level, as_of=frame.as_of, include_synthetic=asked,
)  # fmt: skip
series = analysis.series_over_time(
    frame.store, choice.indicator.id, regions=choice.chosen, sex=choice.sex, kind=choice.kind, as_of=frame.as_of,
    include_synthetic=asked,
)  # fmt: skip
view = page.asked(frame, comparison, series, choice.chosen)

with finding:
    page.head(frame, "phone", view, comparison, series)
phone.which_level(frame, choice)
if not ui.pickers.only_made_up(frame, choice.indicator, include_synthetic=asked):
    page.draw(frame, view, choice, comparison, series)
    phone.beware(frame, choice, series.rows)
    phone.every_measure(frame, choice, include_synthetic=asked)
    phone.disagreeing(frame, choice, include_synthetic=asked)
week.profile(frame, choice, warned=comparison.synthetic or series.synthetic, include_synthetic=asked)
page.foot(frame, comparison, series)
