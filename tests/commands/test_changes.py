"""`changes`: the log in a terminal and as JSON; `uploads` as it stood."""

from datetime import date

from analysis import compare_regions
from models import Store
from tests.publishing import publish, restore, withdraw

ROW = {"indicator": "trust_overall", "region": "25", "period": "2023"}


def test_log_as_json_holds_every_event_with_its_changed_figures(run, store: Store):
    publish(store, [{**ROW, "value": 60.0}, {**ROW, "region": "24", "value": 61.0}], day="2026-01-01")
    publish(store, [{**ROW, "value": 61.5}], day="2026-02-01")
    done = run("changes", "--json")
    assert done.code == 0
    assert [(one["event"], one["kind"], one["new"], one["changed"]) for one in done.document] == [
        (2, "corrected", 0, 1),
        (1, "published", 2, 0),
    ]
    assert done.document[0] == {
        "event": 2,
        "at": "2026-02-01T12:00:00.000000Z",
        "action": "published",
        "kind": "corrected",
        "by": "test",
        "note": "",
        "upload": 2,
        "file": "made-in-test.csv",
        "layout": "wide",
        "synthetic": False,
        "new": 0,
        "changed": 1,
        "gone": 0,
        "same": 0,
        "revised": 1,
        "indicators": [
            {
                "indicator": "trust_overall",
                "first_period": "2023",
                "last_period": "2023",
                "new": 0,
                "changed": 1,
                "gone": 0,
                "same": 0,
                "revised": 1,
            }
        ],
        "figures": [
            {
                "indicator": "trust_overall",
                "code": "25",
                "region": "Region Norrbotten",
                "period": "2023",
                "sex": "T",
                "kind": "changed",
                "old": 60.0,
                "new": 61.5,
                "difference": 1.5,
                "old_reason": "",
                "new_reason": "",
                "old_synthetic": False,
                "new_synthetic": False,
                "revised": True,
                "sheet": "",
                "cell": "C2",
            }
        ],
    }


def test_log_is_filtered(run, store: Store):
    publish(store, [{**ROW, "value": 60.0}], day="2026-01-01")
    publish(store, [{"indicator": "logins", "region": "25", "period": "2023-01", "value": 5.0}], day="2026-02-01")
    publish(store, [{**ROW, "value": 61.0}], day="2026-03-01")

    def events(*words: str) -> list[int]:
        return [one["event"] for one in run("changes", *words, "--json").document]

    assert events("--indicator", "trust_overall") == [3, 1]
    assert events("--since", "2026-01-01") == [3, 2]
    assert events("--as-of", "2026-02-01") == [2, 1]
    assert run("changes", "--indicator", "trust").code == 2  # no such indicator


def test_log_for_a_person_is_a_table_in_words(run, store: Store):
    publish(store, [{**ROW, "value": 60.0}], day="2026-01-01")
    withdraw(store, 1, day="2026-02-01")
    lines = run("changes").out.splitlines()
    header = "Händelse När Vad Fil Nya Ändrade Visas inte längre Oförändrade Anteckning"
    assert lines[0].split() == header.split()
    row = "2 1 februari 2026 13:00 tillbakadragen made-in-test.csv 0 0 1 0 test"
    assert lines[2].split() == row.split()
    assert "published" in run("--language", "en", "changes").out


def test_empty_log_says_so(run, store: Store):
    assert run("changes").out.strip() == "Inget har publicerats än."
    assert run("changes", "--json").document == []


def test_hidden_value_is_in_no_event(run, store: Store):
    publish(store, [{**ROW, "value": 71.4, "base_n": 7}])
    publish(store, [{**ROW, "value": 60.0, "base_n": 500}])
    out = run("changes", "--json").out
    assert "71.4" not in out
    assert '"old_reason": "suppressed"' in out


def test_publish_three_withdraw_the_middle_equals_first_and_third_and_restore_all(run, store: Store):
    publish(store, [{**ROW, "value": 60.0}, {**ROW, "region": "24", "value": 61.0}])
    middle = publish(store, [{**ROW, "value": 70.0}, {**ROW, "region": "23", "value": 72.0}])
    publish(store, [{**ROW, "region": "24", "value": 81.0}])

    def shown() -> dict[str, float]:
        rows = run("compare", "trust_overall", "--json").document["rows"]
        assert {row["code"]: row["value"] for row in rows} == dict(
            compare_regions(store, "trust_overall").rows.select("code", "value").iter_rows()
        )
        return {row["code"]: row["value"] for row in rows}

    assert shown() == {"23": 72.0, "24": 81.0, "25": 70.0}
    withdraw(store, middle)
    assert shown() == {"24": 81.0, "25": 60.0}
    restore(store, middle)
    assert shown() == {"23": 72.0, "24": 81.0, "25": 70.0}


def test_uploads_as_they_stood(run, store: Store):
    publish(store, [{**ROW, "value": 60.0}], day="2026-01-01")
    withdraw(store, 1, day="2026-02-01")
    stood = [
        (day, [one["status"] for one in run("uploads", "--as-of", day.isoformat(), "--json").document])
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 1))
    ]
    assert [status for _, status in stood] == [[], ["published"], ["withdrawn"]]
