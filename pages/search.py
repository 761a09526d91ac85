"""Sök: pages, indicators, regions and care units by their words."""

import ui
from ui.menu import GROUPS
from ui.search import page

visit = ui.visit()
ui.heading(visit, "search")

words = page.asked(visit)
page.answers(visit, words, [name for names in GROUPS.values() for name in names if name not in GROUPS["staff"]])
