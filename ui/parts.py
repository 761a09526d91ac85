"""The parts of cards and tables as HTML: a verdict's chip, a judged cell, a small drawing, a link. Each from one view.

Colour, symbol and word always say the same; the colours stand in ui/assets/style.css, by the judgement's own name.
"""

from collections.abc import Mapping, Sequence

from charts.small import as_source, spark
from ui.escape import as_html
from views.parts import Cell, Line, Verdict


def chip(verdict: Verdict) -> str:
    """`▼ sämre` on its tint; a dashed edge for an assumed base."""
    return f'<span class="chip {looks_of(verdict)}">{_sign(verdict)} {as_html(verdict.word)}</span>'


def judged_cell(cell: Cell, tag: str = "td") -> str:
    """A table's cell: the value on the way to its origin, and under it the verdict."""
    value = f'<a href="{as_html(cell.address)}">{as_html(cell.value)}</a>' if cell.address else as_html(cell.value)
    return (
        f'<{tag} class="judged {looks_of(cell.verdict)}" title="{as_html(cell.said)}"><b>{value}</b>'
        f'<span class="verdict">{_sign(cell.verdict)} {as_html(cell.verdict.word)}</span></{tag}>'
    )


def sign(verdict: Verdict, said: str) -> str:
    """A verdict as a mark alone, with its words for who cannot see it and for who points at it."""
    looks = f'class="sign {looks_of(verdict)}"'
    return f'<span {looks} role="img" aria-label="{as_html(said)}" title="{as_html(said)}">{_sign(verdict)}</span>'


def drawn_line(line: Line, width: int = 88) -> str:
    """The line over time as a picture; "" where there are not two points."""
    svg = spark(line, width)
    return f'<img class="spark" src="{as_source(svg)}" alt="{as_html(line.said)}" width="{width}">' if svg else ""


def link(words: str, address: str, *, arrow: bool = False) -> str:
    """A link within the pages."""
    return f'<a href="{as_html(address)}">{as_html(words)}{" →" if arrow else ""}</a>'


def card(title: str, body: str, *, kind: str = "") -> str:
    """A card: a heading and what stands under it."""
    return f'<section class="card {kind}"><h2>{as_html(title)}</h2>{body}</section>'


def card_head(title: str, switch: str = "") -> str:
    """The head of a card that holds widgets: its heading, and its switch of views in the corner."""
    return f'<div class="card-head"><h2>{as_html(title)}</h2>{switch}</div>'


def paragraphs(sentences: Sequence[str], kind: str = "") -> str:
    looks = f' class="{kind}"' if kind else ""
    return "".join(f"<p{looks}>{as_html(sentence)}</p>" for sentence in sentences)


def folded(summary: str, body: str) -> str:
    """What is unfolded by a click, inside a card."""
    return f'<details class="fold"><summary>{as_html(summary)}</summary>{body}</details>'


def facts(told: Mapping[str, str]) -> str:
    """Names and what they are, as a list of terms; one without words is left out."""
    terms = (f"<dt>{as_html(name)}</dt><dd>{as_html(words)}</dd>" for name, words in told.items() if words)
    return f'<dl class="facts">{"".join(terms)}</dl>'


def _sign(verdict: Verdict) -> str:
    return f'<span aria-hidden="true">{verdict.symbol}</span>'


def looks_of(verdict: Verdict) -> str:
    """The style of a verdict (ui/assets/style.css)."""
    return f"is-{verdict.judgement}{' is-assumed' if verdict.assumed else ''}"
