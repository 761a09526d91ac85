"""During one run of a page what has been entered is asked for once, and again after the run's own writes."""

from models import Store, open_store
from models.versions import one_run
from tests.publishing import publish

ROW = {"indicator": "trust_overall", "region": "25", "period": "2025", "value": 1.0}


def test_outside_a_run_the_store_is_asked_every_time(store: Store) -> None:
    other = open_store()
    seen = [store.data_version()]
    publish(other, [ROW])
    seen.append(store.data_version())
    other.close()
    assert seen == [0, 1]


def test_a_run_holds_to_what_it_read_first_and_the_next_run_sees_what_others_wrote(store: Store) -> None:
    other = open_store()
    seen = []
    for _ in range(2):
        with one_run():
            seen.append(store.data_version())
            publish(other, [ROW])
            seen.append(store.data_version())
    other.close()
    assert seen == [0, 0, 1, 1]


def test_a_run_sees_its_own_writes_at_once(store: Store) -> None:
    with one_run():
        before = store.versions()
        publish(store, [ROW])
        after = store.versions()
    assert (before.data, before.upload) == (0, 0)
    assert (after.data, after.publication, after.upload) == (1, 1, 1)


def test_two_stores_of_one_run_are_not_mixed(store: Store, sample_store: Store) -> None:
    with one_run():
        assert store.data_version() == 0
        assert sample_store.data_version() > 0


def test_who_decides_by_the_newest_publication_asks_now(store: Store) -> None:
    other = open_store()
    with one_run():
        assert (store.data_version(), store.newest_publication()) == (0, 0)
        publish(other, [ROW])
        assert (store.data_version(), store.newest_publication()) == (0, 1)
    other.close()
