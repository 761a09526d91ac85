"""Names as they are compared, and who claims one: two entries of the catalogue may never share a name."""

import re
import unicodedata
from typing import Any

from indicators.model import EService


def tidy_name(printed: str) -> str:
    """A name as it is compared: NFKC, one kind of dash and space, no case, no outer blanks.

    >>> tidy_name("Jämtland–Härjedalen ") == tidy_name("jämtland-härjedalen")
    True
    """
    plain = unicodedata.normalize("NFKC", printed).casefold()
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain)
    return " ".join(plain.split())


def region_key(printed: str) -> str:
    """A region's name, hyphens as spaces."""
    return tidy_name(printed).replace("-", " ")


def service_key(printed: str) -> str:
    """A service's name without the signs files write differently: `Av/omboka`, `Av- omboka`."""
    return " ".join(re.sub(r"[^\w]+", " ", tidy_name(printed)).split())


def service_names(eservices: dict[str, EService]) -> dict[str, str]:
    """Name as it is compared → the id of the service it means: its id, titles and synonyms. ValueError for a name of
    two services."""
    names: dict[str, str] = {}
    for service in eservices.values():
        for printed in (service.id, service.title.sv, service.title.en, *service.synonyms):
            claim(names, service_key(printed), service.id)
    return names


def claim(claimed: dict[Any, str], key: Any, owner: str) -> None:
    """Note that `owner` goes by a name. ValueError for a name that is another's."""
    if claimed.setdefault(key, owner) != owner:
        raise ValueError(f"{key} is claimed by both {claimed[key]} and {owner}")
