"""The regions on one scale, or as the country's tiles, as a picture to take away."""

from functools import partial

from analysis import Comparison
from charts.drawn_grids import tiles_drawn
from charts.drawn_tables import strips_drawn
from ui import pictures
from ui.visit import Visit
from views.area import Area


def regions_picture(visit: Visit, view: Area, comparison: Comparison, shown: str) -> list[pictures.Taken]:
    """What the card shows: "map" the tiles, else the strips; nothing where there is no figure."""
    if comparison.period is None:
        return []
    indicator, period = comparison.indicator, comparison.period.key
    drawing = partial(tiles_drawn, view.strips, view.scale.benchmark) if shown == "map" else partial(strips_drawn, view)
    notes = () if shown == "map" else view.notes
    title = indicator.short_title.in_language(visit.language)
    taken = pictures.of_table(
        visit,
        (view.headline, " · ".join((indicator.title.in_language(visit.language), *notes))),
        drawing,
        ((indicator.id,), (period, period)),
        synthetic=comparison.synthetic,
        assumed=any(one.cell.verdict.assumed for one in view.strips),
        name=f"{title} {visit.say('area.show.map')}" if shown == "map" else title,
    )
    return [taken]
