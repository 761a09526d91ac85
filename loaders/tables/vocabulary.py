"""What words around figures say: one vocabulary (vocabulary.toml) for every layout and the mapping assistant.

A text is cut into words, numbers and signs; the longest phrases that fit cover it from the left. What no phrase covers
is not understood. No expression here can go back over a text, so a long cell costs no more than its letters.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from indicators import Catalogue, Indicator, tidy_name

ERROR, TOLD, KNOWN = "error", "told", "known"
INDICATOR: Final = "indicator"
SEX_WORDS: Final = {"women": "K", "men": "M"}
_LONGEST: Final = 600  # letters of a text that are judged; what is behind them is not understood
_TOKEN: Final = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,]\d+)*|[^\W\d_]+|[-+%‰=<>±©&*#@]")
_NUMBER, _YEAR, _ANY = "#", "@", "*"
_SILENT: Final = frozenset("-+=<>*&#@")  # signs that say nothing by themselves
_PREFIX: Final = 3  # letters of a word by which phrases that begin with a part of it are found


@dataclass(frozen=True)
class Phrase:
    """Words in a row that say something. `subject`: the indicator an indicator's name means."""

    words: tuple[str, ...]
    kind: str
    verdict: str
    states: bool = False
    subject: str = ""

    @property
    def weight(self) -> tuple[int, int, int]:
        """Longer before shorter, words of its own before numbers and parts of words."""
        own = [word for word in self.words if word not in (_NUMBER, _YEAR) and _ANY not in word]
        return len(self.words), len(own), sum(map(len, self.words))


@dataclass(frozen=True)
class Said:
    """A text as it is understood. `kinds`: kind → the words that say it; `unknown`: the words nothing covers;
    `indicators`: whose names stand in it; `own_value`: a number that is no period; `lead`: it begins by saying what
    kind of note it is (`Källa: …`), or calls the figures synthetic; `claims`: it speaks of them (`avser …`)."""

    kinds: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    indicators: frozenset[str] = frozenset()
    own_value: bool = False
    lead: bool = False
    claims: bool = False

    def verdict(self, kind: str) -> str:
        """error, told or known; what states its own value is told."""
        verdict, states = _kinds()[kind]
        return TOLD if verdict == ERROR and states and self.own_value else verdict


def names_of(indicator: Indicator) -> frozenset[str]:
    """Every name an indicator goes by, tidied: ours, short and long, both languages, and the publishers'."""
    title, short, printed = indicator.title, indicator.short_title, indicator.publisher_ids
    own = (indicator.id, title.sv, title.en, short.sv, short.en)
    return _tidied((*own, *indicator.synonyms, *printed.kolada, *printed.vardenisiffror, *printed.skr))


