"""A store is moved, backed up and put back from either engine into either, row for row."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from access import LOCAL_CLI, broken_at, logged_events, users
from analysis import original_file
from loaders import check_file, publish_file
from models import Store, StoreRefused, open_store
from models.backup import LEFT_OUT
from models.settings import PROJECT, store_url
from models.transfer import Held, contents, copy_rows
from tests.behind import behind_its_back
from tests.commands.conftest import Ran
from tests.postgres import Databases

pytestmark = pytest.mark.postgresql

Run = Callable[..., Ran]
FILE = "Indikator;Region;Period;Värde;Kommentar\nlogins;Skåne;2024-02;{value};Å\tä 'ö'\n"
FILES = (
    "syntetisk_vardenheter.csv",
    "syntetisk_1177_samtal_veckodag_timme.csv",
    "fortroende_1177_telefon_2017_skr.csv",
)
DRAFT = {"owner": "k", "file": "f", "reading": "", "mapping": "", "answers": "{}", "created_at": "", "content": b"x"}
DRAFT["sha256"] = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


def publish(store: Store, name: str, content: bytes) -> int:
    checked = check_file(store, name, content)
    return publish_file(store, checked, by=LOCAL_CLI, accept_warnings=True, note="x").upload_id


@pytest.fixture(params=["sqlite", "postgresql"])
def lived_in(
    request: pytest.FixtureRequest, databases: Databases, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Store]:
    """A store on either engine with figures, records, an account, a sign-in and a draft: what `DATABASE_URL` names."""
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}" if request.param == "sqlite" else databases.new()
    monkeypatch.setenv("DATABASE_URL", url)
    store = open_store(create=True)
    for name in FILES:
        publish(store, name, (PROJECT / "sample_data" / name).read_bytes())
    publish(store, "a.csv", FILE.format(value=9).encode())
    users.create_user(store, LOCAL_CLI, login="åsa", name="Åsa", roles=["administrator"])
    behind_its_back(
        "INSERT INTO sign_in (token_hash, user_id, source, created_at, last_seen_at, ends_at) "
        f"VALUES ('{'a1' * 32}', 1, 'local', '2026', '2026', '2027')",
    )
    with store.write() as connection:
        connection.execute(insert(SQLModel.metadata.tables["draft"]), DRAFT)
    yield store
    store.close()
    if request.param != "sqlite":
        databases.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[str]:
    """An empty place on either engine."""
    url = f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}" if request.param == "sqlite" else databases.new()
    yield url
    if request.param != "sqlite":
        databases.drop(url)


def held(store: Store, *without: str) -> dict[str, Held]:
    with store.read() as connection:
        return contents(connection, without)


def moving(to: str) -> list[str]:
    return ["migrate-store", "--from", os.environ["DATABASE_URL"], "--to", to]


def test_a_store_moves_whole_and_goes_on_numbering(lived_in: Store, elsewhere: str, run: Run) -> None:
    before = held(lived_in)
    originals = [original_file(lived_in, upload) for upload in range(1, 5)]
    lived_in.close()
    ran = run(*moving(elsewhere))
    assert ran.code == 0, ran.err
    moved = open_store(elsewhere)
    after = held(moved)
    assert {name for name in after if after[name] != before[name]} == {"audit_event"}  # it says that it was moved
    assert logged_events(moved).row(-1, named=True)["action"] == "store.moved"
    assert (before["sign_in"].rows, before["draft"].rows, broken_at(moved)) == (1, 1, None)
    assert [original_file(moved, upload) for upload in range(1, 5)] == originals
    assert publish(moved, "b.csv", FILE.format(value=8).encode()) == 5
    moved.close()
    again = run(*moving(elsewhere))
    assert (again.code, "redan ett datalager" in again.err) == (1, True)


_KILLED = """
import os, signal, sys
from models import transfer
copy = transfer._copy_table
def killed(reading, target, table):
    copy(reading, target, table)
    if table.name == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
