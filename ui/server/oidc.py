"""The region's own sign-in service: OpenID Connect, code flow with PKCE, state and nonce, through Authlib.

The service's answer becomes a row of our own sign-in table and our own cookie, like the other ways of signing in.
Streamlit's `st.login` is the same library with another end: a signed cookie of 30 days that holds the claims and the
access token, which signing out cannot call back (reliability §2.10). Its routes are closed.
"""

import json
import warnings
from collections.abc import Mapping
from functools import cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from access import identities
from locales import text
from models import settings
from models.account_settings import AccountSettings, account_settings
from ui.server.forms import page
from ui.server.logs import said
from ui.server.proxy import roles_of
from ui.server.signin import language, open_for
from ui.stores import store

_WANTED = "dashboard_page"
_LANGUAGE = "dashboard_language"


@cache
def _client() -> Any:
    """The service as Authlib knows it. Imported here: who does not use it does not pay for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Authlib 1.9 says at import that it will move from httpx to httpx2
        from authlib.integrations.starlette_client import OAuth

    chosen = account_settings()
    return OAuth().register(
        "service",
        client_id=chosen.oidc_client_id,
        client_secret=chosen.oidc_client_secret.get_secret_value(),
        server_metadata_url=chosen.oidc_metadata_url,
        client_kwargs={"scope": chosen.oidc_scope, "code_challenge_method": "S256", "timeout": 10},
    )


async def start(request: Request) -> Response:
    """To the service, with a state and a nonce that only this browser's answer can carry."""
    chosen = account_settings()
    if "oidc" not in chosen.accounts:
        return _closed()
    request.session[_WANTED] = request.query_params.get("page", "")
    request.session[_LANGUAGE] = language(request)
    try:
        answer: Response = await _client().authorize_redirect(
            request, chosen.oidc_redirect_uri, prompt="select_account"
        )
    except Exception as error:  # noqa: BLE001 (the service is down or wrong in any way; said, logged, no traceback)
        return _failed(request, error)
    return answer


async def callback(request: Request) -> Response:
    """Back from the service: the code becomes an ID token, which Authlib judges (signature, audience, nonce, time)."""
    chosen = account_settings()
    if "oidc" not in chosen.accounts:
        return _closed()
    wanted, spoken = (str(request.session.pop(name, "")) for name in (_WANTED, _LANGUAGE))
    try:
        token = await _client().authorize_access_token(request)
        claims = token["userinfo"]
        person = _person(claims, chosen)
    except Exception as error:  # noqa: BLE001 (a forged or replayed answer, or a service that is down)
        return _failed(request, error)
    user = await run_in_threadpool(lambda: identities.user_from_service(store(), "oidc", **person))
    if user is None:
        wrong = text("accounts.signin.closed", language(request))
        return page(request, None, title="signin.title", wrong=wrong, status=403)
    return await open_for(request, user, "oidc", wanted, spoken)


def _person(claims: Mapping[str, Any], chosen: AccountSettings) -> dict[str, Any]:
    """What we keep of the claims: who it is (issuer and subject), a login, a name, the groups' roles."""
    groups = claims.get(chosen.oidc_groups_claim) or []
    listed = [str(group) for group in groups] if isinstance(groups, list) else str(groups).split(",")
    login = claims.get("preferred_username") or claims.get("email") or claims["sub"]
    return {
        "subject": json.dumps([claims["iss"], claims["sub"]]),
        "login": str(login),
        "name": str(claims.get("name") or ""),
        "roles": roles_of(listed, chosen.oidc_group_roles),
    }


def _failed(request: Request, error: Exception) -> Response:
    said(f"oidc: {type(error).__name__}: {error}".replace("\r", " "))
    wrong = text("accounts.signin.service_failed", language(request))
    return page(request, None, title="signin.title", wrong=wrong, status=502)


def _closed() -> Response:
    return PlainTextResponse(text("accounts.server.closed", settings().language), status_code=404)
