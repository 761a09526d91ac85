"""Several measures as HTML: the regions down, the measures across; on a telephone a table a measure."""

from collections.abc import Sequence
from typing import Final

from locales import text
from ui.escape import as_html
from ui.overview.html import legend, short, tile
from ui.parts import drawn_line, judged_cell, link
from views.compare import Several

_NAMES: Final = 10  # the least width of the regions' names and of a measure, in rem
_MEASURE: Final = 7


def heat_map(view: Several, language: str) -> str:
    """Every region's value and judgement in every measure."""
    cells = [[judged_cell(one) for one in measure.cells] for measure in view.measures]
    nation = [f'<td class="number">{as_html(measure.nation)}</td>' for measure in view.measures]
    wide = _scrolled(_by_region(view, cells, language, nation), view)
    narrow = "".join(short(one, view.names, language) for one in view.measures)
    return f'{wide}<div class="heat narrow">{narrow}</div>{legend(view.assumed, language)}'


def places(view: Several, language: str) -> str:
    """Every region's place in every measure, with its interval."""
    cells = [[f'<td class="number">{as_html(place)}</td>' for place in one.places] for one in view.beside]
    return _scrolled(_by_region(view, cells, language), view)


def lines(view: Several, language: str) -> str:
    """Every region over time in every measure, beside the nation."""
    cells = [[f"<td>{drawn_line(line) or '–'}</td>" for line in one.lines] for one in view.beside]
    return _scrolled(_by_region(view, cells, language), view)


def maps(view: Several) -> str:
    """The country in every measure."""
    drawn = "".join(
        f'<section><h3>{link(measure.title, measure.address)}</h3><p class="said">{as_html(measure.of)}</p>'
        f'<ul class="tiles">{"".join(tile(one) for one in beside.country)}</ul></section>'
        for measure, beside in zip(view.measures, view.beside, strict=True)
    )
    return f'<div class="cards four">{drawn}</div>'


def _scrolled(table: str, view: Several) -> str:
    label = as_html(view.headline)
    return f'<div class="sideways" role="region" tabindex="0" aria-label="{label}">{table}</div>'


def _by_region(view: Several, cells: Sequence[Sequence[str]], language: str, nation: Sequence[str] = ()) -> str:
    """One row a region. `cells`: of each measure, one a region; `nation`: of each measure, for a first row."""
    heads = "".join(
        f'<th scope="col">{link(one.title, one.address)}<small>{as_html(one.of)}</small></th>' for one in view.measures
    )
    first = f'<th scope="row">{as_html(text("overview.nation", language))}</th>{"".join(nation)}'
    rows = [f"<tr>{first}</tr>"] if nation else []
    for place, ((name, address), chosen) in enumerate(zip(view.names, view.chosen, strict=True)):
        looks = ' class="is-chosen"' if chosen else ""
        own = "".join(column[place] for column in cells)
        rows.append(f'<tr{looks}><th scope="row">{link(name, address)}</th>{own}</tr>')
    region = as_html(text("area.region", language))
    about = f'<caption class="unseen">{as_html(view.headline)}</caption>'
    caption = f"<caption>{as_html(view.caption)}</caption>" if nation else about
    kind = "heat by-region wide" if nation else "heat by-region"
    least = _NAMES + _MEASURE * len(view.measures)
    return (
        f'<table class="{kind}" style="min-width:{least}rem">{caption}<thead><tr>'
        f'<th scope="col"><span class="unseen">{region}</span></th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
