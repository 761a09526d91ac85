"""Tables of counted units, as the page prints numbers."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from analysis.supply import shares
from exports.cover import Line
from exports.supply.cover import SupplyQuestion
from exports.supply.shares import tables_workbook
from exports.supply.sheets import Tables
from locales.numbers import format_number, format_value
from ui.cache import kept
from ui.figures import rows_html
from ui.sharing import short_link
from ui.show import File, file_name
from ui.supply.view import Supply
from views.parts import Reader
from views.supply import Reached
from views.supply import reached as view_of

_COUNTED: Final = ("numerator", "denominator", "below", "unknown", "not_applicable", "units")
NUMBERS: Final = ("share", "interval", "difference", *_COUNTED)


def reached(view: Supply) -> Reached:
    """The page's finding and the regions' strips, made once per view."""
    return kept(("reached", *view.key), partial(_reached, view))


def _reached(view: Supply) -> Reached:
    whole = shares(view.units, ()).row(0, named=True)
    reader = Reader(view.visit.language, view.visit.store, view.visit.as_of)

    def units(code: str) -> str:
        return units_link(view, {"code": code})

    return view_of(reader, view.comparison, whole, len(view.with_data), view.chosen, units)


def shares_html(
    view: Supply,
    rows: Sequence[Mapping[str, Any]],
    first: str,
    caption: str,
    more: Sequence[Mapping[str, str]] | None = None,
) -> str:
    """Rows of SHARES with `name`, under the header `first`; `more` gives every row further cells (column → text). A
    share of a region (`code`), of a municipality or of a kind in it leads to its units, and they to their cells."""
    shown = [
        {first: row["name"], **share_cells(view, row), **extra}
        for row, extra in zip(rows, more or [{} for _ in rows], strict=True)
    ]
    links = [units_link(view, row) for row in rows]
    return rows_html(
        shown, caption, [view.say(f"columns.{name}") for name in NUMBERS], {view.say("columns.share"): links}
    )


def units_link(view: Supply, row: Mapping[str, Any]) -> str:
    """Where the units that a share counts stand one by one; "" for all regions together."""
    if not row.get("code"):
        return ""
    asked = {"rule": view.rule.key, "kinds": "-".join(view.kinds), "period": view.period.key}
    named = {name: row[name] for name in ("municipality", "period") if row.get(name)}
    linked = view.visit.linked(view="matrix", region=row["code"], **{**asked, **named})
    return f"supply?{urlencode(linked)}"


def share_cells(view: Supply, row: Mapping[str, Any]) -> dict[str, str]:
    """The share, its interval, and how the units divide; a synthetic row is marked x."""
    language = view.visit.language
    cells = {"share": format_value(row["share"], "percent", 1, language), "interval": interval(row, language)}
    cells |= {name: format_number(row[name], 0, language) for name in _COUNTED}
    cells["flags"] = "x" if row["synthetic"] else ""
    return {view.say(f"columns.{name}"): cell for name, cell in cells.items()}


def interval(row: Mapping[str, Any], language: str) -> str:
    """`41,2–81,0 %`; nothing without one."""
    if row["ci_low"] is None:
        return ""
    return f"{format_number(row['ci_low'], 1, language)}–{format_value(row['ci_high'], 'percent', 1, language)}"


def question(view: Supply, codes: Sequence[str], chosen: str = "") -> SupplyQuestion:
    """What a file of some of the view's regions answers, for its cover."""
    version, address = view.visit.store.data_version(), short_link(view.visit)
    return SupplyQuestion(view.period, view.rule, view.kinds, codes, version, view.visit.as_of, chosen, address)


def tables_file(
    view: Supply,
    name: str,
    title: str,
    codes: Sequence[str],
    tables: Callable[[], Tables],
    told: Callable[[], list[Line]] = list,
    finding: Callable[[], Reached | None] = lambda: None,
) -> File:
    """The tables of a part of the page as an Excel workbook, made when it is asked for, with what is `told` of them
    and the `finding` they carry."""
    asked, visit = question(view, codes), view.visit

    def workbook() -> bytes:
        return tables_workbook(
            title, tables(), asked, language=visit.language, told=told(), files=view.files, view=finding()
        )

    file = file_name(visit, f"{view.say(f'files.{name}')}_{view.period.key}")
    return File(visit.say("ui.excel"), workbook, file)


def signed_points(view: Supply, points: float) -> str:
    """`+4,2 procentenheter`: shares differ in percentage points, never in per cent."""
    number = format_number(points, 1, view.visit.language)
    return view.visit.say("sentences.points_percent", number=f"+{number}" if points > 0 else number)
