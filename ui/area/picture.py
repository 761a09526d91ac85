"""The regions on one scale as a picture to take away."""

from functools import partial

from analysis import Comparison
from charts.drawn_tables import strips_drawn
from ui import pictures
from ui.visit import Visit
from views.area import Area


def strips_picture(visit: Visit, view: Area, comparison: Comparison) -> None:
    """The regions on one scale as a picture, in the card's menu."""
    if comparison.period is None:
        return
    indicator, period = comparison.indicator, comparison.period.key
    taken = pictures.of_table(
        visit,
        (view.headline, " · ".join((indicator.title.in_language(visit.language), *view.notes))),
        partial(strips_drawn, view),
        ((indicator.id,), (period, period)),
        synthetic=comparison.synthetic,
        assumed=any(one.cell.verdict.assumed for one in view.strips),
        name=indicator.short_title.in_language(visit.language),
    )
    pictures.buttons(visit, taken)
