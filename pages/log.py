"""Händelselogg: who did what, when, from what to what and why, and whether the log is whole."""

import ui

visit = ui.visit()
ui.who.require("log")

events = ui.log.chain(visit)
chosen = ui.log.choose(visit, events)
ui.log.show(visit, chosen)
ui.log.downloads(visit, chosen)
