"""The words of a table by weekday and hour: its headers, its weekdays, its hours of the day."""

import re
from dataclasses import dataclass
from typing import Final

from analysis.phone.measures import FOR_PHONE
from analysis.phone.week import ALL_DAYS, WHOLE_DAY
from indicators import Catalogue, tidy_name
from loaders.tables.titles import indicators_in

VALUE, NUMERATOR, DENOMINATOR = "value", "numerator", "denominator"
_ROLE_NAMES: Final = (
    ("region", r"region(?:en|namn)?|regioner|landsting|län|huvudman|county"),
    ("region_code", r"region(?:s)?-?kod|länskod|landstingskod|kod|code"),
    ("period", r"period|mätperiod|månad|år|kvartal|halvår|month|year"),
    ("weekday", r"veckodag(?:ar|en)?|dag i veckan|weekday|day of (?:the )?week"),
    (
        "hour",
        r"timm(?:e|ar|en)(?: på dygnet)?|timintervall|starttimme|klockslag|klockan|kl\.?|tid på dygnet|hour"
        r"|hour of (?:the )?day",
    ),
    ("comment", r"källa|source|kommentar(?:er)?|anmärkning(?:ar)?|comment"),
)
_ROLES: Final = tuple((role, re.compile(pattern)) for role, pattern in _ROLE_NAMES)
_DAY: Final = re.compile(r"dag|day")
"""A weekday's column where the hour has one of its own; alone it may hold dates."""
_PARTS: Final = ((NUMERATOR, r"täljare|numerator"), (DENOMINATOR, r"nämnare|denominator"))

_BARE: Final = {
    "calls_offered": r"inkomna(?: \(antal\))?|antal inkomna(?: samtal)?",
    "calls_answered": r"(?:antal )?besvarade(?: \(antal\))?|antal besvarade samtal",
    "calls_abandoned": r"(?:antal )?(?:tappade|avbrutna)(?: \(antal\))?|antal tappade samtal",
    "calls_share_answered": r"andel(?:en)? besvarade(?: \(?(?:%|procent)\)?)?",
    "calls_mean_wait": r"(?:medelväntetid|medelkötid|genomsnittlig väntetid)(?: \((?:mm:ss|sekunder)\))?",
}
"""Short headers that mean calls beside a weekday or an hour, and may mean anything elsewhere."""

_WEEKDAYS: Final = (
    r"må(?:n(?:dag(?:ar)?)?)?|mon(?:day)?s?",
    r"ti(?:s(?:dag(?:ar)?)?)?|tue(?:s(?:day)?)?s?",
    r"on(?:s(?:dag(?:ar)?)?)?|wed(?:nesday)?s?",
    r"to(?:r(?:s(?:dag(?:ar)?)?)?)?|thu(?:rs(?:day)?)?s?",
    r"fr(?:e(?:dag(?:ar)?)?)?|fri(?:day)?s?",
    r"lö(?:r(?:dag(?:ar)?)?)?|sat(?:urday)?s?",
    r"sö(?:n(?:dag(?:ar)?)?)?|sun(?:day)?s?",
)
_WEEKDAY_NAMES: Final = tuple(re.compile(pattern) for pattern in _WEEKDAYS)
_ALL: Final = re.compile(
    r"alla?(?: (?:dagar|veckodagar|timmar))?|samtliga|total(?:t|en)?|hela (?:veckan|dygnet)|dygn(?:et)?|vecka(?:n)?|all"
    r"|all (?:days|hours)|every day"
)
_CLOCK: Final = r"(\d{1,2})(?:[:.](\d\d))?(?::00)?"
_HOUR: Final = re.compile(rf"(?:kl\.?(?:ockan)? ?)?{_CLOCK}(?:\s*(?:-|–|—|till|to)\s*{_CLOCK})?")


@dataclass(frozen=True)
class Measure:
    """What a column holds: the value, numerator or denominator of an indicator ("" of the table's only share)."""

    indicator: str
    part: str


def role_of(header: str) -> str:
    """The role a column's header says, or ""."""
    tidy = tidy_name(header)
    return next((role for role, pattern in _ROLES if pattern.fullmatch(tidy)), "")


def is_day(header: str) -> bool:
    """Whether a header may be a weekday's."""
    return _DAY.fullmatch(tidy_name(header)) is not None


def measure_of(header: str, known: Catalogue) -> Measure | None:
    """The phone indicator a header names by id, title, short title or synonym, or its numerator or denominator.

    >>> from indicators import catalogue
    >>> [measure_of(text, catalogue()) for text in ("Calls offered", "Andel besvarade samtal, täljare", "Nämnare", "x")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [Measure(indicator='calls_offered', part='value'), Measure(indicator='calls_share_answered', part='numerator'),
     Measure(indicator='', part='denominator'), None]
    """
    tidy, part = tidy_name(header), VALUE
    for name, words in _PARTS:
        if match := re.search(rf"(?:{words})\)?\Z", tidy):
            tidy, part = tidy[: match.start()].rstrip(" ,;:()/–-"), name
    if not tidy:
        return Measure("", part)
    found = {each for each in indicators_in(tidy, known, plainly=True)[0] if each in FOR_PHONE}
    found = found or {each for each, words in _BARE.items() if re.fullmatch(words, tidy)}
    return Measure(found.pop(), part) if len(found) == 1 else None


def weekday_of(printed: str) -> int | None:
    """1 for Monday to 7 for Sunday, 0 for all days; None for anything else.

    >>> [weekday_of(text) for text in ("mån", "Söndagar", "3", "Alla dagar", "8", "Thursday", "helg")]
    [1, 7, 3, 0, None, 4, None]
    """
    tidy = tidy_name(printed).rstrip(".")
    if re.fullmatch(r"[1-7]", tidy):
        return int(tidy)
    if _ALL.fullmatch(tidy):
        return ALL_DAYS
    return next((day for day, name in enumerate(_WEEKDAY_NAMES, start=1) if name.fullmatch(tidy)), None)


def hour_of(printed: str) -> tuple[int | None, str]:
    """(the hour an hour of the day starts at, ""), or (None, what is wrong with it); -1 is the whole day.

    >>> [hour_of(text) for text in ("08", "08–09", "8:00", "kl 23-24", "23–00", "hela dygnet")]
    [(8, ''), (8, ''), (8, ''), (23, ''), (23, ''), (-1, '')]
    >>> [hour_of(text) for text in ("24", "08–10", "8:30", "morgon")]
    [(None, 'hour_24'), (None, 'not_one_hour'), (None, 'not_one_hour'), (None, 'unknown_hour')]
    """
    tidy = tidy_name(printed)
    if _ALL.fullmatch(tidy):
        return WHOLE_DAY, ""
    match = _HOUR.fullmatch(tidy)
    if not match:
        return None, "unknown_hour"
    start, minutes, end, end_minutes = match.groups()
    if int(start) > 23:
        return None, "hour_24"
    # 08:00–08:59 is one hour as 08–09 is.
    whole = end is None or (int(end) - int(start) - (end_minutes != "59")) % 24 == 0
    if (minutes or "00") != "00" or (end_minutes or "00") not in ("00", "59") or not whole:
        return None, "not_one_hour"
    return int(start), ""
