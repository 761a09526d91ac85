"""A text as a person sees it: composed letters, without characters that have no shape or turn the reading direction.

Two names that look the same must be the same name, and none may read as another than it is.
"""

import re
import unicodedata
from typing import Final

UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Soft hyphen, zero-width blanks and joiners, marks and overrides of direction, invisible operators, BOM, and the signs
that choose how the sign before is drawn (a ticked box as a picture)."""


def seen(text: str) -> str:
    """The text in NFC without UNSEEN.

    >>> seen("Vård\\u200bcentral\\u00aden"), seen("a\\u030a")
    ('Vårdcentralen', 'å')
    """
    return unicodedata.normalize("NFC", UNSEEN.sub("", text))
