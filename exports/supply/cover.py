"""The first sheet of every file about care units: which units by which rule, of which data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.supply import MinimumRule
from exports.cover import Line, banner, made
from indicators import Period, catalogue, period_label
from locales import text


@dataclass(frozen=True)
class SupplyQuestion:
    """What a file about care units answers. `kinds`: the kinds of unit that count; `codes`: the regions asked for;
    `chosen`: what else its rows were chosen by, in words; `link`: the address of the view, written as text."""

    period: Period
    rule: MinimumRule
    kinds: Sequence[str]
    codes: Sequence[str]
    data_version: int
    as_of: date | None = None
    chosen: str = ""
    link: str = ""


def supply_cover(
    asked: SupplyQuestion,
    language: str,
    *,
    synthetic: bool,
    finding: Sequence[Line] = (),
    facts: Sequence[Line] = (),
    notes: Sequence[Line] = (),
) -> list[Line]:
    """The lines of the cover. `finding` is what the page says first; `facts` tell what is in it, `notes` how to
    read it and what it stands in."""
    kinds = ", ".join(text(f"record_words.unit_kinds.{kind}", language) for kind in asked.kinds)
    regions = ", ".join(catalogue().regions[code].name for code in asked.codes)
    chosen = [(said("chosen", language), asked.chosen)] if asked.chosen else []
    return [
        *banner(synthetic, language),
        *finding,
        (said("period", language), period_label(asked.period.key, language)),
        (said("rule", language), asked.rule.words(language)),
        (said("kinds", language), kinds),
        (text("exports.cover.regions", language), regions),
        *chosen,
        *facts,
        *made(asked.as_of, asked.data_version, asked.link, language),
        *notes,
    ]


def said(name: str, language: str) -> str:
    """The name of a line of the cover."""
    return text(f"supply_analysis.cover.{name}", language)
