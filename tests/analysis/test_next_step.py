"""What withdrawing an upload, or publishing it again, is said to do beforehand is what it then does."""

from collections.abc import Callable

import pytest

from analysis import publication_log, record_event_counts
from analysis.event_changes import changes_of_next_step, event_changes
from analysis.record_events import record_counts_of_next_step
from models import Store
from tests.analysis.record_rows import offers, units
from tests.publishing import publish, publish_records, restore, withdraw


def trust(region: str, value: float, **more: object) -> dict[str, object]:
    return {"indicator": "trust_overall", "region": region, "period": "2023", "value": value, **more}


def steps(store: Store, upload: int) -> list[tuple[Callable[..., None], int]]:
    return [(withdraw, upload), (restore, upload)]


def test_figures(any_store: Store) -> None:
    publish(any_store, [trust("25", 60.0), trust("24", 70.0), trust("23", 50.0), trust("22", 55.0)])
    # one of another value, one of the same, one that stands alone, and one that is hidden
    upload = publish(
        any_store, [trust("25", 61.0), trust("24", 70.0), trust("21", 40.0), trust("22", 52.0, base_n=5.0)]
    )
    publish(any_store, [trust("23", 51.0)])
    told = []
    for step, of in steps(any_store, upload):
        before = changes_of_next_step(any_store, of)
        step(any_store, of)
        done = event_changes(any_store, publication_log(any_store)["event"][0])
        assert before.equals(done)
        told.append(dict(before.select("code", "kind").iter_rows()))
    assert told == [
        {"25": "changed", "24": "same", "21": "gone", "22": "changed"},
        {"25": "changed", "24": "same", "21": "new", "22": "gone"},
    ]


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
