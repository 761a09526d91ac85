"""One-time words: the first administrator's, from the server's log, and those an administrator gives to new people."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from access import bootstrap, identities
from access.actors import AccountRefused
from access.tables import digest
from locales import text
from models import StoreRefused
from ui.server.forms import Field, Form, filled_in, page
from ui.server.signin import PASSWORDS, RETRY_SECONDS, counted, language, later, open_for, reader_of
from ui.stores import store

_WORD: Final = Field("word", "first.word", "one-time-code")
_PASSWORDS: Final = (
    Field("password", "first.password", "new-password", secret=True),
    Field("again", "first.again", "new-password", secret=True),
)
_FIRST: Final = Form(
    "/first-administrator",
    "first.title",
    "first.submit",
    (_WORD, Field("login", "first.login", "username"), Field("name", "first.name", "name"), *_PASSWORDS),
    "first.about",
)
_CHOOSE: Final = Form("/choose-password", "choose.title", "choose.submit", (_WORD, *_PASSWORDS), "choose.about")


async def first_administrator(request: Request) -> Response:
    """Create the first administrator with the word from the log, and sign them in."""

    def use(given: dict[str, str]) -> int:
        names = {name: given.get(name, "") for name in ("login", "name", "password")}
        return bootstrap.create_first(store(), given.get("word", "").strip(), **names)

    return await _answered(request, _FIRST, use)


async def choose_password(request: Request) -> Response:
    """Choose a password with the word from an administrator, and sign in."""

    def use(given: dict[str, str]) -> int:
        return identities.choose_password(store(), given.get("word", "").strip(), given.get("password", ""))

    return await _answered(request, _CHOOSE, use)


async def _answered(request: Request, form: Form, use: Callable[[dict[str, str]], int]) -> Response:
    say = partial(text, language=language(request))
    if request.method != "POST":
        return page(request, form)
    given = await filled_in(request)
    if given is None:
        return page(request, form, wrong=say("accounts.signin.foreign"), status=403)
    shown = replace(form, fields=[replace(field, value=given.get(field.name, "")) for field in form.fields])
    if PASSWORDS.full:
        return later(page(request, shown, wrong=say("accounts.signin.busy"), status=503), RETRY_SECONDS)
    # Counted by the word, never by the form: a key that all people share would let one keep the others out.
    word, address = digest(given.get("word", "").strip()), reader_of(request).address
    if given.get("password") != given.get("again"):
        return page(request, shown, wrong=say("accounts.refused.password_differs"), status=422)
    try:
        wait, user = await PASSWORDS.done(partial(counted, word, address, partial(use, given)))
    except AccountRefused as refused:
        return page(request, shown, wrong=refused.message(language(request)), status=422)
    if user is None:
        key = "wait_one" if wait == 1 else "wait"
        return later(page(request, shown, wrong=say(f"accounts.signin.{key}", seconds=wait), status=429), wait)
    try:
        return await open_for(request, user, "local")
    except StoreRefused as refused:  # the password is chosen, and the word used up: not to be typed again
        wrong = say("accounts.choose.chosen_only", why=refused.message(language(request)))
        return page(request, None, title="signin.title", wrong=wrong, status=503)
