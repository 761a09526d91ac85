"""What a user may choose: a wrong choice is refused in words, with what was meant."""

import difflib
from collections.abc import Iterable, Sequence

from indicators import NATION, Indicator, Period, catalogue, parse_period
from locales import text
from locales.refused import Refused


class UnknownChoice(Refused, ValueError):
    """An indicator, region, period or benchmark that does not exist. `message(language)` says which and what to do."""

    wrong_usage = True

    def __init__(self, kind: str, found: str, near: str | None = None) -> None:
        super().__init__(kind, found)
        self.kind = kind
        self.found = found
        self.near = near

    def message(self, language: str = "sv") -> str:
        said = text(f"choices.{self.kind}", language, found=self.found)
        hint = "choices.latest" if self.kind in ("period", "supply_period") else "choices.near"
        return f"{said} {text(hint, language, near=self.near)}" if self.near else said


def chosen_indicator(indicator_id: str) -> Indicator:
    known = catalogue().indicators
    if indicator_id not in known:
        raise UnknownChoice("indicator", indicator_id, _nearest(indicator_id, known))
    return known[indicator_id]


def chosen_regions(printed: Sequence[str] | None) -> tuple[str, ...]:
    """Region codes for names, codes or synonyms; None means all 21. Riket is never among them: it is always shown."""
    if printed is None:
        return catalogue().region_codes
    found = [_known(name) for name in printed]
    return tuple(dict.fromkeys(code for code in found if code != NATION))


def chosen_region(printed: str) -> str:
    """The code of one region by name, code or synonym; Riket is none.

    Raises UnknownChoice."""
    code = _known(printed)
    if code == NATION:
        raise UnknownChoice("region", printed, None)
    return code


def _known(name: str) -> str:
    region = catalogue().region_named(name)
    if region is None:
        raise UnknownChoice("region", name, catalogue().nearest_region(name))
    return region.code


def chosen_period(printed: str, available: Sequence[Period]) -> Period:
    """The available period a text means, in any form a publisher prints."""
    period = parse_period(printed)
    if period is None:
        raise UnknownChoice("unreadable_period", printed)
    if period not in available:
        raise UnknownChoice("period", printed, available[0].key if available else None)
    return period


def chosen_sex(sex: str) -> str:
    if sex not in ("T", "K", "M"):
        raise UnknownChoice("sex", sex)
    return sex


def _nearest(found: str, known: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(found, known, n=1)), None)
