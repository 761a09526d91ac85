"""The addresses of `/api/v2`: configuration, tables, a table's description and data, code lists."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any, Final, NamedTuple

import polars as pl
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from analysis import indicators_with_figures
from analysis.moments import today_in_sweden
from exports.about import program_version
from exports.book import saved
from exports.csvs import plain_csv
from exports.safety import Losses
from exports.sheets import Sheet, add_sheet, new_book
from indicators import NATION, catalogue
from locales import LANGUAGES, text
from models import Store, settings
from opendata.asked import PARAMETERS
from opendata.forms import FORMS, XLSX
from opendata.plain_api import TYPES, Standing, standing
from opendata.px.selection import MOST_CELLS, SelectionRefused, of_body, of_query, selected
from opendata.px.tables import REGION, Table, dataset, described, listed, long_table, table_of
from opendata.replies import Ready, base_of, json_bytes, kept, parquet, sent

_ROOT: Final = "/api/v2"
_SHOWN: Final[Mapping[str, tuple[bool, bool]]] = {
    "usecodes": (True, False),
    "usetexts": (False, True),
    "usecodesandtexts": (True, True),
}
_BETWEEN: Final = {"separatortab": "\t", "separatorspace": " ", "separatorsemicolon": ";"}
_OTHERS: Final = ("lang", "as_of", "outputformat", "outputformatparams")
_LONGEST_BODY: Final = 200_000  # bytes
_PAGE: Final = 50
Chosen = tuple[tuple[str, tuple[str, ...]], ...]


class Form(NamedTuple):
    """How data are written: the form, codes and words or one of them, and what stands between the cells of a CSV."""

    name: str
    codes: bool = False
    texts: bool = True
    between: str = ","


def routes(store: Callable[[], Store]) -> list[Route]:
    def config(request: Request) -> Response:
        _language(request)  # refused where it is none, though the answer is the same in all
        return sent(request, Ready(json_bytes(_config()), TYPES["json"]))

    def tables(request: Request) -> Response:
        opened = store()
        return sent(request, Ready(json_bytes(_tables(request, opened)), TYPES["json"]))

    def table(request: Request) -> Response:
        language, found, address = _asked(request, store())
        return sent(
            request, Ready(json_bytes({"language": language, **listed(found, language, address)}), TYPES["json"])
        )

    def metadata(request: Request) -> Response:
        language, found, address = _asked(request, store())
        if request.query_params.get("outputFormat", "json-stat2") != "json-stat2":
            raise SelectionRefused("no_form", found=request.query_params["outputFormat"], known="json-stat2")
        return sent(request, Ready(json_bytes(described(found, language, address)), TYPES["json"]))

    def default(request: Request) -> Response:
        language, found, _ = _asked(request, store())
        chosen = [{"variableCode": name, "valueCodes": codes} for name, codes in found.default.items()]
        return sent(request, Ready(json_bytes({"language": language, "selection": chosen}), TYPES["json"]))

    def codelist(request: Request) -> Response:
        return sent(request, Ready(json_bytes(_codelist(request.path_params["id"], _language(request))), TYPES["json"]))

    async def data(request: Request) -> Response:
        body = await _body(request) if request.method == "POST" else None
        return await run_in_threadpool(_data, request, store(), body)

    return [
        Route(f"{_ROOT}/config", config),
        Route(f"{_ROOT}/tables", tables),
        Route(f"{_ROOT}/tables/{{id}}", table),
        Route(f"{_ROOT}/tables/{{id}}/metadata", metadata),
        Route(f"{_ROOT}/tables/{{id}}/defaultselection", default),
        Route(f"{_ROOT}/tables/{{id}}/data", data, methods=["GET", "POST"]),
        Route(f"{_ROOT}/codelists/{{id}}", codelist),
    ]


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", settings().language)
    if asked not in LANGUAGES:
        raise SelectionRefused("no_language", found=asked, known=", ".join(LANGUAGES))
    return asked


def _day(request: Request) -> date | None:
    """The day whose figures are asked for, a word of our own: PxWebApi has none."""
    given = request.query_params.get("as_of")
    return None if given is None else PARAMETERS["as_of"].read(given)


def _asked(request: Request, store: Store) -> tuple[str, Table, str]:
    """The language, the table and its address. HTTPException 404 for a table that is not here."""
    language, name = _language(request), request.path_params["id"]
    found = table_of(store, standing(store), name, _day(request))
    if found is None:
        raise HTTPException(404)
    return language, found, f"{base_of(request)}{_ROOT}/tables/{name}"


def _config() -> dict[str, Any]:
    return {
        "apiVersion": "2.0.0",
        "appVersion": program_version(),
        "languages": [{"id": one, "label": text(f"ui.languages.{one}", one)} for one in LANGUAGES],
        "defaultLanguage": settings().language,
        "maxDataCells": MOST_CELLS,
        "maxCallsPerTimeWindow": settings().api_calls_a_minute,
        "timeWindow": 60,
        "license": settings().licence_url,
        "sourceReferences": [{"language": one, "text": text("open_api.px.source", one)} for one in LANGUAGES],
        "defaultMetadataFormat": "json-stat2",
        "defaultDataFormat": "json-stat2",
        "dataFormats": list(FORMS),
        "features": [{"id": "CORS", "params": [{"key": "enabled", "value": "False"}]}],
    }


def _tables(request: Request, store: Store) -> dict[str, Any]:
    """The tables whose title, area or question has every asked word, a page at a time."""
    language, address = _language(request), f"{base_of(request)}{_ROOT}/tables"
    number, size, days = (_whole(request, *one) for one in (("pageNumber", 1), ("pageSize", _PAGE), ("pastDays", 0)))
    words = request.query_params.get("query", "").casefold().split()
    held = standing(store)
    found = [table_of(store, held, name) for name in indicators_with_figures(store)]
    told = [listed(one, language, f"{address}/{one.indicator.id}") for one in found if one]
    after = (today_in_sweden() - timedelta(days=min(days, 100_000))).isoformat() if days else ""
    kept = [one for one in told if one["updated"] >= after and _has(one, words)]
    pages = max(ceil(len(kept) / size), 1)
    page = {"pageNumber": number, "pageSize": size, "totalElements": len(kept), "totalPages": pages}
    return {
        "language": language,
        "tables": kept[(number - 1) * size : number * size],
        "page": {**page, "links": []},
        "links": [{"rel": "self", "hreflang": language, "href": f"{address}?lang={language}"}],
    }


def _has(told: Mapping[str, Any], words: Sequence[str]) -> bool:
    said = " ".join((told["id"], told["label"], told["description"], told["paths"][0][0]["label"])).casefold()
    return all(word in said for word in words)


def _whole(request: Request, name: str, default: int) -> int:
    given = request.query_params.get(name, str(default))
    if not given.isdecimal() or len(given) > 9 or (name != "pastDays" and int(given) < 1):
        raise SelectionRefused("no_number", name=name, found=given)
    return int(given)


def _codelist(name: str, language: str) -> dict[str, Any]:
    group = catalogue().groups.get(name)
    if group is None:
        raise HTTPException(404)
    return {
        "id": group.id,
        "label": group.title.in_language(language),
        "language": language,
        "type": "Valueset",
        "values": [{"code": code, "label": catalogue().regions[code].name} for code in (*group.regions, NATION)],
    }


async def _body(request: Request) -> object:
    """What a POST says. SelectionRefused for more than a selection can be, or no JSON."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_BODY:
            raise SelectionRefused("no_selection", status=413)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise SelectionRefused("no_selection") from None


