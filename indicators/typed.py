"""Text that a person types: what nobody can see is no text, and what no file and no database can hold is refused."""

import unicodedata
from typing import Final

_KEPT: Final = "\n\r\t"
_UNSEEN: Final = ("Cf", "Cc", "Cs", "Zs", "Zl", "Zp")


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: blanks, or characters without a shape.

    >>> is_blank(" \\u200b "), is_blank("§ 1")
    (True, False)
    """
    return all(unicodedata.category(one) in _UNSEEN for one in text)


def is_unreadable(text: str) -> bool:
    """Whether it holds control characters, half characters, or characters that turn the direction of reading.

    >>> is_unreadable("a\\x00b"), is_unreadable("a\\u202eb"), is_unreadable("rad 1\\nrad 2")
    (True, True, False)
    """
    return any(
        (unicodedata.category(one) in ("Cc", "Cs") and one not in _KEPT)
        or unicodedata.bidirectional(one) in ("LRO", "RLO", "LRE", "RLE", "PDF", "LRI", "RLI", "FSI", "PDI")
        for one in text
    )
