"""The forms on a store that is full, locked or gone: words in the reader's language, and whoever signs out is out."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from access import LOCAL_CLI, bootstrap, logged_events, sessions, users
from models import Store
from tests.troubles import SAID, trouble
from tests.ui.test_server import in_a_loop
from ui import stores
from ui.server import routes
from ui.server.cookies import SIGN_IN
from ui.server.identity import Identity

pytestmark = pytest.mark.one_engine("locked, read-only, full, gone: a file's troubles")

PASSWORD = "rätt häst batteri häftklammer"
OURS = {"Sec-Fetch-Site": "same-origin"}
LAST = '<p class="wrong" role="alert">'


class Browser:
    """Sends forms as a browser does, and keeps cookies; nothing is followed."""

    def __init__(self, app: Starlette) -> None:
        self.app, self.cookies = app, httpx.Cookies()

    def post(self, address: str, data: dict[str, str] | None = None) -> httpx.Response:
        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", cookies=self.cookies) as one:
                answer = await one.post(address, data=data or {}, headers=OURS)
                self.cookies = one.cookies
                return answer

        answer: httpx.Response = in_a_loop(sent())
        return answer


@pytest.fixture
def visitor(store: Store, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser before a server with local accounts; Kim, a publicist, has one."""
    monkeypatch.setenv("DASHBOARD_ACCOUNTS", "local")
    users.create_user(store, LOCAL_CLI, login="kim", name="Kim Ek", roles=["publicist"], password=PASSWORD)
    monkeypatch.setattr(stores, "_opened", lambda _url: store)
    app = Starlette(routes=routes("overview"), middleware=[Middleware(Identity)])
    return Browser(app)


def signed_in(visitor: Browser) -> str:
    """Sign Kim in; the token in the cookie."""
    answer = visitor.post("/signin", data={"login": "kim", "password": PASSWORD})
    assert answer.status_code == 303
    return str(visitor.cookies[SIGN_IN])


@pytest.mark.parametrize("kind", SAID)
def test_signing_in_on_a_store_in_trouble_is_refused_in_words(visitor, store, tmp_path, monkeypatch, kind):
    before = logged_events(store).height
    with trouble(kind, tmp_path / "store.sqlite3", monkeypatch):
        store.engine.dispose()  # the connections of the trouble
        answer = visitor.post("/signin?lang=sv", data={"login": "kim", "password": PASSWORD})
    assert (answer.status_code, LAST in answer.text, SAID[kind] in answer.text) == (503, True, True)
    assert SIGN_IN not in visitor.cookies
    store.engine.dispose()
    assert logged_events(store).height == before


@pytest.mark.parametrize("kind", SAID)
def test_signing_out_always_drops_the_cookie_and_says_what_could_not_be_noted(
    visitor, store, tmp_path, monkeypatch, kind
):
    signed_in(visitor)
    with trouble(kind, tmp_path / "store.sqlite3", monkeypatch):
        store.engine.dispose()
        answer = visitor.post("/signout?lang=sv")
    assert (answer.status_code, SAID[kind] in answer.text, "utloggad här" in answer.text) == (503, True, True)
    assert SIGN_IN not in visitor.cookies
    store.engine.dispose()


@pytest.mark.parametrize("kind", ["locked", "read_only", "full"])
def test_a_sign_in_that_ended_on_a_full_disk_is_worth_nothing_afterwards(visitor, store, tmp_path, monkeypatch, kind):
    monkeypatch.setattr(sessions, "_ENDED_HERE", {})
    token = signed_in(visitor)
    with trouble(kind, tmp_path / "store.sqlite3", monkeypatch):
        store.engine.dispose()
        visitor.post("/signout")
    store.engine.dispose()
    found = sessions.by_token(store, token)
    assert isinstance(found, sessions.Ended)
    assert found.why == "revoked"
    sessions.end_unwritten(store)
    sessions.end_unwritten(store)
    assert logged_events(store)["action"].to_list()[-2:] == ["sign_in.opened", "sign_in.ended"]
    assert sessions._ENDED_HERE == {}
    assert sessions.by_token(store, token) == sessions.Ended("revoked")  # what another process is told


def test_signing_out_on_a_sound_store_goes_to_the_start(visitor, store):
    token = signed_in(visitor)
    answer = visitor.post("/signout")
    assert (answer.status_code, SIGN_IN in visitor.cookies) == (303, False)
    assert isinstance(sessions.by_token(store, token), sessions.Ended)


def test_whoever_is_signed_in_may_go_on_reading_when_last_used_cannot_be_noted(visitor, store, tmp_path, monkeypatch):
    token = signed_in(visitor)
    monkeypatch.setattr(sessions, "_SEEN_EVERY", -1)  # to be noted at every run
    with trouble("full", tmp_path / "store.sqlite3", monkeypatch):
        assert isinstance(sessions.by_token(store, token), sessions.SignedIn)


def test_a_password_cannot_be_chosen_on_a_full_disk_and_the_word_is_not_used_up(visitor, store, tmp_path, monkeypatch):
    _, word = users.create_user(store, LOCAL_CLI, login="bo.ek", name="", roles=[])
    form = {"word": word, "password": PASSWORD, "again": PASSWORD}
    with trouble("full", tmp_path / "store.sqlite3", monkeypatch):
        answer = visitor.post("/choose-password?lang=sv", data=form)
    assert (answer.status_code, SAID["full"] in answer.text) == (503, True)
    assert visitor.post("/choose-password", data=form).status_code == 303


def test_a_password_that_is_chosen_says_so_when_the_sign_in_cannot_be_opened(visitor, store, tmp_path, monkeypatch):
    """Two writes: the first holds, and the reader must not think that it does not."""
    _, word = users.create_user(store, LOCAL_CLI, login="bo.ek", name="", roles=[])
    real = sessions.open_session

    def on_a_full_disk(*asked):
        with trouble("full", tmp_path / "store.sqlite3", monkeypatch):
            return real(*asked)

    monkeypatch.setattr(sessions, "open_session", on_a_full_disk)
    form = {"word": word, "password": PASSWORD, "again": PASSWORD}
    answer = visitor.post("/choose-password?lang=sv", data=form)
    assert (answer.status_code, "Lösenordet är valt och gäller" in answer.text) == (503, True)
    monkeypatch.setattr(sessions, "open_session", real)
    assert visitor.post("/signin", data={"login": "bo.ek", "password": PASSWORD}).status_code == 303


def test_the_first_administrator_cannot_be_made_on_a_full_disk(visitor, store, tmp_path, monkeypatch):
    word = bootstrap.offer(store)
    form = {"word": word, "login": "eva", "name": "Eva", "password": PASSWORD, "again": PASSWORD}
    with trouble("full", tmp_path / "store.sqlite3", monkeypatch):
        answer = visitor.post("/first-administrator?lang=en", data=form)
    assert (answer.status_code, "no room left on the disk" in answer.text) == (503, True)
    assert visitor.post("/first-administrator", data=form).status_code == 303


def test_every_form_tells_a_store_in_trouble():
    """A form that is added later too: none answers with a bare 500."""
    forms = [route for route in routes("overview") if "POST" in (route.methods or ())]
    assert len(forms) >= 4
    assert [route.path for route in forms if not hasattr(route.endpoint, "__wrapped__")] == []
