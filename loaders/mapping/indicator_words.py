"""Which indicator do a header's or a row's words mean? First the catalogue's own names, then the words of contact
centres, survey vendors and web statistics. Words that change what is counted (within a target, unique, median,
handled, abandoned) rule a guess out: a wrong indicator is worse than none.
"""

import re
from dataclasses import dataclass
from typing import Final

from indicators import Catalogue, tidy_name
from loaders.tables.titles import indicators_in
from loaders.tables.vocabulary import said, verdict_of

_SHARE: Final = r"%|procent|andel|share|rate|percent|frekvens|grad\b|ratio|kvot"
_NOT_LIMITS: Final = frozenset(
    {"percent", "count", "index", "seconds", "minutes", "hours", "thousands", "women", "men", "response_rate", "base"}
)
"""What a measure's header may say and still be the indicator, or not, by the rules below."""
_MEAN: Final = r"medel|snitt|average|\bmean\b|\bavg\b"
_PART_OF: Final = (
    r"andra regioner|other regions|egna|utomläns|utländsk|intern|tolk|språk|\bapp(?:en|ar)?\b|bankid|freja|mobil"
)
_OTHER_SERVICE: Final = re.compile(
    r"växel|switchboard|chatt?\b|chatten|chattar|ambulans|ambulance|\b112\b|larm|sjukresor|kundtjänst|customer service"
    r"|it-support|help ?desk|service ?desk|tandvård|dental|primärvård|vårdcentral|hälsocentral|primary care"
)
_OWN_SERVICE: Final = re.compile(r"1177[\w ]{0,20}telefon|1177[\w ]{0,20}phone|telefonrådgivning|sjukvårdsrådgivning")
_SURVEY: Final = r"enkät|survey|undersökning|barometer|förtroende|trust|nöjd|satisf"
"""A share of answers to a survey is no share of calls."""
_PRIMARY: Final = r"primärvård|vårdcentral|hälsocentral|primary care"


@dataclass(frozen=True)
class _Rule:
    """`yes`: every pattern must be found; `no`: none may. `where` must and
    `unless` may not be found in the words or in what stands around."""

    indicator: str
    yes: tuple[str, ...]
    no: str = ""
    where: str = ""
    unless: str = ""


