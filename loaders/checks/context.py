"""What every check shares: each distinct text is judged once, and faulty rows become problems with their address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from indicators import Catalogue
from loaders.layouts.claims import Claims, Signs
from loaders.problems import ERROR, SHOWN_PER_RULE, WARNING, Ignored, Problem, labels_of
from loaders.spoken import shortest

_MOST_CELLS: Final = 40  # cells that one message lists


@dataclass
class Findings:
    """Problems and ignored cells as the checks find them. `known` is the catalogue they judge by."""

    known: Catalogue
    claims: Sequence[Claims]
    publisher: str
    signs: Signs
    regions_only: bool = False
    problems: list[Problem] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def about(self, rule: str, severity: str = ERROR, *, ids: tuple[str, ...] = (), **more: Any) -> Problem:
        """A problem that names indicators with their publishers' ids."""
        return Problem(severity, rule, indicators=ids, labels=labels_of(self.known, ids), **more)

    def rows(
        self,
        faulty: pl.DataFrame,
        rule: str,
        name: str,
        found: str | None = None,
        *,
        variant: str = "",
        values: Mapping[str, str] | None = None,
        severity: str = ERROR,
    ) -> None:
        """One problem per row of `faulty` (block, row, col …), at the cell of field `name`.

        `found`: the column whose text was found (default: the field itself). `values`: message value → column.
        """
        seen: set[tuple[str, str]] = set()  # a faulty region is told once, not once per figure on its line
        for place, row in enumerate(faulty.iter_rows(named=True)):
            block = self.claims[row["block"]]
            address = block.places.address(name, row["row"], row["col"])
            if (block.sheet, address) in seen:
                continue
            if len(seen) == SHOWN_PER_RULE:
                more = {"count": faulty.height - place, "rule": rule}
                self.problems.append(Problem(severity, rule, variant="more", values=more))
                break
            seen.add((block.sheet, address))
            ids = (row["indicator"],) if row.get("indicator") else ()
            self.problems.append(
                self.about(
                    rule,
                    severity,
                    ids=ids,
                    sheet=block.sheet,
                    variant=variant,
                    cell=address,
                    found=_text(row.get(found or name)),
                    values={key: row[column] for key, column in (values or {}).items()},
                )
            )

    def together(self, rows: pl.DataFrame, rule: str, name: str, severity: str) -> None:
        """One problem for all of `rows`, at the first one's cell of field `name`; its words list `{cells}`."""
        first, places = rows.row(0, named=True), self._addresses(rows.head(_MOST_CELLS + 1), name)
        shown = ", ".join([*places[:_MOST_CELLS], *("…" for _ in places[_MOST_CELLS:])])
        ids = tuple(rows["indicator"].unique().sort()) if "indicator" in rows.columns else ()
        self.problems.append(
            self.about(
                rule,
                severity,
                ids=ids,
                sheet=self.claims[first["block"]].sheet,
                cell=places[0],
                found=_text(first[name]),
                values={"cells": shown, "count": rows.height},
            )
        )

    def _addresses(self, rows: pl.DataFrame, name: str) -> list[str]:
        places = rows.select("block", "row", "col").iter_rows()
        return [self.claims[block].places.address(name, row, col) for block, row, col in places]

    def set_aside_cells(self, rows: pl.DataFrame, name: str, key: str) -> None:
        """List the cells of one field whose text is no figure."""
        for (block,), part in rows.group_by("block", maintain_order=True):
            told = sorted(set(self._addresses(part.head(SHOWN_PER_RULE), name)))
            self.ignored += [Ignored(self.claims[int(block)].sheet, place, key) for place in told]

    def set_aside(self, rows: pl.DataFrame, key: str, values: Mapping[str, Any]) -> None:
        """List the cells of claims that are read but not used."""
        for (block,), part in rows.group_by("block", maintain_order=True):
            claims = self.claims[int(block)]
            self.ignored += [Ignored(claims.sheet, place, key, values) for place in claims.places.ranges(part)]

    def set_aside_with_warning(self, rows: pl.DataFrame, rule: str, name: str, column: str) -> None:
        """One warning per distinct text of `column` (the first SHOWN_PER_RULE; the rest is one row), and all its cells
        in `ignored`."""
        distinct = rows[column].unique(maintain_order=True)
        shown_rows = rows.filter(pl.col(column).is_in(distinct.head(SHOWN_PER_RULE).implode()))
        for (text,), part in shown_rows.group_by(column, maintain_order=True):
            shown = str(text or "").strip()
            first = part.row(0, named=True)
            block = self.claims[first["block"]]
            place = block.places.address(name, first["row"], first["col"])
            ids = tuple(part["indicator"].unique().sort()) if "indicator" in part.columns else ()
            problem = self.about(
                rule, WARNING, ids=ids, sheet=block.sheet, cell=place, found=shown, values={"count": part.height}
            )
            self.problems.append(problem)
            self.set_aside(part, rule, {"found": shown})
        rest = distinct.len() - SHOWN_PER_RULE
        if rest > 0:
            self.problems.append(Problem(WARNING, rule, variant="more", values={"count": rest, "rule": rule}))
            others = rows.filter(~pl.col(column).is_in(distinct.head(SHOWN_PER_RULE).implode()))
            self.set_aside(others, rule, {"found": f"{distinct[SHOWN_PER_RULE]} …"})


