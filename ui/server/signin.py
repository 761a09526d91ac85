"""Signing in with a local account, and signing out, whichever way one came in."""

import math
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from access import identities, sessions
from access.limits import SignInLimits
from access.password_work import PasswordWork
from access.sessions import SignedIn
from locales import text
from models import StoreRefused
from models.account_settings import account_settings
from ui.escape import as_html
from ui.server.cookies import SIGN_IN, drop, put, read
from ui.server.forms import Field, Form, filled_in, page
from ui.server.identity import READER, Reader
from ui.server.shell import language_of
from ui.stores import store

LIMITS: Final = SignInLimits(store)
PASSWORDS: Final = PasswordWork()
RETRY_SECONDS: Final = 5
"""What one who finds the queue full is told: twelve checks at two a time are done well before."""
_PAGE: Final = re.compile(r"[a-z_]{1,30}")


def language(request: Request) -> str:
    return language_of(request.url.query.encode())


def reader_of(request: Request) -> Reader:
    found: Reader = request.scope[READER]
    return found


async def signin(request: Request) -> Response:
    """GET: the form, or who is signed in. POST: a new session and its cookie, or why not."""
    if request.method != "POST":
        return _form(request, request.query_params.get("page", ""))
    given = await filled_in(request)
    if given is None:
        return _form(request, wrong="foreign", status=403)
    if "local" not in account_settings().accounts:
        return _form(request, wrong="only_proxy", status=403)
    login, wanted = given.get("login", "").strip().casefold()[:200], given.get("page", "")
    address = reader_of(request).address
    if PASSWORDS.full:
        return later(_form(request, wanted, wrong="busy", status=503, login=login), RETRY_SECONDS)
    check = partial(identities.user_with_password, store(), login, given.get("password", ""))
    wait, user = await PASSWORDS.done(partial(counted, login, address, check))
    if wait:
        key = "wait_one" if wait == 1 else "wait"
        return later(_form(request, wanted, wrong=key, status=429, login=login, seconds=wait), wait)
    if user is None:
        return _form(request, wanted, wrong="wrong", status=403, login=login)
    return await open_for(request, user, "local", wanted)


def counted(login: str, address: str, check: Callable[[], int | None]) -> tuple[int, int | None]:
    """Seconds to wait, or 0 and the user whom `check` finds, who is then forgiven the attempts before."""
    wait = math.ceil(LIMITS.begin(login, address))
    user = None if wait else check()
    if user is not None:
        with suppress(StoreRefused):  # what `check` has stored holds all the same
            LIMITS.succeeded(login, address)
    return wait, user


def later(answer: Response, seconds: int) -> Response:
    """The answer, and when to try again."""
    answer.headers["Retry-After"] = str(seconds)
    return answer


async def open_for(request: Request, user: int, source: str, wanted: str = "", spoken: str = "") -> Response:
    """The answer to a person who has shown who they are: a new session in a new cookie, and the way to a page. The
    sign-in the browser had before ends."""
    before = reader_of(request).signed_in
    if before is not None:
        await run_in_threadpool(sessions.end, store(), before)
    token = await run_in_threadpool(sessions.open_session, store(), user, source)
    answer = to_page(request, wanted, spoken)
    put(answer, SIGN_IN, token, secure=account_settings().behind_tls)
    return answer


def to_page(request: Request, wanted: str = "", spoken: str = "") -> RedirectResponse:
    """Back to one of our pages in the reader's language, never to an address from outside."""
    name = wanted if _PAGE.fullmatch(wanted) else ""
    return RedirectResponse(f"./{name}?lang={spoken or language(request)}", status_code=303)


async def signout(request: Request) -> Response:
    """GET: a button. POST: the cookie goes, whatever the store says, and the session ends in the store."""
    form = Form("/signout", "signout.title", "signout.submit")
    if request.method != "POST":
        return page(request, form)
    if await filled_in(request) is None:
        return page(request, form, wrong=text("accounts.signin.foreign", language(request)), status=403)
    secure = account_settings().behind_tls
    answer: Response = to_page(request)
    try:
        await run_in_threadpool(_end, read(request.cookies, SIGN_IN, secure=secure))
    except StoreRefused as refused:
        why = refused.message(language(request))
        told = text("accounts.signout.unwritten", language(request), why=why)
        answer = page(request, None, title="signout.title", wrong=told, status=503)
    drop(answer, SIGN_IN, secure=secure)
    return answer


def _end(token: str | None) -> None:
    """End the sign-in of a cookie. Asked of the store anew: a reader it could not be asked about is nobody."""
    found = sessions.by_token(store(), token) if token else None
    if isinstance(found, SignedIn):
        sessions.end(store(), found)


def _form(
    request: Request, wanted: str = "", *, wrong: str = "", status: int = 200, login: str = "", **values: object
) -> HTMLResponse:
    """The ways to sign in that this server has."""

    def say(key: str, **more: object) -> str:
        return text(f"accounts.signin.{key}", language(request), **more)

    accounts = account_settings().accounts
    fields = (
        Field("login", "signin.login", "username", login),
        Field("password", "signin.password", "current-password", secret=True),
    )
    hidden = {"page": wanted if _PAGE.fullmatch(wanted) else ""}
    form = Form("/signin", "signin.title", "signin.submit", fields, "signin.staff", hidden)
    more = ""
    if "oidc" in accounts:
        address = f"./signin-service?lang={language(request)}&page={hidden['page']}"
        more += f'<p><a class="button" href="{address}">{as_html(say("service"))}</a></p>'
    if accounts == ("proxy",):
        more += f"<p>{as_html(say('only_proxy'))}</p>"
    signed_in = reader_of(request).signed_in
    if signed_in is not None:
        more += f"<p>{as_html(say('already', name=signed_in.actor.name))}</p>"
    told = say(wrong, **values) if wrong else ""
    shown = form if "local" in accounts else None
    return page(request, shown, title="signin.title", wrong=told, more=more, status=status)