transfer._copy_table = killed
from commands.app import build
build()(sys.argv[2:])
"""


def killed_after(table: str, words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, table, *words], cwd=PROJECT, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_a_move_that_is_killed_goes_on_where_it_was_and_from_no_other_store(
    lived_in: Store, elsewhere: str, run: Run
) -> None:
    before = held(lived_in)
    lived_in.close()
    for table in ("upload", "publication"):
        killed_after(table, moving(elsewhere))
        with pytest.raises(StoreRefused, match="inte blivit klart"):
            open_store(elsewhere)
    assert run(*moving(elsewhere)).code == 0
    moved = open_store(elsewhere)
    after = held(moved)
    moved.close()
    assert {name for name in after if after[name] != before[name]} == {"audit_event"}


def test_a_store_that_has_changed_since_the_move_was_killed_is_moved_anew(
    lived_in: Store, elsewhere: str, run: Run
) -> None:
    killed_after("upload", moving(elsewhere))
    publish(lived_in, "b.csv", FILE.format(value=7).encode())
    ran = run(*moving(elsewhere))
    assert (ran.code, "ändrats sedan dess" in ran.err) == (1, True)


def test_what_is_no_empty_place_is_left_alone(lived_in: Store, databases: Databases, run: Run) -> None:
    theirs = databases.new()
    other = Store(store_url(theirs))
    with other.write() as connection:
        connection.execute(sql("CREATE TABLE theirs (x int)"))
    other.close()
    for target, said in ((theirs, "inte ett datalager"), (os.environ["DATABASE_URL"], "samma datalager")):
        ran = run(*moving(target))
        assert (ran.code != 0, said in ran.err) == (True, True)
    databases.drop(theirs)


def test_a_store_whose_file_is_another_than_it_says_is_not_moved(lived_in: Store, elsewhere: str) -> None:
    other = "zeroblob(3)" if lived_in.is_sqlite else "decode('00', 'hex')"
    behind_its_back(f"UPDATE upload SET content = {other} WHERE id = 1")
    with pytest.raises(StoreRefused, match="sha256"):
        copy_rows(lived_in, store_url(elsewhere))


def test_a_backup_of_either_engine_is_put_back_in_either(
    lived_in: Store, elsewhere: str, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The drill: backed up while it is open, lost, restored, examined, used."""
    before = held(lived_in, *LEFT_OUT)
    uploads = run("uploads", "--json").document
    ran = run("backup", "--out", tmp_path, "--json")
    assert ran.code == 0, ran.err
    assert ("a1" * 32).encode() not in Path(ran.document["file"]).read_bytes()
    monkeypatch.setenv("DATABASE_URL", elsewhere)
    back = run("restore", ran.document["file"], "--note", "övning", "--json")
    assert back.code == 0, back.err
    assert (back.document["replaced"], run("doctor").code) == (False, 0)
    assert run("uploads", "--json").document == uploads
    restored = open_store()
    after = held(restored)
    event = logged_events(restored).row(-1, named=True)
    restored.close()
    assert {name for name in before if after[name] != before[name]} == {"audit_event"}
    assert [after[name].rows for name in ("sign_in", "draft")] == [0, 0]
    assert (event["action"], event["reason"]) == ("store.restored", "övning")


def test_a_store_on_postgresql_is_replaced_only_when_told_and_closed_and_is_kept(
    lived_in: Store, databases: Databases, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = run("backup", "--out", tmp_path, "--json").document["file"]
    url = databases.new()
    monkeypatch.setenv("DATABASE_URL", url)
    server = open_store(create=True)
    refused = run("restore", file)
    assert (refused.code, "--replace" in refused.err) == (1, True)
    server.data_version()  # a connection is open, as in a server
    busy = run("restore", file, "--replace")
    assert (busy.code, "öppet i en server" in busy.err) == (1, True), busy.err
    server.close()
    done = run("restore", file, "--replace", "--json")
    assert done.code == 0, done.err
    assert re.fullmatch(r"replaced_\d{4}_\d\d_\d\dt\d{6}z", done.document["kept"])
    assert run("doctor").code == 0
    store = open_store()
    with store.read() as connection:
        counts = [f"(SELECT count(*) FROM {table})" for table in (f"{done.document['kept']}.upload", "upload")]
        assert tuple(connection.execute(sql(f"SELECT {', '.join(counts)}")).one()) == (0, 4)
    store.close()
    databases.drop(url)


def test_so_many_backups_are_kept_and_nothing_else_is_removed(lived_in: Store, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    stem = re.sub(r"\d{4}-.*", "", Path(run("backup", "--out", folder, "--json").document["file"]).name)
    (made,) = folder.iterdir()
    made.unlink()
    old = [folder / f"{stem}202{year}-01-01T000000Z.sqlite3" for year in range(4)]
    others = [folder / "other-2020-01-01T000000Z.sqlite3", folder / f"{stem}before_the_move.sqlite3"]
    for file in (*old, *others):
        file.write_bytes(b"x")
    ran = run("backup", "--out", folder, "--keep", "2", "--json")
    assert ran.document["removed"] == [file.name for file in old[:3]]
    assert set(folder.iterdir()) == {Path(ran.document["file"]), old[3], *others}
