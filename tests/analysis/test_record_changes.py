"""What a file of records would change, and what each event made of records, told key by key."""

from datetime import date

import polars as pl
import pytest

from analysis import change_log, record_event_counts, told_records
from analysis.held_records import held_records
from analysis.history.record_fields import what_records_change
from analysis.origin.records import records_at
from analysis.records import current_records
from models import Store
from tests.analysis.record_rows import offers, replies, units
from tests.publishing import publish, publish_records, restore, withdraw


def test_every_offer_is_new_same_changed_or_not_in_the_file(store: Store):
    first = offers(("A", "renew_prescription", "offered"), ("A", "contact_me", "offered"), ("B", "?x", "offered"))
    publish_records(store, {"service_offer": first})
    publish_records(store, {"service_offer": offers(("C", "contact_me", "offered"), region="24")})
    publish_records(store, {"service_offer": offers(("A", "contact_me", "offered"), period="2024-06")})
    publish_records(store, {"care_unit": units(("A", "Björknäs"))})
    own = offers(
        ("A", "renew_prescription", "offered"), ("A", "contact_me", "not_offered"), ("D", "contact_me", "unknown")
    )
    told = what_records_change(store, {"service_offer": own})
    assert told.counts.rows() == [("service_offer", "2025-06", 1, 1, 1, 1)]  # another region and period are not missed
    assert told.changed.select(
        "region", "period", "unit", "unit_name", "service", "change", "field", "old", "new", "old_file", "sheet", "cell"
    ).rows() == [
        (
            "25",
            "2025-06",
            "A",
            "Björknäs",
            "contact_me",
            "changed",
            "status",
            "offered",
            "not_offered",
            "made-in-test.csv",
            "Utbud",
            "D3",
        )
    ]


def test_each_field_of_a_unit_that_is_another_is_told_and_closed_units_are_not_missed(store: Store):
    publish_records(store, {"care_unit": units(("A", "Björknäs"), ("B", "Sandträsk"), ("C", "Erikslund"))})
    publish_records(store, {"care_unit": units(("C", "Erikslund"), valid_to=date(2024, 5, 31))})
    own = units(("A", "Björknäs hälsocentral"), municipality="Boden")
    told = what_records_change(store, {"care_unit": own})
    assert told.counts.rows() == [("care_unit", "", 0, 0, 1, 1)]
    assert told.changed.select("unit_name", "field", "old", "new").rows() == [
        ("Björknäs hälsocentral", "name", "Björknäs", "Björknäs hälsocentral"),
        ("Björknäs hälsocentral", "municipality", "", "Boden"),
    ]


def test_a_reply_is_compared_with_the_one_before_it(store: Store):
    publish_records(store, {"reply": replies((1, "answered"), (2, "answered"), (3, "answered"))})
    told = what_records_change(store, {"reply": replies((1, "partly"), due=date(2025, 3, 30))})
    assert told.counts.rows() == [("reply", "", 0, 0, 1, 2)]
    assert told.changed.select("audit", "number", "field", "old", "new").rows() == [
        ("norr-2021", 1, "status", "answered", "partly"),
        ("norr-2021", 1, "due", None, "2025-03-30"),
    ]


def test_nothing_published_and_no_records_change_nothing(store: Store):
    assert what_records_change(store, {}).counts.is_empty()
    told = what_records_change(store, {"service_offer": offers(("A", "contact_me", "offered"))})
    assert (told.counts.rows(), told.changed.height) == ([("service_offer", "2025-06", 1, 0, 0, 0)], 0)
    first = what_records_change(store, {"care_unit": units(("A", "Björknäs")), "reply": replies((1, "answered"))})
    assert first.counts.rows() == [("care_unit", "", 1, 0, 0, 0), ("reply", "", 1, 0, 0, 0)]


def counts(store: Store, event: int) -> tuple[object, ...]:
    return record_event_counts(store, event).select("record", "new", "changed", "gone", "same", "revised").row(0)


def test_events_tell_what_they_made_of_each_key(any_store: Store):
    store = any_store
    publish_records(store, {"service_offer": offers(("A", "contact_me", "offered"), ("B", "contact_me", "offered"))})
    publish_records(store, {"service_offer": offers(("A", "contact_me", "unknown"), ("C", "contact_me", "offered"))})
    publish_records(store, {"service_offer": offers(("A", "contact_me", "not_offered"))})
    withdraw(store, 2)
    withdraw(store, 3)
    restore(store, 2)
    assert [counts(store, event) for event in range(1, 7)] == [
        ("service_offer", 2, 0, 0, 0, 0),
        ("service_offer", 1, 1, 0, 0, 1),
        ("service_offer", 0, 1, 0, 0, 1),
        ("service_offer", 0, 0, 1, 1, 1),  # A: the third upload's word stands before and after
        ("service_offer", 0, 1, 0, 0, 1),
        ("service_offer", 1, 1, 0, 0, 1),
    ]
    told = [told_records(store, event).select("unit", "change", "old", "new").rows() for event in range(1, 7)]
    assert told == [
        [],
        [("A", "changed", "offered", "unknown")],
        [("A", "changed", "unknown", "not_offered")],
        [("C", "gone", "offered", None)],
        [("A", "changed", "not_offered", "offered")],
        [("A", "changed", "offered", "unknown"), ("C", "new", None, "offered")],
    ]
    assert told_records(store, 4)["region"].to_list() == ["25"], "a record that is gone is still placed"


