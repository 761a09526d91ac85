"""Where do region, period and sex stand? The pickers of a table's keys, each with the guess and its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from indicators import NATION, catalogue
from loaders.mapping import Given, Proposal, TableSpec
from loaders.mapping.spec import GRAINS, Role
from loaders.tables.addresses import cell, column_letters
from loaders.tables.cells import period_inside, region_inside
from loaders.tables.document import Document, Sheet
from loaders.tables.headers import BLANK, Column, columns_of
from locales.numbers import format_value
from ui.escape import plain
from ui.visit import Visit

_DECIMALS: Final = {"": "auto", ",": "comma", ".": "point"}
_SHORT: Final = 40


@dataclass(frozen=True)
class Option:
    """One choice of a picker: what it changes in the spec. `column`: (role, key) taken; `given`: (field, Given)."""

    label: str
    column: tuple[Role, str] | None = None
    given: Given | None = None
    header: bool = False


@dataclass(frozen=True)
class Drawn:
    """One table being drawn: its sheet, the proposal it started from, and the prefix of its widgets' keys."""

    visit: Visit
    document: Document
    sheet: Sheet
    proposal: Proposal
    place: int
    prefix: str

    def say(self, key: str, **values: object) -> str:
        return self.visit.say(f"mapping.assistant.{key}", **values)

    def why(self, *parts: str) -> None:
        """How sure the guess is and why, under its picker."""
        for part in parts:
            if found := self.proposal.about(self.place, part):
                percent = format_value(100 * found.confidence, "percent", 0, self.visit.language)
                st.caption(plain(self.say("unsure", percent=percent, why=found.reason(self.visit.language))))
                return

    def pick(self, name: str, label: str, options: Sequence[Any], index: int, shown: Callable[[Any], str]) -> Any:
        """A selectbox that starts at the proposal."""
        return st.selectbox(label, options, index=index, key=f"{self.prefix}:{name}", format_func=shown)

    def columns(self, spec: TableSpec) -> list[Column]:
        return columns_of(self.sheet, spec.header_row, spec.header_rows, catalogue())

    def column_label(self, column: Column) -> str:
        header = column.label[:_SHORT]
        return self.say("in_column", letter=column_letters(column.col), header=header).rstrip(" :")


def key_pickers(drawn: Drawn, spec: TableSpec) -> TableSpec:
    """The spec with the keys as a person has picked them."""
    columns = drawn.columns(spec)
    left, middle, right = st.columns(3)
    with left:
        spec = _applied(spec, "region", ("region",), _picked(drawn, spec, "region", _regions(drawn, columns, spec)))
        drawn.why("region", "region_code")
    with middle:
        spec = _period(drawn, spec, columns)
    with right:
        spec = _part(drawn, spec, columns)
        spec = _sex(drawn, spec, columns)
    left, middle, right = st.columns(3)
    with left:
        spec = _indicator(drawn, spec, columns)
    with middle:
        sign = drawn.pick(
            "decimal",
            drawn.say("decimal"),
            list(_DECIMALS),
            list(_DECIMALS).index(spec.decimal),
            lambda each: drawn.visit.say(f"mapping.decimal.{_DECIMALS[each]}"),
        )
    with right:
        grain = drawn.pick(
            "grain",
            drawn.say("grain"),
            GRAINS,
            GRAINS.index(spec.grain),
            lambda each: drawn.visit.say(f"mapping.grain.{each}"),
        )
    return spec.model_copy(update={"decimal": sign, "grain": grain})


def _picked(drawn: Drawn, spec: TableSpec, field: str, options: list[Option]) -> Option:
    """The option that the spec has now is where the picker starts."""
    current = next((place for place, each in enumerate(options) if _is_now(spec, field, each)), len(options) - 1)
    label = "year" if field == "period" and "part" in spec.columns else field
    chosen: Option = drawn.pick(field, drawn.say(label), options, current, lambda each: each.label)
    return chosen


def _is_now(spec: TableSpec, field: str, option: Option) -> bool:
    given: Given = getattr(spec, field)
    if option.column:
        return spec.columns.get(option.column[0]) == option.column[1]
    if any(role in spec.columns for role in _ROLES_OF[field]):
        return False
    if option.header:
        return given.kind == "none" and any(f"{{{field}}}" in each.column for each in spec.figures)
    return option.given == given


_ROLES_OF: Final[dict[str, tuple[Role, ...]]] = {
    "region": ("region",),
    "period": ("period", "year"),
    "sex": ("sex",),
    "indicator": ("indicator",),
}


def _applied(spec: TableSpec, field: str, roles: tuple[Role, ...], option: Option) -> TableSpec:
    columns = {role: key for role, key in spec.columns.items() if role not in roles}
    given = option.given or (Given(kind="constant", text="T") if field == "sex" else Given())
    if option.column:
        columns[option.column[0]] = option.column[1]
    return spec.model_copy(update={"columns": columns, field: given})


def _in_columns(drawn: Drawn, columns: list[Column], role: Role) -> list[Option]:
    return [
        Option(drawn.column_label(each), column=(role, each.key)) for each in columns if each.label or BLANK in each.key
    ]


