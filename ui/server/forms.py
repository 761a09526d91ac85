"""Plain HTML forms for what must not go through a page's script: passwords and one-time words. They work without
JavaScript, speak the reader's language, and are never kept by a browser or a proxy on the way."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from access.passwords import SHORTEST
from locales import text
from models import StoreRefused
from models.account_settings import account_settings
from ui.escape import as_html
from ui.server.addresses import from_our_form
from ui.server.shell import language_of

Say = Callable[..., str]
_LONGEST: Final = 16_384  # bytes of a form
_MOST_FIELDS: Final = 10
_RETRY_SECONDS: Final = 60  # a disk is not emptied at once
_STYLE: Final = (Path(__file__).parent.parent / "assets" / "forms.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Field:
    """One line of a form: its name, the key of its label, what browsers may fill in, and what stands in it."""

    name: str
    label: str
    fill: str
    value: str = ""
    secret: bool = False


@dataclass(frozen=True)
class Form:
    """A page with one form. Keys are of `locales/<language>/accounts.toml`."""

    action: str
    title: str
    submit: str
    fields: Sequence[Field] = ()
    about: str = ""
    hidden: Mapping[str, str] | None = None


def page(
    request: Request, form: Form | None, *, title: str = "", wrong: str = "", more: str = "", status: int = 200
) -> HTMLResponse:
    """The form as a page. `wrong` is said first, `more` is HTML of ours after the form."""
    language = language_of(request.url.query.encode())

    def say(key: str, **values: object) -> str:
        return as_html(text(f"accounts.{key}", language, **values))

    heading = say(form.title if form else title)
    alert = f'<p class="wrong" role="alert">{as_html(wrong)}</p>' if wrong else ""
    inside = _form_html(form, language, say) if form else ""
    product = as_html(text("ui.product", language))
    html = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{heading} – {product}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="./favicon.png">'
        f'<style>{_STYLE}</style></head><body><main><p class="product">{product}</p><h1>{heading}</h1>{alert}{inside}'
        f'{more}<p><a href="./?lang={language}">{say("signin.back")}</a></p></main></body></html>'
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def _form_html(form: Form, language: str, say: Say) -> str:
    about = f"<p>{say(form.about)}</p>" if form.about else ""
    hidden = "".join(
        f'<input type="hidden" name="{as_html(name)}" value="{as_html(value)}">'
        for name, value in (form.hidden or {}).items()
    )
    lines = "".join(_field_html(field, say) for field in form.fields)
    button = f"<button>{say(form.submit)}</button>"
    return f'{about}<form method="post" action=".{form.action}?lang={language}">{hidden}{lines}{button}</form>'


def _field_html(field: Field, say: Say) -> str:
    kind = "password" if field.secret else "text"
    value = "" if field.secret else as_html(field.value)
    label = say(field.label, shortest=SHORTEST)
    return (
        f'<label for="{field.name}">{label}</label><input id="{field.name}" name="{field.name}" type="{kind}" '
        f'value="{value}" autocomplete="{field.fill}" autocapitalize="none" spellcheck="false" required>'
    )


def in_words(form: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """A form's route, whose answer says in words that the store is locked, full or out of reach. Nothing was done."""

    @wraps(form)
    async def told(request: Request) -> Response:
        try:
            return await form(request)
        except StoreRefused as refused:
            wrong = refused.message(language_of(request.url.query.encode()))
            answer = page(request, None, title="signin.title", wrong=wrong, status=503)
            answer.headers["Retry-After"] = str(_RETRY_SECONDS)
            return answer

    return told


async def filled_in(request: Request) -> dict[str, str] | None:
    """The fields of a form that a page of ours sent; None for one that came from another site. No more is read than a
    form of ours holds, and it is read at once: taking a flood apart a piece at a time would keep the server from
    everybody else. HTTPException 413 and 400."""
    if not from_our_form(request.scope, account_settings().hosts):
        return None
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST:
            raise HTTPException(413)
    try:
        return dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise HTTPException(400) from None
