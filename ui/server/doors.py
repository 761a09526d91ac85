"""Streamlit's addresses for files: each answers the browser, and the sign-in, whose page they were made for.

Streamlit itself answers whoever knows the address: `/media/<hash of the content>`, and
`/_stcore/upload_file/<session id>/…` (reliability §2.10 and §2.13).
"""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from access import READER as NOBODY
from access import allowed
from access.limits import Rate
from locales import text
from models import settings
from models.account_settings import account_settings
from ui.server.identity import READER, Reader
from ui.server.sessions_of_streamlit import permissions_for, sessions_with, user_of

_MEDIA: Final = "/media/"
_UPLOAD: Final = "/_stcore/upload_file/"
UPLOADS_A_MINUTE: Final = 60
DOWNLOADS_A_MINUTE: Final = 240
FROM_ONE_ADDRESS: Final = 10  # times as many: an office shares one
_PATIENCE: Final = 30  # tenths of a second: while a page runs again, Streamlit forgets its files for a moment


class Doors:
    """Middleware that answers 404 to whom a file is not for, 403 without the permission, 429 where it is too much."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.with_accounts = bool(account_settings().accounts)
        self.limits = {
            prefix: (Rate(a_minute), Rate(a_minute * FROM_ONE_ADDRESS))
            for prefix, a_minute in ((_UPLOAD, UPLOADS_A_MINUTE), (_MEDIA, DOWNLOADS_A_MINUTE))
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = next((prefix for prefix in self.limits if scope.get("path", "").startswith(prefix)), None)
        if scope["type"] != "http" or kind is None or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        refused = await self._refused(scope, kind)
        if refused is None:
            await self.app(scope, receive, send)
            return
        key = "accounts.server.too_many" if refused == 429 else "accounts.server.closed"
        headers = {"Retry-After": "60"} if refused == 429 else None
        answer = PlainTextResponse(text(key, settings().language), status_code=refused, headers=headers)
        await answer(scope, receive, send)

    async def _refused(self, scope: Scope, kind: str) -> int | None:
        reader: Reader = scope[READER]
        if self.with_accounts and not self._within_limits(reader, kind):
            return 429
        named = scope["path"].removeprefix(kind)
        if kind == _UPLOAD:
            if not _is_of(reader, named.split("/")[0]):
                return 404
            may = reader.signed_in is not None and allowed(reader.signed_in.actor, "upload")
            return 403 if self.with_accounts and not may else None
        file_id = named.split(".")[0]
        if not await _was_given(reader, file_id):
            return 404
        actor = reader.signed_in.actor if reader.signed_in else NOBODY
        may = all(allowed(actor, permission) for permission in permissions_for(file_id))
        return 403 if self.with_accounts and not may else None

    def _within_limits(self, reader: Reader, kind: str) -> bool:
        own, shared = self.limits[kind]
        who = f"sign-in {reader.signed_in.id}" if reader.signed_in else f"browser {reader.browser}"
        return shared.allows(reader.address) and own.allows(who)


def _is_of(reader: Reader, session_id: str) -> bool:
    """Whether the session belongs to this browser and this sign-in. A reader without our cookie has none."""
    return reader.browser is not None and user_of(session_id) == reader.user


async def known_session(request: Request) -> Response:
    """Whether the server still has the session a page was drawn in, and it is this reader's: 204, else 410. A restart
    ends them all, and Streamlit forgets one that was away for two minutes."""
    known = _is_of(request.scope[READER], request.query_params.get("session", ""))
    return Response(status_code=204 if known else 410, headers={"Cache-Control": "no-store"})


async def _was_given(reader: Reader, file_id: str) -> bool:
    """Whether a page of this reader holds the file, now or within `_PATIENCE`."""
    for _ in range(_PATIENCE if reader.browser else 0):
        if any(_is_of(reader, session) for session in sessions_with(file_id)):
            return True
        await asyncio.sleep(0.1)
    return False
