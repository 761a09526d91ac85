"""The OpenAPI 3.1 document, made of the tables that answer and judge: what it does not say is not taken."""

from typing import Any, Final

from exports.about import program_version
from locales import text
from models import settings
from opendata.asked import PARAMETERS, Parameter
from opendata.resources import RESOURCES, Resource

_PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_PROBLEMS: Final = {"400": "bad", "429": "too_many", "503": "unavailable"}
_BINARY: Final = {"schema": {"type": "string", "contentMediaType": "application/vnd.apache.parquet"}}


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
        "paths": {f"/api/v1/{name}": {"get": _operation(name, one, language)} for name, one in RESOURCES.items()},
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
