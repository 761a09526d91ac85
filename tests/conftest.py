"""Fixtures shared by all tests: a store of one's own, far from the real one."""

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine
from streamlit.components.v2 import manifest_scanner

from models import Store, open_store
from models.settings import PROJECT, store_url
from tests.postgres import running_cluster, server_folder

# A busy machine is no fault of the code (no deadline), and the same commit gives the same answer (derandomised).
hypothesis_settings.register_profile("project", deadline=None, derandomize=True)
hypothesis_settings.load_profile("project")


# AppTest looks through every installed package for components at every run, most of a page's time: once is enough.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(autouse=True)
def _away_from_the_real_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test does, it does to a store in its own folder, with default settings."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite3'}")
    for name in ("DASHBOARD_LANGUAGE", "DASHBOARD_HIDE_BELOW", "DASHBOARD_UNCERTAIN_BELOW"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file without data, at the newest schema; copying one takes a fifth of making one."""
    file = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    made = open_store(f"sqlite:///{file}", create=True)
    _into_one_file(made)
    made.close()
    return file


@pytest.fixture
def store(empty_file: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    shutil.copy(empty_file, tmp_path / "store.sqlite3")
    opened = open_store()
    yield opened
    opened.close()


def _into_one_file(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the sample data published, of this worker's own; copy it, never write to it."""
    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    run = Path(os.environ.get("TESTS_SAMPLE_FOLDER", run))  # made before the first mutant, by no mutant
    with FileLock(run / "sample.lock"):  # made by the worker that asks first
        if not (run / "sample.sqlite3").exists():
            _publish_samples(run / "making.sqlite3")
            (run / "making.sqlite3").rename(run / "sample.sqlite3")
    return Path(shutil.copy(run / "sample.sqlite3", tmp_path_factory.mktemp("sample")))


def _publish_samples(file: Path) -> None:
    from entries.recommendation_file import enter_letters
    from loaders.sample import publish_samples

    opened = open_store(f"sqlite:///{file}", create=True)
    publish_samples(opened)
    enter_letters(opened)
    _into_one_file(opened)
    opened.close()


@pytest.fixture(scope="session")
def read_by_all(sample_file: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{sample_file}")
    yield opened
    opened.close()


@pytest.fixture
def sample_store(read_by_all: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The sample data in a store that all tests read, so that what one has had computed the next has at hand."""
    monkeypatch.setenv("DATABASE_URL", read_by_all.url)
    before = _events(read_by_all)
    yield read_by_all
    assert _events(read_by_all) == before, "a test that writes takes own_sample_store"


@pytest.fixture(scope="session")
def read_of_2023(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    from access import LOCAL_CLI
    from loaders import withdraw_upload

    opened = open_store(f"sqlite:///{shutil.copy(sample_file, tmp_path_factory.mktemp('sample2023'))}")
    later = "SELECT id FROM upload WHERE file IN ('barometern_2024_kolada.json', 'barometern_2025_kolada.json')"
    for (upload,) in opened.frame(later, {"id": pl.Int64}).rows():
        withdraw_upload(opened, upload, by=LOCAL_CLI, note="the barometer as it stood in 2023")
    yield opened
    opened.close()


@pytest.fixture
def store_of_2023(read_of_2023: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The sample data with the barometer up to 2023, of which methods.md prints figures; never written to."""
    monkeypatch.setenv("DATABASE_URL", read_of_2023.url)
    return read_of_2023


def _events(store: Store) -> tuple[int, int]:
    with store.read() as connection:
        return store.data_version(), connection.exec_driver_sql("SELECT count(*) FROM audit_event").scalar_one()


@pytest.fixture
def own_sample_store(sample_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store with the sample data, of this test's own, to write in."""
    shutil.copy(sample_file, tmp_path / "store.sqlite3")
    opened = open_store()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a running PostgreSQL, started once per test process."""
    with running_cluster() as url:
        yield url


BACKENDS = ("sqlite", "postgresql") if server_folder() else ("sqlite",)


@pytest.fixture(params=BACKENDS)
def any_store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store on SQLite, and on PostgreSQL where that is installed (in CI it always is)."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
        engine = create_engine(store_url(url))
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        engine.dispose()
        monkeypatch.setenv("DATABASE_URL", url)
    opened = open_store(create=True)
    yield opened
    opened.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens pages is slow, and left out of `make test-fast`. What takes longest runs first: a browser that
    one worker is left with at the end keeps all waiting. A file stays with one worker, as do files of one group."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
        if {"pages", "browser"} & set(item.path.parts):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: ("browser" not in item.path.parts, "pages" not in item.path.parts))
