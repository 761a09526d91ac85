"""What is late on which day in Sweden, how a recommendation stands, what a linked figure may be said to have done."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from access import LOCAL_CLI
from analysis.change.waves import Letter
from analysis.followup import (
    Late,
    figure_since,
    followed_audits,
    late_on,
    late_recommendations,
    regions_without_letter,
    same_side_by_side,
    today_in_sweden,
)
from analysis.followup.late import came_late
from analysis.records import schema_of
from entries.audits import (
    AuditEntry,
    NoReplyEntry,
    RecommendationEntry,
    enter_audit,
    enter_recommendation,
    state_no_reply,
    withdraw_no_reply,
)
from indicators import catalogue
from models import Store
from tests.publishing import publish, publish_records, withdraw
from wording.followup import figure_sentence, late_sentence

LETTER = date(2021, 3, 26)
DUE = date(2021, 10, 4)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),  # 23:59, the last winter minute of the day
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),  # midnight before the clock goes forward
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),  # 23:59 in summer time: the day had 23 hours
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),  # the day of 25 hours begins in summer time
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),  # and ends in winter time
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),  # New Year in Stockholm, not yet in UTC
    ],
)
def test_the_day_is_stockholms(at: datetime, day: date) -> None:
    assert today_in_sweden(at) == day


@pytest.mark.parametrize(
    "due",
    [
        date(2026, 3, 28),
        date(2026, 3, 29),
        date(2026, 10, 24),
        date(2026, 10, 25),
        date(2026, 12, 31),
        date(2028, 2, 28),
    ],
)
def test_a_reply_is_late_by_the_day_it_was_known_not_to_have_come(due: date) -> None:
    told = [
        late_on(
            date(2030, 1, 1),
            status="no_reply",
            reply_due=due,
            measure_due=None,
            none_by=due + timedelta(days=days),
            source="Diariet",
        )
        for days in (-1, 0, 1, 2)
    ]
    assert told == [None, None, Late("reply", due, 1, "Diariet"), Late("reply", due, 2, "Diariet")]


def test_a_reply_that_is_only_not_loaded_is_never_late() -> None:
    assert late_on(date(2030, 1, 1), status="unanswered", reply_due=DUE, measure_due=None) is None


def test_a_reply_that_came_on_its_last_day_came_in_time() -> None:
    told = [came_late(DUE + timedelta(days=days), DUE) for days in (-1, 0, 1)]
    assert told == [None, None, Late("answered", DUE, 1)]


@pytest.mark.parametrize(
    ("status", "what"),
    [("answered", "measure"), ("partly", "measure"), ("implemented", None), ("rejected", None)],
)
def test_a_measure_is_late_until_it_is_done_or_given_up(status: str, what: str | None) -> None:
    found = late_on(date(2023, 1, 1), status=status, reply_due=DUE, measure_due=date(2022, 12, 31))
    assert (found and found.what) == what
    assert late_on(date(2023, 1, 1), status=status, reply_due=DUE, measure_due=None) is None  # no day, nothing late


def test_lateness_in_words() -> None:
    assert late_sentence(Late("reply", DUE, 1876, "RS 2021/7")) == (
        "skulle besvaras senast 4 oktober 2021; inget svar hade kommit 1\xa0876 dagar senare (RS 2021/7)"
    )
    assert late_sentence(Late("measure", DUE, 1), "en") == "the measure was to be done by 4 October 2021, yesterday"


@pytest.fixture
def audited(store: Store) -> Store:
    for key, region, decided in (("v-2021", "24", LETTER), ("n-2021", "25", None)):
        enter_audit(store, LOCAL_CLI, AuditEntry(key, region, "Granskning", "Rapport", "Revisorerna", decided, DUE))
        for number, theme in ((1, "targets"), (2, "follow_up")):
            entry = RecommendationEntry(key, number, f"Gör {number}.", "Styrelsen", theme, "trust_overall")
            enter_recommendation(store, LOCAL_CLI, entry)
    return store


def reply(audit: str, number: int, **told: object) -> pl.DataFrame:
    row = {
        **dict.fromkeys(schema_of("reply"), ""),
        "audit": audit,
        "number": number,
        "region": "24",
        "row": 5,
        "col": 2,
        "status": "answered",
        "replied": date(2021, 9, 1),
        "due": None,
        **told,
    }
    return pl.DataFrame([row], schema=schema_of("reply"))


def standing(store: Store, today: date, as_of: date | None = None) -> dict[tuple[str, int], tuple[str, str | None]]:
    return {
        (audit.audit, one.number): (one.status, one.late.what if one.late else None)
        for audit in followed_audits(store, today, as_of=as_of)
        for one in audit.recommendations
    }


def test_status_history_and_withdrawal_follow_the_publications(audited: Store) -> None:
    first = {"reply": reply("v-2021", 1, due=date(2022, 6, 30))}
    publish_records(audited, first, day="2021-09-02")
    later = publish_records(audited, {"reply": reply("v-2021", 1, status="implemented")}, day="2022-09-02")
    today = date(2023, 1, 1)
    unanswered = {
        ("v-2021", 2): ("unanswered", None),
        ("n-2021", 1): ("unanswered", None),
        ("n-2021", 2): ("unanswered", None),
    }
    assert standing(audited, today) == {("v-2021", 1): ("implemented", None), **unanswered}
    withdraw(audited, later)
    assert standing(audited, today) == {("v-2021", 1): ("answered", "measure"), **unanswered}
    audit = next(one for one in followed_audits(audited, today) if one.region == "24")
    assert [one["status"] for one in audit.recommendations[0].replies] == ["answered"]


def test_on_an_earlier_day_what_was_published_and_entered_later_is_not_there(audited: Store) -> None:
    day = date(2021, 1, 1)
    assert followed_audits(audited, day, as_of=day) == ()


def test_the_longest_waiting_comes_first(audited: Store) -> None:
    publish_records(audited, {"reply": reply("v-2021", 1, due=date(2021, 5, 1))})
    for key, number in (("n-2021", 1), ("n-2021", 2), ("v-2021", 2)):
        state_no_reply(audited, LOCAL_CLI, NoReplyEntry(key, number, date(2021, 10, 6), "Diariet"))
    audits = followed_audits(audited, date(2021, 10, 6))
    late = [
        (audit.audit, one.number, one.late.what, one.late.days)
        for audit, one in late_recommendations(audits)
        if one.late
    ]
    assert late == [
        ("v-2021", 1, "measure", 158),
        ("n-2021", 1, "reply", 2),
        ("n-2021", 2, "reply", 2),
        ("v-2021", 2, "reply", 2),
    ]


def test_a_reply_that_is_loaded_goes_before_a_statement_that_none_came(audited: Store) -> None:
    entry = NoReplyEntry("v-2021", 1, date(2021, 10, 6), "Diariet")
    state_no_reply(audited, LOCAL_CLI, entry)
    today = date(2023, 1, 1)
    assert standing(audited, today)["v-2021", 1] == ("no_reply", "reply")
    assert standing(audited, today)["v-2021", 2] == ("unanswered", None)
    upload = publish_records(audited, {"reply": reply("v-2021", 1, replied=date(2021, 11, 1))})
    assert standing(audited, today)["v-2021", 1] == ("answered", None)
    withdraw(audited, upload)
    withdraw_no_reply(audited, LOCAL_CLI, "v-2021", 1, note="Svaret låg i ett annat ärende.")
    assert standing(audited, today)["v-2021", 1] == ("unanswered", None)


def test_the_audits_side_by_side_and_the_regions_nobody_knows(audited: Store) -> None:
    audits = followed_audits(audited, DUE)
    themes = {
        theme.theme: [(code, [one.number for one in held]) for code, held in theme.regions]
        for theme in same_side_by_side(audits)
    }
    assert themes == {"follow_up": [("25", [2]), ("24", [2])], "targets": [("25", [1]), ("24", [1])]}
    assert regions_without_letter(audits, catalogue().default_group.regions) == ("22", "23", "21", "20")


def figure(store: Store, since: date | None) -> tuple[str, str, str | None, str | None]:
    found = figure_since(store, catalogue().indicators["trust_overall"], "24", since and Letter(since, "decided"))
    return found.why, found.verdict, *(row and row["period"] for row in (found.before, found.latest))


def test_a_figure_is_told_before_and_after_with_the_test_or_the_reason(store: Store) -> None:
    since = date(2021, 3, 26)
    assert figure(store, since) == ("no_figures", "not_assessable", None, None)
    rows = [
        {"indicator": "trust_overall", "region": "24", "period": period, "value": value, "base_n": base}
        for period, value, base in (("2019", 50.0, 900), ("2021", 55.0, 900), ("2023", 70.0, 900))
    ]
    publish(store, rows[:1])
    assert figure(store, None) == ("no_day", "not_assessable", None, "2019")
    assert figure(store, since) == ("no_after", "not_assessable", "2019", "2019")
    publish(store, rows[1:])
    # 2021 had not ended when the letter came: the last measurement before it is 2019.
    assert figure(store, since) == ("", "better", "2019", "2023")
    assert figure(store, date(2015, 1, 1)) == ("no_before", "not_assessable", None, "2023")


def test_two_figures_without_intervals_give_no_direction(store: Store) -> None:
    rows = [
        {"indicator": "logins", "region": "24", "period": period, "value": value}
        for period, value in (("2019", 50.0), ("2023", 900.0))
    ]
    publish(store, rows)
    found = figure_since(store, catalogue().indicators["logins"], "24", Letter(LETTER, "decided"))
    assert (found.verdict, found.why) == ("not_assessable", "")
    assert figure_sentence(found) == (
        "Inloggningar på 1177: förändringen i Region Västerbotten sedan granskningen kan inte bedömas (2019 50 → 2023 "
        "900): det finns inget intervall för 2019 och 2023. Granskningens brev är daterat 26 mars 2021."
    )


def test_single_months_are_judged_by_their_series_not_against_each_other(store: Store) -> None:
    months = [f"{2020 + number // 12}-{number % 12 + 1:02d}" for number in range(24)]
    publish(
        store,
        [
            {"indicator": "logins", "region": "24", "period": month, "value": 100.0 + number % 3}
            for number, month in enumerate(months)
        ],
    )
    found = figure_since(store, catalogue().indicators["logins"], "24", Letter(LETTER, "decided"))
    assert [one.question for one in found.changes] == ["latest_month"]
    assert found.verdict == "none"
    assert found.before is not None
    assert found.before["period"] == "2021-02"
