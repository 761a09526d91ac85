"""A sheet of care units or of what they offer, in words no layout knows: what its columns seem to hold, and why;
and what a person must still say before it can be read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from indicators import Catalogue, tidy_name
from loaders.mapping.proposal import Proposal, Reasoned
from loaders.mapping.spec import Mapping, Shape, Status, SupplyRole, SupplySpec
from loaders.mapping.supply.places import service_header, supply_header
from loaders.mapping.supply.words import guessed_service, guessed_status, role_like
from loaders.mapping.table import Table, find_tables, table_at
from loaders.records.supply.heads import around
from loaders.records.supply.words import kind_of, status_of
from loaders.tables.cells import is_period, is_region
from loaders.tables.document import Document, Sheet
from loaders.tables.headers import Column
from loaders.tables.hsa import is_hsa_id, region_of_unit

_ENOUGH: Final = 0.6  # the share of a column's cells that settles what it holds
_MOST_WORDS: Final = 8  # different texts in a column that says a status
_LONGEST: Final = 30


@dataclass
class Guess:
    """A sheet's guess while it is made. `statuses`: columns of one service each (wide) or of the status (long)."""

    table: Table
    known: Catalogue
    columns: dict[SupplyRole, Column] = field(default_factory=dict)
    statuses: list[Column] = field(default_factory=list)
    parts: list[Reasoned] = field(default_factory=list)

    def take(self, role: SupplyRole, column: Column, sure: float, why: str) -> None:
        if role not in self.columns and column not in self.columns.values():
            self.columns[role] = column
            self.parts.append(Reasoned(0, f"column:{column.shown}", sure, why, {"header": column.shown}))

    def headed(self, column: Column) -> str:
        """The service a column is headed."""
        return service_header(self.table.sheet, column.col, self.table.header_row, self.table.header_rows)[0]

    def free(self) -> list[Column]:
        return [column for column in self.table.columns if column not in self.columns.values()]


def propose_supply(document: Document, known: Catalogue) -> Proposal | None:
    """The mapping that a file of supply seems to have; None where no sheet looks like one."""
    for sheet in document.sheets:
        for table in find_tables(sheet, known)[:1]:
            if found := _guess(table, known):
                return found
    return None


def propose_supply_at(sheet: Sheet, known: Catalogue, header_row: int, header_rows: int) -> Proposal:
    """The proposal with the header where a person says it is; nothing but that where the rows say no more."""
    found = _guess(table_at(sheet, header_row, header_rows, header_row + header_rows, known), known)
    bare = SupplySpec(header_row=header_row, header_rows=header_rows)
    return found or Proposal(Mapping(supply=bare), (), ((0, "unit"), (0, "services")))


def _guess(table: Table, known: Catalogue) -> Proposal | None:
    if not table.header_rows:
        return None
    guess = Guess(table, known)
    _by_headers(guess)
    _by_contents(guess)
    shape = _shape(guess)
    if shape is None:
        return None
    spec = _spec(guess, shape)
    rows = {"first": table.header_row, "last": table.header_row + table.header_rows - 1}
    parts = (Reasoned(0, "header", 0.8, "supply_header", rows), *guess.parts)
    return Proposal(Mapping(supply=spec), parts, lacking_in(spec, table, known))


def _share(texts: list[str], asked: Callable[[str], object]) -> float:
    return sum(bool(asked(text)) for text in texts) / len(texts) if texts else 0.0


def _by_headers(guess: Guess) -> None:
    for column in guess.table.columns:
        role = role_like(column.label)
        if role and role not in ("service", "status", "cases"):
            guess.take(role, column, 0.9, "named")


def _by_contents(guess: Guess) -> None:
    """What the cells say, where no header did: HSA-ids, regions, kinds, and from the left the units' names."""
    known = guess.known
    for column in guess.free():
        texts = guess.table.values(column.col)
        if _share(texts, is_hsa_id) >= _ENOUGH:
            guess.take("unit", column, 0.95, "hsa_ids")
        elif _share(texts, lambda text: known.service_named(text) is not None) >= _ENOUGH / 2:
            guess.take("service", column, 0.8, "services_in_column")
        elif texts and all(map(is_period, texts)):
            guess.take("period", column, 0.9, "periods_in_column")
        elif _share(texts, lambda text: is_region(text, known)) >= _ENOUGH:
            guess.take("region", column, 0.9, "regions_in_column")
        elif _is_status(texts):
            guess.statuses.append(column)
        elif role_like(column.label) == "cases" and _share(texts, str.isdecimal) >= _ENOUGH:
            guess.take("cases", column, 0.8, "named")
        elif _share(texts, lambda text: kind_of(text) != "other") >= _ENOUGH and len(set(texts)) <= _MOST_WORDS:
            guess.take("kind", column, 0.7, "kinds_in_column")
        elif "name" not in guess.columns and len(set(texts)) > 0.8 * len(texts) > 0 and _share(texts, _is_name) == 1:
            guess.take("name", column, 0.6, "names_in_column")


