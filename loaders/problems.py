"""What can be wrong with a file, told so that a person can mend it: where, what was found, what is allowed, what to do.

A `Problem` keeps the rule and the values, not the words: the words come from `locales/<language>/<area>.toml` when
someone reads them, so that the same problem speaks both languages.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from indicators import Catalogue, Indicator
from loaders.rules import RULES
from loaders.spoken import spoken
from locales import has_text, text
from locales.numbers import format_printed

ERROR: Final = "error"
WARNING: Final = "warning"
_LONGEST: Final = 300  # characters of a found text that a message repeats: a cell can hold millions
SHOWN_PER_RULE: Final = 200
"""Problems of one rule that are listed one by one; the rest is one summarising row (`more`)."""


def where(sheet: str, cell: str, language: str) -> str:
    """A place in words: `Blad "Resultat", cell D14`, a JSON path as it is, or the whole file."""
    if sheet and cell:
        return text("loaders.where.sheet_cell", language, sheet=sheet, cell=cell)
    if sheet:
        return text("loaders.where.sheet", language, sheet=sheet)
    if cell.startswith("$"):
        return cell
    return text("loaders.where.cell", language, cell=cell) if cell else text("loaders.where.file", language)


def indicator_label(indicator: Indicator, language: str) -> str:
    """Title with the publisher's own id beside it: `Förtroende för sjukvården i sin helhet, Kolada U70447`. Without
    brackets, because messages put it within theirs."""
    title = indicator.title.in_language(language)
    if indicator.publisher_ids.kolada:
        return f"{title}, Kolada {indicator.publisher_ids.kolada[0]}"
    return f"{title}, Indikator-Id {indicator.guids[0]}" if indicator.guids else title


def _shortened(told: Any) -> Any:
    """A text cut to what a person reads, in one line and without half characters; anything else as it is."""
    if not isinstance(told, str):
        return told
    plain = told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"
    if plain.isprintable():
        return plain
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else f"\\u{ord(sign):04x}" for sign in plain)


@dataclass(frozen=True)
class Problem:
    """One fault. `rule` names the check (a key of loaders.rules.RULES); `variant` picks the wording where one rule has
    several.

    A text says `{found}` for what the cell has, sign by sign, and `{number}` for the same as a number of its language.
    """

    severity: str
    rule: str
    sheet: str = ""
    cell: str = ""
    found: str = ""
    indicators: tuple[str, ...] = ()
    variant: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)  # language → the indicators' titles with publisher ids
    values: Mapping[str, Any] = field(default_factory=dict)
    area: str = "loaders"  # the file of texts that has the rule's words

    def __post_init__(self) -> None:
        object.__setattr__(self, "found", _shortened(self.found))
        object.__setattr__(self, "values", {name: _shortened(value) for name, value in self.values.items()})

    @property
    def key(self) -> str:
        """Which problem it is, so that a reason can be given to this one."""
        return "|".join((self.rule, self.sheet, self.cell, ",".join(self.indicators)))

    @property
    def stage(self) -> str:
        """Which of the screening's steps finds it (loaders.rules.STAGES)."""
        return RULES[self.rule].stage

    @property
    def needs_note(self) -> bool:
        """Whether a tick does not confirm it: whoever publishes says why."""
        return RULES[self.rule].note

    def _words(self, part: str, language: str) -> str:
        indicator = self.labels.get(language, "")
        found = spoken({"found": self.found}, language)["found"]
        return text(
            f"{self.area}.rules.{self.variant or self.rule}.{part}",
            language,
            **spoken(self.values, language),
            found=found,
            number=format_printed(found, language),
            indicator=indicator,
            about=text("loaders.about", language, indicator=indicator) if indicator else "",
        )

    def expected(self, language: str = "sv") -> str:
        """What is allowed here."""
        return self._words("expected", language)

    def says(self, language: str = "sv") -> str:
        """What is wrong."""
        return self._words("says", language)

    def advice(self, language: str = "sv") -> str:
        """What to do about it."""
        return self._words("do", language)

    def message(self, language: str = "sv") -> str:
        """The whole fault in one paragraph: where, what was found, what is allowed, what to do."""
        return text(
            "loaders.message",
            language,
            where=where(self.sheet, self.cell, language),
            says=self.says(language),
            expected=self.expected(language),
            do=self.advice(language),
        )

    def to_json(self, language: str = "sv") -> dict[str, Any]:
        return {
            "severity": self.severity,
            "rule": self.rule,
            "indicators": list(self.indicators),
            "sheet": self.sheet,
            "cell": self.cell,
            "found": self.found,
            "expected": self.expected(language),
            "message": self.message(language),
        }


@dataclass(frozen=True)
class Ignored:
    """Cells that were read but are no part of any figure, and why: `A1215:X1226`, a whole sheet, a JSON path."""

    sheet: str
    cell: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", {name: _shortened(value) for name, value in self.values.items()})

    def reason(self, language: str = "sv") -> str:
        return text(f"loaders.ignored.{self.key}", language, **spoken(self.values, language))

    def to_json(self, language: str = "sv") -> dict[str, Any]:
        return {"sheet": self.sheet, "cell": self.cell, "reason": self.reason(language)}


def area_of(words: str, own: str) -> str:
    """The file of texts that has a rule's (or a variant's) words: `own`, or that of every file."""
    return own if has_text(f"{own}.rules.{words}.says") else "loaders"


def labels_of(known: Catalogue, ids: tuple[str, ...]) -> dict[str, str]:
    """The indicators' labels in both languages, joined by `;`."""
    return {
        language: "; ".join(indicator_label(known.indicators[each], language) for each in ids)
        for language in ("sv", "en")
    }


def capped(rule: str, count: int, problems: Iterable[Problem]) -> list[Problem]:
    """The first SHOWN_PER_RULE of `count` faults of one rule, and one as grave that counts the rest: no more are ever
    made."""
    shown = list(islice(problems, SHOWN_PER_RULE))
    if shown and count > len(shown):
        more = {"count": count - len(shown), "rule": rule}
        shown.append(Problem(shown[0].severity, rule, variant="more", values=more))
    return shown


def errors_first(problems: list[Problem]) -> tuple[Problem, ...]:
    """Errors before warnings, otherwise in the order they were found."""
    return tuple(sorted(problems, key=lambda each: each.severity != ERROR))
