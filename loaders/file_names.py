"""A file's name as it is kept: without folders, and without signs that no store, sheet or line of text can hold."""

import re
from pathlib import PurePath
from typing import Final

LONGEST: Final = 200
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, which PostgreSQL and Excel refuse, and marks that turn the direction of writing, with which
`fdp.csv` is shown as `vsc.pdf`."""


def file_name(given: str) -> str:
    """The last part of a path from any system; at most LONGEST characters, the last ones, for the ending's sake.

    >>> file_name("C:\\\\Kim\\\\trust\\x00 2024.xlsx"), file_name("../../etc/passwd"), file_name("\\ud800.csv")
    ('trust 2024.xlsx', 'passwd', '?.csv')
    """
    written = _UNSEEN.sub("", given.encode("utf-8", "replace").decode("utf-8"))
    return PurePath(written.replace("\\", "/")).name[-LONGEST:]