def _is_name(text: str) -> bool:
    return any(map(str.isalpha, text)) and status_of(text) is None


def _is_status(texts: list[str]) -> bool:
    """Few different short texts, of which some say a status and some in words."""
    words = {tidy_name(text) for text in texts}
    told = [word for word in words if guessed_status(word)]
    return (
        0 < len(words) <= _MOST_WORDS and len(told) >= len(words) / 2 and all(len(word) <= _LONGEST for word in words)
    )


def _shape(guess: Guess) -> Shape | None:
    if not {"unit", "name"} & set(guess.columns):
        return None
    texts = {tidy_name(text) for column in guess.statuses for text in guess.table.values(column.col)}
    in_words = any(not word.isdecimal() for word in texts)
    if "service" in guess.columns and (guess.statuses or "cases" in guess.columns):
        return "long"
    named = any(guessed_service(guess.headed(column), guess.known)[1] for column in guess.statuses)
    if len(guess.statuses) >= 2 and (in_words or named):
        return "wide"
    return "units" if "kind" in guess.columns and not guess.statuses else None


def _spec(guess: Guess, shape: Shape) -> SupplySpec:
    table = guess.table
    services: dict[str, str] = {}
    if shape == "long":
        if guess.statuses:
            guess.columns["status"] = guess.statuses[0]
        names = table.values(guess.columns["service"].col)
        services = {tidy_name(name): _service(guess, name) for name in dict.fromkeys(names)}
    elif shape == "wide":
        services = {column.key: _service(guess, guess.headed(column)) for column in guess.statuses}
    words = dict.fromkeys(tidy_name(text) for column in guess.statuses for text in table.values(column.col))
    columns: dict[SupplyRole, str] = {role: column.key for role, column in guess.columns.items()}
    return SupplySpec(
        shape=shape,
        header_row=table.header_row,
        header_rows=table.header_rows,
        columns=columns,
        services=services,
        statuses={word: status for word in words if (status := _status(guess, word))},
        cases=_cases(guess, shape),
    )


def _cases(guess: Guess, shape: Shape) -> dict[str, str]:
    """The columns of numbers that stand under a service's own header."""
    headed = {guess.headed(column): column.key for column in guess.statuses} if shape == "wide" else {}
    counts = [column for column in guess.free() if column not in guess.statuses and role_like(column.label) == "cases"]
    return {headed[name]: column.key for column in counts if (name := guess.headed(column)) in headed}


def _service(guess: Guess, printed: str) -> str:
    service, sure = guessed_service(printed, guess.known)
    title = guess.known.eservices[service].title.sv if service in guess.known.eservices else ""
    why = "service_named" if sure == 1 else "service_alike" if sure else "service_unknown"
    guess.parts.append(Reasoned(0, f"service:{printed}", sure or 0.5, why, {"found": printed, "service": title}))
    return service


def _status(guess: Guess, word: str) -> Status | None:
    """What a word means that the known words do not say."""
    if status_of(word):
        return None
    found = guessed_status(word)
    why = f"status_{found}" if found else "status_unsaid"
    guess.parts.append(Reasoned(0, f"status:{word}", 0.6 if found else 0.0, why, {"found": word}))
    return found


def lacking_of_supply(document: Document, spec: SupplySpec, known: Catalogue) -> tuple[tuple[int, str], ...]:
    """What must be said before the file can be read, as (0, part)."""
    for sheet in document.sheets:
        if found := supply_header(sheet, spec, known):
            table = table_at(sheet, found[0], spec.header_rows, found[0] + spec.header_rows, known)
            return lacking_in(spec, table, known)
    return ((0, "unit"),)


def lacking_in(spec: SupplySpec, table: Table, known: Catalogue) -> tuple[tuple[int, str], ...]:
    """The same of a table whose place is known."""
    places = {column.key: column.col for column in table.columns}
    told: dict[str, int] = {role: places[key] for role, key in spec.columns.items() if key in places}
    found = around(table.sheet, table.header_row, told, known)
    ids = table.values(told["unit"]) if "unit" in told else []
    has = {role: role in told or role in found or role in spec.constants for role in ("region", "period")}
    lacking = {
        "unit": not {"unit", "name"} & set(told),
        "region": not has["region"] and not (ids and all(map(region_of_unit, ids))),
        "period": not has["period"] and spec.shape != "units",
        "services": spec.shape == "wide" and not any(spec.services.values()),
    }
    return tuple((0, part) for part, missing in lacking.items() if missing)
