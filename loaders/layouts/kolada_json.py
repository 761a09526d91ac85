"""Kolada's API answers, v2 and v3: values[] of {kpi, municipality, period, values[{gender, value, status, …}]}
(domain §4D). Municipality `00` + länskod is a region, `0000` Riket; the rest are municipalities."""

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from indicators import Catalogue, tidy_name
from loaders.layouts.claims import Claims, Reading, Signs
from loaders.problems import ERROR, SHOWN_PER_RULE, WARNING, Ignored, Problem, capped
from loaders.tables.addresses import runs
from loaders.tables.document import Document

SIGNS: Final[Signs] = {
    "-": ("not_reported", "m"),
    ".": ("not_applicable", "z"),
    "..": ("confidential", "c"),
    "null": ("missing", "m"),
    "missing": ("missing", "m"),
    "private": ("confidential", "c"),
    "deleted": ("deleted_by_source", "m"),
}
_SCHEMA: Final = {
    "title": pl.String,
    "region_code": pl.String,
    "period": pl.String,
    "sex": pl.String,
    "value": pl.String,
    "status": pl.String,
    "row": pl.UInt32,
    "col": pl.UInt32,
    "path": pl.String,
}
_NOT_DELETED: Final = ("", "false", "0")
_KEYS: Final = {"title": "kpi", "region_code": "municipality", "region_name": "municipality", "period": "period"}


@dataclass(frozen=True)
class TreePlaces:
    """One claim per values[row - 1].values[col - 1]."""

    root: str

    def address(self, name: str, row: int, col: int) -> str:
        entry = f"{self.root}[{row - 1}]"
        if name in _KEYS:
            return f"{entry}.{_KEYS[name]}"
        return f"{entry}.values[{col - 1}].{'gender' if name == 'sex' else 'value'}"

    def ranges(self, claims: pl.DataFrame) -> list[str]:
        """The entries whole: a claim is set aside for its kpi or municipality, which all its figures share; many in
        stretches (`$.values[3:900]`, the last not included)."""
        rows = claims["row"].unique(maintain_order=True)
        if rows.len() <= SHOWN_PER_RULE:
            return [f"{self.root}[{row - 1}]" for row in rows]
        return [f"{self.root}[{first - 1}:{last}]" for first, last in runs(rows)]


def _entries(document: Document) -> tuple[str, list[Any]] | None:
    tree = document.tree
    if isinstance(tree, dict):
        tree, root = tree.get("values"), "$.values"
    else:
        root = "$"
    return (root, tree) if isinstance(tree, list) else None


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and {"kpi", "municipality", "period", "values"} <= entry.keys()
        and isinstance(entry["values"], list)
        and all(isinstance(figure, dict) and {"gender", "value"} <= figure.keys() for figure in entry["values"])
    )


def recognise(document: Document) -> bool:
    found = _entries(document)
    return found is not None and any(_is_entry(entry) for entry in found[1])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value).lower()


def _status(figure: dict[str, Any]) -> str:
    """Why there is no value: deleted by the source, its status word, or a bare null. A status that means "no value"
    beside a value is believed: a private or deleted figure is never shown."""
    if _text(figure.get("isdeleted")) not in _NOT_DELETED:
        return "deleted"
    status = _text(figure.get("status"))
    if figure["value"] is not None:
        return status if tidy_name(status) in SIGNS else ""
    return status or "null"


def _broken(path: str) -> Problem:
    return Problem(ERROR, "broken_json", "", path, variant="json_entry")


def read(document: Document, _known: Catalogue) -> Reading:
    found = _entries(document)
    assert found is not None
    root, entries = found
    broken: list[int] = []
    rows = []
    for place, entry in enumerate(entries):
        if not _is_entry(entry):
            broken.append(place)
            continue
        kpi, region, period = (_text(entry[key]) for key in ("kpi", "municipality", "period"))
        rows += [
            (
                kpi,
                region,
                period,
                _text(figure["gender"]),
                _text(figure["value"]),
                _status(figure),
                place + 1,
                col,
                f"{root}[{place}].values[{col - 1}].value",
            )
            for col, figure in enumerate(entry["values"], start=1)
        ]
    problems = capped("broken_json", len(broken), (_broken(f"{root}[{place}]") for place in broken))
    if isinstance(document.tree, dict) and document.tree.get("next_url") is not None:
        problems.append(Problem(WARNING, "more_pages", "", "$.next_url", _text(document.tree["next_url"])))
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    return Reading(
        (Claims("", frame, TreePlaces(root)),),
        "kolada",
        SIGNS,
        tuple(_unused(document.tree)),
        tuple(problems),
        regions_only=True,
    )


def _unused(tree: Any) -> list[Ignored]:
    """Texts beside the figures (`_note`); the counters and the next page's address are no cells of anyone's."""
    if not isinstance(tree, dict):
        return []
    extra = set(tree) - {"count", "values", "next_url", "next_page", "previous_page", "previous_url"}
    return [Ignored("", f"$.{key}", "json_note") for key in sorted(extra)]