_RULES: Final = (
    _Rule("calls_share_answered", (rf"{_SHARE}", r"besvara|\bbesv\b|answered"),
          rf"{_PRIMARY}|tappad|avbrut|abandon|nki|{_SURVEY}|antal svar|chatt|återuppring|svarsfrekvens|svarsandel",
          unless=_SURVEY),
    _Rule("calls_share_answered", (rf"{_SHARE}", r"\bsvar", r"samtal|calls"),
          rf"{_PRIMARY}|tappad|avbrut|abandon|nki|{_SURVEY}|antal svar|chatt|återuppring|svarsfrekvens|svarsandel"
          r"|positiv|negativ", unless=_SURVEY),
    _Rule("calls_share_answered", (r"svarsfrekvens|svarsandel|answer(?:ed)? rate|answering rate",),
          rf"{_PRIMARY}|enkät|survey|nki|respons", where=r"samtal|call|telefon|inkomna|kö",
          unless=r"(?s)^(?!.*(?:inkomna|offered|besvarade|tappade)).*(?:nki|enkät|survey|undersökning|index|nöjd)"),
    _Rule("calls_offered", (r"inkomna|inkommande|inringda|\bink\b|offered|incoming|inbound|received",),
          rf"{_SHARE}|besvara|\bbesv\b|answered|tappad|ärende|chatt|e-?tjänst|meddeland|svar\b|{_PRIMARY}|återuppring"
          rf"|{_MEAN}|{_PART_OF}"),
    _Rule("calls_answered", (r"besvarade|\bbesv\b|answered",),
          rf"{_SHARE}|ej |inte |obesvara|unanswered|not answered|tappad|ärende|chatt|e-?tjänst|meddeland|{_PRIMARY}"
          rf"|återuppring|handlagda|frågor|enkät|tid\b|time|{_MEAN}|{_PART_OF}"),
    _Rule("calls_mean_wait", (r"medel|genomsnitt|snitt|average|mean|avg|\basa\b", r"vänt|kötid|kö\b|wait|queue|svarstid"
                                                                               r"|speed of answer|answer time|\basa\b"),
          rf"samtalstid|handläggning|talk|nöjd|nki|index|{_PRIMARY}"),
    _Rule("logins", (r"inlogg|log-?ins?\b|sign-?ins?\b",), rf"{_SHARE}|unik|unique|per inv|personer|invånare|ombud"
          rf"|{_MEAN}|{_PART_OF}"),
    _Rule("web_visits", (r"besök|visits|sessions|sessioner",),
          rf"{_SHARE}|unik|unique|sidvis|page ?view|bokade|fysisk|per inv|besökare|visitors|mottagning|vårdbesök"
          rf"|digitala vård|{_MEAN}|{_PART_OF}", where=r"1177\.se|webb|web|sajt|site"),
    _Rule("accounts_share", (r"konto|account|anslut", rf"{_SHARE}"), "förändring|change|antal"),
    _Rule("nki_phone_waiting", (r"vänteti|väntan|waiting",), r"medel|mean|genomsnitt|minut|sek|rimlig",
          where=r"nki|index|nöjd"),
    _Rule("nki_phone_information", (r"information(?:en)?\b",), "", where=r"nki|index|nöjd"),
    _Rule("nki_phone_treatment", (r"bemötande|treatment",), "", where=r"nki|index|nöjd"),
    _Rule("nki_phone_communication", (r"kommunikation|communication",), "", where=r"nki|index|nöjd"),
    _Rule("nki_phone_credibility", (r"trovärdighet|credibility",), "", where=r"nki|index|nöjd"),
    _Rule("nki_phone_time", (r"\btid(?:en)?\b|\btime\b",), r"vänte|kö\b|median|medel|samtalstid",
          where=r"nki|index|nöjd"),
    _Rule("trust_1177_phone", (r"förtroende|trust", r"telefon|phone"), ""),
    _Rule("trust_1177_web", (r"förtroende|trust", r"webb|web|1177\.se"), ""),
    _Rule("trust_1177_eservices", (r"förtroende|trust", r"e-?tjänst|e-?service"), ""),
    _Rule("awareness_1177_phone", (r"kännedom|awareness|känner till", r"telefon|phone"), ""),
    _Rule("awareness_1177_web", (r"kännedom|awareness|känner till", r"webb|web|1177\.se"), ""),
    _Rule("eservices_1177_positive", (r"positiv", r"e-?tjänst|e-?service"), "negativ"),
    _Rule("primary_care_phone_share", (_PRIMARY, r"telefon|phone", _SHARE + "|tillgänglighet"), ""),
)  # fmt: skip
_IN_TIME: Final = r"(?:inom|within) (?:svarsmålet|target|\d+ ?(?:min|minuter|minutes|s|sek|sekunder|seconds)\b)"
_OF: Final = r"\)? ?(?:/|÷|av|of) ?(?:samtliga |alla |all |calls )?"
_SERVICE_LEVELS: Final = (
    (
        "calls_within_target_or_abandoned_of_offered",
        re.compile(
            rf"(?:besvarade|answered) ?(?:\+|och|and) ?(?:tappade|abandoned) {_IN_TIME}{_OF}(?:inkomna|offered)"
        ),
    ),
    (
        "calls_within_target_of_offered",
        re.compile(rf"(?<!\+ )(?:besvarade|answered)(?: samtal| calls)? {_IN_TIME}{_OF}(?:inkomna|offered)"),
    ),
    (
        "calls_within_target_of_answered",
        re.compile(rf"(?<!\+ )(?:besvarade|answered)(?: samtal| calls)? {_IN_TIME}{_OF}(?:besvarade|answered)"),
    ),
)
"""Only words that say numerator and denominator both tell which of the three service levels is meant."""
_SUB_INDICES: Final = "nki_phone_"
_NKI: Final = re.compile(r"\bnki\b|nöjd[ -]?kund|kundnöjdhet|customer satisfaction|\bcsi\b|helhetsbetyg|helhetsnöjd")
_MARKS: Final = re.compile(r"\b1 ?(?:-|–|—|till|to) ?(?:4|5|6|7|10)\b")
"""A scale of marks, which is no index 0–100."""
_CHANNELS: Final = (
    ("nki_eservices", re.compile(r"e-?tjänst|e-?service")),
    ("nki_phone", re.compile(r"telefon|phone|samtal|ring")),
    ("nki_web", re.compile(r"webb|web|1177\.se|sajt|site")),
)
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
    level = next((level for level, pattern in _SERVICE_LEVELS if pattern.search(words)), "")
    if level and not _OTHER_SERVICE.search(words):
        return Guess(level, _BY_WORDS, "words")
    if is_limited(words, known):
        return None
    if _NKI.search(words):
        if _MARKS.search(words):
            return None
        return _channel(words, tidy_name(context))
    for rule in _RULES:
        if all(re.search(yes, words) for yes in rule.yes) and not (rule.no and re.search(rule.no, words)):
            if rule.where and not re.search(rule.where, around):
                continue
            if rule.unless and re.search(rule.unless, around):
                continue
            if rule.indicator.startswith(_SUB_INDICES) and _other_channel(around):
                continue
            if rule.indicator.startswith("calls_") and _OTHER_SERVICE.search(words):
                continue
            if rule.indicator.startswith(_SUB_INDICES) and not names_channel(around):
                return Guess(rule.indicator, _WEAK, "nki_without_channel")
            near = bool(rule.where) and not re.search(rule.where, words)
            return Guess(rule.indicator, _BY_CONTEXT if near else _BY_WORDS, "words_around" if near else "words")
    return None


