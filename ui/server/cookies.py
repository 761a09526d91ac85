"""Our cookies. Both hold random words that mean nothing outside this server.

The sign-in cookie names a row of the sign-in table. The browser cookie tells one reader's browser from another's, so
that what one session uploads or is given to download answers that browser alone.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

SIGN_IN: Final = "dashboard_sign_in"
BROWSER: Final = "dashboard_browser"
_OURS: Final = re.compile(r"[A-Za-z0-9_-]{43}")  # secrets.token_urlsafe(32)


def cookie_name(name: str, *, secure: bool) -> str:
    """With https the name carries a promise the browser keeps: set by this host, over https, for all its paths."""
    return f"__Host-{name}" if secure else name


def read(cookies: Mapping[str, str], name: str, *, secure: bool) -> str | None:
    """The cookie's word if it has the form of one of ours."""
    value = cookies.get(cookie_name(name, secure=secure), "")
    return value if _OURS.fullmatch(value) else None


def put(answer: Response, name: str, value: str, *, secure: bool) -> None:
    """Set a cookie no script can read, that is not sent from other sites' forms, and ends with the browser."""
    answer.set_cookie(cookie_name(name, secure=secure), value, path="/", httponly=True, samesite="lax", secure=secure)


def drop(answer: Response, name: str, *, secure: bool) -> None:
    full = cookie_name(name, secure=secure)
    answer.delete_cookie(full, path="/", httponly=True, samesite="lax", secure=secure)


def mark(word: str) -> str:
    """What a page may know of a cookie's word."""
    return hashlib.sha256(word.encode()).hexdigest()[:32]
