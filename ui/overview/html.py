"""Översikt as HTML: the heat map as a table, on a telephone a table per measure; the country's tiles; the cards."""

from collections.abc import Sequence

from charts.region_labels import LINES, TILES
from locales import text
from ui.escape import as_html
from ui.parts import card, chip, drawn_line, judged_cell, link, paragraphs, sign
from views.overview import Group, Measure, Overview, RegionCard, Tile, meanings
from wording.symbols import symbol_of


def heat_map(view: Overview, language: str) -> str:
    """The measures against the benchmark: a wide table for a desk, and the same as one short table a measure for a
    telephone; a browser shows one of them."""
    groups = [*view.now, *([view.older] if view.older else [])]
    caption = as_html(text("overview.table", language, benchmark=view.against))
    note = as_html(text("overview.table_note", language))
    wide = f'<table class="heat wide"><caption>{caption}. {note}</caption>{_head(view, language)}'
    wide += "".join(_body(group, 3 + len(view.names)) for group in groups) + "</table>"
    narrow = "".join(_narrow(group, view, language) for group in groups)
    return (
        f'<section class="card">{wide}<div class="heat narrow">{narrow}</div>{legend(view.assumed, language)}</section>'
    )


def _head(view: Overview, language: str) -> str:
    names = "".join(f'<th scope="col">{link(name, address)}</th>' for name, address in view.names)
    measure, nation, over_time = (
        as_html(text(f"overview.{key}", language)) for key in ("measure", "nation", "over_time")
    )
    first = f'<th scope="col"><span class="unseen">{measure}</span></th><th scope="col" class="number">{nation}</th>'
    return f'<thead><tr>{first}{names}<th scope="col">{over_time}</th></tr></thead>'


def _body(group: Group, columns: int) -> str:
    rows = "".join(
        f'<tr><th scope="row">{link(one.title, one.address)}<small>{as_html(one.of)}</small></th>'
        f'<td class="number">{as_html(one.nation)}</td>{"".join(judged_cell(cell) for cell in one.cells)}'
        f"<td>{drawn_line(one.over_time)}</td></tr>"
        for one in group.measures
    )
    heading = f'<tr class="area"><th scope="rowgroup" colspan="{columns}">{as_html(group.title)}</th></tr>'
    return f"<tbody>{heading}{rows}</tbody>"


def _narrow(group: Group, view: Overview, language: str) -> str:
    return f"<h3>{as_html(group.title)}</h3>" + "".join(short(one, view.names, language) for one in group.measures)


def short(measure: Measure, names: Sequence[tuple[str, str]], language: str) -> str:
    """One measure for a telephone: the nation first, then a line a region."""
    nation = as_html(text("overview.nation", language))
    rows = [f'<tr><th scope="row">{nation}</th><td class="number">{as_html(measure.nation)}</td><td></td></tr>']
    for (name, address), cell in zip(names, measure.cells, strict=True):
        value = link(cell.value, cell.address) if cell.address else as_html(cell.value)
        rows.append(
            f'<tr><th scope="row">{link(name, address)}</th><td class="number">{value}</td>'
            f"<td>{chip(cell.verdict)}</td></tr>"
        )
    caption = f"{link(measure.title, measure.address)} <small>{as_html(measure.of)}</small>"
    return f"<table><caption>{caption}</caption><tbody>{''.join(rows)}</tbody></table>"


def legend(assumed: bool, language: str) -> str:
    """What a heat map's symbols and colours mean; `assumed`: some cell stands on an assumed base."""
    words = meanings(language)
    items = [f'<li class="is-{name}">{symbol_of(name)} {as_html(said)}</li>' for name, said in words.items()]
    if assumed:
        items.append(f'<li class="is-assumed">{as_html(text("overview.legend_assumed", language))}</li>')
    return f'<ul class="legend">{"".join(items)}</ul>'


def country(view: Overview, language: str) -> str:
    """The country's regions as equal tiles, each with its value and symbol, on the way to its profile."""
    tiles = "".join(tile(one) for one in view.country)
    words = f'<p class="said">{as_html(view.country_title)}</p><ul class="tiles">{tiles}</ul>'
    words += paragraphs([view.counted, text("overview.chosen_marked", language)])
    more = f"<p>{link(text('overview.all_regions', language), view.country_address, arrow=True)}</p>"
    return card(text("overview.country", language), words + more)


def tile(one: Tile) -> str:
    """A region of the country's map, on the way to its profile."""
    column, row = TILES[one.code]
    verdict, name = one.cell.verdict, "<br>".join(as_html(part) for part in LINES[one.code])
    looks = f"is-{verdict.judgement}{' is-assumed' if verdict.assumed else ''}{' is-chosen' if one.chosen else ''}"
    return (
        f'<li class="{looks}" style="grid-column:{column + 1};grid-row:{row + 1}">'
        f'<a href="{as_html(one.address)}" title="{as_html(one.cell.said)}"><b>{name}</b>'
        f'<span><span aria-hidden="true">{verdict.symbol}</span> {as_html(one.cell.value)}</span>'
        f'<span class="unseen">{as_html(verdict.word)}</span></a></li>'
    )


def region_cards(cards: Sequence[RegionCard], heading: str) -> str:
    return f'<h2 class="over">{as_html(heading)}</h2><div class="cards">{"".join(_region(one) for one in cards)}</div>'


def _region(one: RegionCard) -> str:
    signs = "".join(sign(verdict, said) for said, verdict in one.verdicts)
    return (
        f'<section class="card region"><h3>{link(one.name, one.address)}</h3>'
        f'<p class="big"><b>{as_html(one.value)}</b> <small>{as_html(one.unit)}</small> '
        f"{drawn_line(one.over_time, 110)}</p>"
        f'<p class="said">{as_html(one.about)}</p><p class="signs">{signs}</p>'
        f"<p>{as_html(one.standing[:1].upper() + one.standing[1:])}</p></section>"
    )