def is_limited(words: str, known: Catalogue) -> bool:
    """Whether words change what is counted: within a time, a change, a target, a forecast, so far this year …"""
    kinds = said(words, known).kinds.keys() - _NOT_LIMITS
    return any(verdict_of(kind) == "error" or kind.startswith("grain_") for kind in kinds)


def _channel(words: str, context: str) -> Guess | None:
    """Which NKI: by phone, e-services or web. The words themselves before the title; never one of several."""
    sub = next((r.indicator for r in _RULES if r.indicator.startswith(_SUB_INDICES) and re.search(r.yes[0], words)), "")
    for text, confidence in ((words, _BY_WORDS), (context, _BY_CONTEXT)):
        channels = [indicator for indicator, pattern in _CHANNELS if pattern.search(text)]
        if "nki_phone" in channels and sub:
            return Guess(sub, confidence, "words")
        if len(channels) == 1 and not sub:
            return Guess(channels[0], confidence, "words" if text == words else "words_around")
    return None if sub else Guess("nki_phone", _WEAK, "nki_without_channel")


def of_another_service(guess: Guess | None, words: str, titles: str) -> bool:
    """Whether calls are another service's than 1177's, by the lines above the table: a switchboard's, a chat's."""
    calls = guess is not None and guess.indicator.startswith("calls_") and "1177" not in words
    titles = tidy_name(titles)
    return calls and _OTHER_SERVICE.search(titles) is not None and _OWN_SERVICE.search(titles) is None


def names_channel(text: str) -> bool:
    """Whether a text says which of 1177's services it is about.

    >>> [names_channel(text) for text in ("1177 på telefon", "1177.se", "Ambulansen")]
    [True, True, False]
    """
    return any(pattern.search(tidy_name(text)) for _, pattern in _CHANNELS)


def _other_channel(around: str) -> bool:
    """Sub-indices are of the phone service; with e-services or the web in the title and no phone they are another's."""
    phone = _CHANNELS[1][1].search(around)
    return not phone and any(pattern.search(around) for _, pattern in _CHANNELS)


COUNTS: Final = {
    "calls_share_answered": (r"besvarade|\bbesv\b|answered", r"inkomna|\bink\b|inkommande|offered|incoming|inbound"),
    "accounts_share": (
        r"antal (?:med )?(?:.*\s)?konto|konton|accounts",
        r"invånare|befolkning|folkmängd|population|residents",
    ),
}
"""Share → what its numerator and denominator are called beside it."""
NOT_COUNTS: Final = re.compile(_SHARE)
