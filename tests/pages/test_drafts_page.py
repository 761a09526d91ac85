"""Drafts as the desk draws them: a new session of the same person has the file and the words; nobody else has."""

import asyncio
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text as sql
from streamlit.testing.v1 import AppTest

from access import LOCAL_WEB, Actor
from access.tables import after
from loaders import check_file, publish_file
from loaders.drafts import own_drafts
from models import Store, now
from tests.pages.test_upload_page import (
    BAD,
    MINE,
    NAME,
    OTHERS,
    REVISED,
    acts_as,
    button,
    handed_in,
    labels,
    reasons,
    summary,
)
from tests.troubles import SAID, trouble
from ui import stores
from ui.server import startup

Open = Callable[..., AppTest]
DISCARD = "Släng utkastet"


@pytest.fixture
def published(store: Store, project: Path) -> Store:
    content = (project / "sample_data" / NAME).read_bytes()
    publish_file(store, check_file(store, NAME, content), by=LOCAL_WEB, note="första gången")
    return store


def written(opened: Open) -> AppTest:
    """A revision handed in, with its reasons and note written."""
    at = handed_in(opened, "rattad.csv", REVISED)
    for place in range(len(reasons(at))):
        reasons(at)[place].set_value(f"rättat {place}").run()
    at.text_area[0].set_value("ny leverans").run()
    return at


def files(at: AppTest) -> list[str]:
    return [each.label.replace("\\", "") for each in at.expander if "**" in each.label]


def counted(store: Store) -> int:
    with store.read() as connection:
        return int(connection.execute(sql("SELECT count(*) FROM draft")).scalar_one())


def test_file_and_words_are_there_in_a_new_session_and_go_when_published(opened: Open, published: Store) -> None:
    first = written(opened)
    assert not first.exception
    assert DISCARD not in labels(first)  # the file in the drop zone is taken out there
    at = opened("upload")
    assert not at.exception
    assert files(at) == ["Utkast · **rattad.csv** · att bekräfta: 3"]
    assert [each.value for each in reasons(at)] == ["rättat 0", "rättat 1", "rättat 2"]
    assert at.text_area[0].value == "ny leverans"
    button(at, "Publicera").click().run()
    assert not at.exception
    assert [each.value for each in at.success] == ["Publicerad som uppladdning 2. Siffrorna syns nu på sidorna."]
    assert (files(at), counted(published)) == ([], 0)
    assert files(opened("upload")) == []


def test_a_step_to_another_page_and_back(opened: Open, published: Store) -> None:
    at = written(opened)
    at.switch_page("pages/overview.py").run()
    at.switch_page("pages/upload.py").run()
    assert not at.exception
    assert [each.value for each in reasons(at)] == ["rättat 0", "rättat 1", "rättat 2"]
    reasons(at)[0].set_value("annat").run()
    assert [each.value for each in reasons(opened("upload"))] == ["annat", "rättat 1", "rättat 2"]


def test_a_draft_is_thrown_away_on_the_word(opened: Open, published: Store) -> None:
    written(opened)
    at = opened("upload")
    button(at, DISCARD).click().run()
    assert not at.exception
    assert [each.value.replace("\\", "") for each in at.success] == ["Utkastet av rattad.csv är slängt."]
    assert (files(at), counted(published)) == ([], 0)
    assert len(at.run().success) == 0


def test_a_file_taken_out_of_the_drop_zone_is_a_draft_no_longer(opened: Open, store: Store) -> None:
    at = opened("upload")
    zone = at.file_uploader(key="files")
    zone.upload("fel.csv", BAD, "text/csv")
    zone.upload("rattad.csv", REVISED, "text/csv").run()
    assert counted(store) == 2
    zone = at.file_uploader(key="files")
    zone.set_value([("rattad.csv", REVISED, "text/csv")]).run()
    assert not at.exception
    assert [draft.file for draft in own_drafts(store, LOCAL_WEB)] == ["rattad.csv"]


