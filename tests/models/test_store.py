"""The store keeps its promises on SQLite and PostgreSQL alike."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, inspect
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from analysis import figures, status
from loaders.checks import published
from models import Observation, Store, StoreRefused, open_store
from models.distribution import DISTRIBUTED
from models.migrate import newest_revision, revision_of
from models.settings import PROJECT, store_url

UPLOAD: dict[str, object] = {
    "file": "a.csv",
    "sha256": "0" * 64,
    "size": 1,
    "content": b"a",
    "layout": "wide",
    "uploaded_at": "2026-03-01T10:00:00.000000Z",
    "uploaded_by": "test",
    "observations": 1,
    "ignored": 0,
    "report": "{}",
    "synthetic": False,
    "status": "published",
}
OBSERVATION: dict[str, object] = {
    "upload_id": 1,
    "indicator": "trust_overall",
    "region": "25",
    "period": "2020",
    "period_start": date(2020, 1, 1),
    "period_end": date(2020, 12, 31),
    "period_kind": "year",
    "sex": "T",
    "value": 62.9,
    "reason": "",
    "row": 2,
    "col": 3,
}


def insert(connection: Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(sql(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)


def add(store: Store, table: str, row: dict[str, object]) -> None:
    with store.write() as connection:
        insert(connection, table, row)


BAD_OBSERVATIONS = [
    ("an unknown upload", {"upload_id": 99}),
    ("a region that is no two-digit code", {"region": "Norrbotten"}),
    ("an unknown sex", {"sex": "X"}),
    ("an unknown kind of period", {"period_kind": "decade"}),
    ("a period that ends before it starts", {"period_end": date(2019, 12, 31)}),
    ("no value and no reason", {"value": None}),
    ("a value and a reason for having none", {"reason": "missing"}),
    ("a reason nobody knows", {"value": None, "reason": "because"}),
    ("a negative count", {"numerator": -1}),
    ("an interval upside down", {"ci_low": 60.0, "ci_high": 50.0}),
    ("a cell above the sheet", {"row": 0}),
    ("the same key twice in one upload", {}),
]


@pytest.mark.parametrize(("why", "change"), BAD_OBSERVATIONS, ids=[why for why, _ in BAD_OBSERVATIONS])
def test_database_itself_refuses_an_observation_with(why: str, change: dict[str, object], any_store: Store) -> None:
    add(any_store, "upload", UPLOAD)
    add(any_store, "observation", OBSERVATION)
    with pytest.raises(DBAPIError):
        add(any_store, "observation", {**OBSERVATION, **({"region": "24"} if change else {}), **change})
    assert any_store.frame("SELECT count(*) AS n FROM observation", {"n": pl.Int64})["n"].item() == 1


@pytest.mark.parametrize(("why", "change"), BAD_OBSERVATIONS, ids=[why for why, _ in BAD_OBSERVATIONS])
def test_rows_in_bulk_are_refused_whole_with_one_of(why: str, change: dict[str, object], any_store: Store) -> None:
    add(any_store, "upload", UPLOAD)
    good = [{**OBSERVATION, "region": region} for region in ("01", "03", "04")]
    frame = pl.DataFrame([*good, {**OBSERVATION, **({"region": "24"} if change else {"region": "04"}), **change}])
    with pytest.raises(Exception, match=r"(?i)constraint"), any_store.write() as connection:
        any_store.insert_rows(connection, Observation, frame)
    assert any_store.frame("SELECT count(*) AS n FROM observation", {"n": pl.Int64})["n"].item() == 0


@pytest.mark.parametrize("sex", ["T", "X"])
def test_after_rows_in_bulk_good_or_bad_each_row_is_checked_again(sex: str, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}", create=True)
    add(store, "upload", UPLOAD)
    with store.write() as connection:
        with suppress(sqlite3.IntegrityError):
            store.insert_rows(connection, Observation, pl.DataFrame([{**OBSERVATION, "sex": sex}]))
        with pytest.raises(DBAPIError, match="observation_sex"):
            insert(connection, "observation", {**OBSERVATION, "region": "24", "sex": "X"})
    store.close()


def test_the_store_tells_every_rule_that_rows_in_bulk_are_held_against(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}", create=True)
    told = {
        (table, rule["name"], rule["sqltext"])
        for table in SQLModel.metadata.tables
        for rule in inspect(store.engine).get_check_constraints(table)
    }
    assert told == {
        (table.name, rule.name, str(rule.sqltext))
        for table in SQLModel.metadata.tables.values()
        for rule in table.constraints
        if isinstance(rule, CheckConstraint)
    }
    store.close()


@pytest.mark.parametrize("change", [{"status": "lost"}, {"sha256": "abc"}, {"size": -1}])
def test_database_itself_refuses_a_nonsense_upload(change: dict[str, object], any_store: Store) -> None:
    with pytest.raises(DBAPIError):
        add(any_store, "upload", {**UPLOAD, **change})


def test_database_itself_refuses_an_unknown_publication_action(any_store: Store) -> None:
    add(any_store, "upload", UPLOAD)
    with pytest.raises(DBAPIError):
        add(any_store, "publication", {"upload_id": 1, "action": "hidden", "at": "2026", "by": "test", "note": ""})


def test_migrations_build_exactly_the_tables_the_code_declares(any_store: Store) -> None:
    def told(_thing: object, name: str | None, kind: str, *_: object) -> bool:
        """PostgreSQL's longer keys are read from its catalogue, in tests/commands/test_distribution.py."""
        longer = kind == "unique_constraint" and str(name).removesuffix("_key") in DISTRIBUTED
        return any_store.is_sqlite or not longer

    with any_store.engine.connect() as connection:
        assert revision_of(connection) == newest_revision()
        context = MigrationContext.configure(connection, opts={"include_object": told})
        assert compare_metadata(context, SQLModel.metadata) == []


