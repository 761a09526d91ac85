"""An indicator as a table of PxWebApi 2: its variables and codes, its description, and chosen cells as JSON-stat 2."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

import polars as pl

from analysis.figures import figures_of
from analysis.methods.flags import any_synthetic
from indicators import Indicator, catalogue, period_label
from locales import has_text, text
from models import Store, settings
from opendata.plain_api import Standing
from opendata.px.selection import TIME
from wording.figures import publisher_in_words

REGION, SEX, CONTENTS = "Region", "Kon", "ContentsCode"
_COLUMN: Final = {REGION: "code", SEX: "sex", TIME: "period"}
_HEADS: Final = {REGION: "region", SEX: "sex", TIME: "period"}
_MEASURED: Final = ("value", "ci_low", "ci_high", "base_n", "numerator", "denominator")
_COUNTS: Final = ("base_n", "numerator", "denominator")
_UNITS: Final = {
    "year": "Annual",
    "half_year": "HalfYear",
    "quarter": "Quarterly",
    "month": "Monthly",
    "week": "Weekly",
}
NO_ROW: Final = "none"
"""The status of a cell of which nobody has published anything."""


@dataclass(frozen=True)
class Table:
    """An indicator's current figures (analysis.FIGURE_COLUMNS), and the codes of its variables in order."""

    indicator: Indicator
    rows: pl.DataFrame
    codes: Mapping[str, Sequence[str]]
    updated: str

    @property
    def time_unit(self) -> str:
        """One of PxWebApi's words for how long the periods are."""
        kinds = self.rows["period_kind"].unique().to_list()
        return _UNITS.get(kinds[0], "Other") if len(kinds) == 1 else "Other"

    @property
    def default(self) -> dict[str, list[str]]:
        """What is answered to who asks for nothing in particular: the value, the total, the latest period."""
        one = {CONTENTS: ["value"], SEX: list(self.codes[SEX])[:1], TIME: list(self.codes[TIME])[-1:]}
        return {name: one.get(name, list(codes)) for name, codes in self.codes.items()}

    def labels(self, variable: str, language: str) -> dict[str, str]:
        """Code → words."""
        worded: Mapping[str, Callable[[str], str]] = {
            REGION: lambda code: catalogue().regions[code].name,
            SEX: lambda code: text(f"sexes.{code}", language),
            CONTENTS: lambda code: text(f"exports.columns.{code}", language),
            TIME: lambda code: period_label(code, language),
        }
        return {code: worded[variable](code) for code in self.codes[variable]}

    def name_of(self, variable: str, language: str) -> str:
        if variable == CONTENTS:
            return text("open_api.px.contents", language)
        return text(f"exports.columns.{_HEADS[variable]}", language)


@lru_cache(maxsize=64)
def table_of(store: Store, _standing: Standing, name: str, as_of: date | None = None) -> Table | None:
    """The table of an indicator, as it was on a day; None where nothing is published of it."""
    indicator = catalogue().indicators.get(name)
    if indicator is None:
        return None
    rows = figures_of(store, indicator, as_of)
    if rows.is_empty():
        return None
    codes: dict[str, Sequence[str]] = {
        REGION: [code for code in catalogue().regions if code in set(rows["code"])],
        SEX: [sex for sex in ("T", "K", "M") if sex in set(rows["sex"])],
        CONTENTS: [one for one in _MEASURED if one == "value" or rows[one].count()],
        TIME: list(rows.sort("period_start", "period_end")["period"].unique(maintain_order=True)),
    }
    return Table(indicator, rows, codes, str(rows["published_at"].max()))


def described(table: Table, language: str, address: str) -> dict[str, Any]:
    """The metadata: a JSON-stat 2 dataset without its values. `address`: the table's own."""
    return _dataset(table, table.codes, language, address)


def dataset(table: Table, chosen: Mapping[str, Sequence[str]], language: str, address: str) -> dict[str, Any]:
    """The chosen cells. `status` has the letters of a figure, or the reason (a code) why there is none; its words stand
    in the dataset's extension."""
    values, states = cells(table, chosen)
    status = {str(at): state for at, state in enumerate(states) if state}
    told = _dataset(table, chosen, language, address)
    told["extension"]["status"] = {"label": {state: status_in_words(state, language) for state in set(status.values())}}
    return {**told, "value": values, **({"status": status} if status else {})}


def cells(table: Table, chosen: Mapping[str, Sequence[str]]) -> tuple[list[float | None], list[str]]:
    """The values in JSON-stat's order, the last variable running fastest, and the state of each."""
    known = {(row["code"], row["sex"], row["period"]): row for row in table.rows.iter_rows(named=True)}
    values, states = list[float | None](), list[str]()
    for code in chosen[REGION]:
        for sex in chosen[SEX]:
            for content in chosen[CONTENTS]:
                for period in chosen[TIME]:
                    row = known.get((code, sex, period))
                    value = row[content] if row else None
                    values.append(value)
                    states.append(NO_ROW if row is None else row["flags"] if value is not None else row["reason"])
    return values, states


