"""A mark behind a header (`2019*`, `2019¹`, `2019 1)`) points at a footnote: it is no part of the period, and what it
points at belongs to every figure under the header."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_RAISED: Final = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_MARKED: Final = re.compile(rf"\A(?P<text>.*[^\s*†‡{_RAISED}])\s*+(?P<mark>\*+|[†‡]+|[{_RAISED}]+\)?|(?<=\s)[\da-f]\))")
_NOTE: Final = re.compile(rf"\A(?P<mark>\*+|[†‡]+|[{_RAISED}]+|[\da-f](?=[\s).:]))\s*+[).:]?\s*+(?P<note>\S.*)")


def parted(header: str) -> tuple[str, str]:
    """(the header, its mark or "").

    >>> [parted(text) for text in ("2019*", "2019¹", "2019 1)", "2019")]
    [('2019', '*'), ('2019', '¹'), ('2019', '1)'), ('2019', '')]
    """
    match = _MARKED.fullmatch(header)
    return (match["text"].strip(), match["mark"]) if match else (header, "")


def _sign(mark: str) -> str:
    return unicodedata.normalize("NFKC", mark).rstrip(")")


def note_of(mark: str, lines: Iterable[str]) -> str:
    """What the footnote of `mark` says, or "" where the table has none.

    >>> note_of("¹", ["Källa: SKR", "1) Ny fråga", "* preliminärt"])
    'Ny fråga'
    """
    told = (match for line in lines if (match := _NOTE.fullmatch(line)))
    return next((match["note"] for match in told if _sign(match["mark"]) == _sign(mark)), "")