def break_off_halfway(store: Store) -> None:
    with store.write() as connection:
        insert(connection, "upload", UPLOAD)
        raise InterruptedError


def test_a_write_that_fails_halfway_leaves_nothing(any_store: Store) -> None:
    with pytest.raises(InterruptedError):
        break_off_halfway(any_store)
    assert any_store.frame("SELECT count(*) AS n FROM upload", {"n": pl.Int64})["n"].item() == 0


def test_rows_in_bulk_come_back_as_they_went_in(any_store: Store) -> None:
    add(any_store, "upload", UPLOAD)
    rows = [("01", 1.5, ""), ("24", 2.5, ""), ("25", None, "missing")]
    frame = pl.DataFrame(
        [{**OBSERVATION, "region": region, "value": value, "reason": reason} for region, value, reason in rows]
    )
    with any_store.write() as connection:
        any_store.insert_rows(connection, Observation, frame)
    read = any_store.frame(
        'SELECT region, value, reason, CAST(period_start AS VARCHAR(10)), "row" FROM observation ORDER BY region',
        {"region": pl.String, "value": pl.Float64, "reason": pl.String, "start": pl.String, "row": pl.Int64},
    )
    assert read.rows() == [
        ("01", 1.5, "", "2020-01-01", 2),
        ("24", 2.5, "", "2020-01-01", 2),
        ("25", None, "missing", "2020-01-01", 2),
    ]


@pytest.mark.parametrize(
    "text",
    ["", r"\N", r"\.", "a\n\\.\nb", "a\tb\r\nc", "\\", "\\t", '"', "a;b", "Åäö – ‘’", "NULL", " ", "'"],
)
def test_a_text_in_bulk_comes_back_letter_for_letter(any_store: Store, text: str) -> None:
    add(any_store, "upload", UPLOAD)
    with any_store.write() as connection:
        any_store.insert_rows(connection, Observation, pl.DataFrame([{**OBSERVATION, "printed": text, "comment": "x"}]))
    read = any_store.frame("SELECT printed, comment FROM observation", {"printed": pl.String, "comment": pl.String})
    assert read.rows() == [(text, "x")]


@pytest.mark.parametrize("value", [0.1 + 0.2, 1e-300, 1.7976931348623157e308, 62.9, -0.0, 1e16, 123456789.123456789])
def test_a_number_in_bulk_comes_back_bit_for_bit(any_store: Store, value: float) -> None:
    add(any_store, "upload", UPLOAD)
    with any_store.write() as connection:
        any_store.insert_rows(connection, Observation, pl.DataFrame([{**OBSERVATION, "value": value}]))
    assert any_store.frame("SELECT value FROM observation", {"value": pl.Float64})["value"].item() == value


