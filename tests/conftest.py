"""Fixtures shared by all tests: a store of one's own, far from the real one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings
from streamlit.components.v2 import manifest_scanner

from models import Store, open_store
from models.settings import PROJECT
from tests.postgres import Databases, running_server

SERVER = "TESTS_POSTGRESQL"
READ_BY_ALL = {"sample_store", "store_of_2023", "read_by_all", "read_of_2023"}
WRITTEN = {"store", "any_store", "own_sample_store"}
USES_A_STORE = READ_BY_ALL | WRITTEN | {"run", "opened"}  # a command line and a page open whichever is theirs
ONLY_SQLITE = {"empty_file", "sample_file"}

# A busy machine is no fault of the code (no deadline), and the same commit gives the same answer (derandomised).
hypothesis_settings.register_profile("project", deadline=None, derandomize=True)
hypothesis_settings.load_profile("project")


# AppTest looks through every installed package for components at every run, most of a page's time: once is enough.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", choices=("sqlite", "postgresql"), default="sqlite", help="which database the stores of tests are in"
    )


def pytest_configure(config: pytest.Config) -> None:
    """One server for the run, started by the process that hands out the tests."""
    if config.getoption("engine") == "postgresql" and not hasattr(config, "workerinput"):
        server = ExitStack()
        os.environ[SERVER] = server.enter_context(running_server())
        config.add_cleanup(server.close)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config, run_folder: Path) -> Databases | None:
    """Where databases are made on the PostgreSQL run; None on SQLite's."""
    if pytestconfig.getoption("engine") == "sqlite":
        return None
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return Databases(os.environ[SERVER], worker, run_folder / "databases.lock")


@pytest.fixture
def own_url(databases: Databases | None, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The store this test has for itself. On PostgreSQL the database is there, empty or what the test asks for, unless
    the test only reads what all read."""
    if databases is None:
        yield f"sqlite:///{tmp_path / 'store.sqlite3'}"
        return
    asked = set(request.fixturenames)
    if asked & READ_BY_ALL and not asked & WRITTEN:
        yield databases.url("nowhere")
        return
    template = "template1"
    if "own_sample_store" in asked:
        template = _sample_template(databases)
    elif asked & {"store", "any_store"}:
        template = databases.template("empty", _make_empty)
    url = databases.new(template)
    yield url
    databases.drop(url)


@pytest.fixture(autouse=True)
def _away_from_the_real_store(own_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test does, it does to a store of its own, with default settings."""
    monkeypatch.setenv("DATABASE_URL", own_url)
    for name in ("DASHBOARD_LANGUAGE", "DASHBOARD_HIDE_BELOW", "DASHBOARD_UNCERTAIN_BELOW"):
        monkeypatch.delenv(name, raising=False)


def _make_empty(url: str) -> None:
    made = open_store(url, create=True)
    if made.is_sqlite:
        _into_one_file(made)
    made.close()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file without data, at the newest schema; copying one takes a fifth of making one."""
    file = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    _make_empty(f"sqlite:///{file}")
    return file


@pytest.fixture
def store(databases: Databases | None, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store."""
    if databases is None:
        shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "store.sqlite3")
    opened = open_store()
    yield opened
    opened.close()


@pytest.fixture
def any_store(store: Store) -> Store:
    """The same, where a test is about the database itself."""
    return store


