"""Texts that are alike but for a region's name: `1177 Norrbotten`, `1177 Gävleborg` — queues, accounts, sites."""

import re
from collections.abc import Collection, Iterable

from indicators import Catalogue, tidy_name
from loaders.tables.cells import is_region, is_total, region_inside


def regions_alike(texts: Iterable[str], known: Catalogue) -> dict[str, str]:
    """Text → region code, where two texts or more are the same words around a region each. Empty where a region comes
    twice or most texts are something else: then they are places within regions (`Gävleborgs sjukhus`, `Hofors`)."""
    distinct = [text for text in dict.fromkeys(texts) if text and not is_total(text)]
    found: dict[str, str] = {}
    around: set[str] = set()
    for text in distinct:
        if is_region(text, known):
            return {}
        region = known.region_named(region_inside(text, known) or "?")
        if region is None:
            continue
        found[text] = region.code
        around.add(_without(text, (region.name, region.short_name, *region.synonyms)))
    alike = len(found) > 1 and len(around) == 1 and len(set(found.values())) == len(found)
    return found if alike and len(found) > len(distinct) / 2 else {}


def _without(text: str, names: Collection[str]) -> str:
    """The words beside a region's name."""
    longest = "|".join(re.escape(tidy_name(name)) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{longest})s?(?!\w)", "{region}", tidy_name(text))