def _data(request: Request, store: Store, body: object) -> Response:
    language, found, address = _asked(request, store)
    selection, lists, others = of_query(request.query_params.multi_items())
    if request.method == "POST":
        selection, lists = of_body(body)
    within = {name: _within(name, codelist, found) for name, codelist in lists.items()}
    chosen = selected(found.codes, selection, found.default, within)
    frozen = tuple((name, tuple(codes)) for name, codes in chosen.items())
    of = (standing(store), found.indicator.id, _day(request))
    return sent(request, _written(store, *of, frozen, language, _form(others), address))


def _within(variable: str, codelist: str, table: Table) -> list[str]:
    group = catalogue().groups.get(codelist)
    if group is None or variable != REGION:
        raise SelectionRefused("no_codelist", found=codelist, known=", ".join(catalogue().groups))
    return [code for code in table.codes[REGION] if code in group.regions or code == NATION]


def _form(given: Mapping[str, str]) -> Form:
    """The form that a question asks for. SelectionRefused for a form or a parameter that is not here."""
    if unknown := next((name for name in given if name not in _OTHERS), None):
        raise SelectionRefused("no_parameter", found=unknown)
    name = given.get("outputformat", "json-stat2").casefold()
    if name not in FORMS:
        raise SelectionRefused("no_form", found=given["outputformat"], known=", ".join(FORMS))
    form = Form(name)
    for one in filter(None, given.get("outputformatparams", "").split(",")):
        if one.casefold() in _SHOWN:
            codes, texts = _SHOWN[one.casefold()]
            form = form._replace(codes=codes, texts=texts)
        elif one.casefold() in _BETWEEN:
            form = form._replace(between=_BETWEEN[one.casefold()])
        else:
            raise SelectionRefused("no_form", found=one, known="UseCodes, UseTexts, UseCodesAndTexts")
    return form


@kept
def _written(
    store: Store,
    held: Standing,
    name: str,
    day: date | None,
    frozen: Chosen,
    language: str,
    form: Form,
    address: str,
) -> Ready:
    table, chosen = table_of(store, held, name, day), dict(frozen)
    assert table is not None
    if form.name == "json-stat2":
        return Ready(json_bytes(dataset(table, chosen, language, address)), TYPES["json"])
    frame = long_table(table, chosen, language, codes=form.codes, texts=form.texts)
    file = f"{name}.{form.name}"
    if form.name == "csv":
        return Ready(plain_csv(frame, form.between), TYPES["csv"], file)
    if form.name == "parquet":
        return Ready(parquet(frame), TYPES["parquet"], file)
    return Ready(_workbook(table.indicator.title.in_language(language), frame, language), XLSX, file)


def _workbook(title: str, frame: pl.DataFrame, language: str) -> bytes:
    book = new_book(title, text("exports.product", language), language)
    add_sheet(book, Sheet(text("exports.sheets.basis", language), frame), Losses())
    return saved(book)
