"""`/p/<code>`, a short address of a view, and `/check/…`, whether what it showed still holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from analysis.moments import day_from, today_in_sweden
from locales import LANGUAGES, text
from models import Store, settings
from opendata.asked import CHECKED, Asked, ParameterRefused, understood
from opendata.pages import page
from opendata.replies import Ready, base_of, json_bytes, sent
from views.checking import Checked, Corrected, Question, checked, question_of
from views.parts import Reader
from views.permalinks import page_of

_MOST: Final = 100  # corrected figures in the table; JSON has them all
_SIGNS: Final = {"holds": "✓", "corrected": "✎", "none": "–", "other": "✗"}


def routes(store: Callable[[], Store], pages: Sequence[str]) -> list[Route]:
    """`pages`: those a code may lead to."""

    def opened(request: Request) -> Response:
        """The page of a code, with the figures of its day."""
        found = page_of(request.path_params["code"])
        if found is None or found[0] not in pages:
            return _no_such(request, "../")
        name, choices = found
        return RedirectResponse(
            f"../{name}?{urlencode(choices)}", status_code=307, headers={"Cache-Control": "no-cache"}
        )

    def check(request: Request) -> Response:
        asked = understood(CHECKED, request.query_params.multi_items())
        if asked["indicator"] is None:
            raise ParameterRefused("missing", name="indicator")
        question = Question(
            (asked["indicator"],), asked["region"] or (), asked["period"], asked["sex"], asked["as_of"], asked["value"]
        )
        return _answered(request, store(), question, asked, "./")

    def check_code(request: Request) -> Response:
        asked = understood(("format", "lang"), request.query_params.multi_items())
        found = page_of(request.path_params["code"])
        if found is None:
            return _no_such(request, "../")
        day = _day(found[1].get("as_of", ""))
        spoken, code = found[1].get("lang", ""), request.path_params["code"]
        return _answered(request, store(), question_of(*found, day), asked, "../", spoken, code)

    return [Route("/p/{code}", opened), Route("/check", check), Route("/check/{code}", check_code)]


def _day(given: str) -> date | None:
    day = day_from(given)
    return day if day and day <= today_in_sweden() else None


def _no_such(request: Request, up: str) -> Response:
    language = request.query_params.get("lang", settings().language)
    language = language if language in LANGUAGES else settings().language
    said = f'<p class="answer">{escape(text("checking.no_such", language))}</p>'
    return page(text("not_found.title", language), said, language, up=up, status=404)


def _answered(
    request: Request, store: Store, question: Question, asked: Asked, up: str, spoken: str = "", code: str = ""
) -> Response:
    language = asked["lang"] or (spoken if spoken in LANGUAGES else settings().language)
    found = checked(Reader(language, store), question)
    if "format" in request.query_params:
        if asked["format"] != "json":
            raise ParameterRefused("not_one_of", name="format", found=asked["format"], known="json")
        return sent(
            request,
            Ready(json_bytes(_document(found, question, language, store, base_of(request))), "application/json"),
        )
    return page(text("checking.title", language), _html(found, question, language, up, code), language, up=up)


def _document(found: Checked, question: Question, language: str, store: Store, base: str) -> Mapping[str, Any]:
    corrected = [
        {**asdict(one), "address": f"{base}/{one.address}" if one.address else None} for one in found.corrected
    ]
    return {
        "state": found.state,
        "said": found.said,
        "about": found.about,
        "as_of": question.as_of,
        "data_version": store.data_version(),
        "count": found.count,
        "changed": len(corrected),
        "corrected": corrected,
        "notes": found.notes(language),
    }


def _html(found: Checked, question: Question, language: str, up: str, code: str) -> str:
    def say(key: str, **values: object) -> str:
        return escape(text(f"checking.{key}", language, **values))

    several = len({one.title for one in found.corrected}) > 1
    lines = "".join(_line(one, up, title=several) for one in found.corrected[:_MOST])
    heads = "".join(f"<th>{say(name)}</th>" for name in ("what", "old", "new", "when"))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>" if lines else ""
    more = len(found.corrected) - _MOST
    notes = [*found.notes(language), *([text("checking.more", language, count=more)] if more > 0 else [])]
    since = {"since": question.as_of.isoformat()} if question.as_of else {}
    only = {"indicator": question.indicators[0]} if len(question.indicators) == 1 else {}
    log = escape(f"{up}changes?{urlencode({**only, **since, 'lang': language})}")
    was = f'<li><a href="{escape(up)}p/{escape(code)}">{say("was")}</a></li>' if code else ""
    shown = escape(f"{up}indicator?{urlencode({**only, 'lang': language})}" if only else f"{up}?lang={language}")
    return (
        f'<p class="answer {found.state}"><b aria-hidden="true">{_SIGNS[found.state]}</b>{escape(found.said)}</p>'
        f'<p class="about">{escape(found.about)}</p>{table}'
        + "".join(f'<p class="note">{escape(one)}</p>' for one in notes)
        + f'<ul class="ways"><li><a href="{shown}">{say("now")}</a></li>{was}'
        + f'<li><a href="{log}">{say("log")}</a></li></ul>'
    )


def _line(one: Corrected, up: str, *, title: bool) -> str:
    named = escape(one.named(title=title))
    linked = f'<a href="{escape(up + one.address)}">{named}</a>' if one.address else named
    numbers = "".join(f'<td class="n">{escape(cell)}</td>' for cell in (one.old, one.new, one.day))
    return f"<tr><td>{linked}</td>{numbers}</tr>"