def _text(found: object) -> str:
    return "" if found is None else shortest(found).strip()


def texts(frame: pl.DataFrame, name: str) -> pl.Series | pl.Expr:
    """Field `name` stripped, "" where the file has no such column or an empty cell.

    A column with nothing to strip is given as it is: copies of a million rows each would break the memory bar.
    """
    if name not in frame.columns:
        return pl.lit("").alias(name)
    column = frame[name].cast(pl.String)
    distinct = column.unique()
    tidy = distinct.null_count() == 0 and (distinct == distinct.str.strip_chars()).all()
    return column if tidy else column.str.strip_chars().fill_null("")


def one_value_once(frame: pl.DataFrame) -> pl.DataFrame:
    """The same frame with every text column that says one thing throughout kept as that one text: a million copies of
    nothing are 16 MB a column."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    if frame.is_empty() or not texts:
        return frame
    same = frame.select(
        (pl.col(name) == pl.col(name).first()).all() & (pl.col(name).null_count() == 0) for name in texts
    )
    firsts = frame.row(0, named=True)
    return frame.with_columns(pl.lit(firsts[name]).alias(name) for name in texts if same[name][0])


def _places(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """(the distinct values in order of appearance, for each row the place of its value among them)."""
    distinct = values.unique(maintain_order=True)
    return distinct, values.replace_strict(distinct, pl.int_range(distinct.len(), dtype=pl.UInt64, eager=True))


def looked_up(
    frame: pl.DataFrame, keys: Sequence[str], judge: Callable[..., tuple[Any, ...]], schema: Mapping[str, Any]
) -> pl.DataFrame:
    """`frame` with the columns of `schema`: `judge(*key texts)` is called once per distinct combination.

    Keys hold no nulls. The other columns are not touched: a join would copy every one of them; and what is judged alike
    throughout is kept once.
    """
    if frame.is_empty():
        return frame.with_columns(pl.lit(None, kind).alias(name) for name, kind in schema.items())
    codes = pl.Series("code", [0], dtype=pl.UInt64).new_from_index(0, frame.height)
    for key in keys:
        distinct, places = _places(frame[key])
        codes = codes * distinct.len() + places
    first = codes.arg_unique().sort()
    places = codes.replace_strict(codes.gather(first), pl.int_range(first.len(), dtype=pl.UInt64, eager=True))
    judged = pl.DataFrame(
        [judge(*row) for row in frame.select(keys)[first].iter_rows()], schema=dict(schema), orient="row"
    )
    return frame.with_columns(
        pl.lit(told[0], told.dtype).alias(told.name) if told.n_unique() == 1 else told.gather(places) for told in judged
    )
