"""People of every role, and the three ways they sign in: a password, a proxy's header, an OpenID provider."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from access import LOCAL_CLI, users
from models import Store, open_store
from tests.browser.wire import Reader

PASSWORD = "grön stol på taket"
ROLES = ("lasare", "uppgiftslamnare", "publicist", "revisor", "administrator")
WAYS = ("local", "proxy", "oidc")
_GROUPS = '{"g-uppgiftslamnare": ["uppgiftslamnare"], "g-publicist": ["publicist"], "g-revisor": ["revisor"], '
_GROUPS += '"g-administrator": ["administrator"]}'
LOCAL = {"DASHBOARD_ACCOUNTS": "local"}
PROXY = {
    "DASHBOARD_ACCOUNTS": "local,proxy",
    "DASHBOARD_PROXY_HEADER": "X-Proxy-User",
    "DASHBOARD_PROXY_GROUPS_HEADER": "X-Proxy-Groups",
    "DASHBOARD_PROXY_ADDRESSES": "127.0.0.1",
    "DASHBOARD_PROXY_GROUP_ROLES": _GROUPS,
    "FORWARDED_ALLOW_IPS": "",
}


def every_way(provider: str) -> dict[str, str]:
    """The settings of a server that takes all three."""
    return {
        **PROXY,
        "DASHBOARD_ACCOUNTS": "local,proxy,oidc",
        "DASHBOARD_OIDC_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "DASHBOARD_OIDC_CLIENT_ID": "dashboard",
        "DASHBOARD_OIDC_CLIENT_SECRET": "a secret between the two",
        "DASHBOARD_OIDC_REDIRECT_URI": "http://127.0.0.1:PORT/oauth2callback",
        "DASHBOARD_OIDC_GROUP_ROLES": _GROUPS,
    }


@contextmanager
def opened(file: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{file}")
    yield store
    store.close()


def add_people(file: Path) -> None:
    """A local account for each role, its login the role's name."""
    with opened(file) as store:
        for role in ROLES:
            name = f"Person {role}"
            users.create_user(store, LOCAL_CLI, login=f"staff-{role}", name=name, roles=[role], password=PASSWORD)


def signed_in(address: str, way: str, role: str, provider: str) -> Reader:
    """A browser whose person of that role has signed in that way."""
    if way == "proxy":
        return Reader(address, X_Proxy_User=f"proxied-{role}", X_Proxy_Groups=f"g-{role},other")
    reader = Reader(address)
    if way == "local":
        assert reader.sign_in(f"staff-{role}", PASSWORD).status_code == 303
    else:
        assert through_provider(reader, provider, role).status_code == 303
    return reader


def through_provider(reader: Reader, provider: str, role: str) -> httpx.Response:
    """The whole OpenID flow: to the provider, its form, back with the code; the last answer."""
    person = {"name": f"Person {role}", "email": f"{role}@region.se", "groups": [f"g-{role}", "other"]}
    httpx.put(f"{provider}/users/subject-{role}", json=person).raise_for_status()
    start = reader.get("/signin-service?lang=sv&page=trust")
    form = httpx.post(start.headers["location"], data={"sub": f"subject-{role}"})
    return reader.get(form.headers["location"])


@contextmanager
def provider_on(port: int) -> Iterator[str]:
    """oidc-provider-mock in a process of its own: its libraries warn of their own old age, and warnings are errors."""
    program = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    running = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            httpx.get(f"{address}/.well-known/openid-configuration", timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            break
    yield address
    running.terminate()
    running.wait(timeout=20)
