"""A region's page as HTML: its lead cards, and every measure as a row with the region among all."""

from collections.abc import Sequence
from typing import Final

from locales import text
from ui.escape import as_html
from ui.parts import chip, drawn_line, link
from views.area import Moved
from views.profile import Lead, Row, Spread

_COLUMNS: Final = (
    "measure", "value", "spread", "verdict", "difference", "place", "since_last", "since_pandemic", "since_audit",
)  # fmt: skip


def leads(cards: Sequence[Lead]) -> str:
    return f'<div class="cards four">{"".join(_lead(one) for one in cards)}</div>'


def _lead(one: Lead) -> str:
    looks = f"is-{one.verdict.judgement}" if one.verdict else "is-not_assessable"
    body = f'<h3 class="of">{link(one.title, one.address)}</h3><p class="big"><b>{as_html(one.value)}</b> '
    body += f"<small>{as_html(one.unit)}</small> {drawn_line(one.over_time, 110)}</p>"
    body += f"<p>{chip(one.verdict)}</p>" if one.verdict else ""
    body += "".join(f'<p class="said">{as_html(words)}</p>' for words in (*one.beside, *filter(None, [one.missing])))
    return f'<section class="card lead-card {looks}">{body}</section>'


def measures(rows: Sequence[Row], caption: str, language: str) -> str:
    """Every measure in a row; on a telephone each row is a block of its own."""
    keys = (
        "measure",
        "value",
        "spread",
        "verdict",
        "difference",
        "place",
        "since_last",
        "since_pandemic",
        "since_audit",
    )
    heads = [_head(key, language) for key in keys] + [text("area.development", language)]
    head = "".join(f'<th scope="col" role="columnheader">{as_html(words)}</th>' for words in heads)
    body = "".join(_measure(one, heads, language) for one in rows)
    return (
        f'<table class="figures measures" role="table"><caption class="unseen">{as_html(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _head(key: str, language: str) -> str:
    own = {"value": "profile.columns.value", "verdict": "profile.columns.judgement",
           "difference": "profile.columns.difference", "place": "profile.columns.rank"}  # fmt: skip
    return text(own.get(key, f"profile.table.{key}"), language)


def _measure(one: Row, heads: Sequence[str], language: str) -> str:
    value = link(one.cell.value, one.cell.address) if one.cell.address else as_html(one.cell.value)
    cells = [
        f"<b>{value}</b>", spread(one.spread, one.cell.verdict.judgement, assumed=one.cell.verdict.assumed),
        chip(one.cell.verdict), as_html(one.difference), as_html(one.place),
        *(_moved(moved, language) for moved in (one.since_last, one.since_pandemic, one.since_audit)),
        drawn_line(one.over_time),
    ]  # fmt: skip
    told = "".join(
        f'<td role="cell" data-head="{as_html(head)}">{cell}</td>' for head, cell in zip(heads[1:], cells, strict=True)
    )
    name = f"{link(one.title, one.address)}<small>{as_html(one.period)}</small>"
    return f'<tr role="row"><th scope="row" role="rowheader">{name}</th>{told}</tr>'


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
