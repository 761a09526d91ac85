"""Our own small pages for who comes from a paper or a link: plain HTML without script, in the pages' colours."""

from functools import cache
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

from locales import text


@cache
def _style() -> str:
    return (Path(__file__).parent / "pages.css").read_text(encoding="utf-8")


def page(title: str, body: str, language: str, *, up: str, status: int = 200) -> HTMLResponse:
    """A page: its heading, and `body` as HTML of ours. `up`: the way from its address to the site's root (`../`)."""
    product = escape(text("ui.product", language))
    heading = escape(title)
    html = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{heading} – {product}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<link rel="icon" href="{up}favicon.png"><style>{_style()}</style></head><body>'
        f'<header><a href="{up}?lang={language}">{product}</a></header>'
        f"<main><h1>{heading}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-cache"})
