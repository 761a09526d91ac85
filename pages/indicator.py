"""Indikator: what is measured, how sure it is, what to beware of, and every figure."""

import ui
from ui import indicator, indicator_figures

frame = ui.frame()
ui.heading(frame, "indicator")

chosen = ui.pickers.indicator_of(frame, indicator.ALL_AREAS, "trust_overall")

indicator.links(frame, chosen)
indicator_figures.table(indicator_figures.chosen(frame, chosen))
indicator.card(frame, chosen)
