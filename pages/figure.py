"""En uppgift: where it comes from, down to the cell, and what it has been before."""

import ui
from ui import provenance, provenance_cell, provenance_record

frame = ui.frame()
ui.heading(frame, "figure")

if provenance_record.asked():
    provenance_record.draw(frame)
elif walk := provenance.chosen(frame):
    if walk.row:
        provenance.figure(walk)
        provenance.origin(walk)
        provenance_cell.cell(walk)
    provenance.history(walk)