@cache  # asked for every line of every title and footnote
def _tidied(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(tidy_name(name) for name in names)


def tokens(text: str) -> tuple[str, ...]:
    """Words, numbers and signs, tidied.

    >>> tokens("Andel (%) 18–29 år, per 1 000 inv.")
    ('andel', '%', '18', '-', '29', 'år', 'per', '1000', 'inv')
    """
    found = _TOKEN.findall(tidy_name(text[:_LONGEST]))
    return tuple(token.replace(" ", "") if token[0].isdecimal() else token for token in found)


def _is_year(token: str) -> bool:
    return len(token) == 4 and token.isdecimal() and token[:2] in ("19", "20")


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _kinds() -> dict[str, tuple[str, bool]]:
    """Kind → (verdict, whether a text may state its own value)."""
    told = {kind: (entry["verdict"], bool(entry.get("states"))) for kind, entry in _data().items()}
    return told | {INDICATOR: (KNOWN, False), "period": (KNOWN, False)}


def verdict_of(kind: str) -> str:
    """error, told or known, whatever else stands beside it."""
    return _kinds()[kind][0]


class _Index:
    """Phrases by how their first word is found."""

    def __init__(self) -> None:
        self.exact: dict[str, list[Phrase]] = {}
        self.begins: dict[str, list[Phrase]] = {}
        self.others: list[Phrase] = []

    def add(self, phrase: Phrase) -> None:
        first = phrase.words[0]
        if first in (_NUMBER, _YEAR) or first.startswith(_ANY) or _ANY in first[:_PREFIX]:
            self.others.append(phrase)
        elif first.endswith(_ANY):
            self.begins.setdefault(first[:_PREFIX], []).append(phrase)
        else:
            self.exact.setdefault(first, []).append(phrase)

    def longest(self, words: tuple[str, ...], at: int) -> Phrase | None:
        """The phrase that covers most words from `at`."""
        first = words[at]
        near = (*self.exact.get(first, ()), *self.begins.get(first[:_PREFIX], ()), *self.others)
        fitting = [each for each in near if _fits(each.words, words, at)]
        return max(fitting, key=lambda each: each.weight, default=None)


def _fits(phrase: tuple[str, ...], words: tuple[str, ...], at: int) -> bool:
    end = at + len(phrase)
    if end > len(words) or (phrase[-1] == "+" and end < len(words) and words[end][0].isdecimal()):
        return False  # "18 +" is an age, "1 + 1" is none
    return all(_means(pattern, words[at + place]) for place, pattern in enumerate(phrase))


def _means(pattern: str, word: str) -> bool:
    if pattern == word:
        return True
    if pattern == _NUMBER:
        return word[0].isdecimal() and not _is_year(word)
    if pattern == _YEAR:
        return _is_year(word)
    if pattern == _ANY:
        return word[0].isalpha()
    if pattern.endswith(_ANY):
        return word.startswith(pattern[:-1])
    return pattern.startswith(_ANY) and word.endswith(pattern[1:])


def _pattern(phrase: str) -> tuple[str, ...]:
    """A phrase of the file as the words it is compared with: `ackumul*` stays one word."""
    parts = tokens(phrase)
    joined: list[str] = []
    for place, part in enumerate(parts):
        glued = part == _ANY and joined and f"{parts[place - 1]}*" in phrase.casefold()
        if glued:
            joined[-1] += _ANY
        elif joined and joined[-1] == _ANY and f"*{part}" in phrase.casefold():
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


@cache
def _words_of_the_file() -> tuple[_Index, dict[tuple[str, ...], Phrase]]:
    """(the phrases, those that say this only alone)."""
    index, alone = _Index(), {}
    for kind, entry in _data().items():
        verdict, states = _kinds()[kind]
        for phrase in entry["phrases"]:
            index.add(Phrase(_pattern(phrase), kind, verdict, states))
        for phrase in entry.get("alone", ()):
            alone[_pattern(phrase)] = Phrase(_pattern(phrase), kind, verdict, states)
    return index, alone


_NAMES: dict[int, tuple[Catalogue, _Index]] = {}


def _names(known: Catalogue) -> _Index:
    """The names of a catalogue's indicators and regions as phrases."""
    kept = _NAMES.get(id(known))
    if kept is None or kept[0] is not known:
        index = _Index()
        for indicator in known.measured.values():
            asked = (indicator.question_sv, indicator.numerator_sv or "", indicator.denominator_sv or "")
            for name in names_of(indicator):
                index.add(Phrase(tokens(name), INDICATOR, KNOWN, subject=indicator.id))
            for text in filter(None, map(tokens, asked)):
                index.add(Phrase(text, "subject", KNOWN))
        for region in known.regions.values():
            for name in (region.name, region.short_name, *region.synonyms):
                if any(sign.isalpha() for sign in name):
                    index.add(Phrase(tokens(name), "places", KNOWN))
        kept = _NAMES[id(known)] = (known, index)
    return kept[1]


def said(text: str, known: Catalogue) -> Said:
    """What a text says, every word of it.

    >>> from indicators import catalogue
    >>> found = said("Förtroende för sjukhus, 18–29 år", catalogue())
    >>> sorted(found.indicators), found.kinds["age"], found.unknown
    (['trust_hospital'], '18 - 29 år', ())
    """
    words = tokens(text)
    rest = ("…",) if len(text) > _LONGEST else ()
    index, alone = _words_of_the_file()
    names = _names(known)
    if words in alone and not rest:
        return Said({alone[words].kind: " ".join(words)})
    kinds: dict[str, list[str]] = {}
    unknown: list[str] = []
    indicators: set[str] = set()
    own_value = lead = claims = False
    at = 0
    while at < len(words):
        named = names.longest(words, at)
        phrase = max(filter(None, (named, index.longest(words, at))), key=lambda each: each.weight, default=None)
        if phrase is None:
            dated = _date(words, at)
            if dated:
                kinds.setdefault("period", []).append(" ".join(words[at : at + dated]))
            elif words[at] not in _SILENT:
                own_value = own_value or words[at][0].isdecimal()
                unknown.append(words[at])
            at += dated or 1
            continue
        part = words[at : at + len(phrase.words)]
        if phrase.kind == INDICATOR:
            indicators |= _sharing(names, phrase.words)
        kinds.setdefault(phrase.kind, []).append(" ".join(part))
        lead = lead or (at == 0 and phrase.kind == "lead")
        claims = claims or phrase.kind == "claims"
        at += len(part)
    if "women" in kinds and "men" in kinds:
        kinds["both"] = [*kinds.pop("women"), *kinds.pop("men")]
    if "synthetic" in kinds:  # told by the file as a whole, and marked as such everywhere
        kinds.pop("made_up", None)
        lead = True
    told = {kind: ", ".join(dict.fromkeys(parts)) for kind, parts in kinds.items()}
    return Said(told, (*(() if lead else unknown), *rest), frozenset(indicators), own_value, lead, claims)


def _sharing(names: _Index, words: tuple[str, ...]) -> set[str]:
    """Every indicator that goes by a name."""
    return {each.subject for each in names.exact.get(words[0], ()) if each.words == words and each.subject}


def _date(words: tuple[str, ...], at: int) -> int:
    """How many words from `at` are a year, a date or a day before a month; 0 for none."""
    if _is_year(words[at]):
        day = words[at + 1 : at + 5]
        return (
            5
            if len(day) == 4 and day[0] == day[2] == "-" and day[1].isdecimal() and day[3].isdecimal()
            else (3 if len(day) > 1 and day[0] == "-" and day[1].isdecimal() and len(day[1]) == 2 else 1)
        )
    number = words[at].isdecimal()
    if number and len(words[at]) in (6, 8) and _is_year(words[at][:4]):
        return 1
    months = _data()["months"]["phrases"]
    return 1 if number and len(words[at]) <= 2 and at + 1 < len(words) and words[at + 1] in months else 0
