"""What each event changed, beside a second reckoning: the pages' own figures the day before and the day after."""

import random
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from access import LOCAL_CLI
from analysis import (
    change_log,
    changes_since,
    event_counts,
    publication_days,
    publication_log,
    told_changes,
)
from analysis.figures import figures_of
from analysis.history.figures import changes_of_next_step, event_changes
from entries.statements import enter_base
from indicators import catalogue
from models import Store
from tests.publishing import publish, restore, withdraw

TRUST = catalogue().indicators["trust_overall"]
START = date(2026, 1, 1)


def trust(region: str, value: float | None, **more: Any) -> dict[str, Any]:
    return {"indicator": "trust_overall", "region": region, "period": "2023", "value": value, **more}


def counts(store: Store, event: int) -> dict[str, int]:
    names = ("new", "changed", "gone", "same")
    return dict(zip(names, event_counts(store, event).select(pl.col(names).sum()).row(0), strict=True))


def test_one_changed_value_of_500_is_exactly_one_change(any_store: Store) -> None:
    years = [str(year) for year in range(1990, 2014)]
    rows = [
        {"indicator": "trust_overall", "region": code, "period": year, "value": 50 + place % 400 / 10}
        for place, (code, year) in enumerate((code, year) for code in catalogue().region_codes for year in years)
    ][:500]
    publish(any_store, rows)
    changed = [*rows[:250], {**rows[250], "value": 12.5}, *rows[251:]]
    publish(any_store, changed)
    assert counts(any_store, 2) == {"new": 0, "changed": 1, "gone": 0, "same": 499}
    told = told_changes(any_store, 2).to_dicts()
    assert [(row["code"], row["period"], row["old"], row["new"], row["difference"]) for row in told] == [
        (rows[250]["region"], rows[250]["period"], rows[250]["value"], 12.5, round(12.5 - rows[250]["value"], 6))
    ]
    assert change_log(any_store)["kind"].to_list() == ["corrected", "published"]


def test_withdrawing_the_middle_of_three_leaves_the_first_and_the_third(any_store: Store) -> None:
    publish(any_store, [trust("25", 60.0), trust("24", 61.0)], day="2026-01-01")
    middle = publish(any_store, [trust("25", 70.0), trust("24", 71.0), trust("23", 72.0)], day="2026-01-02")
    publish(any_store, [trust("24", 81.0)], day="2026-01-03")
    withdraw(any_store, middle, day="2026-01-04")
    restore(any_store, middle, day="2026-01-05")
    shown = {
        day: dict(figures_of(any_store, TRUST, date(2026, 1, day)).select("code", "value").iter_rows())
        for day in range(3, 6)
    }
    assert shown == {
        3: {"23": 72.0, "24": 81.0, "25": 70.0},
        4: {"24": 81.0, "25": 60.0},  # the first and the third
        5: {"23": 72.0, "24": 81.0, "25": 70.0},  # and back, at its old place: 24 is still the third's
    }
    told = [told_changes(any_store, event).select("code", "kind", "difference").rows() for event in (2, 5)]
    assert told == [
        [("24", "changed", 10.0), ("25", "changed", 10.0)],  # 23 is added, and not told
        [("25", "changed", 10.0), ("23", "new", None)],  # 23 is brought back
    ]
    log = change_log(any_store).select("kind", "new", "changed", "gone", "same", "revised").rows()
    assert log == [
        ("restored", 1, 1, 0, 1, 1),
        ("withdrawn", 0, 1, 1, 1, 2),
        ("corrected", 0, 1, 0, 0, 1),
        ("corrected", 1, 2, 0, 0, 2),
        ("published", 2, 0, 0, 0, 0),
    ]
    assert publication_days(any_store) == tuple(date(2026, 1, day) for day in (5, 4, 3, 2, 1))


def test_a_real_figure_in_place_of_example_data_is_no_correction(store: Store) -> None:
    publish(store, [trust("25", 60.0)], synthetic=True)
    publish(store, [trust("25", 61.0)])
    row = change_log(store).row(0, named=True)
    assert (row["kind"], row["changed"], row["revised"]) == ("published", 1, 0)


def test_what_is_hidden_on_the_pages_is_hidden_in_the_log(store: Store) -> None:
    publish(store, [trust("25", 60.0, base_n=400), trust("24", 61.0, base_n=300), trust("00", 60.5, base_n=700)])
    publish(store, [trust("25", 71.4, base_n=7)])  # the next smallest part goes with it, unseen
    assert told_changes(store, 2).select("code", "kind", "old", "new", "new_reason", "difference").rows() == [
        ("25", "gone", None, None, "suppressed", None)  # 300 answers of 700 tell the rest
    ]
    publish(store, [trust("25", 57.1, base_n=7)])
    assert told_changes(store, 3).is_empty()  # hidden before and after: nobody sees a change
    withdraw(store, 3)
    withdraw(store, 2)
    assert event_changes(store, 5).select("kind", "old", "old_reason", "new").rows() == [
        ("changed", None, "suppressed", 60.0)
    ]


