"""A file, checked: what it would become, and everything there is to say about it."""

from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from analysis.records import Records
from loaders.checks import OBSERVATION
from loaders.mapping.spec import Mapping
from loaders.problems import ERROR, WARNING, Ignored, Problem
from locales import text
from locales.refused import Refused, RefusedFor

_SHOWN: Final = 20  # problems spelled out in one message; the page and --json list them all


@dataclass(frozen=True)
class CheckedFile:
    """The outcome of `check_file`. `observations`: columns of models.tables.Observation without id and upload_id.

    `records`: what is no figure, by kind (models.RECORDS), with the columns of its table without id and upload_id.
    `accepted`: no errors and at least one observation or record; warnings may remain for a person to confirm.
    `repeat`: the same bytes stand in the store already, staged or published (as upload `repeat_of`).
    `confidence`: how sure it is, 0–1, that the file is of `layout`; 1 where a person has said so. `mapping`: how a
    file of no known layout is read (layout `mapped`). `readings`: of a file of records, every layout whose headers it
    has, so that a person may say which.
    `synthetic`: the file itself says that its figures are made up. `screened`: the file was read whole and holds no
    person-level data, by whichever reading may still be chosen: only such a file may be kept as a draft.
    """

    file: str
    sha256: str
    size: int
    content: bytes = field(repr=False)
    layout: str | None = None
    confidence: float | None = None
    mapping: Mapping | None = None
    readings: tuple[str, ...] = ()
    repeat_of: int | None = None
    ignored: tuple[Ignored, ...] = ()
    problems: tuple[Problem, ...] = ()
    observations: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OBSERVATION), repr=False)
    records: Records = field(default_factory=dict, repr=False)
    synthetic: bool = False
    screened: bool = False
    data_version: int | None = None
    """The store's newest publication before the check: what the report's comparisons with published figures rest on."""

    @property
    def accepted(self) -> bool:
        return not self.errors and (self.rows > 0 or self.repeat)

    @property
    def rows(self) -> int:
        """How many figures and records would be stored."""
        return self.observations.height + sum(frame.height for frame in self.records.values())

    @property
    def repeat(self) -> bool:
        return self.repeat_of is not None

    @property
    def mappable(self) -> bool:
        """Whether a mapping can help: no layout knows the file, but its cells were read and hold no person's data."""
        return any(problem.rule == "unknown_layout" for problem in self.problems)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == WARNING)

    @property
    def needs_note(self) -> tuple[Problem, ...]:
        """The warnings that may only be published past with a note that says why."""
        return tuple(problem for problem in self.warnings if problem.needs_note)

    def to_json(self, language: str = "sv") -> dict[str, Any]:
        """The report `check --json` prints."""
        return {
            "file": self.file,
            "layout": self.layout,
            "confidence": self.confidence,
            "mapping": self.mapping.name if self.mapping else None,
            "accepted": self.accepted,
            "repeat": self.repeat,
            "ignored": [each.to_json(language) for each in self.ignored],
            "problems": [each.to_json(language) for each in self.problems],
            "observations": self.observations.height,
            "synthetic": self.synthetic,
            **({"records": {kind: frame.height for kind, frame in self.records.items()}} if self.records else {}),
        }


class RejectedFile(Refused):
    """A file that was not published; nothing was changed."""

    def __init__(self, checked: CheckedFile, reason: str) -> None:
        super().__init__(f"{checked.file}: {reason}")
        self.checked = checked
        self.reason = reason

    def message(self, language: str = "sv") -> str:
        """What was refused and why, every problem with its place (the first _SHOWN)."""
        checked = self.checked
        noted = checked.needs_note if self.reason == "no_note" else ()
        blocking = noted or checked.errors or checked.warnings
        lines = [text(f"loaders.rejected.{self.reason}", language, file=self.checked.file)]
        lines += [f"  {problem.message(language)}" for problem in blocking[:_SHOWN]]
        if len(blocking) > _SHOWN:
            lines.append("  " + text("loaders.rejected.more", language, count=len(blocking) - _SHOWN))
        return "\n".join(lines)


class DeskRefused(RefusedFor):
    """A step that cannot be taken with this upload now. Nothing was changed."""

    texts = "desk.refused"

    def message(self, language: str = "sv") -> str:
        shown = dict(self.values)
        if "status" in shown:
            shown["status"] = text(f"desk.statuses.{shown['status']}", language)
        return text(f"{self.texts}.{self.reason}", language, **shown)
