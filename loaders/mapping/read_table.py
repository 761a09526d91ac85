"""One table under a mapping: its figures as claims with what is said of them, and the columns that are not read."""

from collections.abc import Iterator
from collections.abc import Mapping as Dict
from typing import Any

import polars as pl

from indicators import Catalogue
from loaders.layouts.claims import Claims
from loaders.mapping.heard import around, numbers_left
from loaders.mapping.places import MappedPlaces
from loaders.mapping.spec import BESIDE, Figures, Given, Role, TableSpec
from loaders.mapping.table_rows import lines_of, sorted_rows
from loaders.mapping.word_rows import WordRows
from loaders.problems import Ignored
from loaders.tables.addresses import cell, cell_range, runs
from loaders.tables.cells import is_figure, is_month_end, joined_period, period_inside, region_inside
from loaders.tables.document import ROW, Sheet
from loaders.tables.headers import Column, rows_of
from loaders.tables.hsa import region_of_unit
from loaders.tables.scales import Scale, in_unit
from loaders.tables.short_years import with_century
from models.tables import COUNTS

_FIELD_OF: Dict[Role, str] = {
    "region": "region_name",
    "region_code": "region_code",
    "care_unit": "care_unit",
    "sex": "sex",
    "unit": "unit",
    "source": "source",
    "comment": "comment",
    "indicator": "title",
}
_SCHEMA: Dict[str, Any] = {
    "row": pl.UInt32,
    "col": pl.UInt32,
    **dict.fromkeys((*_FIELD_OF.values(), "period", "value", "printed", "_topic", "_scale"), pl.String),
}
_FIRST_OR_LAST = r"^(\d{4})-(\d\d)-(?:01|28|29|30|31)$"  # of a month; which of them is the last is asked apart


