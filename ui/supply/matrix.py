"""Which care unit offers which e-service? The matrix: filtered, searched, sorted, a page at a time.

Only the page shown becomes HTML: 1 500 units of 30 services would be 45 000 cells.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.supply import SHARE_INDICATOR
from charts.drawn_grids import services_drawn
from exports.supply.workbook import matrix_csv, matrix_workbook
from indicators import catalogue
from locales.numbers import format_number, swedish_order
from models.records import OFFER_STATUSES
from ui import pictures, take
from ui.address import pick, switched, typed
from ui.cache import Key, kept
from ui.escape import plain
from ui.figures import rows_html
from ui.parts import card_head
from ui.show import File
from ui.supply import pickers, unit
from ui.supply.matrix_html import matrix_html
from ui.supply.pickers import EVERY
from ui.supply.tables import question
from ui.supply.view import Supply
from views.supply import SIGNS, services

ON_A_PAGE: Final = 50
_STATES: Final = ("meets", "below", "unknown", "not_applicable")
_SORTS: Final = ("fewest", "most", "name", "municipality")


@dataclass(frozen=True)
class Filters:
    """What the reader wants to see of the matrix. `service` and `status` go together: the units with that status for
    that service."""

    region: str
    municipality: str = EVERY
    state: str = EVERY
    service: str = EVERY
    status: str = EVERY
    search: str = ""
    sort: str = _SORTS[0]

    @property
    def key(self) -> Key:
        return (self.region, self.municipality, self.state, self.service, self.status, self.search, self.sort)


def draw(view: Supply) -> None:
    """The filters, one unit where the address names it, and the page of the matrix."""
    unit.draw(view, pickers.codes_of(view))
    with st.container(border=True, key="card matrix"):
        _matrix(view)


def _matrix(view: Supply) -> None:
    known = {name: view.say(f"matrix.rows.{name}") for name in ("units", "services")}
    shown, switch = switched(view.visit, "rows", known, label=view.say("matrix.rows.label"))
    st.html(card_head(view.say(f"headings.{'matrix' if shown == 'units' else 'services'}"), switch))
    filters = _filters(view)
    signs = ", ".join(f"{sign} {view.status_words(status)}" for status, sign in SIGNS.items())
    key = ("matrix", *view.key, *filters.key)
    count = kept(("found", *key), lambda: _found(view, filters).height)
    if not count:
        st.info(view.say("matrix.none"))
        return
    if shown == "units":
        page = _page(view, count)
        st.html(kept(("page", str(page), *key), partial(_html, view, filters, page, count)))
        st.caption(plain(view.say("matrix.key", signs=signs)))
    else:
        st.html(kept(("services", *key), partial(_services_html, view, filters)))
    _leaves(view, filters, key)


def _filters(view: Supply) -> Filters:
    """Whom to look for in one row, the rest behind a button that says what is chosen."""
    codes = pickers.codes_of(view)
    places, services = kept(("choices", *view.key, view.region), partial(_choices, view, codes))
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        search = typed(view.visit, "search", label=view.say("matrix.search"), resets=_first_page)
    with row, st.popover(view.say("matrix.filters")):
        municipality = _one(view, "municipality", places, dict(zip(places, places, strict=True)))
        state = _one(view, "state", _STATES, {one: view.say(f"states.{one}") for one in _STATES})
        sort = pick(
            view.visit,
            "sort",
            _SORTS,
            label=view.say("matrix.sort"),
            shown=lambda one: view.say(f"matrix.sorts.{one}"),
            resets=_first_page,
        )
        service = _one(view, "service", services, {one: view.title_of(one) for one in services})
        status = EVERY
        if service != EVERY:
            status = _one(view, "status", OFFER_STATUSES, {one: view.status_words(one) for one in OFFER_STATUSES})
    filters = Filters(view.region, municipality, state, service, status, search, sort)
    if asked := _in_words(view, filters):
        st.caption(plain(view.say("matrix.chosen", chosen=asked)))
    return filters


def _one(view: Supply, name: str, known: Sequence[str], words: dict[str, str]) -> str:
    """A choice of one or all."""

    def shown(value: str) -> str:
        return view.say("matrix.every") if value == EVERY else words[value]

    label = view.say(f"matrix.{name}")
    return pick(view.visit, name, [EVERY, *known], label=label, shown=shown, resets=_first_page)


def _first_page() -> Sequence[str]:
    return ("page", "unit")


def _choices(view: Supply, codes: Sequence[str]) -> tuple[list[str], list[str]]:
    """The municipalities and the services of the regions, in Swedish order."""
    places = sorted((one for one in view.units_of(codes)["municipality"].unique() if one), key=swedish_order)
    services = view.offers(codes)["service"].unique()
    return places, sorted(services, key=lambda one: swedish_order(view.title_of(one)))


def _found(view: Supply, filters: Filters) -> pl.DataFrame:
    """The units (UNITS) that the filters let through, in the reader's order."""
    codes = pickers.codes_of(view)
    units = view.units_of(codes)
    if filters.municipality != EVERY:
        units = units.filter(pl.col("municipality") == filters.municipality)
    if filters.state != EVERY:
        units = units.filter(pl.col("state") == filters.state)
    if filters.search:
        words = pl.col("name").str.to_lowercase().str.contains(filters.search.lower(), literal=True)
        units = units.filter(words)
    if filters.service != EVERY:
        asked = view.offers(codes).filter(pl.col("service") == filters.service)
        asked = asked if filters.status == EVERY else asked.filter(pl.col("status") == filters.status)
        units = units.join(asked.select("unit"), on="unit", how="semi", maintain_order="left")
    return _sorted(units, filters.sort)


