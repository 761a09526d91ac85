"""Where do a table's region, period, sex and unit stand? In a column, a header, a title, the sheet's name or an id."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from indicators import Catalogue, tidy_name
from loaders.mapping.contents import Contents
from loaders.mapping.proposal import Reasoned
from loaders.mapping.queues import regions_alike
from loaders.mapping.role_names import beside_called, is_called
from loaders.mapping.spec import Given, Grain, Role
from loaders.mapping.table import Table
from loaders.tables.addresses import cell
from loaders.tables.cells import is_cumulative, is_month_end, is_region, period_inside, region_inside
from loaders.tables.hsa import region_of_unit
from loaders.tables.short_years import are_days, is_short, with_century
from loaders.tables.vocabulary import SEX_WORDS, said

_ENOUGH = 0.6
_TEXTS: tuple[Role, ...] = ("unit", "source", "comment")
_NOWHERE = Given()
_BOTH = Given(kind="constant", text="T")


@dataclass
class Keys:
    """The guessed roles, and the reasons."""

    columns: dict[Role, str] = field(default_factory=dict)
    fill: tuple[Role, ...] = ()
    region: Given = _NOWHERE
    period: Given = _NOWHERE
    sex: Given = _BOTH
    grain: Grain = "as_is"
    reasons: list[Reasoned] = field(default_factory=list)

    @property
    def taken(self) -> set[str]:
        return set(self.columns.values())

    def take(self, role: Role, found: Contents, confidence: float, why: str, part: str = "") -> None:
        self.columns[role] = found.column.key
        self.say(part or role, confidence, why, header=found.column.shown)

    def say(self, part: str, confidence: float, why: str, **values: Any) -> None:
        self.reasons.append(Reasoned(0, part, round(confidence, 2), why, values))


def guess_keys(tables: list[Table], contents: list[Contents], known: Catalogue) -> Keys:
    """Each role at most once; a header that says it comes before a title, a title before a sheet's name."""
    keys = Keys()
    usable = [each for each in contents if each.column.key or each.texts]
    _unit(keys, usable)
    _region(keys, tables, usable, known)
    _period(keys, tables, usable)
    _sex(keys, tables, usable, known)
    for role in _TEXTS:
        found = _best(usable, keys, partial(_named, role))
        if found and not (role == "unit" and _looks_like_names(found, "care_unit" in keys.columns)):
            keys.take(role, found, 0.8, "named")
    return keys


def _named(role: Role, each: Contents) -> float:
    return float(is_called(each.column.words, role) and each.words > 0.5)


def _best(contents: list[Contents], keys: Keys, score: Callable[[Contents], float]) -> Contents | None:
    free = [each for each in contents if each.column.key not in keys.taken and each.column.key]
    best = max(free, key=score, default=None)
    return best if best is not None and score(best) > 0 else None


def _looks_like_names(found: Contents, units: bool) -> bool:
    """An `Enhet` of many different texts is care units' names, not a unit of measurement; beside their ids (`units`)
    one that is another on every row is, too."""
    distinct = len(set(found.texts))
    return distinct > 4 or (units and distinct == len(found.texts))


def _unit(keys: Keys, contents: list[Contents]) -> None:
    found = _best(contents, keys, lambda each: each.unit if each.unit >= _ENOUGH else 0.0)
    if found:
        keys.take("care_unit", found, found.unit, "hsa_ids")


def _region(keys: Keys, tables: list[Table], contents: list[Contents], known: Catalogue) -> None:
    def score(each: Contents) -> float:
        named = is_called(each.column.words, "region")
        return each.region + 0.3 * named if each.region >= (0.25 if named else _ENOUGH) else 0.0

    code = _best(contents, keys, lambda each: each.code if is_called(each.column.words, "region_code") else 0.0)
    if code and code.code >= _ENOUGH:
        keys.take("region_code", code, 0.9, "named", part="region_code")
    if any(each.column.region for each in contents):
        keys.say("region", 0.95, "region_in_header")
        return
    found = _best(contents, keys, score)
    if found:
        lines = [texts for _, texts in tables[0].body if texts[found.column.col - 1]]
        alone = [
            texts for texts in lines if sum(map(bool, texts)) == 1 and is_region(texts[found.column.col - 1], known)
        ]
        if found.region < 0.9 and alone and found.period + found.part > 0.3:
            keys.region = Given(kind="section", text=found.column.key)
            keys.say("region", 0.75, "region_section", header=found.column.shown)
            return
        keys.take("region", found, min(0.98, 0.6 * found.region + 0.35), "regions_in_column")
        _fill(keys, "region", found)
        return
    if _sections(keys, tables[0], contents, known) or (code and "region_code" in keys.columns):
        return
    queues = _best(contents, keys, lambda each: float(bool(regions_alike(each.texts, known))))
    if queues:
        keys.take("region", queues, 0.7, "regions_inside")
        return
    _region_elsewhere(keys, tables, contents, known)


def _sections(keys: Keys, table: Table, contents: list[Contents], known: Catalogue) -> bool:
    """Lines with nothing but a region's name, each above its own rows."""
    for each in contents[:2]:
        col = each.column.col
        lines = [texts for _, texts in table.body if sum(map(bool, texts)) == 1 and is_region(texts[col - 1], known)]
        if lines and each.column.key:
            keys.region = Given(kind="section", text=each.column.key)
            keys.say("region", 0.75, "region_section", header=each.column.label)
            return True
    return False


def _fill(keys: Keys, role: Role, found: Contents) -> None:
    """A cell printed once for the rows below it."""
    if found.filled < 0.6 and len(set(found.texts)) == len(found.texts) > 0:
        keys.fill = (*keys.fill, role)
        keys.say(f"fill:{role}", 0.6, "printed_once", header=found.column.shown)


