"""Sedan granskningen as HTML: the regions over the measures, each change with its verdict and ends; the answers."""

from collections.abc import Sequence

from locales import text
from ui.escape import as_html
from ui.parts import card, chip, folded, link, paragraphs
from views.since_audit import Answer, Measure, Row, SinceAudit, Step


def changes(view: SinceAudit, language: str, how: str) -> str:
    """The card with the table, what makes a comparison hard, and all of it in whole sentences; `how`: where it is told
    how differences are judged."""
    heads = [as_html(text("since_audit.region", language)), *(link(one.title, one.address) for one in view.measures)]
    head = "".join(f'<th scope="col" role="columnheader">{one}</th>' for one in heads)
    body = "".join(_row(one, view.measures) for one in view.rows)
    caption = as_html(text("since_audit.caption", language))
    table = (
        f'<table class="figures since-audit" role="table"><caption class="unseen">{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )
    more = f'<p class="said">{link(text("since_audit.how", language), how, arrow=True)}</p>'
    whole = "".join(_whole(one) for one in view.rows if any(one.sentences))
    return card(
        text("since_audit.table", language),
        table + paragraphs(view.notes, "said") + more + folded(text("since_audit.sentences", language), whole),
    )


def _row(one: Row, measures: Sequence[Measure]) -> str:
    cells = "".join(
        f'<td role="cell" data-head="{as_html(measure.title)}">{"".join(map(_step, steps)) or "–"}</td>'
        for measure, steps in zip(measures, one.cells, strict=True)
    )
    name = f"{link(one.name, one.address)}<small>{as_html(one.counted)}</small>"
    return f'<tr role="row"><th scope="row" role="rowheader">{name}</th>{cells}</tr>'


def _step(step: Step) -> str:
    lines = "".join(f"<small>{as_html(one)}</small>" for one in (step.ends, step.nation) if one)
    number = f"<b>{as_html(step.change)}</b> " if step.change else ""
    return f'<div class="step" title="{as_html(step.said)}">{number}{chip(step.verdict)}{lines}</div>'


def _whole(one: Row) -> str:
    lines = "".join(f"<li>{as_html(sentence)}</li>" for sentence in one.sentences if sentence)
    return f'<h3>{as_html(one.name)}</h3><ul class="lines">{lines}</ul>'


def answers(view: SinceAudit, language: str) -> str:
    """The audits' findings, each with what the data say today."""
    cards = "".join(_answer(one) for one in view.answers)
    return f'<h2 class="over">{as_html(text("since_audit.answers", language))}</h2><div class="cards">{cards}</div>'


def _answer(one: Answer) -> str:
    ways = "".join(f"<p>{link(words, address, arrow=True)}</p>" for words, address in one.ways)
    return card(one.title, paragraphs([one.whose], "said") + paragraphs(one.said) + _table(one) + ways)


def _table(one: Answer) -> str:
    if not one.rows:
        return ""
    head = "".join(f'<th scope="col">{as_html(name)}</th>' for name in one.heads)
    rows = "".join(
        f'<tr><th scope="row">{as_html(name)}</th>{"".join(f"<td>{as_html(cell)}</td>" for cell in cells)}</tr>'
        for name, *cells in one.rows
    )
    caption = f'<caption class="unseen">{as_html(one.title)}</caption>'
    return f'<table class="short">{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
