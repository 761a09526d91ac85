"""Så bedöms skillnader: how every judgement is made, in plain words and with an example of today."""

import ui
from ui.method import page

visit = ui.visit()
ui.heading(visit, "method")
page.draw(visit)
