"""A region's page as HTML: its lead cards, and every measure as a row with the region among all."""

from collections.abc import Mapping, Sequence
from typing import Final

from locales import text
from ui.escape import as_html
from ui.parts import chip, drawn_line, link, paragraphs
from views.profile import Lead, Row, Spread
from views.reading import Moved

_COLUMNS: Final = {
    "measure": "profile.table.measure",
    "value": "profile.columns.value",
    "spread-of": "profile.table.spread",
    "verdict": "profile.columns.judgement",
    "difference": "profile.columns.difference",
    "place": "profile.columns.rank",
    "since last": "profile.table.since_last",
    "since pandemic": "profile.table.since_pandemic",
    "since audit": "profile.table.since_audit",
    "over_time": "area.development",
}
"""The columns by the names of their cells' classes, each with its heading."""


def leads(cards: Sequence[Lead]) -> str:
    return f'<div class="cards four">{"".join(_lead(one) for one in cards)}</div>'


def _lead(one: Lead) -> str:
    body = f'<h3 class="of">{link(one.title, one.address)}</h3><p class="big"><b>{as_html(one.value)}</b> '
    body += f"<small>{as_html(one.unit)}</small> {drawn_line(one.over_time, 110)}</p><p>{chip(one.verdict)}</p>"
    body += paragraphs(one.beside, "said")
    if one.next_step:
        body += f'<p class="said">{link(*one.next_step, arrow=True)}</p>'
    return f'<section class="card lead-card is-{one.verdict.judgement}">{body}</section>'


def measures(rows: Sequence[Row], caption: str, language: str) -> str:
    """Every measure in a row; on a telephone each row is a block of its own."""
    heads = {name: text(key, language) for name, key in _COLUMNS.items()}
    head = "".join(f'<th scope="col" role="columnheader">{as_html(words)}</th>' for words in heads.values())
    body = "".join(_measure(one, heads, language) for one in rows)
    return (
        f'<table class="figures measures" role="table"><caption class="unseen">{as_html(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _measure(one: Row, heads: Mapping[str, str], language: str) -> str:
    value = link(one.cell.value, one.cell.address) if one.cell.address else as_html(one.cell.value)
    cells = {
        "value": f"<b>{value}</b>",
        "spread-of": spread(one.spread, one.cell.verdict.judgement, assumed=one.cell.verdict.assumed),
        "verdict": chip(one.cell.verdict),
        "difference": as_html(one.difference),
        "place": as_html(one.place),
        "since last": _moved(one.since_last, language),
        "since pandemic": _moved(one.since_pandemic, language),
        "since audit": _moved(one.since_audit, language),
        "over_time": drawn_line(one.over_time),
    }
    told = "".join(
        f'<td role="cell" class="{name}" data-head="{as_html(heads[name])}">{cell}</td>' for name, cell in cells.items()
    )
    name = f"{link(one.title, one.address)}<small>{as_html(one.period)}</small>"
    moved = one.since_last.first or one.since_pandemic.first or one.since_audit.first
    looks = "" if moved else ' class="unmoved"'
    return f'<tr role="row"{looks}><th scope="row" role="rowheader">{name}</th>{told}</tr>'


def _moved(moved: Moved, language: str) -> str:
    if not moved.first:
        return as_html(moved.words)
    words = text("profile.table.from", language, said=moved.words, period=moved.first)
    return f"<small>{as_html(words)}</small>"


def spread(one: Spread, judgement: str, *, assumed: bool) -> str:
    """Every region a small point, the nation a bar, the region itself a dot with its interval."""
    parts = [f'<i class="other" style="left:{100 * place:.1f}%"></i>' for place in one.others]
    if one.nation is not None:
        parts.append(f'<i class="mid" style="left:{100 * one.nation:.1f}%"></i>')
    if one.low is not None and one.high is not None:
        parts.append(f'<i class="bar" style="left:{100 * one.low:.1f}%;width:{100 * (one.high - one.low):.1f}%"></i>')
    if one.own is not None:
        parts.append(f'<i class="dot" style="left:{100 * one.own:.1f}%"></i>')
    looks = f"is-{judgement}{' is-assumed' if assumed else ''}"
    return f'<span class="spread {looks}" aria-hidden="true">{"".join(parts)}</span>'
