"""En uppgift: where it comes from, down to the cell, and what it has been before."""

import ui
from ui import provenance, provenance_cell

frame = ui.frame()
ui.heading(frame, "figure")

walk = provenance.chosen(frame)

if walk and walk.row:
    provenance.figure(walk)
    provenance.origin(walk)
    provenance_cell.cell(walk)
if walk:
    provenance.history(walk)
