"""Pages on a store that is full, locked, gone or replaced: Swedish sentences, no traceback, nothing half done."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_CLI, Actor, users
from loaders import check_file, publish_file, stage_file
from models import Store, open_store
from models.backup import contents_of
from tests.troubles import SAID, trouble
from ui import stores

pytestmark = pytest.mark.one_engine("locked, read-only, full, gone: a file's troubles")

Open = Callable[..., AppTest]
FILE = "Indikator;Region;Period;Värde\nlogins;{};2023-01;5\n"
ROLES = frozenset({"lasare", "uppgiftslamnare", "publicist", "revisor", "administrator"})


@pytest.fixture
def desk(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """1 published, 2 staged, and an account; one who may do everything acts."""
    publish_file(store, check_file(store, "1.csv", FILE.format("Norrbotten").encode()), by=LOCAL_CLI)
    stage_file(store, check_file(store, "2.csv", FILE.format("Skåne").encode()), by=LOCAL_CLI)
    users.create_user(store, LOCAL_CLI, login="kim", name="Kim", roles=["publicist"])
    monkeypatch.setattr("ui.who._acting", lambda _number: Actor("user:9", "Test", ROLES, local=True))
    stores._opened.clear()  # type: ignore[attr-defined]  # one store, opened by the pages themselves
    yield store
    stores._opened.clear()  # type: ignore[attr-defined]


def contents(file: Path) -> dict[str, tuple[int, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return contents_of(connection)


def press(at: AppTest, label: str) -> AppTest:
    return next(each for each in at.button if each.label == label).click().run()


def publish_new(at: AppTest) -> AppTest:
    at.file_uploader(key="files").upload("3.csv", FILE.format("Uppsala").encode(), "text/csv").run()
    at.text_area[0].set_value("x").run()
    return at


def choose_published(at: AppTest) -> AppTest:
    at.query_params["upload"] = "1"
    at.run()
    next(each for each in at.text_input if "ändringsloggen" in each.label).set_value("x").run()
    return at


def choose_account(at: AppTest) -> AppTest:
    return at  # the first is chosen


def new_account(at: AppTest) -> AppTest:
    at.text_input(key="new:login").set_value("rut")
    return at


STEPS = [
    ("upload", publish_new, "Publicera"),
    ("upload", publish_new, "Lämna till granskning"),
    ("upload", choose_published, "Dra tillbaka"),
    ("users", choose_account, "Stäng kontot"),
    ("users", new_account, "Skapa kontot"),
]


@pytest.mark.parametrize("kind", ["full", "read_only", "locked"])
@pytest.mark.parametrize(("page", "prepare", "label"), STEPS, ids=[label for _, _, label in STEPS])
def test_a_step_that_cannot_be_stored_is_refused_in_words(
    opened: Open,
    desk: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    prepare: Callable[..., AppTest],
    label: str,
    kind: str,
) -> None:
    at = prepare(opened(page))
    before = contents(tmp_path / "store.sqlite3")
    pages_store = stores.store()
    with trouble(kind, tmp_path / "store.sqlite3", monkeypatch):
        pages_store.engine.dispose()
        press(at, label)
    pages_store.engine.dispose()
    assert not at.exception
    assert any(SAID[kind] in each.value.replace("\\", "") for each in at.error), [each.value for each in at.error]
    assert contents(tmp_path / "store.sqlite3") == before


@pytest.mark.parametrize("page", ["overview", "trust", "data", "upload"])
@pytest.mark.parametrize("kind", ["gone", "replaced"])
def test_no_page_shows_figures_of_a_file_that_is_no_longer_the_store(
    opened: Open, desk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, kind: str
) -> None:
    at = opened(page)
    assert not at.error
    with trouble(kind, tmp_path / "store.sqlite3", monkeypatch):
        at.run()
        assert not at.exception
        assert [SAID[kind] in each.value.replace("\\", "") for each in at.error] == [True]
        assert [each.value for each in at.title] == []
    assert not at.run().error  # the very file is back


def test_a_restored_store_needs_a_restart_and_says_so(opened: Open, desk: Store, tmp_path: Path) -> None:
    """A server that was not stopped keeps nothing of the old file on screen, and writes nothing into the new one."""
    at = opened("upload")
    desk.close()
    stores.store().close()
    (tmp_path / "store.sqlite3").rename(tmp_path / "old.sqlite3")
    open_store(create=True).close()
    at.run()
    assert not at.exception
    assert any("har startats om" in each.value for each in at.error)
