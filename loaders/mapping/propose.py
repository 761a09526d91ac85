"""How would this file be read? A mapping guessed from names, types and contents, with the reasons; a person decides."""

import re
from dataclasses import replace
from typing import Final

from indicators import Catalogue, tidy_name
from loaders.mapping.contents import Contents, contents_of
from loaders.mapping.guess_figures import guess_figures
from loaders.mapping.guess_keys import Keys, guess_keys
from loaders.mapping.guess_words import Guessed
from loaders.mapping.proposal import Proposal, Reasoned
from loaders.mapping.queues import regions_alike
from loaders.mapping.role_names import BREAKDOWN
from loaders.mapping.spec import Given, Mapping, TableSpec
from loaders.mapping.supply.guess import propose_supply
from loaders.mapping.table import Table, find_tables, keys_of, table_at
from loaders.tables.cells import SIGNS, TOTALS, is_cumulative, is_region, is_total, period_inside, region_spelt
from loaders.tables.document import Document, Sheet

_NONE: Guessed = ((), {}, Given(), [Reasoned(0, "figures", 0.0, "cumulative")])
_ALL: Final = frozenset({"total", "totalt", "alla", "samtliga", "all", "overall", "alla åldrar", "hela gruppen"})


def propose(document: Document, known: Catalogue) -> Proposal:
    """The mapping a file seems to have: its supply of e-services, or its figures."""
    return propose_supply(document, known) or propose_figures(document, known)


def propose_figures(document: Document, known: Catalogue) -> Proposal:
    """The mapping of a file's figures: one table per kind of header among its sheets."""
    groups: dict[tuple[object, ...], list[Table]] = {}
    for sheet in document.sheets:
        for place, table in enumerate(find_tables(sheet, known)):
            groups.setdefault((keys_of(table.columns), place, is_cumulative(table.context)), []).append(table)
    guessed = [_guess(tables, known, several=_shares_sheet(tables, groups)) for tables in groups.values()]
    useful = [each for each in guessed if each[0].figures] or sorted(guessed, key=_size, reverse=True)[:1]
    if not useful:
        return Proposal(None)
    parts = [replace(part, table=place) for place, (_, own) in enumerate(useful) for part in own]
    specs = tuple(spec for spec, _ in useful)
    return Proposal(Mapping(tables=specs), tuple(parts), lacking_of(specs))


def _shares_sheet(tables: list[Table], groups: dict[tuple[object, ...], list[Table]]) -> bool:
    """Whether other groups' sheets must be told from these by name."""
    mine = needed = {table.sheet.name for table in tables}
    others = {table.sheet.name for own in groups.values() if own is not tables for table in own} - mine
    return bool(others) and bool(needed)


def propose_with_header(
    document: Document, known: Catalogue, sheet: str, header_row: int, header_rows: int
) -> Proposal:
    """The proposal for one sheet, its header where the person says it is."""
    chosen = next((each for each in document.sheets if each.name == sheet), None)
    if chosen is None:
        return Proposal(None)
    first = header_row + header_rows if header_rows else header_row
    spec, parts = _guess([table_at(chosen, header_row, header_rows, first, known)], known, len(document.sheets) > 1)
    own = [replace(part, confidence=1.0, why="by_hand", values={}) if part.part == "header" else part for part in parts]
    return Proposal(Mapping(tables=(spec,)), tuple(own), lacking_of((spec,)))


def lacking_of(specs: tuple[TableSpec, ...]) -> tuple[tuple[int, str], ...]:
    """What must be said before any figure of these tables can be read."""
    found = []
    for place, spec in enumerate(specs):
        keys = " ".join(each.column for each in spec.figures)
        has = {
            "figures": bool(spec.figures),
            "region": bool({"region", "region_code"} & set(spec.columns))
            or "{region}" in keys
            or spec.region.kind != "none",
            "period": bool({"period", "year"} & set(spec.columns)) or "{period}" in keys or spec.period.kind != "none",
            "indicator": spec.indicator.kind != "none"
            or any(word.indicator for word in spec.words.values())
            or (bool(spec.figures) and all(each.indicator for each in spec.figures)),
        }
        found += [(place, part) for part, there in has.items() if not there]
    return tuple(found)


def _size(guessed: tuple[TableSpec, list[Reasoned]]) -> int:
    return len(guessed[0].columns)


def _guess(tables: list[Table], known: Catalogue, several: bool) -> tuple[TableSpec, list[Reasoned]]:
    """The spec of sheets that share their headers, guessed from the first with the others as support."""
    table = tables[0]
    contents = [contents_of(table, column, known) for column in table.columns]
    keys = guess_keys(tables, contents, known)
    only = guess_only(contents, keys)
    regions = guess_regions(table, contents, keys, known)
    cumulative = is_cumulative(table.context)
    figures, words, indicator, more = _NONE if cumulative else guess_figures(table, contents, keys, known)
    if not figures and not cumulative:
        more.append(
            Reasoned(0, "figures", 0.0, "no_indicator_units" if "care_unit" in keys.columns else "no_indicator")
        )
    spec = TableSpec(
        sheets=_sheets(tables, known) if several else (),
        title=table.title,
        header_row=table.header_row,
        header_rows=table.header_rows,
        first=table.first,
        columns=keys.columns,
        fill=keys.fill,
        region=keys.region,
        period=keys.period,
        sex=keys.sex,
        indicator=indicator,
        grain=keys.grain,
        figures=figures,
        words=words,
        regions=regions,
        only=only,
        skip=TOTALS,
        missing=dict(SIGNS),
        decimal=_decimal(contents),
    )
    return spec, [_header(table), *keys.reasons, *more]


def _sheets(tables: list[Table], known: Catalogue) -> tuple[str, ...]:
    """The sheets by name where the next file can be expected to have them so; () where a name is a region or period."""
    return tuple(each.sheet.name for each in tables) if all(_is_own_name(each.sheet, known) for each in tables) else ()


def _is_own_name(sheet: Sheet, known: Catalogue) -> bool:
    """Whether the sheet's name can be expected in the next file: not a region's or a period's."""
    return not is_region(sheet.name, known) and period_inside(sheet.name) is None


def _header(table: Table) -> Reasoned:
    if not table.header_rows:
        return Reasoned(0, "header", 0.3, "no_header")
    named = [column for column in table.columns if column.label]
    used = [column for column in table.columns if table.values(column.col)]
    sure = 0.9 if len(named) >= len(used) else 0.7
    last = table.header_row + table.header_rows - 1
    rows = {"first": table.header_row, "last": last}
    return Reasoned(0, "header", sure, "header_rows" if table.header_rows > 1 else "header_row", rows)


def _decimal(contents: list[Contents]) -> str:
    """The decimal sign where one is used and the other stands between thousands; "" where nothing tells."""
    texts = [text for each in contents if each.figure > 0.5 for text in each.texts]
    for sign, other in ((",", "."), (".", ",")):
        groups = [text for text in texts if re.fullmatch(rf"-?\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", text)]
        both = any(
            re.fullmatch(rf"-?\d{{1,3}}(?:{re.escape(other)}\d{{3}})+{re.escape(sign)}\d+", text) for text in texts
        )
        fractions = any(re.search(rf"\d{re.escape(sign)}\d{{1,2}}(?!\d)", text) for text in texts)
        several = any(text.count(other) > 1 for text in groups)
        if groups and (both or several or fractions):
            return sign
    return ""


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
