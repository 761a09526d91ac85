"""Why an audit or a recommendation cannot be entered, in words for the person who enters it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from locales import text
from locales.refused import Refused


@dataclass(frozen=True)
class Fault:
    """One thing wrong: `key` of `followup_entry.faults`, its values, and the line of a file it stands on (0: none)."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    line: int = 0

    def message(self, language: str = "sv") -> str:
        shown = dict(self.values)
        if "field" in shown:
            shown["field"] = text(f"followup_entry.fields.{shown['field']}", language)
        said = text(f"followup_entry.faults.{self.key}", language, **shown)
        return text("followup_entry.on_line", language, line=self.line, said=said) if self.line else said


class AuditRefused(Refused):
    """An entry that cannot be accepted, with every fault at once. Nothing was changed. Shown without a traceback."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__([fault.key for fault in faults])
        self.faults = tuple(faults)

    def message(self, language: str = "sv") -> str:
        return "\n".join(fault.message(language) for fault in self.faults)
