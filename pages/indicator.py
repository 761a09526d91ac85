"""Indikator: what is measured, how sure it is, what to beware of, and every figure."""

import ui
from ui.indicator import card, figures

frame = ui.frame()
ui.heading(frame, "indicator")

chosen = ui.pickers.indicator_of(frame, card.ALL_AREAS, "trust_overall")

card.links(frame, chosen)
figures.table(figures.chosen(frame, chosen))
card.card(frame, chosen)
