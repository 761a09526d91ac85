"""Sök: pages, indicators, regions and care units by their words."""

import ui
from ui.menu import GROUPS
from ui.search import page

frame = ui.frame()
ui.heading(frame, "search")

words = page.asked(frame)
page.answers(frame, words, [name for names in GROUPS.values() for name in names if name not in GROUPS["staff"]])