def test_a_draft_that_has_had_its_days_is_deleted_when_drafts_are_listed(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in(opened, "rattad.csv", REVISED)
    assert len(files(opened("upload"))) == 1
    monkeypatch.setattr("loaders.drafts.now", lambda: after(now(), days=7))
    assert (files(opened("upload")), counted(store)) == ([], 0)


def test_the_server_deletes_old_drafts_of_whoever_never_comes_back(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in(opened, "rattad.csv", REVISED)
    left: list[int] = []

    async def slept(seconds: float) -> None:
        assert seconds == 10
        left.append(counted(store))
        monkeypatch.setattr("loaders.drafts.now", lambda: after(now(), days=7))
        if len(left) == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr("ui.server.startup.asyncio.sleep", slept)
    monkeypatch.setattr("ui.server.startup.store", lambda: store)
    monkeypatch.setattr("ui.server.startup._HOURLY", 2)
    with ThreadPoolExecutor(1) as apart, pytest.raises((asyncio.CancelledError, CancelledError)):
        apart.submit(asyncio.run, startup.tidy()).result()
    assert left == [1, 1, 0]


def test_drafts_are_on_nobody_elses_desk(opened: Open, published: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    acts_as(monkeypatch, "uppgiftslamnare")
    written(opened)
    assert len(files(opened("upload"))) == 1
    for roles in ({"uppgiftslamnare"}, {"uppgiftslamnare", "publicist", "revisor", "administrator"}):
        other = Actor(OTHERS, "Annan", frozenset({"lasare", *roles}))
        monkeypatch.setattr("ui.who._acting", lambda _number, other=other: other)
        for page in ("upload", "data", "log", "changes"):
            if page != "log" or "revisor" in roles:
                at = opened(page)
                assert not at.exception
                assert files(at) == []
                words = [each.value for each in (*at.markdown, *at.text_input, *at.text_area, *at.caption)]
                words += [box.proto.body for box in at.get("html")]
                assert not any("rattad.csv" in each or "ny leverans" in each for each in words)
    assert MINE != OTHERS


def test_two_open_pages_keep_what_was_written_last_and_not_what_was_drawn_last(opened: Open, published: Store) -> None:
    first = handed_in(opened, "rattad.csv", REVISED)
    second = opened("upload")
    reasons(first)[0].set_value("skrivet i den första").run()
    second.run()  # its own field is still empty
    assert [each.value for each in reasons(opened("upload"))] == ["skrivet i den första", "", ""]


def test_how_the_file_is_read_comes_back(opened: Open, store: Store, project: Path) -> None:
    at = handed_in(opened, NAME, (project / "sample_data" / NAME).read_bytes())
    at.selectbox[0].select("kolada_json").run()
    at = opened("upload")
    assert at.selectbox[0].value == "kolada_json"
    assert "Filen kan inte publiceras." in summary(at)[0]


def test_a_mapping_made_here_comes_back(opened: Open, store: Store) -> None:
    report = "Region;Månad;Samtal A;Samtal B\nNorrbotten;2024-01;900;800\nDalarna;2024-01;700;600\n"
    at = handed_in(opened, "samtal.csv", report.encode())
    picker = next(each for each in at.selectbox if each.key and each.key.endswith(":of:samtal a"))
    picker.set_value("calls_offered").run()
    button(at, "Läs filen så här").click().run()
    assert "Publicera" in labels(at)
    again = opened("upload")
    assert not again.exception
    assert "Publicera" in labels(again)


@pytest.mark.parametrize("kind", ["full", "read_only", "locked"])
@pytest.mark.one_engine("a file's troubles")
def test_a_store_in_trouble_keeps_no_draft_and_the_desk_goes_on(
    opened: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    stores._opened.clear()  # type: ignore[attr-defined]  # one store, opened by the pages themselves
    at = opened("upload")
    pages_store = stores.store()
    with trouble(kind, tmp_path / "store.sqlite3", monkeypatch):
        pages_store.engine.dispose()
        at.file_uploader(key="files").upload("rattad.csv", REVISED, "text/csv").run()
        assert not at.exception
        [told] = [each.value.replace("\\", "") for each in at.warning]
        assert told.startswith("Det du gör här sparas inte som utkast.")
        assert SAID[kind] in told
        assert "Publicera" in labels(at)
    pages_store.engine.dispose()
    assert counted(store) == 0
    monkeypatch.setattr("ui.desk.drafts._PAUSE", 0)
    del at.session_state["desk:drafts cannot be kept"]
    at.run()
    assert (len(at.warning), counted(store)) == (0, 1)
    stores._opened.clear()  # type: ignore[attr-defined]
