"""En uppgift: hur den är bedömd, var den kommer från, ner till cellen, och vad den har varit."""

import ui
from ui.figure import cell, page, record, worked

visit = ui.visit()

if record.asked():
    ui.heading(visit, "figure")
    record.draw(visit)
elif walk := page.chosen(visit):
    if walk.row:
        worked.draw(walk)
        page.figure(walk)
        page.origin(walk)
        cell.cell(walk)
    page.history(walk)
