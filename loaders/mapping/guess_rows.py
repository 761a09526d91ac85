"""Which rows are read? One group of a breakdown, and names that are regions under another spelling or none at all."""

from typing import Final

from indicators import Catalogue, tidy_name
from loaders.mapping.contents import Contents
from loaders.mapping.guess_keys import Keys
from loaders.mapping.queues import regions_alike
from loaders.mapping.role_names import BREAKDOWN
from loaders.mapping.table import Table
from loaders.tables.cells import is_region, is_total, region_spelt

_ALL: Final = frozenset({"total", "totalt", "alla", "samtliga", "all", "overall", "alla åldrar", "hela gruppen"})


def guess_only(contents: list[Contents], keys: Keys) -> dict[str, tuple[str, ...]]:
    """A breakdown's column and the text of its total, where other rows are about parts of the region."""
    found = {}
    for each in contents:
        texts = tuple(dict.fromkeys(each.column_texts))
        totals = tuple(text for text in texts if tidy_name(text) in _ALL)
        free = each.column.key not in keys.taken
        if free and totals and 1 < len(texts) <= 30 and BREAKDOWN.fullmatch(each.column.words):
            found[each.column.key] = totals
            keys.say(
                f"only:{each.column.key}", 0.8, "breakdown_total", header=each.column.label, texts=", ".join(totals)
            )
    return found


def guess_regions(table: Table, contents: list[Contents], keys: Keys, known: Catalogue) -> dict[str, str]:
    """Names beside the regions' own that the catalogue does not know: a region's under another spelling, or none's."""
    for each in contents:
        if each.column.region and (code := region_spelt(each.column.label, known)):
            keys.say(
                f"region:{each.column.label}",
                0.7,
                "region_spelt",
                found=each.column.label,
                region=known.regions[code].name,
            )
    column = next((each.column for each in contents if each.column.key == keys.columns.get("region")), None)
    lines = [texts for _, texts in table.body if sum(map(bool, texts)) > 1] if column else []
    queues = regions_alike([texts[column.col - 1] for texts in lines], known) if column else {}
    found = {}
    for text in dict.fromkeys(texts[column.col - 1] for texts in lines if column):
        if not text or is_region(text, known) or is_total(text) or text.isdecimal():
            continue
        code = queues.get(text) or region_spelt(text, known)
        if code is None and known.nearest_region(text) is not None:
            continue  # perhaps a misspelt region: a person must say
        found[text] = code or ""
        name = known.regions[code].name if code else ""
        keys.say(
            f"region:{text}", 0.7 if code else 0.5, "region_spelt" if code else "region_left", found=text, region=name
        )
    return found