@pytest.mark.one_engine("a path of a file")
def test_mistyped_path_is_refused_and_no_file_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused) as refused:
        open_store()
    assert str(tmp_path / "store.sqlite3") in refused.value.message("sv")
    assert refused.value.message("en").startswith("The store ")
    assert list(tmp_path.iterdir()) == []


def test_store_in_a_folder_that_does_not_exist_is_refused_even_when_creating(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="Mappen"):
        open_store(f"sqlite:///{tmp_path / 'typo' / 'store.sqlite3'}", create=True)


@pytest.mark.parametrize("create", [False, True])
def test_somebody_elses_database_is_refused_and_left_alone(tmp_path: Path, create: bool) -> None:
    file = tmp_path / "other.sqlite3"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE theirs (id INTEGER)")
    other.close()
    before = file.read_bytes()
    with pytest.raises(StoreRefused, match="inte ett datalager"):
        open_store(f"sqlite:///{file}", create=create)
    with sqlite3.connect(file) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    other.close()
    assert len(file.read_bytes()) == len(before)


def test_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite3"
    file.write_text("Till regionstyrelsen " * 100)
    with pytest.raises(StoreRefused, match="går inte att läsa"):
        open_store(f"sqlite:///{file}")


def test_store_of_a_later_release_is_refused(store: Store) -> None:
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreRefused, match="nyare version"):
        open_store()


@pytest.mark.one_engine("its pragmas")
def test_sqlite_runs_by_the_recipe(store: Store) -> None:
    names = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
    with store.read() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 30_000}


def test_store_address_resolves_from_the_project_root_and_postgres_means_psycopg() -> None:
    assert store_url("sqlite:///data/x.sqlite3") == f"sqlite:///{PROJECT / 'data' / 'x.sqlite3'}"
    assert store_url("sqlite:////tmp/x.sqlite3") == "sqlite:////tmp/x.sqlite3"
    assert store_url("postgres://u@h/d") == "postgresql+psycopg://u@h/d"


def test_place_of_a_postgres_store_hides_the_password() -> None:
    shown = Store("postgresql+psycopg://user:secret@localhost/db").place
    assert "secret" not in shown
    assert "localhost" in shown


def test_writers_take_turns_and_none_is_turned_away(any_store: Store) -> None:
    """Twenty writers at once: every one is let in, one at a time, and the numbers they take follow each other."""
    add(any_store, "upload", UPLOAD)

    def write_one(number: int) -> int:
        with any_store.write() as connection:
            count = connection.execute(sql("SELECT count(*) FROM publication")).scalar_one()
            row = {"upload_id": 1, "action": "restored", "at": "2026", "by": str(number), "note": ""}
            insert(connection, "publication", row)
            return int(count)

    with ThreadPoolExecutor(max_workers=8) as writers:
        assert sorted(writers.map(write_one, range(20))) == list(range(20))


@pytest.mark.parametrize(
    ("query", "values"),
    [
        (figures._CURRENT, {"indicator": "x"}),
        (figures._CURRENT_BETWEEN, {"indicator": "x", "first": "2020", "after": "2024"}),
        (published._CURRENT.format(periods="o.period >= '2020'"), {"indicator": "x"}),
        (status._OF_PERIODS, {}),
        (status._REGIONS, {}),
    ],
)
@pytest.mark.one_engine("reads SQLite's own plan")
def test_figures_are_found_by_their_index_and_not_once_for_every_upload(
    store: Store, query: str, values: dict[str, str]
) -> None:
    with store.read() as connection:
        plan = connection.execute(sql(f"EXPLAIN QUERY PLAN {query}"), {"until": "9999", **values}).all()
    steps = [str(row[3]) for row in plan]
    found = next(at for at, step in enumerate(steps) if "observation_lookup" in step)
    assert all(at > found for at, step in enumerate(steps) if "publication_once" in step), steps
