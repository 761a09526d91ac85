"""One figure: what it is, where it stands, what it has been."""

from datetime import date
from typing import Any

import pytest

from analysis import UnknownChoice, figure_asked, figure_history, figure_row, uploads_list
from models import Store
from tests.publishing import publish, restore, withdraw


def trust(value: float, **more: Any) -> dict[str, Any]:
    return {"indicator": "trust_overall", "region": "25", "period": "2023", "value": value, **more}


def test_history_tells_every_event_latest_first(any_store: Store) -> None:
    publish(any_store, [trust(60.0, sheet="Blad1")], day="2026-01-01")
    second = publish(any_store, [trust(61.0)], day="2026-02-01")
    others = [{**trust(62.0), "region": "24"}, {**trust(63.0), "period": "2022"}, {**trust(64.0), "sex": "K"}]
    publish(any_store, others, day="2026-02-15")
    withdraw(any_store, second, day="2026-03-01")
    restore(any_store, second, day="2026-04-01")
    asked = figure_asked("trust_overall", "Norrbotten", "2023")
    told = (
        figure_history(any_store, asked).select("event", "action", "old", "new", "difference", "sheet", "cell").rows()
    )
    assert told == [
        (5, "restored", 60.0, 61.0, 1.0, "", "C2"),
        (4, "withdrawn", 61.0, 60.0, -1.0, "", "C2"),
        (2, "published", 60.0, 61.0, 1.0, "", "C2"),
        (1, "published", None, 60.0, None, "Blad1", "C2"),
    ]
    assert figure_history(any_store, asked, date(2026, 1, 31))["event"].to_list() == [1]
    now, then = (figure_row(any_store, asked, day) for day in (None, date(2026, 3, 15)))
    assert now is not None
    assert then is not None
    assert (now["value"], then["value"]) == (61.0, 60.0)


def test_figure_that_is_withdrawn_altogether_has_no_row_but_a_history(store: Store) -> None:
    withdraw(store, publish(store, [trust(60.0)]))
    asked = figure_asked("trust_overall", "25", "2023")
    assert figure_row(store, asked) is None
    assert figure_history(store, asked)["kind"].to_list() == ["gone", "new"]


def test_hidden_figure_is_hidden_in_its_history(store: Store) -> None:
    publish(store, [trust(71.4, base_n=7)])
    publish(store, [trust(60.0, base_n=500)])
    asked = figure_asked("trust_overall", "25", "2023")
    told = figure_history(store, asked).select("old", "old_reason", "new", "new_reason").rows()
    assert told == [(None, "suppressed", 60.0, ""), (None, None, None, "suppressed")]


@pytest.mark.parametrize(
    ("indicator", "region", "period", "sex", "kind"),
    [
        ("trust", "25", "2023", "T", "indicator"),
        ("trust_overall", "Norge", "2023", "T", "region"),
        ("trust_overall", "25", "i fjol", "T", "unreadable_period"),
        ("trust_overall", "25", "2023", "X", "sex"),
    ],
)
def test_figure_nobody_can_mean_is_refused_in_words(
    indicator: str, region: str, period: str, sex: str, kind: str
) -> None:
    with pytest.raises(UnknownChoice) as refused:
        figure_asked(indicator, region, period, sex)
    assert refused.value.kind == kind


def test_uploads_are_listed_as_they_stood(store: Store) -> None:
    first = publish(store, [trust(60.0)], day="2026-01-01")
    publish(store, [trust(61.0)], day="2026-02-01")
    withdraw(store, first, day="2026-03-01")
    listed = {
        day: uploads_list(store, date(2026, *day)).select("id", "status").rows() for day in ((1, 1), (2, 1), (3, 1))
    }
    assert listed == {
        (1, 1): [(1, "published")],
        (2, 1): [(2, "published"), (1, "published")],
        (3, 1): [(2, "published"), (1, "withdrawn")],
    }