def _into_one_file(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture(scope="session")
def sample_file(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the sample data published, of this worker's own; copy it, never write to it."""
    run = Path(os.environ.get("TESTS_SAMPLE_FOLDER", run_folder))  # made before the first mutant, by no mutant
    with FileLock(run / "sample.lock"):  # made by the worker that asks first
        if not (run / "sample.sqlite3").exists():
            _publish_samples(f"sqlite:///{run / 'making.sqlite3'}")
            (run / "making.sqlite3").rename(run / "sample.sqlite3")
    return Path(shutil.copy(run / "sample.sqlite3", tmp_path_factory.mktemp("sample")))


def _sample_template(databases: Databases) -> str:
    return databases.template("sample", _publish_samples)


def _publish_samples(url: str) -> None:
    from entries.recommendation_file import enter_letters
    from loaders.sample import publish_samples

    opened = open_store(url, create=True)
    publish_samples(opened)
    enter_letters(opened)
    if opened.is_sqlite:
        _into_one_file(opened)
    opened.close()


def _sample_url(databases: Databases | None, request: pytest.FixtureRequest) -> str:
    """A copy of the sample data in a store of this worker's own."""
    if databases is not None:
        return databases.new(_sample_template(databases))
    folder = request.getfixturevalue("tmp_path_factory").mktemp("copied")
    return f"sqlite:///{shutil.copy(request.getfixturevalue('sample_file'), folder)}"


@pytest.fixture(scope="session")
def read_by_all(databases: Databases | None, request: pytest.FixtureRequest) -> Iterator[Store]:
    opened = open_store(_sample_url(databases, request))
    yield opened
    opened.close()


@pytest.fixture
def sample_store(read_by_all: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The sample data in a store that all tests read, so that what one has had computed the next has at hand."""
    monkeypatch.setenv("DATABASE_URL", _address(read_by_all))
    before = _events(read_by_all)
    yield read_by_all
    assert _events(read_by_all) == before, "a test that writes takes own_sample_store"


@pytest.fixture(scope="session")
def read_of_2023(databases: Databases | None, request: pytest.FixtureRequest) -> Iterator[Store]:
    from access import LOCAL_CLI
    from loaders import withdraw_upload

    opened = open_store(_sample_url(databases, request))
    later = "SELECT id FROM upload WHERE file IN ('barometern_2024_kolada.json', 'barometern_2025_kolada.json')"
    for (upload,) in opened.frame(later, {"id": pl.Int64}).rows():
        withdraw_upload(opened, upload, by=LOCAL_CLI, note="the barometer as it stood in 2023")
    yield opened
    opened.close()


@pytest.fixture
def store_of_2023(read_of_2023: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The sample data with the barometer up to 2023, of which methods.md prints figures; never written to."""
    monkeypatch.setenv("DATABASE_URL", _address(read_of_2023))
    return read_of_2023


def _address(store: Store) -> str:
    """A store's URL as a person would write it."""
    return store.url.replace("postgresql+psycopg://", "postgresql://")


def _events(store: Store) -> tuple[int, int]:
    with store.read() as connection:
        return store.data_version(), connection.exec_driver_sql("SELECT count(*) FROM audit_event").scalar_one()


@pytest.fixture
def own_sample_store(databases: Databases | None, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store with the sample data, of this test's own, to write in."""
    if databases is None:
        shutil.copy(request.getfixturevalue("sample_file"), tmp_path / "store.sqlite3")
    opened = open_store()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


def _runs_on(engine: str, item: pytest.Item) -> bool:
    """On PostgreSQL whatever uses a store runs, unless the mark one_engine says why not, or in a browser,
    which all run once, or opens a SQLite file by name; on SQLite whatever needs no PostgreSQL."""
    asked = set(getattr(item, "fixturenames", ()))
    if engine == "sqlite":
        return item.get_closest_marker("postgresql") is None
    if "browser" in item.path.parts or item.get_closest_marker("one_engine") is not None or asked & ONLY_SQLITE:
        return False
    return bool(asked & USES_A_STORE) or item.get_closest_marker("postgresql") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever opens pages is slow, and left out of `make test-fast`. What takes longest runs first: a browser that
    one worker is left with at the end keeps all waiting. A file stays with one worker, as do files of one group."""
    engine = config.getoption("engine")
    config.hook.pytest_deselected(items=[item for item in items if not _runs_on(engine, item)])
    items[:] = [item for item in items if _runs_on(engine, item)]
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
        if {"pages", "browser"} & set(item.path.parts):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: ("browser" not in item.path.parts, "pages" not in item.path.parts))
