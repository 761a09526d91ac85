"""Händelselogg: who did what, when, from what to what and why, and whether the log is whole."""

import ui

frame = ui.frame()
ui.who.require("log")

events = ui.log.chain(frame)
chosen = ui.log.choose(frame, events)
ui.log.show(frame, chosen)
ui.log.downloads(frame, chosen)
