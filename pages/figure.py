"""En uppgift: where it comes from, down to the cell, and what it has been before."""

import ui
from ui.figure import cell, page, record

frame = ui.frame()
ui.heading(frame, "figure")

if record.asked():
    record.draw(frame)
elif walk := page.chosen(frame):
    if walk.row:
        page.figure(walk)
        page.origin(walk)
        cell.cell(walk)
    page.history(walk)
