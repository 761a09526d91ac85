"""The OpenAPI 3.1 document: every address of open data. The plain API's part is made of the tables that answer and
judge: what it does not say is not taken."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from exports.about import program_version
from locales import text
from models import settings
from opendata.asked import CHECKED, EMBEDDED, PARAMETERS, Parameter
from opendata.forms import FORMS, XLSX
from opendata.resources import RESOURCES, Resource

_PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_PROBLEMS: Final = {"400": "bad", "429": "too_many", "503": "unavailable"}
_BINARY: Final = {"schema": {"type": "string", "contentMediaType": "application/vnd.apache.parquet"}}


class Place(NamedTuple):
    """An address beside the plain API's tables. `key`: its words (`open_api.place`) and its operation; `types`: what it
    answers; `takes`: names of opendata.asked.PARAMETERS; `px`: those of PxWebApi 2 (name → schema); `status`: of an
    answer without content, where that is what it gives."""

    key: str
    types: Sequence[str]
    takes: Sequence[str] = ()
    needs: Sequence[str] = ()
    px: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    status: int = 200
    post: bool = False


_JSON, _XML, _HTML, _ZIP = "application/json", "application/xml", "text/html", "application/zip"
_DATA: Final = (_JSON, "text/csv", XLSX, "application/vnd.apache.parquet")
_OF_A_TABLE: Final = ("as_of", "lang")
_WORD: Final[Mapping[str, Any]] = {"type": "string"}
_NUMBER: Final[Mapping[str, Any]] = {"type": "integer", "minimum": 1}
_FORM: Final[Mapping[str, Mapping[str, Any]]] = {
    "outputFormat": {"type": "string", "enum": list(FORMS)},
    "outputFormatParams": _WORD,
}
PLACES: Final[Mapping[str, Place]] = {
    "/api/v1/openapi.json": Place("description", (_JSON,), ("lang",)),
    "/api/v1/datapackage/{name}.zip": Place("package", (_ZIP,), _OF_A_TABLE),
    "/api/v2/config": Place("px_config", (_JSON,), ("lang",)),
    "/api/v2/tables": Place(
        "px_tables",
        (_JSON,),
        ("lang",),
        px={"query": _WORD, "pageNumber": _NUMBER, "pageSize": _NUMBER, "pastDays": {"type": "integer", "minimum": 0}},
    ),
    "/api/v2/tables/{id}": Place("px_table", (_JSON,), _OF_A_TABLE),
    "/api/v2/tables/{id}/metadata": Place("px_metadata", (_JSON,), _OF_A_TABLE),
    "/api/v2/tables/{id}/defaultselection": Place("px_default", (_JSON,), _OF_A_TABLE),
    "/api/v2/tables/{id}/data": Place("px_data", _DATA, _OF_A_TABLE, px=_FORM, post=True),
    "/api/v2/codelists/{id}": Place("px_codelist", (_JSON,), ("lang",)),
    "/datasets/dcat": Place("catalogue", ("application/rdf+xml",)),
    "/datasets/{name}": Place("dataset", (), status=303),
    "/feed.xml": Place("feed", ("application/atom+xml",), ("lang",)),
    "/feed/{kind}/{name}.xml": Place("feed_of", ("application/atom+xml",), ("lang",)),
    "/embed/{kind}": Place("embed", (_HTML,), EMBEDDED, ("indicator",)),
    "/check": Place("check", (_HTML, _JSON), CHECKED, ("indicator",)),
    "/check/{code}": Place("check_code", (_HTML, _JSON), ("format", "lang")),
    "/p/{code}": Place("short_link", (), status=307),
    "/robots.txt": Place("robots", ("text/plain",)),
    "/sitemap.xml": Place("sitemap", (_XML,)),
}
"""Every other address of open data, by its path."""


def openapi(base: str, language: str) -> dict[str, Any]:
    """The document in a language; `base`: the site's address."""

    def say(key: str) -> str:
        return text(f"open_api.{key}", language)

    return {
        "openapi": "3.1.0",
        "info": {
            "title": text("ui.product", language),
            "version": program_version(),
            "description": say("description"),
            "license": {"name": say("licence"), "url": settings().licence_url},
            **({"contact": {"email": settings().contact_email}} if settings().contact_email else {}),
        },
        "servers": [{"url": base}],
        "paths": {
            **{f"/api/v1/{name}": {"get": _operation(name, one, language)} for name, one in RESOURCES.items()},
            **{path: _beside(one, language) for path, one in PLACES.items()},
        },
        "components": {"schemas": {"Problem": _problem_schema(), "Table": _table_schema()}},
    }


def _operation(name: str, resource: Resource, language: str) -> dict[str, Any]:
    answers = {
        "200": {
            "description": text(f"open_api.resource.{name}", language),
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Table"}},
                "text/csv": {"schema": {"type": "string"}},
                "application/vnd.apache.parquet": _BINARY,
            },
        },
        "304": {"description": text("open_api.answer.unchanged", language)},
    }
    refusals = {
        status: {"description": text(f"open_api.answer.{key}", language), "content": _PROBLEM}
        for status, key in _PROBLEMS.items()
    }
    return {
        "operationId": name,
        "summary": text(f"open_api.resource.{name}", language),
        "parameters": [_parameter(PARAMETERS[one], one in resource.needs, language) for one in resource.takes],
        "responses": answers | refusals,
    }


def _beside(place: Place, language: str) -> dict[str, Any]:
    """The operations of an address beside the tables; what stands in its path is named, and looked up elsewhere."""
    path = next(path for path, one in PLACES.items() if one is place)
    said = text(f"open_api.place.{place.key}", language)
    content: dict[str, Any] = {one: {"schema": {}} for one in place.types}
    done = {"description": said, **({"content": content} if content else {})}
    refusals = {
        status: {"description": text(f"open_api.answer.{key}", language), "content": _PROBLEM}
        for status, key in {"404": "no_address", **_PROBLEMS}.items()
    }
    within = [
        {"name": name, "in": "path", "required": True, "description": said, "schema": _WORD}
        for name in re.findall(r"{(\w+)}", path)
    ]
    own = [
        {"name": name, "in": "query", "description": text(f"open_api.px_parameter.{name}", language), "schema": schema}
        for name, schema in place.px.items()
    ]
    asked = [_parameter(PARAMETERS[one], one in place.needs, language) for one in place.takes]
    told = {
        "summary": said,
        "parameters": [*within, *asked, *own],
        "responses": {str(place.status): done, **refusals},
    }
    ways = {"get": {"operationId": place.key, **told}}
    if place.post:
        body = {"content": {_JSON: {"schema": {"type": "object", "required": ["selection"]}}}}
        ways["post"] = {"operationId": f"{place.key}_post", **told, "requestBody": body}
    return ways


def _parameter(one: Parameter, needed: bool, language: str) -> dict[str, Any]:
    schema = one.schema()
    if one.many:
        schema = {"type": "array", "items": schema, "minItems": 1}
    if one.default is not None:
        schema["default"] = one.default
    listed = {"style": "form", "explode": False} if one.many else {}
    return {
        "name": one.name,
        "in": "query",
        "required": needed,
        "description": text(f"open_api.parameter.{one.name}", language),
        "schema": schema,
        **listed,
    }


def _table_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["data_version", "rows"],
        "properties": {
            "data_version": {"type": "integer"},
            "as_of": {"type": ["string", "null"], "format": "date"},
            "count": {"type": "integer"},
            "rows": {"type": "array", "items": {"type": "object"}},
        },
    }


def _problem_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "parameter": {"type": "string"},
        },
    }