def _titles(drawn: Drawn, spec: TableSpec) -> list[tuple[int, int, str]]:
    until = spec.header_row or spec.first
    return [
        (row, col, text)
        for row, texts in drawn.sheet.top(until)
        if row < until
        for col, text in enumerate(texts, start=1)
        if text
    ]


def _in_titles(drawn: Drawn, spec: TableSpec, says: Callable[[str], bool]) -> list[Option]:
    return [
        Option(
            drawn.say("in_cell", cell=cell(row, col), text=text[:_SHORT]), given=Given(kind="cell", row=row, col=col)
        )
        for row, col, text in _titles(drawn, spec)
        if says(text)
    ]


def _regions(drawn: Drawn, columns: list[Column], spec: TableSpec) -> list[Option]:
    known = catalogue()
    options = [Option(drawn.say("in_headers"), header=True)] if any(each.region for each in columns) else []
    options += _in_columns(drawn, columns, "region")
    options += _in_titles(drawn, spec, lambda text: bool(region_inside(text, known)))
    if drawn.sheet.name:
        options.append(Option(drawn.say("in_sheet"), given=Given(kind="sheet")))
    if "care_unit" in spec.columns:
        options.append(Option(drawn.say("in_unit"), given=Given(kind="care_unit")))
    if spec.region.kind == "section":
        letter = next((column_letters(each.col) for each in columns if each.key == spec.region.text), "")
        options.append(Option(drawn.say("in_section", letter=letter), given=spec.region))
    options += [
        Option(drawn.say("constant_region", region=region.name), given=Given(kind="constant", text=region.name))
        for code, region in known.regions.items()
        if code != NATION
    ]
    options.append(
        Option(
            drawn.say("constant_region", region=known.regions[NATION].name),
            given=Given(kind="constant", text=known.regions[NATION].name),
        )
    )
    return [*options, Option(drawn.say("none"), given=Given())]


def _period(drawn: Drawn, spec: TableSpec, columns: list[Column]) -> TableSpec:
    role: Role = "year" if "part" in spec.columns else "period"
    options = [Option(drawn.say("in_headers"), header=True)] if any(each.period for each in columns) else []
    options += _in_columns(drawn, columns, role)
    options += _in_titles(drawn, spec, lambda text: period_inside(text) is not None)
    if drawn.sheet.name and period_inside(drawn.sheet.name):
        options.append(Option(drawn.say("in_sheet"), given=Given(kind="sheet")))
    written = spec.period if spec.period.kind == "constant" else Given(kind="constant")
    options += [Option(drawn.say("constant"), given=written), Option(drawn.say("none"), given=Given())]
    option = _picked(drawn, spec, "period", options)
    if option.given and option.given.kind == "constant":
        text = st.text_input(drawn.say("constant_period"), written.text, key=f"{drawn.prefix}:written", max_chars=30)
        option = Option(option.label, given=Given(kind="constant", text=text.strip()) if text.strip() else Given())
    drawn.why("period")
    return _applied(spec, "period", ("period", "year"), option)


def _part(drawn: Drawn, spec: TableSpec, columns: list[Column]) -> TableSpec:
    """A column of months beside the year; one that is chosen makes the period picker ask for the year."""
    options = [Option(drawn.say("none")), *_in_columns(drawn, columns, "part")]
    now = next((place for place, each in enumerate(options) if each.column == ("part", spec.columns.get("part"))), 0)
    option: Option = drawn.pick("part", drawn.say("part"), options, now, lambda each: each.label)
    columns_now: dict[Role, str] = {role: key for role, key in spec.columns.items() if role != "part"}
    if option.column:
        columns_now["part"] = option.column[1]
        if "period" in columns_now:
            columns_now["year"] = columns_now.pop("period")
    return spec.model_copy(update={"columns": columns_now})


def _sex(drawn: Drawn, spec: TableSpec, columns: list[Column]) -> TableSpec:
    both = Option(drawn.say("both_sexes"), given=Given(kind="constant", text="T"))
    options = [Option(drawn.say("in_headers"), header=True)] if any(each.sex for each in columns) else []
    options += [both, *_in_columns(drawn, columns, "sex")]
    now = next((place for place, each in enumerate(options) if each.column == ("sex", spec.columns.get("sex"))), 0)
    option: Option = drawn.pick("sex", drawn.say("sex"), options, now, lambda each: each.label)
    drawn.why("sex")
    return _applied(spec, "sex", ("sex",), option)


def _indicator(drawn: Drawn, spec: TableSpec, columns: list[Column]) -> TableSpec:
    """The column that says what each row measures; without one each column of figures does, or the whole table."""
    options = [Option(drawn.say("none")), *_in_columns(drawn, columns, "indicator")]
    current = ("indicator", spec.columns.get("indicator"))
    now = next((place for place, each in enumerate(options) if each.column == current), 0)
    option: Option = drawn.pick("indicator", drawn.say("indicator"), options, now, lambda each: each.label)
    drawn.why("indicator")
    kept: dict[Role, str] = {role: key for role, key in spec.columns.items() if role != "indicator"}
    if option.column:
        kept["indicator"] = option.column[1]
    same = option.column == current or (option.column is None and "indicator" not in spec.columns)
    return spec.model_copy(update={"columns": kept} if same else {"columns": kept, "words": {}})
