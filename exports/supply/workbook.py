"""Which care unit lacks which service, and the whole matrix, as files: each line says where in which file it stands."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from analysis.supply import gaps_by_service
from exports.book import made_book
from exports.control import cell_of, control_sheet, quoted, row_check, tally, tally_check
from exports.cover import Line
from exports.csvs import csv_table
from exports.diagrams import bars_diagram
from exports.moments import now_in_sweden, swedish_time
from exports.reading import sheet_to_read
from exports.sheets import Sheet
from exports.supply.cover import SupplyQuestion, said, supply_cover
from indicators import catalogue, period_label
from locales import text
from views.supply import SIGNS

_UNIT: Final = ("region", "code", "name", "unit", "kind", "municipality", "area")
_ORIGIN: Final = ("printed", "upload", "file", "sheet", "cell", "published_at", "flags")
_TOLD: Final = ("period", "rule", "as_of")
GAP_COLUMNS: Final = (*_UNIT, "title", "service", "status", "state", "lacking", *_ORIGIN[1:], *_TOLD)
"""The gap list: the unit, the service it lacks, how the unit stands, where that is written, and by which rule."""
CELL_COLUMNS: Final = (*_UNIT, "title", "service", "status", "cases", *_ORIGIN, "period", "as_of")
"""The matrix, one line per cell."""
MATRIX_COLUMNS: Final = (*_UNIT, "flags", "period", "as_of")
"""The matrix, one line per unit, before its column per service. A unit of which anything is made up is marked x."""
_TO_READ: Final = ("name", "title", "status", "state", "lacking", "municipality", "region", "flags")
_SERVICE_COLUMNS: Final = ("title", "service", "units", "below_units", "unknown")


def gaps_table(gaps: pl.DataFrame, asked: SupplyQuestion, *, language: str) -> pl.DataFrame:
    """Gaps (analysis.supply.GAPS) under localised headers (GAP_COLUMNS), one line each. A gap that no file tells of has
    no origin; `as_of` is the day the list stands for, today unless another is asked for."""
    told = _worded(gaps, asked, language).with_columns(
        _words("state", "supply.states", language), rule=pl.lit(asked.rule.words(language))
    )
    return _headed(told, GAP_COLUMNS, language)


def gaps_csv(gaps: pl.DataFrame, asked: SupplyQuestion, *, language: str) -> bytes:
    """The gap list, one gap a line."""
    return csv_table(gaps_table(gaps, asked, language=language), language)


def gaps_workbook(gaps: pl.DataFrame, asked: SupplyQuestion, *, language: str) -> bytes:
    """Cover, the gap list, and how many units lack each service."""
    facts = [
        (said("units", language), gaps["unit"].n_unique()),
        (said("gaps", language), int((gaps["status"] == "not_offered").sum())),
        (said("unknown", language), int((gaps["status"] == "unknown").sum())),
    ]
    services = gaps_by_service(gaps).with_columns(pl.col(f"title_{language}").alias("title"))
    sheets = [
        ("gaps", _without(gaps_table(gaps, asked, language=language), _TOLD, language)),
        ("services", _headed(services, _SERVICE_COLUMNS, language)),
    ]
    return _workbook("gaps", gaps, asked, facts, sheets, language)


def _lacking(found: Sequence[Sheet], language: str) -> list[Sheet]:
    """The gap list to read, the services as bars, and whether each service's counts are those of the list."""
    listed, services = found
    read = [_header(name, language) for name in _TO_READ]
    heading = text("supply.headings.by_service", language)
    bars = services.frame.select(_header("title", language), _header("units", language))
    drawn = bars_diagram(bars, heading, text("exports.diagram.counted", language, title=heading), language)
    title, status, state = (_header(name, language) for name in ("title", "status", "state"))
    words = {name: quoted(text(f"record_words.statuses.{name}", language)) for name in ("not_offered", "unknown")}
    wanted = {
        "units": {status: words["not_offered"]},
        "below_units": {status: words["not_offered"], state: quoted(text("supply.states.below", language))},
        "unknown": {status: words["unknown"]},
    }
    checks = [
        tally_check(
            _header(name, language),
            services.frame[title][row],
            tally(listed, {title: cell_of(services, title, row), **equal}),
            cell_of(services, _header(name, language), row),
        )
        for row in range(services.frame.height)
        for name, equal in wanted.items()
    ]
    control = control_sheet([*checks, row_check(listed, language)], language)
    return [
        sheet_to_read(listed.frame.select(read), text("supply.headings.gaps", language), language),
        *found,
        *([drawn] if drawn else []),
        control,
    ]


