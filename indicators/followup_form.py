"""The shape of the reply form: one place for the form we hand out (.xlsx, .docx) and the loader that reads it back.

A block is a run of rows, name in one column and answer in the next: first the key, then the recommendation, then the
form's own fields. The names come from locales/ and are known in every language.
"""

import re
from dataclasses import dataclass
from typing import Final

KEY: Final = "key"
READ_ONLY: Final = ("recommendation", "addressed_to")
"""Rows that say what is asked; not to be filled in."""
FORM_FIELDS: Final = (
    "measures_taken",
    "measures_planned",
    "link",
    "time_plan",
    "due",
    "how",
    "responsible",
    "reason_none",
    "status",
    "replied",
)
"""What the board fills in, in the form's order (columns of models.records.Reply)."""
DAYS: Final = ("due", "replied")
_PREFIX: Final = "uppfoljning"
_KEY: Final = re.compile(rf"{_PREFIX}/([a-z0-9-]+)/(\d{{2}})/(\d{{1,3}})")


@dataclass(frozen=True)
class BlockKey:
    """Which recommendation a block answers: the audit's key, the region's code, the recommendation's number."""

    audit: str
    region: str
    number: int

    def __str__(self) -> str:
        return f"{_PREFIX}/{self.audit}/{self.region}/{self.number}"


def block_key(printed: str) -> BlockKey | None:
    """The key a cell holds, or None.

    >>> block_key("uppfoljning/norrbotten-2021/25/3")
    BlockKey(audit='norrbotten-2021', region='25', number=3)
    >>> block_key("norrbotten-2021") is None
    True
    """
    found = _KEY.fullmatch(printed.strip())
    return BlockKey(found[1], found[2], int(found[3])) if found else None
