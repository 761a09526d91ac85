"""Så bedöms skillnader on screen: the marks, an example of today, and a card a question."""

from functools import partial

import streamlit as st

from locales import text
from models.settings import settings
from ui.cache import kept, view_key
from ui.escape import as_html
from ui.parts import card, chip, facts, folded, link, paragraphs
from ui.visit import Visit
from views.method import Example, Mark, Method, Section, method
from views.parts import Reader


def draw(visit: Visit) -> None:
    """The whole page, made once for the store's figures, the day, the language and the settings."""
    st.html(kept(view_key(visit, "method", settings().model_dump_json()), partial(_html, visit)))


def _html(visit: Visit) -> str:
    view, language = method(Reader(visit.language, visit.store, visit.as_of)), visit.language
    marks = card(visit.say("method.marks_title"), _marks(view, language))
    example = card(visit.say("method.example_title"), _worked(view.example, language)) if view.example else ""
    sections = "".join(card(one.title, paragraphs(one.said) + _more(one, language)) for one in view.sections)
    flags = card(visit.say("method.flags_title"), facts(view.flags), kind="letters")
    return f'<div class="cards">{marks}{example}</div><div class="columns">{sections}{flags}</div>'


def _marks(view: Method, language: str) -> str:
    heads = "".join(f'<th scope="col">{as_html(text(f"method.{name}", language))}</th>' for name in ("mark", "meaning"))
    caption = as_html(text("method.marks_title", language))
    rows = "".join(map(_mark, view.marks))
    return (
        f'<table class="short"><caption class="unseen">{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _mark(one: Mark) -> str:
    return f'<tr><th scope="row">{chip(one.verdict)}</th><td>{as_html(one.means)}</td></tr>'


def _worked(one: Example, language: str) -> str:
    steps = facts({f"{step.what}: {step.how}": step.gives for step in one.steps})
    way = f"<p>{link(text('method.example_way', language), one.address, arrow=True)}</p>"
    return f"{paragraphs([one.lead])}<p>{chip(one.verdict)}</p>{paragraphs([one.said], 'said')}{steps}{way}"


def _more(one: Section, language: str) -> str:
    """What only some want to read, folded."""
    lines = "".join(f"<li>{as_html(line)}</li>" for line in one.more)
    return folded(text("method.more", language), f'<ul class="lines">{lines}</ul>') if lines else ""
