"""En uppgift: hur den är bedömd, var den kommer från, ner till cellen, och vad den har varit."""

import ui
from ui.figure import cell, page, record, worked

frame = ui.frame()

if record.asked():
    ui.heading(frame, "figure")
    record.draw(frame)
elif walk := page.chosen(frame):
    if walk.row:
        worked.draw(walk)
        page.figure(walk)
        page.origin(walk)
        cell.cell(walk)
    page.history(walk)
