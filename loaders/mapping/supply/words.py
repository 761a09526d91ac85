"""Words of supply files that are not known but can be guessed: shortened services, statuses in other words."""

import difflib
import re
from typing import Final

from indicators import Catalogue, tidy_name
from loaders.mapping.spec import Status, SupplyRole
from loaders.records.supply.words import role_of, status_of

_LIKE: Final = 0.82
_ROLES: Final[tuple[tuple[SupplyRole, str], ...]] = (
    ("unit", r"\bhsa"),
    ("kind", r"\b(?:enhets|verksamhets)?(?:typ|slag|form)\b"),
    ("municipality", r"\bkommun"),
    ("cases", r"\b(?:antal|ärenden|volym)\b"),
    ("region", r"\bregion\b"),
    ("name", r"\b(?:vård)?enh(?:et)?(?:s|en|ens)?(?:namn)?\b|mottagn|central|\bverksamhet\b|\barbetsställe"),
)
_LONGEST_NAME: Final = 200  # letters; likeness costs their square
_NOT: Final = re.compile(r"(?:ej|inte|nej|icke)\b|not\b")
_APPLICABLE: Final = re.compile(r"aktuel|tillämp|relevan|applic|berör")
_OFFERS: Final = re.compile(r"erbjud|finns|aktiv|öpp|ja\b|yes|infört|införd|igång|används|available")
_UNSURE: Final = re.compile(r"okän|oklar|vet ej|saknas|osäker|unknown")


def role_like(header: str) -> SupplyRole | None:
    """What a header seems to say, where it is no known word.

    >>> role_like("Verksamhetsform"), role_like("Arbetsställe"), role_like("Boka tid")
    ('kind', 'name', None)
    """
    known = role_of(header)
    if known:
        return known  # type: ignore[return-value]
    tidy = tidy_name(header)
    return next((role for role, pattern in _ROLES if re.search(pattern, tidy)), None)


def guessed_status(word: str) -> Status | None:
    """What a cell's word seems to say, or None.

    >>> [guessed_status(word) for word in ("Erbjuds", "Ej aktuell för enheten", "Ej införd", "Planeras")]
    ['offered', 'not_applicable', 'not_offered', None]
    """
    tidy = tidy_name(word)
    if known := status_of(tidy):
        return known  # type: ignore[return-value]
    if _UNSURE.search(tidy):
        return "unknown"
    if _NOT.match(tidy):
        return "not_applicable" if _APPLICABLE.search(tidy) else "not_offered"
    return "offered" if _OFFERS.search(tidy) else None


def guessed_service(printed: str, known: Catalogue) -> tuple[str, float]:
    """(the service a name seems to mean, how sure), or (`?` and the tidied name, 0) where it is like none."""
    if service := known.service_named(printed):
        return service.id, 1.0
    tidy = tidy_name(printed)
    if len(tidy) > _LONGEST_NAME:
        return f"?{tidy}", 0.0
    words = re.findall(r"\w+", tidy)
    near = {
        service.id
        for service in known.eservices.values()
        for name in (service.title.sv, *service.synonyms)
        if _shortens(words, re.findall(r"\w+", tidy_name(name))) or _alike(tidy, tidy_name(name))
    }
    return (near.pop(), 0.7) if len(near) == 1 else (f"?{tidy}", 0.0)


def _shortens(words: list[str], own: list[str]) -> bool:
    """Whether every word is the first letters of a service's: `Best tid`, `Förny rec`."""
    return len(words) == len(own) and all(
        len(word) > 1 and full.startswith(word) for word, full in zip(words, own, strict=True)
    )


def _alike(tidy: str, own: str) -> bool:
    return difflib.SequenceMatcher(None, tidy, own).ratio() >= _LIKE
