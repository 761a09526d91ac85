"""How figures are named as a source: in Swedish, in English, and as an entry of BibTeX."""

import re
from typing import Final, NamedTuple

import polars as pl

from analysis.moments import today_in_sweden
from locales import text
from models import settings
from views.open_data import citation
from views.parts import Reader

_SPECIAL: Final = re.compile(r"([{}\\%#$&_])")


class Citation(NamedTuple):
    """The same source three times; the sentences are "" where every figure is an example."""

    swedish: str
    english: str
    bibtex: str


def cited(reader: Reader, rows: pl.DataFrame, *, key: str, title: str, link: str) -> Citation:
    """The citation of the figures `rows` (analysis.FIGURE_COLUMNS), as they were on the reader's day. `key`: what they
    are, as a word of an identifier; `link`: the address that shows them."""
    swedish, english = (citation(Reader(one, reader.store, reader.as_of), rows) for one in ("sv", "en"))
    day, version = reader.as_of or today_in_sweden(), reader.store.data_version()
    fields = {
        "title": f"{title}. {text('ui.product', reader.language)}",
        "author": settings().publisher,
        "year": str(day.year),
        "version": str(version),
        "note": (swedish if reader.language == "sv" else english) or text("ui.synthetic", reader.language),
        "url": link,
        "urldate": today_in_sweden().isoformat(),
    }
    lines = [f"  {name} = {{{value if name == 'url' else _escaped(value)}}}" for name, value in fields.items() if value]
    return Citation(swedish, english, f"@misc{{{key}_{version},\n" + ",\n".join(lines) + "\n}\n")


def _escaped(value: str) -> str:
    """Text that BibTeX reads as it stands.

    >>> _escaped("50 % {a}")
    '50 \\\\% \\\\{a\\\\}'
    """
    return _SPECIAL.sub(r"\\\1", value)
