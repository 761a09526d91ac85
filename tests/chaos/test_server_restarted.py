"""The database server is restarted, as by a power cut, while two write and one reads: what was told as saved is there,
what was not is told in words, and no reading is between two publications."""

import threading
import time
from collections.abc import Callable

import pytest

from access import LOCAL_CLI, broken_at, logged_events
from analysis.figures import figures_of
from indicators import catalogue
from loaders import check_file, publish_file
from models import Store, StoreRefused, open_store
from tests.loaders.files import csv_bytes, template
from tests.postgres import Server, server_folder

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]
RESTARTS = 2
YEARS = range(2010, 2020)
WHOLE = "SELECT count(*) FROM upload u WHERE 10 = (SELECT count(*) FROM observation o WHERE o.upload_id = u.id)"


def a_file(writer: int, number: int) -> bytes:
    """Ten years of one region, all with the same value: a reading with two values has seen half a publication."""
    value = f"{40 + writer},{number % 10}"
    return csv_bytes(template(*(f"trust_overall;{20 + writer};{y};;{value};;;;;;Nr {number};" for y in YEARS)))


class People:
    """Threads that go on until told to stop; `refused` are the words they were met with."""

    def __init__(self, url: str) -> None:
        self.url, self.over = url, threading.Event()
        self.saved: list[str] = []
        self.refused: list[str] = []
        self.readings = 0

    def go_on(self, step: Callable[[Store, int], None]) -> threading.Thread:
        def run() -> None:
            store, number = open_store(self.url), 0
            while not self.over.is_set():
                number += 1
                try:
                    step(store, number)
                except StoreRefused as refused:
                    self.refused.append(refused.reason)
                    time.sleep(0.05)
            store.close()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def writes(self, writer: int) -> Callable[[Store, int], None]:
        def step(store: Store, number: int) -> None:
            checked = check_file(None, f"{writer}_{number}.csv", a_file(writer, number))
            publish_file(store, checked, by=LOCAL_CLI, note="prov", accept_warnings=True)
            self.saved.append(checked.sha256)

        return step

    def reads(self, store: Store, _number: int) -> None:
        figures = figures_of(store, catalogue().indicators["trust_overall"])
        for _, of in figures.group_by("code"):
            assert of["value"].n_unique() == 1
            assert of.height == len(YEARS)
        self.readings += 1


def test_a_server_that_is_restarted_under_load_loses_nothing_that_was_told_as_saved() -> None:
    with server_folder() as folder:
        server = Server(folder)
        server.make()
        server.start(fsync="on")
        try:
            open_store(server.url, create=True).close()
            people = People(server.url)
            threads = [people.go_on(people.writes(1)), people.go_on(people.writes(2)), people.go_on(people.reads)]
            for _ in range(RESTARTS):
                time.sleep(1)
                server.stop()
                time.sleep(0.2)
                server.start(fsync="on")
            time.sleep(1)
            people.over.set()
            for thread in threads:
                thread.join(60)
            store = open_store(server.url)
            with store.read() as connection:
                kept = {row[0] for row in connection.exec_driver_sql("SELECT sha256 FROM upload")}
                whole = connection.exec_driver_sql(WHOLE).scalar_one()
            assert set(people.saved) <= kept
            assert whole == len(kept) == logged_events(store).height
            assert broken_at(store) is None
            store.close()
        finally:
            server.stop()
    assert set(people.refused) == {"out_of_reach"}
    assert people.readings > RESTARTS
    assert len(people.saved) > RESTARTS