class TableReader:
    """Reads `sheet` by `spec`, whose header begins in `header_row` of this very sheet."""

    def __init__(self, sheet: Sheet, spec: TableSpec, header_row: int, known: Catalogue) -> None:
        self.sheet, self.spec, self.known = sheet, spec, known
        self.lines = lines_of(sheet, spec, header_row, known)
        self.body, self.ignored, self.problems = sorted_rows(self.lines, known)
        self.roles: dict[Role, Column] = {role: found for role in spec.columns if (found := self.lines.role(role))}
        by_key = self.lines.by_key
        self.figures = [(each, column) for each in spec.figures for column in by_key.get(each.column, [])]
        self.fixed: dict[str, tuple[int, int]] = {}
        self.used = {column.col for _, column in self.figures} | {column.col for column in self.roles.values()}
        self.used |= {by_key[key][0].col for key in spec.only if key in by_key}
        self.left: list[tuple[int, int]] = []

    def claims(self) -> Claims:
        """The table's claims; what of its rows and columns is left is then in `ignored`."""
        parts = [self._of_column(figures, column) for figures, column in self.figures]
        frame = pl.concat(parts, how="diagonal") if parts else pl.DataFrame(schema=_SCHEMA)
        frame = self._regions(frame.filter(pl.col("printed") != ""))
        frame, unread = WordRows(self.sheet, self.spec, "indicator" in self.roles).sort(frame)
        self.ignored += unread
        self._list_columns()
        return Claims(
            self.sheet.name,
            frame.sort("row", "col"),
            self._places(),
            around=tuple(around(self)),
            scales=self._scales(),
            unread=tuple(numbers_left(self)),
        )

    def _scales(self) -> frozenset[str]:
        """The scales that the mapping has applied."""
        return frozenset({each.scale for each in self.spec.figures} | {w.scale for w in self.spec.words.values()})

    def cells_read(self) -> Iterator[tuple[int, int]]:
        """The cells that are part of a claim, header and keys included."""
        rows = [*self.lines.header, *self.body[ROW].to_list()]
        yield from ((row, col) for row in rows for col in self.used)
        yield from self.fixed.values()
        if self.spec.title:
            yield from ((self.lines.header_row - 1, col) for col in range(1, self.sheet.width + 1))

    def _of_column(self, figures: Figures, column: Column) -> pl.DataFrame:
        """A column's figures with every fact of theirs as text."""
        own = {name: self._text(role) for role, name in _FIELD_OF.items() if role not in ("region", "indicator", "sex")}
        facts = own | {
            "title": self._title(figures),
            "region_name": self._region(column),
            "period": self._period(column),
            "sex": self._sex(column),
            "printed": pl.col(f"c{column.col}"),
            "_topic": self._text("topic"),
        }
        besides = {name: pl.col(f"c{other.col}") for name, other in self._besides(figures, column).items()}
        frame = self.body.select(
            pl.col(ROW),
            pl.lit(column.col, pl.UInt32).alias("col"),
            *(fact.alias(name) for name, fact in (facts | besides).items()),
        ).with_columns(_scale=pl.lit(figures.scale))
        if "comment" not in besides and "comment" not in self.roles:
            frame = frame.with_columns(comment=_qualified(pl.col("period")))
        frame = frame.with_columns(period=pl.col("period").map_elements(_plain_period, return_dtype=pl.String))
        counts = [self._converted(name, "as_is") for name in COUNTS if name in besides]
        limits = [self._converted(name, figures.scale) for name in ("ci_low", "ci_high") if name in besides]
        return frame.with_columns(*counts, *limits)

    def _text(self, role: Role) -> pl.Expr:
        return pl.col(f"c{self.roles[role].col}") if role in self.roles else pl.lit("")

    def _title(self, figures: Figures) -> pl.Expr:
        if figures.indicator:
            return pl.lit(figures.indicator)
        return (
            self._text("indicator") if "indicator" in self.roles else pl.lit(self._given("title", self.spec.indicator))
        )

    def _sex(self, column: Column) -> pl.Expr:
        if column.sex:
            return pl.lit(column.sex)
        if "sex" in self.roles:
            return pl.when(self._text("sex") == "").then(pl.lit("T")).otherwise(self._text("sex"))
        return pl.lit(self.spec.sex.text or "T")

    def _region(self, column: Column) -> pl.Expr:
        if column.region:
            return pl.lit(column.region)
        if "region" in self.roles or "region_code" in self.roles:
            return self._text("region")
        if self.spec.region.kind == "section":
            return pl.col("_section")
        if self.spec.region.kind == "care_unit":
            return self._text("care_unit").map_elements(region_of_unit, return_dtype=pl.String)
        return pl.lit(self._given("region_name", self.spec.region))

    def _period(self, column: Column) -> pl.Expr:
        given = self._given("period", self.spec.period)
        year = self._text("year") if "year" in self.roles else pl.lit(column.period or given)
        if "part" in self.roles or column.part:
            part = self._text("part") if "part" in self.roles else pl.lit(column.part)
            called = self.roles["part"].words if "part" in self.roles else ""
            both = pl.struct(year.alias("y"), part.alias("p"), pl.col(ROW))
            return both.map_elements(
                lambda each: joined_period(each["y"], each["p"], called) if each["p"] else each["y"],
                return_dtype=pl.String,
            )
        if column.period or "period" not in self.roles:
            return year
        keep = {"month": "${1}-${2}", "year": "${1}"}.get(self.spec.grain, "")
        period = self._text("period")
        return (
            pl.when(_is_edge(period)).then(period.str.replace(_FIRST_OR_LAST, keep)).otherwise(period)
            if keep
            else period
        )

    def _given(self, name: str, given: Given) -> str:
        """A fact from outside the rows. What a title says is looked for among its words."""
        if given.kind == "constant":
            return given.text
        text = self.sheet.name if given.kind == "sheet" else ""
        if given.kind == "cell":
            row = max(given.row + self.lines.shift, 1)
            text = rows_of(self.sheet, row, 1)[0][given.col - 1] if 0 < given.col <= self.sheet.width else ""
            self.fixed[name] = (row, given.col)
        if name == "region_name":
            return region_inside(text, self.known) or text
        inside = period_inside(text) if name == "period" else None
        return inside.period if inside else text

    def _besides(self, figures: Figures, column: Column) -> dict[str, Column]:
        """The columns that belong to one column of figures: same key as asked, same period, region and sex; one that
        says none of these only where no other does."""
        found = {}
        for name in BESIDE:
            named = self.lines.by_key.get(getattr(figures, name), [])
            exact = [other for other in named if other.facts == column.facts]
            silent = [other for other in named if not any(other.facts)] if not exact else []
            if exact or silent:
                found[name] = (exact or silent)[0]
                self.used.add(found[name].col)
        return found

    def _converted(self, name: str, scale: Scale) -> pl.Expr:
        decimal = self.spec.decimal
        return pl.col(name).map_elements(
            lambda text: in_unit(text, scale, decimal) if text else "",
            return_dtype=pl.String,
        )

    def _regions(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Names that a person has said the region of, and those to be left."""
        if not self.spec.regions:
            return frame
        codes = self.spec.regions
        named = frame.with_columns(region_name=pl.col("region_name").replace(codes), _said=pl.col("region_name"))
        left = named.filter(pl.col("region_name") == "", pl.col("_said") != "")
        for (name,), part in left.group_by(["_said"], maintain_order=True):
            places = [cell_range(first, last, 1, self.sheet.width) for first, last in runs(part["row"])]
            self.ignored += [Ignored(self.sheet.name, place, "mapped_region", {"found": str(name)}) for place in places]
        return named.filter((pl.col("region_name") != "") | (pl.col("_said") == "")).drop("_said")

    def _places(self) -> MappedPlaces:
        columns = {_FIELD_OF[role]: column.col for role, column in self.roles.items() if role in _FIELD_OF}
        when = next((self.roles[role] for role in ("period", "part", "year") if role in self.roles), None)
        if when:
            columns["period"] = when.col
        if self.spec.region.kind == "care_unit" and "care_unit" in self.roles:
            columns.setdefault("region_name", self.roles["care_unit"].col)
        beside: dict[tuple[str, int], int] = {}
        headers: dict[tuple[str, int], tuple[int, int]] = {}
        for figures, column in self.figures:
            beside |= {(name, column.col): other.col for name, other in self._besides(figures, column).items()}
            for name, row in column.places:
                field = {"region": "region_name", "part": "period"}.get(name, name)
                headers[field, column.col] = (row, column.col)
        return MappedPlaces(columns, beside, headers, self.fixed)

    def _list_columns(self) -> None:
        """Columns with something in them that are neither figures nor belong to any."""
        for column in self.lines.columns:
            if column.col in self.used:
                continue
            rows = self.body.filter(pl.col(f"c{column.col}") != "")[ROW]
            places = [cell_range(first, last, column.col, column.col) for first, last in runs(rows)]
            if not places and column.label:
                places = [cell(max(self.lines.header, default=self.lines.first), column.col)]
            header = {"header": column.label or column.key}
            self.ignored += [Ignored(self.sheet.name, place, "unknown_column", header) for place in places]


def _is_edge(period: pl.Expr) -> pl.Expr:
    """A month's first or last day."""
    return period.map_elements(lambda text: text[8:10] == "01" or is_month_end(text), return_dtype=pl.Boolean)


def _qualified(period: pl.Expr) -> pl.Expr:
    """`2024 (prel.)`: what a period says beside itself is kept as the figure's comment."""
    return period.map_elements(
        lambda text: "" if _plain_period(text) in (text, with_century(text)) else text, return_dtype=pl.String
    )


def _plain_period(text: str) -> str:
    """A period among other words, where it is the only one; its year in four digits."""
    text = with_century(text)
    inside = period_inside(text) if text and not is_figure(text) else None
    return inside.period if inside and inside.rest != "{period}" else text