def status_in_words(state: str, language: str) -> str:
    """The words of a cell's state: a reason, or the letters of a figure."""
    if state == NO_ROW:
        return text("open_api.px.no_figure", language)
    if has_text(reason := f"reasons.{state}", language):
        return text(reason, language)
    return ", ".join(text(f"flags.{letter}", language) for letter in state)


def _dataset(table: Table, chosen: Mapping[str, Sequence[str]], language: str, address: str) -> dict[str, Any]:
    """What metadata and data share."""
    indicator = table.indicator
    caveats = [one.in_language(language) for one in indicator.caveats]
    made_up = [text("ui.synthetic", language)] if any_synthetic(table.rows) else []
    contact = [{"mail": settings().contact_email}] if settings().contact_email else []
    return {
        "version": "2.0",
        "class": "dataset",
        "href": f"{address}/metadata?lang={language}",
        "label": indicator.title.in_language(language),
        "source": publisher_in_words(indicator.source),
        "updated": table.updated,
        "note": [indicator.question_sv, *made_up, *caveats],
        "role": {"time": [TIME], "geo": [REGION], "metric": [CONTENTS]},
        "id": list(chosen),
        "size": [len(codes) for codes in chosen.values()],
        "dimension": {name: _dimension(table, name, codes, language, address) for name, codes in chosen.items()},
        "extension": {
            "px": {
                "tableid": indicator.id,
                "decimals": indicator.decimals,
                "language": language,
                "official-statistics": False,
                "aggregallowed": False,
                "contents": indicator.short_title.in_language(language),
                "subject-code": indicator.area,
                "subject-area": text(f"areas.{indicator.area}", language),
            },
            "contact": contact,
        },
    }


def _dimension(table: Table, name: str, codes: Sequence[str], language: str, address: str) -> dict[str, Any]:
    labels = table.labels(name, language)
    category: dict[str, Any] = {
        "index": {code: at for at, code in enumerate(codes)},
        "label": {code: labels[code] for code in codes},
    }
    extension: dict[str, Any] = {"elimination": name == SEX, "show": "value"}
    if name == SEX:
        extension["eliminationValueCode"] = table.codes[SEX][0]
    if name == CONTENTS:
        category["unit"] = {code: _unit(table.indicator, code, language) for code in codes}
    if name == TIME:
        extension["timeUnit"] = table.time_unit
    if name == REGION:
        base = address.rpartition("/tables/")[0]
        extension["codeLists"] = [
            {
                "id": group.id,
                "label": group.title.in_language(language),
                "type": "Valueset",
                "links": [_link("metadata", language, f"{base}/codelists/{group.id}?lang={language}")],
            }
            for group in catalogue().groups.values()
        ]
    return {"label": table.name_of(name, language), "category": category, "extension": extension}


def _unit(indicator: Indicator, content: str, language: str) -> dict[str, Any]:
    if content in _COUNTS:
        return {"base": text("exports.unit.count", language), "decimals": 0}
    return {"base": text(f"exports.unit.{indicator.unit}", language), "decimals": indicator.decimals}


def _link(rel: str, language: str, address: str) -> dict[str, str]:
    return {"rel": rel, "hreflang": language, "href": address}


def listed(table: Table, language: str, address: str) -> dict[str, Any]:
    """The table as it stands in the list of tables."""
    indicator, periods = table.indicator, table.codes[TIME]
    title = indicator.title.in_language(language)
    area = {"id": indicator.area, "label": text(f"areas.{indicator.area}", language)}
    return {
        "type": "Table",
        "id": indicator.id,
        "label": title,
        "description": indicator.question_sv,
        "updated": table.updated,
        "firstPeriod": periods[0],
        "lastPeriod": periods[-1],
        "category": "public",
        "discontinued": False,
        "source": publisher_in_words(indicator.source),
        "timeUnit": table.time_unit,
        "subjectCode": indicator.area,
        "variableNames": [table.name_of(name, language) for name in table.codes],
        "paths": [[area]],
        "links": [
            _link("self", language, f"{address}?lang={language}"),
            _link("metadata", language, f"{address}/metadata?lang={language}"),
            _link("data", language, f"{address}/data?lang={language}"),
        ],
    }


def long_table(
    table: Table, chosen: Mapping[str, Sequence[str]], language: str, *, codes: bool, texts: bool
) -> pl.DataFrame:
    """The chosen cells, a row each: every variable as code, as words or as both, then value and status."""
    values, states = cells(table, chosen)
    grid = pl.DataFrame({"": [0]})
    for name, own in chosen.items():
        labels = table.labels(name, language)
        head = table.name_of(name, language)
        coded = f"{name}_code" if texts else name  # a variable's code may be its name
        columns = {**({coded: list(own)} if codes else {}), **({head: [labels[one] for one in own]} if texts else {})}
        grid = grid.join(pl.DataFrame(columns), how="cross")
    words = {state: status_in_words(state, language) for state in set(states) if state}
    return grid.drop("").with_columns(
        pl.Series(text("exports.columns.value", language), values, dtype=pl.Float64),
        pl.Series(text("open_api.px.status", language), [words.get(one) for one in states], dtype=pl.String),
    )