def _sorted(units: pl.DataFrame, sort: str) -> pl.DataFrame:
    order = sorted(range(units.height), key=lambda place: _order(units.row(place, named=True), sort))
    return units[order]


def _order(row: dict[str, Any], sort: str) -> tuple[Any, ...]:
    name = swedish_order(row["name"])
    if sort == "municipality":
        return (swedish_order(row["municipality"]), name)
    return ({"fewest": row["offered"], "most": -row["offered"]}.get(sort, 0), name)


def _page(view: Supply, count: int) -> int:
    """Which page, from 1."""
    pages = ceil(count / ON_A_PAGE)
    shown = {str(page): _span(view, page, count) for page in range(1, pages + 1)}
    if pages == 1:
        st.caption(shown["1"])
        return 1
    return int(pick(view.visit, "page", list(shown), label=view.say("matrix.page"), shown=lambda page: shown[page]))


def _span(view: Supply, page: int, count: int) -> str:
    first, last = (page - 1) * ON_A_PAGE + 1, min(page * ON_A_PAGE, count)
    numbers = {"first": first, "last": last, "count": format_number(count, 0, view.visit.language)}
    return view.say("matrix.span", **numbers)


def _leaves(view: Supply, filters: Filters, key: Key) -> None:
    """All the units that the filters let through, as Excel and CSV, made when they are asked for."""
    codes = pickers.codes_of(view)
    asked = question(view, codes, _in_words(view, filters))
    name = f"{view.say('files.matrix')}_{view.period.key}"

    def made(write: Callable[..., bytes]) -> bytes:
        return write(_cells(view, filters), asked, language=view.visit.language)

    say = view.visit.say
    excel = File(say("ui.excel"), partial(made, matrix_workbook), f"{name}.xlsx")
    data = File(say("ui.csv"), partial(made, matrix_csv), f"{name}.csv", "text/csv")
    take.menu(view.visit, pictures=[_taken(view, filters, key)], excel=[excel], data=[data])


def _cells(view: Supply, filters: Filters) -> pl.DataFrame:
    """The matrix (OFFERS) of the units that the filters let through."""
    found = _found(view, filters).select("unit")
    return view.offers(pickers.codes_of(view)).join(found, on="unit", how="semi", maintain_order="left")


def _services_html(view: Supply, filters: Filters) -> str:
    """How many of the units offer each service."""
    heads = {name: f"{sign} {view.status_words(name)}" for name, sign in SIGNS.items()}
    service, reached = view.say("columns.service"), view.say("columns.offered_of_known")
    rows = [
        {service: row.title, reached: row.reached, **{heads[part.status]: part.printed for part in row.parts}}
        for row in services(_cells(view, filters), view.visit.language)
    ]
    return rows_html(rows, _of_services(view, filters), [reached, *heads.values()])


def _of_services(view: Supply, filters: Filters) -> str:
    """What the table of services shows of whom."""
    codes = pickers.codes_of(view)
    names = ", ".join(catalogue().regions[code].short_name for code in codes)
    chosen = _in_words(view, filters)
    return ". ".join(filter(None, (view.say("captions.services", when=view.when, regions=names), chosen)))


def _taken(view: Supply, filters: Filters, key: Key) -> pictures.Taken:
    """The services as a picture: a matrix of units has too many cells for one."""
    visit = view.visit
    rows = partial(kept, ("service rows", *key), lambda: services(_cells(view, filters), visit.language))
    signs = ", ".join(f"{sign} {view.status_words(status)}" for status, sign in SIGNS.items())
    heads = (view.say("columns.service"), view.say("columns.offered_of_known"))
    return pictures.of_table(
        visit,
        (view.say("headings.services"), _of_services(view, filters)),
        lambda width: services_drawn(rows(), heads, signs, width),
        ((SHARE_INDICATOR,), (view.period.key, view.period.key)),
        synthetic=kept(("made up", *key), lambda: bool(_cells(view, filters)["synthetic"].any())),
        assumed=False,
        name=view.say("files.services"),
    )


def _in_words(view: Supply, filters: Filters) -> str:
    """The filters that are set, under the page's own names; "" for none."""
    words = {
        "municipality": filters.municipality,
        "state": "" if filters.state == EVERY else view.say(f"states.{filters.state}"),
        "service": "" if filters.service == EVERY else view.title_of(filters.service),
        "status": "" if filters.status == EVERY else view.status_words(filters.status),
        "search": filters.search,
    }
    return ", ".join(f"{view.say(f'matrix.{name}')}: {word}" for name, word in words.items() if word not in ("", EVERY))


def _html(view: Supply, filters: Filters, page: int, count: int) -> str:
    units = _found(view, filters)[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    codes = pickers.codes_of(view)
    cells = view.offers(codes).join(units.select("unit"), on="unit", how="semi")
    links = [unit.link_to(view, row) for row in units["unit"]]
    caption = view.say("matrix.caption", when=view.when, span=_span(view, page, count))
    return matrix_html(view, units, cells, links, caption)
