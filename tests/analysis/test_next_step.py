"""What withdrawing an upload, or publishing it again, is said to do beforehand is what it then does."""

from collections.abc import Callable

import pytest

from analysis import publication_log, record_event_counts
from analysis.history.figures import changes_of_next_step, event_changes
from analysis.history.records import record_counts_of_next_step
from models import Store
from tests.analysis.record_rows import offers, units
from tests.publishing import publish, publish_records, restore, withdraw


def trust(region: str, value: float, **more: object) -> dict[str, object]:
    return {"indicator": "trust_overall", "region": region, "period": "2023", "value": value, **more}


def steps(store: Store, upload: int) -> list[tuple[Callable[..., None], int]]:
    return [(withdraw, upload), (restore, upload)]


def test_figures(any_store: Store) -> None:
    publish(any_store, [trust("25", 60.0), trust("24", 70.0), trust("23", 50.0)])
    # one of another value, one of the same, and one that stands alone
    upload = publish(any_store, [trust("25", 61.0), trust("24", 70.0), trust("21", 40.0)])
    publish(any_store, [trust("23", 51.0)])
    told = []
    for step, of in steps(any_store, upload):
        before = changes_of_next_step(any_store, of)
        step(any_store, of)
        done = event_changes(any_store, publication_log(any_store)["event"][0])
        assert before.equals(done)
        told.append(dict(before.select("code", "kind").iter_rows()))
    assert told == [
        {"25": "changed", "24": "same", "21": "gone"},
        {"25": "changed", "24": "same", "21": "new"},
    ]


def test_the_step_tells_nothing_that_is_hidden_on_either_side_of_it(store: Store) -> None:
    publish(store, [trust("25", 60.0, base_n=400), trust("24", 61.0, base_n=300), trust("00", 60.4, base_n=700)])
    upload = publish(store, [trust("25", 71.4, base_n=7), trust("00", 61.2, base_n=307)])
    changes = {row["code"]: row for row in changes_of_next_step(store, upload).to_dicts()}
    # 25 is hidden today and 24 with it: were both of them and Riket shown after the withdrawal, 24 would be known now
    assert (changes["25"]["old"], changes["25"]["new"]) == (None, None)
    assert changes["25"]["new_reason"] == "suppressed"
    assert (changes["00"]["old"], changes["00"]["new"], changes["00"]["difference"]) == (61.2, 60.4, -0.8)


def test_records(store: Store) -> None:
    publish_records(store, {"service_offer": offers(("A", "contact_me", "offered"), ("B", "contact_me", "offered"))})
    own = offers(("A", "contact_me", "not_offered"), ("C", "contact_me", "offered"))
    upload = publish_records(store, {"service_offer": own, "care_unit": units(("A", "Björknäs"))})
    told = []
    for step, of in steps(store, upload):
        before = record_counts_of_next_step(store, of)
        step(store, of)
        assert before.equals(record_event_counts(store, publication_log(store)["event"][0]))
        told.append(before.select("record", "new", "changed", "gone", "same").rows())
    assert told == [
        [("care_unit", 0, 0, 1, 0), ("service_offer", 0, 1, 1, 0)],
        [("care_unit", 1, 0, 0, 0), ("service_offer", 1, 1, 0, 0)],
    ]


def test_an_upload_that_was_never_published_has_no_next_step(store: Store) -> None:
    with pytest.raises(KeyError):
        changes_of_next_step(store, 1)
