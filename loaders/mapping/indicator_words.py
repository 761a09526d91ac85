"""Which indicator do a header's or a row's words mean? First the catalogue's own names, then the words of contact
centres, survey vendors and web statistics, which each definition tells (`[[heard]]`). Words that change what is counted
(within a target, unique, median, handled, abandoned) rule a guess out: a wrong indicator is worse than none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indicators import Catalogue, tidy_name
from indicators.model import Heard
from loaders.tables.titles import indicators_in
from loaders.tables.vocabulary import said, verdict_of

_NOT_LIMITS: Final = frozenset(
    {"percent", "count", "index", "seconds", "minutes", "hours", "thousands", "women", "men", "response_rate", "base"}
)
"""What a measure's header may say and still be the indicator, or not, by what its definition hears."""
_OTHER_SERVICE: Final = re.compile(
    r"växel|switchboard|chatt?\b|chatten|chattar|ambulans|ambulance|\b112\b|larm|sjukresor|kundtjänst|customer service"
    r"|it-support|help ?desk|service ?desk|tandvård|dental|primärvård|vårdcentral|hälsocentral|primary care"
)
_OWN_SERVICE: Final = re.compile(r"1177[\w ]{0,20}telefon|1177[\w ]{0,20}phone|telefonrådgivning|sjukvårdsrådgivning")
_CALLS: Final = "calls_"
"""What the ids of calls to 1177 begin with: calls to another service are none of ours."""
_NKI: Final = re.compile(r"\bnki\b|nöjd[ -]?kund|kundnöjdhet|customer satisfaction|\bcsi\b|helhetsbetyg|helhetsnöjd")
_MARKS: Final = re.compile(r"\b1 ?(?:-|–|—|till|to) ?(?:4|5|6|7|10)\b")
"""A scale of marks, which is no index 0–100."""
_USUAL_NKI: Final = "nki_phone"
"""The service of an NKI that names none: most are of the phone, and a person is asked."""
_SURE, _BY_WORDS, _BY_CONTEXT, _WEAK = 0.95, 0.85, 0.7, 0.4


@dataclass(frozen=True)
class Guess:
    """An indicator with a confidence 0–1 and the locale key of the reason."""

    indicator: str
    confidence: float
    why: str


def indicator_of(words: str, context: str, known: Catalogue) -> Guess | None:
    """The indicator a measure's words mean. `context`: the titles, the sheet's name and the other headers, which may
    say what `NKI` or `besök` is about but are never enough by themselves."""
    words, around = tidy_name(words), f"{tidy_name(context)} {tidy_name(words)}"
    if not words:
        return None
    found, _ = indicators_in(words, known, plainly=True)
    if len(found) == 1:
        return Guess(found.pop(), _SURE, "catalogue_name")
    for indicator, rule in _rules(known, limited=True):
        if _is_heard(rule, words, around) and not _OTHER_SERVICE.search(words):
            return Guess(indicator, _BY_WORDS, "words")
    if is_limited(words, known):
        return None
    if _NKI.search(words):
        if _MARKS.search(words):
            return None
        return _service(words, tidy_name(context), known)
    guesses = {guess.indicator: guess for guess in _heard(words, around, known)}
    return guesses.popitem()[1] if len(guesses) == 1 else None


def _heard(words: str, around: str, known: Catalogue) -> Iterator[Guess]:
    """The indicators that the words mean; words that mean two of them are a figure of both together, which is none."""
    for indicator, rule in _rules(known, limited=False):
        whole = _whole_of(indicator, known)
        if not _is_heard(rule, words, around) or (whole and _of_other_service(whole, around, known)):
            continue
        if indicator.startswith(_CALLS) and _OTHER_SERVICE.search(words):
            continue
        if whole and not names_service(around, known):
            yield Guess(indicator, _WEAK, "nki_without_channel")
            continue
        near = bool(rule.near) and not re.search(rule.near, words)
        yield Guess(indicator, _BY_CONTEXT if near else _BY_WORDS, "words_around" if near else "words")


def _rules(known: Catalogue, *, limited: bool) -> Iterator[tuple[str, Heard]]:
    """Every indicator's heard words; those that words of a limit belong to, or the others."""
    return ((one.id, rule) for one in known.indicators.values() for rule in one.heard if rule.limited == limited)


def _is_heard(rule: Heard, words: str, around: str) -> bool:
    if not _says(rule, words) or (rule.no and re.search(rule.no, words)):
        return False
    return not (rule.near and not re.search(rule.near, around)) and not (rule.unless and re.search(rule.unless, around))


def _says(rule: Heard, words: str) -> bool:
    return all(re.search(each, words) for each in rule.words)


def is_limited(words: str, known: Catalogue) -> bool:
    """Whether words change what is counted: within a time, a change, a target, a forecast, so far this year …"""
    kinds = said(words, known).kinds.keys() - _NOT_LIMITS
    return any(verdict_of(kind) == "error" or kind.startswith("grain_") for kind in kinds)


def _service(words: str, context: str, known: Catalogue) -> Guess | None:
    """Which NKI: by phone, e-services or web, or a part of one. The words themselves before the title; never one of
    several."""
    said = [(one, rule) for one, rule in _rules(known, limited=False) if _whole_of(one, known) and _says(rule, words)]
    parts = [one for one, rule in said if not (rule.no and re.search(rule.no, words))]
    for text, confidence in ((words, _BY_WORDS), (context, _BY_CONTEXT)):
        named = _named(text, known)
        if len(parts) == 1 and _whole_of(parts[0], known) in named:
            return Guess(parts[0], confidence, "words")
        if len(named) == 1 and not said:
            return Guess(named[0], confidence, "words" if text == words else "words_around")
    return None if said else Guess(_USUAL_NKI, _WEAK, "nki_without_channel")


def of_another_service(guess: Guess | None, words: str, titles: str) -> bool:
    """Whether calls are another service's than 1177's, by the lines above the table: a switchboard's, a chat's."""
    calls = guess is not None and guess.indicator.startswith(_CALLS) and "1177" not in words
    titles = tidy_name(titles)
    return calls and _OTHER_SERVICE.search(titles) is not None and _OWN_SERVICE.search(titles) is None


def names_service(text: str, known: Catalogue) -> bool:
    """Whether a text says which of 1177's services it is about.

    >>> from indicators import catalogue
    >>> [names_service(text, catalogue()) for text in ("1177 på telefon", "1177.se", "Ambulansen")]
    [True, True, False]
    """
    return bool(_named(tidy_name(text), known))


def _named(text: str, known: Catalogue) -> list[str]:
    """The indices of whole services that a tidied text names."""
    return [one.id for one in known.indicators.values() if one.service_words and re.search(one.service_words, text)]


def _whole_of(indicator: str, known: Catalogue) -> str:
    """The index of the whole service that a sub-index (`nki_phone_time`) is a part of; "" for what is none."""
    services = (one.id for one in known.indicators.values() if one.service_words)
    return next((one for one in services if indicator.startswith(f"{one}_")), "")


def _of_other_service(whole: str, around: str, known: Catalogue) -> bool:
    """Whether what stands around a sub-index names services, and its own is not among them."""
    named = _named(around, known)
    return bool(named) and whole not in named
