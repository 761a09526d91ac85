"""`/api/v1/…`: six tables as JSON, CSV or Parquet."""

from collections.abc import Callable
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from analysis import indicators_with_figures
from analysis.moments import today_in_sweden
from exports.csvs import plain_csv
from models import Settings, Store, settings
from models.versions import Versions
from opendata.asked import Asked, understood
from opendata.datapackage import package_files, zipped
from opendata.openapi import openapi
from opendata.replies import Ready, base_of, json_bytes, kept, parquet, sent
from opendata.resources import RESOURCES, Answer

TYPES: Final = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
Standing = tuple[Versions, str, Settings]


def routes(store: Callable[[], Store]) -> list[Route]:
    def table(request: Request) -> Response:
        name = request.path_params["name"]
        if (resource := RESOURCES.get(name)) is None:
            raise HTTPException(404)
        asked = understood(resource.takes, request.query_params.multi_items(), needed=resource.needs)
        opened = store()
        return sent(request, _ready(opened, standing(opened), name, asked))

    def description(request: Request) -> Response:
        document = openapi(base_of(request), understood(("lang",), request.query_params.multi_items()).language)
        return sent(request, Ready(json_bytes(document), TYPES["json"]))

    def package(request: Request) -> Response:
        """The figures of an indicator as a data package."""
        asked = understood(("as_of", "lang"), request.query_params.multi_items())
        name, opened = request.path_params["name"], store()
        if name not in indicators_with_figures(opened, asked["as_of"]):
            raise HTTPException(404)
        return sent(request, _packed(opened, standing(opened), name, asked))

    return [
        Route("/api/v1/openapi.json", description),
        Route("/api/v1/datapackage/{name}.zip", package),
        Route("/api/v1/{name}", table),
    ]


def standing(store: Store) -> Standing:
    """What every answer hangs on beside the question: what is stored, which day it is, and the settings."""
    return store.versions(), today_in_sweden().isoformat(), settings()


@kept
def _ready(store: Store, _standing: Standing, name: str, asked: Asked) -> Ready:
    answer = RESOURCES[name].answer(store, asked)
    form = asked["format"]
    file = "" if form == "json" else f"{asked['indicator'] or name}.{form}"
    return Ready(written(answer, form), TYPES[form], file)


@kept
def _packed(store: Store, _standing: Standing, name: str, asked: Asked) -> Ready:
    files = package_files(store, asked.language, indicator=name, as_of=asked["as_of"])
    return Ready(zipped(files), "application/zip", f"{name}.zip")


def written(answer: Answer, form: str) -> bytes:
    """An answer in one of the formats."""
    if form == "json":
        return json_bytes(answer.document)
    return plain_csv(answer.table) if form == "csv" else parquet(answer.table)
