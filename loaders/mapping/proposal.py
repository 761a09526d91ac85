"""A proposed mapping and, for every part of it, how sure the guess is and why, in words."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from typing import Any

from indicators import catalogue
from loaders.mapping.spec import Mapping
from locales import text


@dataclass(frozen=True)
class Reasoned:
    """Confidence 0–1 in one part of one table of the mapping. `part`: header, region, period, sex, indicator, skip, or
    `figures:<key>`, `scale:<key>`, `base_n:<key>` … of a column. `why`: a key under `mapping.why`."""

    table: int
    part: str
    confidence: float
    why: str
    values: Dict[str, Any] = field(default_factory=dict)

    def label(self, language: str = "sv") -> str:
        """The part in words, with the column or text it is about."""
        kind, _, about = self.part.partition(":")
        if about.startswith("word:"):
            about = about.removeprefix("word:")
        named = text(f"mapping.part.{kind}", language)
        return f"{named} ({about})" if about else named

    def reason(self, language: str = "sv") -> str:
        return text(
            f"mapping.why.{self.why}",
            language,
            **{name: _in_words(name, value, language) for name, value in self.values.items()},
        )


def _in_words(name: str, value: Any, language: str) -> Any:
    """An indicator by its title."""
    found = catalogue().indicators.get(value) if name == "indicator" else None
    return found.title.in_language(language) if found else value


@dataclass(frozen=True)
class Proposal:
    """`mapping` None: the file holds nothing that looks like a table. `lacking`: what a person must say (region,
    period, indicator) before a figure can be read, as (table, part)."""

    mapping: Mapping | None
    parts: tuple[Reasoned, ...] = ()
    lacking: tuple[tuple[int, str], ...] = ()

    @property
    def confidence(self) -> float:
        """That of the weakest part that a figure needs; 0 where one is lacking."""
        needed = [part.confidence for part in self.parts if part.part.split(":")[0] in _NEEDED]
        return 0.0 if self.lacking or self.mapping is None else min(needed, default=0.0)

    def about(self, table: int, part: str) -> Reasoned | None:
        return next((each for each in self.parts if (each.table, each.part) == (table, part)), None)

    def to_json(self, language: str = "sv") -> dict[str, Any]:
        """The document of `cli.py map`."""
        return {
            "mapping": self.mapping.model_dump(mode="json") if self.mapping else None,
            "confidence": round(self.confidence, 2),
            "parts": [
                {"table": each.table, "part": each.part, "confidence": each.confidence, "why": each.reason(language)}
                for each in self.parts
            ],
            "lacking": [{"table": table, "part": part} for table, part in self.lacking],
        }


_NEEDED = frozenset({"header", "region", "period", "indicator", "figures", "scale", "word", "column", "status"})
