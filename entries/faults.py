"""Why something typed in cannot be accepted: every fault at once, in words for the person who typed it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final

from locales import text
from locales.numbers import format_date
from locales.refused import Refused

PERSONAL: Final = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+\.[a-zA-Z]{2,}|\b(?:19|20)?\d{6}[-+]\d{4}\b")
"""An e-mail address or a personal number: no entry holds a person."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong: `key` under `faults` of its `texts`, its values, the line of a file it stands on (0: none)."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    line: int = 0
    texts: ClassVar[str]

    def message(self, language: str = "sv") -> str:
        said = text(f"{self.texts}.faults.{self.key}", language, **self._in_words(language))
        return text(f"{self.texts}.on_line", language, line=self.line, said=said) if self.line else said

    def _in_words(self, language: str) -> dict[str, Any]:
        shown = {
            name: format_date(one, language) if isinstance(one, date) else one for name, one in self.values.items()
        }
        if "field" in shown:
            shown["field"] = text(f"{self.texts}.fields.{shown['field']}", language)
        return shown


class EntryRefused(Refused):
    """An entry that cannot be accepted, with every fault at once. Nothing was changed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__([fault.key for fault in faults])
        self.faults = tuple(faults)

    def message(self, language: str = "sv") -> str:
        return "\n".join(fault.message(language) for fault in self.faults)