def _region_elsewhere(keys: Keys, tables: list[Table], contents: list[Contents], known: Catalogue) -> None:
    if all(region_inside(table.sheet.name, known) for table in tables) and tables[0].sheet.name:
        keys.region = Given(kind="sheet")
        keys.say("region", 0.9 if len(tables) > 1 else 0.8, "region_in_sheet", sheet=tables[0].sheet.name)
        return
    for row, col, text in tables[0].titles:
        if name := region_inside(text, known):
            keys.region = Given(kind="cell", row=row, col=col)
            keys.say("region", 0.8, "region_in_title", cell=cell(row, col), region=name)
            return
    units = next((each for each in contents if each.column.key == keys.columns.get("care_unit")), None)
    if units and any(region_of_unit(text) for text in units.texts):
        share = sum(bool(region_of_unit(text)) for text in units.texts) / len(units.texts)
        keys.region = Given(kind="care_unit")
        keys.say("region", 0.9 * share, "region_in_hsa_id")


def _period(keys: Keys, tables: list[Table], contents: list[Contents]) -> None:
    periods = {each.column.period for each in contents if each.column.period}
    in_columns = _best(contents, keys, _period_score)
    year = _best(contents, keys, lambda each: each.year if is_called(each.column.words, "year") else 0.0)
    part = _best(contents, keys, _part_score)
    whole = in_columns and in_columns.period > 0.9 and in_columns.year < 0.9
    if part and part.period < _ENOUGH and not whole:
        keys.take("part", part, 0.85, "parts_in_column", part="period")
        if year and year.year >= _ENOUGH and year is not part:
            keys.take("year", year, 0.85, "years_in_column")
            _fill(keys, "year", year)
            return
        _period_elsewhere(keys, tables, whole_year=True)
        return
    if in_columns and (
        len(periods) < 2 or (in_columns.period + 0.01 >= 1.0 and is_called(in_columns.column.words, "period"))
    ):
        keys.take("period", in_columns, min(0.95, 0.6 * in_columns.period + 0.35), "periods_in_column")
        _short_years(keys, in_columns.texts)
        _fill(keys, "period", in_columns)
        _grain(keys, in_columns)
        return
    halves = any(each.column.part for each in contents)
    if periods:
        keys.say("period", 0.95 if len(periods) > 1 else 0.8, "period_in_header")
        _short_years(keys, periods)
    if halves or not periods:
        _period_elsewhere(keys, tables, whole_year=halves)


def _short_years(keys: Keys, texts: Iterable[str]) -> None:
    """`jan-24` is read as January 2024, and said."""
    short = next((text for text in texts if is_short(text)), "")
    if short:
        keys.say("period", 0.75, "short_year", found=short, period=with_century(short))


def _period_score(each: Contents) -> float:
    if are_days(each.texts):
        return 0.0
    named = is_called(each.column.words, "period") or is_called(each.column.words, "year") or not each.column.label
    if each.texts and all(re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])", text) for text in each.texts):
        return 1.1 + 0.3 * named  # 202301 throughout is a month, whatever it is called
    if each.period < _ENOUGH or (each.figure > _ENOUGH and not named and each.year < 1.0):
        return 0.0
    if each.figure > _ENOUGH and not named and beside_called(each.column.words):
        return 0.0
    return each.period + 0.3 * named


def _part_score(each: Contents) -> float:
    if each.part >= _ENOUGH:
        return each.part
    return 0.9 * each.number_part if is_called(each.column.words, "part") and each.number_part >= 0.95 else 0.0


def _grain(keys: Keys, found: Contents) -> None:
    """Excel's first of the month, or a report's last, where a month was meant."""
    days = [text for text in found.texts if len(text) >= 10 and text[4:5] == "-"]
    if days and all(map(is_month_end, days)):
        keys.grain = "month"
        keys.say("grain", 0.8, "last_of_month")
    if days and all(text[7:10] == "-01" for text in days):
        years = all(text[5:10] == "01-01" for text in days) and is_called(found.column.words, "year")
        keys.grain = "year" if years else "month"
        keys.say("grain", 0.8, "first_of_month")


def _period_elsewhere(keys: Keys, tables: list[Table], whole_year: bool) -> None:
    for row, col, text in tables[0].titles:
        inside = None if is_cumulative(text) else period_inside(text)
        if inside and (not whole_year or inside.period.strip().isdecimal()):
            keys.period = Given(kind="cell", row=row, col=col)
            keys.say("period", 0.75, "period_in_title", cell=cell(row, col), period=inside.period)
            return
    if tables[0].sheet.name and all(period_inside(table.sheet.name) for table in tables):
        keys.period = Given(kind="sheet")
        keys.say("period", 0.7, "period_in_sheet", sheet=tables[0].sheet.name)


def _sex(keys: Keys, tables: list[Table], contents: list[Contents], known: Catalogue) -> None:
    if any(each.column.sex for each in contents):
        keys.say("sex", 0.9, "sex_in_header")
        return
    found = _best(contents, keys, lambda each: each.sex if each.sex >= 0.8 else 0.0)
    if found:
        keys.take("sex", found, 0.95 if is_called(tidy_name(found.column.words), "sex") else 0.8, "sexes_in_column")
        return
    for text in [*(text for _, _, text in tables[0].titles), tables[0].sheet.name] if len(tables) == 1 else []:
        sexes = SEX_WORDS.keys() & said(text, known).kinds.keys()
        if len(sexes) == 1:
            keys.sex = Given(kind="constant", text=SEX_WORDS[sexes.pop()])
            keys.say("sex", 0.7, "sex_in_title", found=text)
            return
