"""A data package (Frictionless Data Package 1): the figures as CSV and Parquet with what every column means, whose they
are and on which terms, for somebody who was never here."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from analysis import indicators_with_figures
from analysis.moments import today_in_sweden
from exports.about import program_version
from exports.csvs import plain_csv
from indicators import catalogue
from locales import has_text, text
from locales.numbers import format_date
from models import Store, settings
from opendata.asked import Asked
from opendata.replies import parquet, pretty_json
from opendata.resources import RESOURCES
from views.citing import cited
from views.parts import Reader

_TABLES: Final = ("observations", "indicators", "regions", "uploads")
_KEYS: Final[Mapping[str, Sequence[str]]] = {
    "observations": ("indicator", "code", "period", "sex"),
    "indicators": ("id",),
    "regions": ("code",),
    "uploads": ("id",),
}
_POINTS_TO: Final = {"indicator": ("indicators", "id"), "code": ("regions", "code"), "upload": ("uploads", "id")}
_TYPES: Final[Sequence[tuple[Any, str]]] = (
    (pl.Boolean, "boolean"),
    (pl.Date, "date"),
    (pl.Int64, "integer"),
    (pl.Int32, "integer"),
    (pl.Float64, "number"),
)
_PARQUET: Final = "data/observations.parquet"
_FIRST: Final = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip can hold: the same figures make the same bytes
Files = dict[str, bytes]


def package_files(store: Store, language: str, *, indicator: str | None = None, as_of: date | None = None) -> Files:
    """The package of all indicators with figures, or of one: path → bytes, always in the same order."""
    names = [indicator] if indicator else list(indicators_with_figures(store, as_of))
    tables = _tables(store, names, language, as_of)
    data = {f"data/{name}.csv": plain_csv(table) for name, table in tables.items()}
    data[_PARQUET] = parquet(tables["observations"])
    reader = Reader(language, store, as_of)
    title = _title(names, language)
    key = indicator or "regionjamforelse_1177"
    citation = cited(reader, tables["observations"], key=key, title=title, link=settings().public_url)
    said = "\n\n".join(filter(None, (citation.swedish, citation.english))) or text("ui.synthetic", language)
    description = _description(tables, data, title, key, language, reader, said)
    return {
        "datapackage.json": pretty_json(description),
        "README.md": _readme(tables, title, said, language, reader).encode(),
        "LICENSE.txt": _licence(language).encode(),
        "CITATION.txt": f"{said}\n".encode(),
        "CITATION.bib": citation.bibtex.encode(),
        **data,
    }


def zipped(files: Files) -> bytes:
    """The package as one file; the same figures give the same bytes."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in files.items():
            packed.writestr(zipfile.ZipInfo(path, _FIRST), content, zipfile.ZIP_DEFLATED)
    return into.getvalue()


def _tables(store: Store, names: Sequence[str], language: str, as_of: date | None) -> dict[str, pl.DataFrame]:
    """The API's own tables, of these indicators."""

    def asked(**values: Any) -> Asked:
        return Asked(tuple({"lang": language, "as_of": as_of, "synthetic": "true", **values}.items()))

    observed = [RESOURCES["observations"].answer(store, asked(indicator=one)).table for one in names]
    found = {name: RESOURCES[name].answer(store, asked()).table for name in _TABLES[1:]}
    observations = pl.concat(observed) if observed else pl.DataFrame()
    used = set(observations["upload"].drop_nulls()) if observed else set()
    return {
        "observations": observations,
        "indicators": found["indicators"].filter(pl.col("id").is_in(names)),
        "regions": found["regions"],
        "uploads": found["uploads"].filter(pl.col("id").is_in(list(used))),
    }


def _title(names: Sequence[str], language: str) -> str:
    if len(names) == 1:
        return catalogue().indicators[names[0]].title.in_language(language)
    return text("exports.all_title", language)


def _description(
    tables: Mapping[str, pl.DataFrame], data: Files, title: str, key: str, language: str, reader: Reader, said: str
) -> dict[str, Any]:
    chosen = settings()
    licence = {"name": text("open_api.package.licence_name", language), "path": chosen.licence_url}
    resources = [_resource(name, table, data[f"data/{name}.csv"], language) for name, table in tables.items()]
    binary = data[_PARQUET]
    return {
        "profile": "data-package",
        "name": key.replace("_", "-"),
        "title": title,
        "description": text("open_api.package.about", language),
        "version": f"{reader.store.data_version()}",
        "created": f"{datetime.fromisoformat(_latest(tables)).isoformat()}",
        "program": program_version(),
        "as_of": str(reader.as_of or today_in_sweden()),
        **({"homepage": chosen.public_url} if chosen.public_url else {}),
        "licenses": [licence],
        "sources": [{"title": one} for one in sorted(set(tables["indicators"]["source"]))],
        "contributors": [{"title": chosen.publisher, "role": "publisher"}],
        "citation": said,
        "resources": [*resources, {**_described("observations-parquet", _PARQUET, binary), "type": "file"}],
    }


def _latest(tables: Mapping[str, pl.DataFrame]) -> str:
    """When the newest of the figures was published: the package's date, whenever it is made."""
    return str(tables["observations"]["published_at"].max())


def _described(name: str, path: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "path": path, "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _resource(name: str, table: pl.DataFrame, content: bytes, language: str) -> dict[str, Any]:
    fields = [_field(column, kind, language) for column, kind in table.schema.items()]
    points = [
        {"fields": column, "reference": {"resource": resource, "fields": field}}
        for column, (resource, field) in _POINTS_TO.items()
        if name == "observations" and column in table.columns
    ]
    return {
        **_described(name, f"data/{name}.csv", content),
        "profile": "tabular-data-resource",
        "title": text(f"open_api.resource.{name}", language),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": fields,
            "missingValues": [""],
            "primaryKey": list(_KEYS[name]),
            **({"foreignKeys": points} if points else {}),
        },
    }


def _field(column: str, kind: Any, language: str) -> dict[str, Any]:
    head = f"exports.columns.{column}"
    named = {"title": text(head, language)} if has_text(head, language) else {}
    return {"name": column, "type": next((word for type_, word in _TYPES if kind == type_), "string"), **named}


def _readme(tables: Mapping[str, pl.DataFrame], title: str, said: str, language: str, reader: Reader) -> str:
    """What the package holds, in the reader's language."""

    def say(key: str, **values: object) -> str:
        return text(f"open_api.package.{key}", language, **values)

    observations = tables["observations"]
    letters = sorted(set("".join(observations["flags"])))
    made_up = [text("ui.synthetic", language)] if "x" in letters else []
    day = format_date(reader.as_of or today_in_sweden(), language)
    return "\n".join(
        [
            f"# {title}",
            "",
            say("about"),
            say("standing", version=reader.store.data_version(), day=day),
            *made_up,
            "",
            f"## {say('files')}",
            "",
            *(f"- `data/{name}.csv`: {text(f'open_api.resource.{name}', language)}" for name in tables),
            f"- `{_PARQUET}`: {say('parquet')}",
            f"- `datapackage.json`: {say('json')}",
            "",
            f"## {say('letters')}",
            "",
            *(f"- `{letter}`: {text(f'flags.{letter}', language)}" for letter in letters),
            "",
            say("missing"),
            say("apostrophe"),
            "",
            f"## {say('cite')}",
            "",
            said,
            "",
        ]
    )


def _licence(language: str) -> str:
    return f"{text('open_api.package.licence', language, address=settings().licence_url)}\n"