def test_the_log_holds_publications_without_figures_and_respects_the_day(store: Store):
    publish_records(
        store,
        {"care_unit": units(("A", "Björknäs")), "service_offer": offers(("A", "contact_me", "offered"))},
        day="2026-01-01",
    )
    publish_records(store, {"service_offer": offers(("A", "contact_me", "unknown"))}, day="2026-02-01")
    publish(store, [{"indicator": "trust_overall", "region": "25", "period": "2023", "value": 60.0}], day="2026-03-01")
    names = ("kind", "records", "indicators", "first_period", "new", "changed", "same")
    assert change_log(store).select(names).rows() == [
        ("published", [], ["trust_overall"], "2023", 1, 0, 0),
        ("corrected", ["service_offer"], [], "2025-06", 0, 1, 0),
        ("published", ["care_unit", "service_offer"], [], "2025-06", 2, 0, 0),
    ]
    assert change_log(store, as_of=date(2026, 1, 15))["event"].to_list() == [1]
    assert change_log(store, indicator="trust_overall")["event"].to_list() == [3]


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("reply", replies((1, "answered")), replies((1, "partly"))),  # the next step of the same matter
        ("service_offer", offers(("A", "contact_me", "offered")), offers(("A", "contact_me", "unknown"))),
    ],
)
def test_a_new_reply_and_a_real_file_for_example_data_are_no_corrections(
    kind: str, before: pl.DataFrame, after: pl.DataFrame, store: Store
):
    publish_records(store, {kind: before}, synthetic=kind == "service_offer")
    publish_records(store, {kind: after})
    assert change_log(store)["kind"].to_list() == ["published", "published"]
    assert counts(store, 2) == (kind, 0, 1, 0, 0, 0)


def test_publish_three_withdraw_the_second_leaves_the_first_and_third(any_store: Store):
    first = offers(("A", "contact_me", "offered"), ("B", "contact_me", "offered"))
    second = offers(("A", "contact_me", "unknown"), ("B", "contact_me", "unknown"), ("C", "contact_me", "offered"))
    third = offers(("B", "contact_me", "not_offered"))
    publish_records(any_store, {"service_offer": first})
    publish_records(any_store, {"service_offer": second})
    publish_records(any_store, {"service_offer": third})

    def shown() -> list[tuple[object, ...]]:
        return current_records(any_store, "service_offer").select("unit", "status", "upload").sort("unit").rows()

    everything = shown()
    assert everything == [("A", "unknown", 2), ("B", "not_offered", 3), ("C", "offered", 2)]
    withdraw(any_store, 2)
    assert shown() == [("A", "offered", 1), ("B", "not_offered", 3)]
    restore(any_store, 2)
    assert shown() == everything


def test_a_record_is_followed_to_its_cell_and_told_whether_it_counts(store: Store):
    publish_records(store, {"care_unit": units(("A", "Björknäs"))}, day="2026-01-01")
    publish_records(store, {"service_offer": offers(("A", "contact_me", "offered"))}, day="2026-01-02")
    publish_records(store, {"service_offer": offers(("A", "contact_me", "unknown"), row=7)}, day="2026-02-01")
    (replaced,) = records_at(store, 2, "Utbud", "D2")
    assert (replaced.kind, replaced.state, replaced.row["unit_name"]) == ("service_offer", "replaced", "Björknäs")
    assert replaced.by is not None
    assert (replaced.by["upload"], replaced.by["cell"]) == (3, "D7")
    assert records_at(store, 2, "Utbud", "D2", date(2026, 1, 15))[0].state == "counts"
    assert records_at(store, 3, "Utbud", "D7", date(2026, 1, 15)) == ()
    withdraw(store, 3, day="2026-03-01")
    assert records_at(store, 3, "Utbud", "D7")[0].state == "withdrawn"
    assert records_at(store, 2, "Utbud", "D2")[0].state == "counts"
    assert (
        records_at(store, 2, "Utbud", "D3") == records_at(store, 2, "", "D2") == records_at(store, 9, "", "$.x") == ()
    )


def test_what_an_upload_holds_is_counted_by_kind(store: Store):
    publish_records(
        store, {"care_unit": units(("A", "Björknäs"), ("B", "Sandträsk")), "reply": replies((1, "answered"))}
    )
    publish(store, [{"indicator": "trust_overall", "region": "25", "period": "2023", "value": 60.0}])
    assert held_records(store) == {1: {"care_unit": 2, "reply": 1}}
