"""The words of supply files: what a column is called, what a unit's kind and a cell's status are called."""

import re
from typing import Final

from indicators import tidy_name
from loaders.tables.cells import is_total

_ROLE_NAMES: Final[tuple[tuple[str, str], ...]] = (
    ("unit", r"(?:enhetens |vårdenhetens )?hsa[- ]?(?:id|kod)?|hsaid|enhets?[- ]?id|unit id|care unit id"),
    (
        "name",
        r"(?:vård)?enhet(?:er|en|ens namn)?|(?:vård)?enhets?namn|mottagning(?:ens namn|snamn)?"
        r"|(?:hälso|vård)central(?:ens namn|er)?|hälsocentral/mottagning|namn(?: på enhet(?:en)?)?"
        r"|unit(?: name)?|care unit|name",
    ),
    (
        "kind",
        r"(?:enhets|vårdenhets|mottagnings|verksamhets)?typ(?: av enhet)?|typ av (?:vård)?enhet|enhetstyp/kind"
        r"|kind|slag|unit type|type",
    ),
    ("region", r"region(?:en|skod|kod|namn)?|landsting|län(?:skod)?|huvudman|region/län"),
    ("municipality", r"kommun(?:namn)?|municipality"),
    ("area", r"område|närområde|(?:närsjukvårds|hälso- och sjukvårds|sjukvårds)?(?:område|distrikt)|länsdel|area"),
    (
        "valid_from",
        r"(?:giltig|gäller) (?:från|fr\.? ?o\.? ?m\.?)|giltig(?:hets)?start|start(?:datum)?|öppnad"
        r"|från(?: och med)?|fr\.? ?o\.? ?m\.?|valid from",
    ),
    (
        "valid_to",
        r"(?:giltig|gäller) (?:till|t\.? ?o\.? ?m\.?)|giltig(?:hets)?slut|slut(?:datum)?|stängd|upphörd"
        r"|till(?: och med)?|t\.? ?o\.? ?m\.?|nedlagd|valid to",
    ),
    ("parent", r"tillhör(?: enhet)?|överordnad(?: enhet)?|huvudenhet|moderenhet|filial till|belongs to|parent"),
    ("merged_into", r"uppgått i|sammanslagen med|uppgår i|går upp i|ersatt av|ersätts av|merged into"),
    ("service", r"(?:e[- ]?)?tjänst(?:ens namn|enamn|namn)?|ärendetyp|e-service|service"),
    ("status", r"status|erbjuds|erbjuder|utbud|finns|ja/nej|offered"),
    ("cases", r"(?:antal )?(?:inkomna )?ärenden|ärenden \(antal\)|cases|number of cases"),
    ("period", r"period|mätperiod|månad|år|halvår|kvartal|avser|per|tidpunkt|date|datum|month|year"),
    ("comment", r"kommentar(?:er)?|anmärkning(?:ar)?|notering(?:ar)?|källa|comment|source"),
)
_ROLES: Final = tuple((role, re.compile(pattern)) for role, pattern in _ROLE_NAMES)

_KINDS: Final = {
    "health_centre": r"(?:hälso|vård|familje|närvårds?)central(?:er)?|hc|vc|health ?centre|health ?center|primärvård",
    "branch": r"filial(?:er)?(?:mottagning)?|(?:hälso|vård)centralsfilial|branch",
    "service_point": r"(?:vård)?servicepunkt(?:er)?|virtuella? (?:hälsorum|vårdrum)|samhällsrum|hälsorum"
    r"|service ?point",
    "clinic": r"\A.*mottagning(?:ar)?|klinik(?:er)?|\A.*klinik|bvc|barnavårdscentral|bmm|mvc|mödravårdscentral"
    r"|ungdomsmottagning|rehab(?:mottagning)?|clinic",
    "other": r"övrig[ta]?|annan|annat|other",
}
_KIND_PATTERNS: Final = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}

STATUS_WORDS: Final = {
    "offered": "ja, j, yes, y, x, ×, ✓, ✔, √, 1, sant, true, erbjuds, erbjuder, finns, aktiv, aktiverad, offered",
    "not_offered": "nej, n, no, 0, falskt, false, erbjuds ej, erbjuds inte, erbjuder ej, erbjuder inte, finns ej, "
    "finns inte, ej aktiverad, not offered",
    "not_applicable": "ej tillämpligt, ej tillämplig, ej tillämpbart, inte tillämpligt, e.t., e.t, et, e t, e/t, "
    "ej aktuell, ej aktuellt, inte aktuellt, ej relevant, n/a, na, not applicable",
    "unknown": "?, -, .., uppgift saknas, okänt, okänd, vet ej, ej svar, inget svar, ej besvarad, unknown",
}
"""Each status with the words a cell says it by. An empty cell and a bare dash are unknown: nobody has said that the
service is missing. Which of them it was stays in the offer's `printed`."""
_STATUS_OF: Final = {word: status for status, words in STATUS_WORDS.items() for word in words.split(", ")} | {
    "": "unknown"
}

_SUMS: Final = re.compile(
    r"(?:antal|andel|summa|totalt|total|procent|varav)\b.*"
    r"|(?:hela|alla) (?:region|län|riket|landet|(?:vård)?enheter|(?:vård|hälso)central|mottagningar)\w*(?: i .*)?"
)
_CASES: Final = re.compile(r"(?:antal )?(?:ärenden|cases)\)?\Z", re.IGNORECASE)
FIGURES: Final = re.compile(
    r"\A(?:värde|utfall|resultat|indikator.*|mätperiod|täljare|nämnare.*|samtal|.* samtal|antal .*|andel.*|kpi|kön"
    r"|ålder|value|kön/totalt)"
)
"""Headers of a table of figures: one that has any is no unit list, whatever else it names."""


def role_of(header: str) -> str:
    """What a column with this header holds, or "".

    >>> [role_of(header) for header in ("HSA-id", "Enhetsnamn", "Uppgått i", "Boka tid")]
    ['unit', 'name', 'merged_into', '']
    """
    tidy = tidy_name(header).rstrip(":*")
    return next((role for role, pattern in _ROLES if pattern.fullmatch(tidy)), "")


def kind_of(printed: str) -> str:
    """A unit's kind (models.UNIT_KINDS) by the file's word; `other` for one nobody knows."""
    tidy = tidy_name(printed)
    return next((kind for kind, pattern in _KIND_PATTERNS.items() if pattern.fullmatch(tidy)), "other")


def status_of(printed: str) -> str | None:
    """A cell's status (models.OFFER_STATUSES), or None for words that say none.

    >>> [status_of(text) for text in ("Ja", "0.0", "E.T.", "–", "", "kanske")]
    ['offered', 'not_offered', 'not_applicable', 'unknown', 'unknown', None]
    """
    return _STATUS_OF.get(tidy_name(printed).removesuffix(".0"))


def is_sum(text: str) -> bool:
    """Whether a row's or a column's label sums others."""
    return is_total(text) or _SUMS.fullmatch(tidy_name(text)) is not None


def cases_of(header: str) -> str:
    """The service whose cases a header counts, or "".

    >>> cases_of("Förnya recept, antal ärenden"), cases_of("Förnya recept (ärenden)"), cases_of("Ärenden")
    ('Förnya recept', 'Förnya recept', '')
    """
    tidy = " ".join(header.split())
    counted = _CASES.search(tidy)
    before = tidy[: counted.start()] if counted else ""
    service = before.rstrip(" ,:;(|–-")
    return service if service != before else ""
