"""A measure over the regions as HTML: every region's dot and interval on one scale, and the chosen ones in figures.

The scale is drawn in shares of the column's width, so that the same table is right on a desk and on a telephone.
"""

from collections.abc import Sequence
from typing import Protocol

from charts.region_labels import TILES
from locales import text
from ui.escape import as_html
from ui.parts import chip, drawn_line, link
from views.area import Scale, Strip
from views.reading import Figures, Reading


class OnOneScale(Protocol):
    """What holds regions on a common scale."""

    @property
    def strips(self) -> Sequence[Strip]: ...

    @property
    def scale(self) -> Scale: ...


def strips(view: OnOneScale, caption: str, language: str) -> str:
    """Each region a row: its name, its dot and interval against the benchmark's line, its value and verdict."""
    rows = "".join(_strip(one, view.scale) for one in view.strips)
    region, verdict = (as_html(text(f"area.{key}", language)) for key in ("region", "value_and_verdict"))
    head = (
        f'<thead><tr><th scope="col"><span class="unseen">{region}</span></th>'
        f'<th scope="col" class="whole"><span>{_whole(view)}</span></th>'
        f'<th scope="col"><span class="unseen">{verdict}</span></th></tr></thead>'
    )
    return (
        f'<table class="strips"><caption class="unseen">{as_html(caption)}</caption>{head}'
        f'<tbody>{rows}</tbody><tfoot><tr><td></td><td class="scale" aria-hidden="true">{_ticks(view.scale)}</td>'
        f"<td></td></tr></tfoot></table>{_legend(view)}"
    )


def _legend(view: OnOneScale) -> str:
    """What the symbols say, for a telephone, where the words beside them have no room."""
    found = {one.cell.verdict.word: one.cell.verdict for one in view.strips if not one.nation}
    signs = "".join(
        f'<li class="is-{verdict.judgement}"><b>{verdict.symbol}</b> {as_html(word)}</li>'
        for word, verdict in found.items()
    )
    return f'<ul class="legend narrow" aria-hidden="true">{signs}</ul>'


def _whole(view: OnOneScale) -> str:
    """The benchmark's name over its line."""
    places = [one.benchmark for one in view.strips if one.benchmark is not None]
    if not places:
        return ""
    at = 100 * places[0]
    side = "left" if at < 30 else "right" if at > 70 else "middle"
    return f'<b class="at {side}" style="left:{at:.1f}%">{as_html(view.scale.benchmark)}</b>'


def _ticks(scale: Scale) -> str:
    return "".join(f'<span style="left:{100 * at:.1f}%">{as_html(words)}</span>' for at, words in scale.ticks)


def _strip(one: Strip, scale: Scale) -> str:
    verdict = one.cell.verdict
    looks = f"is-{'nation' if one.nation else verdict.judgement}{' is-assumed' if verdict.assumed else ''}"
    parts = [f'<i class="grid" style="left:{100 * at:.1f}%"></i>' for at, _ in scale.ticks]
    if one.benchmark is not None:
        parts.append(f'<i class="line" style="left:{100 * one.benchmark:.1f}%"></i>')
    if one.low is not None and one.high is not None:
        parts.append(f'<i class="bar" style="left:{100 * one.low:.1f}%;width:{100 * (one.high - one.low):.1f}%"></i>')
    if one.estimate is not None:
        parts.append(f'<i class="dot" style="left:{100 * one.estimate:.1f}%"></i>')
    name = link(one.name, one.address) if one.address else as_html(one.name)
    value = link(one.cell.value, one.cell.address) if one.cell.address else as_html(one.cell.value)
    sign = f'<span aria-hidden="true">{verdict.symbol}</span> <span class="word">{as_html(verdict.word)}</span>'
    words = "" if one.nation else f' <span class="verdict">{sign}</span>'
    looks += f"{' is-chosen' if one.chosen else ''}{' is-pinned' if one.pinned else ''}"
    return (
        f'<tr class="{looks}"><th scope="row">{name}</th>'
        f'<td class="strip" title="{as_html(one.cell.said)}"><span aria-hidden="true">{"".join(parts)}</span></td>'
        f'<td class="number">{value}{words}</td></tr>'
    )


def tiles(view: OnOneScale) -> str:
    """The same as a map of equal tiles; a list to a screen reader."""
    return f'<ul class="tiles large">{"".join(_tile(one) for one in view.strips if one.code in TILES)}</ul>'


def _tile(one: Strip) -> str:
    column, row = TILES[one.code]
    verdict = one.cell.verdict
    looks = f"is-{verdict.judgement}{' is-assumed' if verdict.assumed else ''}{' is-chosen' if one.chosen else ''}"
    return (
        f'<li class="{looks}" style="grid-column:{column + 1};grid-row:{row + 1}">'
        f'<a href="{as_html(one.address)}" title="{as_html(one.cell.said)}"><b>{as_html(one.name)}</b>'
        f'<span>{as_html(one.cell.value)} <span aria-hidden="true">{verdict.symbol}</span></span>'
        f'<span class="word">{as_html(verdict.word)}</span></a></li>'
    )


def figures(view: Reading, caption: str, language: str) -> str:
    """The chosen regions in figures; on a telephone each row is a block of its own."""
    heads = [*(head for _, head in view.columns), text("area.development", language)]
    head = "".join(f'<th scope="col">{as_html(one)}</th>' for one in heads)
    rows = "".join(_figures(one, view.columns[1:], heads[-1]) for one in view.rows)
    return (
        f'<table class="figures"><caption class="unseen">{as_html(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _figures(one: Figures, columns: Sequence[tuple[str, str]], development: str) -> str:
    value = link(one.cell.value, one.cell.address) if one.cell.address else as_html(one.cell.value)
    drawn = {"shown": value, "verdict": chip(one.cell.verdict)}
    cells = [(head, drawn.get(name) or as_html(getattr(one, name))) for name, head in columns]
    told = "".join(
        f'<td data-head="{as_html(head)}">{cell}</td>'
        for head, cell in (*cells, (development, drawn_line(one.over_time, 110)))
    )
    remark = f"<small>{as_html(one.remark)}</small>" if one.remark else ""
    return f'<tr><th scope="row">{link(one.name, one.address)}{remark}</th>{told}</tr>'
