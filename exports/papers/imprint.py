"""What every paper says of itself: what made it, of which data, how it is cited, and where it is checked."""

from typing import NamedTuple

from exports.about import program_version
from exports.moments import now_in_sweden
from locales import text
from locales.numbers import format_date, format_moment
from views.papers import Paper
from views.permalinks import check_of


class Imprint(NamedTuple):
    """`kicker`: over the heading; `foot`: on every page; `synthetic`: the warning, "" where nothing is made up; `cite`:
    the paragraphs of how it is cited and checked, under `heading`."""

    kicker: str
    foot: str
    synthetic: str
    heading: str
    cite: tuple[str, ...]


def imprint(paper: Paper, data_version: int, link: str) -> Imprint:
    """Of a paper made now. `link`: the address of the page that tells the same, "" where there is none to give."""
    language = paper.language
    named = {
        "product": text("ui.product", language),
        "kind": paper.kind,
        "title": paper.title,
        "day": format_date(paper.day, language),
        "version": program_version(),
        "data": data_version,
        "made": format_moment(now_in_sweden(), language),
        "link": link,
        "check": check_of(link),
    }

    def say(key: str) -> str:
        return text(f"papers.{key}", language, **named)

    return Imprint(
        say("kicker"),
        say("foot"),
        say("synthetic") if paper.synthetic else "",
        say("cite.heading"),
        (say("cite.said"), *(say(f"cite.{name}") for name in (("link", "check") if check_of(link) else ("no_link",)))),
    )