def matrix_table(offers: pl.DataFrame, asked: SupplyQuestion, *, language: str) -> pl.DataFrame:
    """Offers (analysis.supply.OFFERS) as units × services: the unit (MATRIX_COLUMNS), then one column per service with
    its status in words; blank where the service is none of the unit's region's."""
    marked = offers.with_columns(_region(), pl.col("synthetic").any().over("unit"))
    services = list(offers[f"title_{language}"].unique(maintain_order=True))
    wide = _worded(marked, asked, language).pivot("title", index=MATRIX_COLUMNS, values="status", maintain_order=True)
    return wide.select(*(pl.col(name).alias(_header(name, language)) for name in MATRIX_COLUMNS), *services)


def matrix_csv(offers: pl.DataFrame, asked: SupplyQuestion, *, language: str) -> bytes:
    """The matrix, one unit a line."""
    return csv_table(matrix_table(offers, asked, language=language), language)


def matrix_workbook(offers: pl.DataFrame, asked: SupplyQuestion, *, language: str) -> bytes:
    """Cover, the matrix, and its cells one a line with the files they come from."""
    facts = [(said("units", language), offers["unit"].n_unique()), (said("cells", language), offers.height)]
    cells = _worded(offers.with_columns(_region()), asked, language)
    sheets = [
        ("matrix", _without(matrix_table(offers, asked, language=language), _TOLD, language)),
        ("cells", _headed(cells, CELL_COLUMNS, language)),
    ]
    return _workbook("matrix", offers, asked, facts, sheets, language)


def _crossed(found: Sequence[Sheet], language: str) -> list[Sheet]:
    """The sheets, and whether the matrix has as many of each status as the list of its cells."""
    matrix, cells = found
    own = {_header(name, language) for name in MATRIX_COLUMNS}
    services = [name for name in matrix.frame.columns if name not in own]
    status = _header("status", language)
    checks = [
        tally_check(
            text("exports.control.worded", language, column=status, word=word),
            matrix.title,
            "=" + "+".join(tally(matrix, {one: quoted(word)}).removeprefix("=") for one in services),
            tally(cells, {status: quoted(word)}).removeprefix("="),
        )
        for name in SIGNS
        for word in [text(f"record_words.statuses.{name}", language)]
        if services
    ]
    return [*found, control_sheet([*checks, *(row_check(one, language) for one in found)], language)]


def _worded(rows: pl.DataFrame, asked: SupplyQuestion, language: str) -> pl.DataFrame:
    return rows.with_columns(
        _words("kind", "record_words.unit_kinds", language),
        _words("status", "record_words.statuses", language),
        swedish_time("published_at"),
        title=pl.col(f"title_{language}"),
        flags=pl.when("synthetic").then(pl.lit("x")).otherwise(pl.lit("")),
        period=pl.lit(period_label(asked.period.key, language)),
        as_of=pl.lit(asked.as_of or now_in_sweden().date()),
    )


def _words(column: str, prefix: str, language: str) -> pl.Expr:
    """A column of codes in the reader's words."""
    words = {code: text(f"{prefix}.{code}", language) for code in _CODES[prefix]}
    return pl.col(column).replace_strict(words, default="", return_dtype=pl.String)


_CODES: Final = {
    "record_words.unit_kinds": ("health_centre", "clinic", "branch", "service_point", "other"),
    "record_words.statuses": ("offered", "not_offered", "not_applicable", "unknown"),
    "supply.states": ("meets", "below", "unknown", "not_applicable"),
}


def _region() -> pl.Expr:
    names = {code: region.name for code, region in catalogue().regions.items()}
    return pl.col("code").replace_strict(names, default="", return_dtype=pl.String).alias("region")


def _header(name: str, language: str) -> str:
    return text(f"supply_analysis.columns.{name}", language)


def _headed(rows: pl.DataFrame, names: Sequence[str], language: str) -> pl.DataFrame:
    return rows.select(pl.col(name).alias(_header(name, language)) for name in names)


def _without(table: pl.DataFrame, names: Sequence[str], language: str) -> pl.DataFrame:
    """The table without what the workbook's cover says of all its rows."""
    return table.drop([_header(name, language) for name in names], strict=False)


def _workbook(
    kind: str,
    rows: pl.DataFrame,
    asked: SupplyQuestion,
    facts: Sequence[Line],
    sheets: Sequence[tuple[str, pl.DataFrame]],
    language: str,
) -> bytes:
    notes = [(said("about", language), text(f"supply_analysis.about.{kind}", language))]
    synthetic = bool(rows["synthetic"].any())
    cover = supply_cover(asked, language, synthetic=synthetic, facts=facts, notes=notes)
    tables = [Sheet(text(f"supply_analysis.sheets.{name}", language), frame, named=True) for name, frame in sheets]
    finished = {"gaps": _lacking, "matrix": _crossed}[kind](tables, language)
    return made_book(text(f"supply_analysis.title.{kind}", language), cover, finished, language)