def test_few_answers_that_staff_have_stated_hide_the_value_in_every_earlier_view_too(store: Store) -> None:
    upload = publish(store, [trust("25", 60.0), trust("24", 61.0)], day="2026-01-01")
    publish(store, [trust("25", 62.0)], day="2026-01-02")
    enter_base(store, LOCAL_CLI, subject="trust_overall", period="2023", region="25", answers=7, source="Rapporten")
    key = {"code": "25", "period": "2023"}
    for day in (date(2026, 1, 1), date(2026, 1, 2), None):
        assert figures_of(store, TRUST, day).filter(**key)["value"].to_list() == [None]
    for event in (1, 2):
        assert event_changes(store, event).filter(**key).select("old", "new", "difference").row(0) == (None,) * 3
    assert changes_of_next_step(store, upload).filter(**key).select("old", "new").row(0) == (None, None)


@pytest.mark.parametrize("seed", range(12))
def test_every_event_tells_what_the_pages_showed_before_and_after(store: Store, seed: int) -> None:
    """Random publications, withdrawals and restorations of three regions, two sexes and Riket, with small bases. What
    stood on the pages is told, or hidden: in a year where a small number was ever published, what is not so today."""
    drawn = random.Random(seed)
    counting: list[int] = []
    withdrawn: list[int] = []
    pages = [_shown(store)]
    for number in range(14):
        day = (START + timedelta(days=number)).isoformat()
        step = drawn.choice(["publish", "publish", "withdraw", "restore"])
        if step == "withdraw" and counting:
            upload = counting.pop(drawn.randrange(len(counting)))
            withdraw(store, upload, day=day)
            withdrawn.append(upload)
        elif step == "restore" and withdrawn:
            upload = withdrawn.pop(drawn.randrange(len(withdrawn)))
            restore(store, upload, day=day)
            counting.append(upload)
        else:
            counting.append(publish(store, _rows(drawn), day=day))
        pages.append(_shown(store))
    events = publication_log(store).sort("event")["event"].to_list()
    assert len(events) == 14
    small = set(
        store.frame(
            "SELECT DISTINCT period FROM observation WHERE base_n < 10 AND value IS NOT NULL", {"p": pl.String}
        )["p"]
    )
    for number, event in enumerate(events):
        changes = event_changes(store, event).sort("code", "sex", "period").to_dicts()
        before, after = pages[number : number + 2]
        for row in changes:
            key = (row["code"], row["period"], row["sex"])
            for end, state in (("old", before), ("new", after)):
                stood = state.get(key, (None, None))
                today = pages[-1].get(key, (None, None))
                assert (row[end], row[f"{end}_reason"]) in (stood, (None, "suppressed"))
                assert row[end] in (None, today[0]) or key[1] not in small


def _rows(drawn: random.Random) -> list[dict[str, Any]]:
    keys = [(code, period, sex) for code in ("25", "24", "23", "00") for period in ("2022", "2023") for sex in "TKM"]
    return [
        {
            "indicator": "trust_overall",
            "region": code,
            "period": period,
            "sex": sex,
            "value": drawn.choice([None, 50.0, 55.5, 61.2]),
            "base_n": drawn.choice([None, 5, 25, 400, 900]),
        }
        for code, period, sex in drawn.sample(keys, drawn.randint(1, len(keys)))
    ]


def _shown(store: Store) -> dict[tuple[str, str, str], tuple[float | None, str]]:
    rows = figures_of(store, TRUST).select("code", "period", "sex", "value", "reason")
    return {row[:3]: row[3:] for row in rows.iter_rows()}


def test_log_is_filtered_by_indicator_and_day(store: Store) -> None:
    publish(store, [trust("25", 60.0)], day="2026-01-01")
    publish(store, [{"indicator": "logins", "region": "25", "period": "2023-01", "value": 5.0}], day="2026-02-01")
    publish(store, [trust("25", 61.0)], day="2026-03-01")
    assert publication_log(store, indicator="trust_overall")["event"].to_list() == [3, 1]
    assert publication_log(store, since=date(2026, 1, 1))["event"].to_list() == [3, 2]  # after that day
    assert publication_log(store, as_of=date(2026, 2, 1))["event"].to_list() == [2, 1]
    assert change_log(store, newest=1)["event"].to_list() == [3]


def test_what_has_changed_since_a_day(store: Store) -> None:
    first = publish(store, [trust("25", 60.0), trust("24", 61.0), trust("23", 62.0)], day="2026-01-01")
    publish(store, [trust("25", 60.5), trust("22", 63.0)], day="2026-02-01")
    assert changes_since(store, date(2026, 1, 15), [TRUST]) == {"new": 1, "changed": 1, "gone": 0, "same": 2}
    withdraw(store, first, day="2026-03-01")
    assert changes_since(store, date(2026, 1, 15), [TRUST]) == {"new": 1, "changed": 1, "gone": 2, "same": 0}
    assert changes_since(store, date(2026, 3, 1), [TRUST]) == {"new": 0, "changed": 0, "gone": 0, "same": 2}
