"""A page seen before is ready at once, and never says what no longer holds."""

import functools
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import Connection, Engine, event
from streamlit.testing.v1 import AppTest

import analysis.moments
from access import LOCAL_CLI
from analysis.moments import today_in_sweden
from analysis.supply import SHARE_INDICATOR
from dashboard import PAGES
from entries.statements import confirm_group, enter_base, enter_remark, withdraw_remark
from entries.targets import TargetEntry, enter_target
from models import Store, open_store
from tests.publishing import publish, withdraw
from ui import who

pytestmark = pytest.mark.one_engine("what is kept between pages, when it has been read")

Open = Callable[..., AppTest]
_VERSIONED = re.compile(r'class=\\?"(page-foot|share)')
NEXT_YEAR = today_in_sweden().year + 1


def shown(at: AppTest) -> list[str]:
    """All that the page sends to the browser, but for the version in its foot and in the source it is named as, and the
    number of a file not yet made."""
    assert not at.exception
    said = [str(node.proto) for node in at.main if hasattr(node, "proto")]
    return [re.sub(r'deferred_file_id: "\w+"', "", one) for one in said if not _VERSIONED.search(one)]


@contextmanager
def queries() -> Iterator[Counter[str]]:
    """What is asked of any store meanwhile."""
    asked: Counter[str] = Counter()

    def noted(_connection: Connection, _cursor: object, query: str, *_more: object) -> None:
        if query != "BEGIN":
            asked[query[:80]] += 1

    event.listen(Engine, "before_cursor_execute", noted)
    yield asked
    event.remove(Engine, "before_cursor_execute", noted)


ASKED = {"data": 5}
"""Of a page run again: what has been entered since, the names of those who may be named, and how many files wait for
those who may publish; on Data och källor also the uploads in full. Those who work with files and accounts ask anew at
every step."""


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("upload", "users", "log")])
def test_a_page_seen_before_asks_the_store_once_what_has_been_entered(
    opened: Open, sample_store: Store, name: str
) -> None:
    at = opened(name).run()
    with queries() as asked:
        shown(at.run())
    assert asked.total() == ASKED.get(name, 3), asked


def target_of(indicator: str) -> TargetEntry:
    day, before = date(2019, 1, 1), date(2018, 11, 1)
    return TargetEntry(indicator, "at_least", 90, day, "fullmäktige", before, "RS 1", "25")


def forget_everything() -> None:
    """Nothing is kept of what has been asked before."""
    st.cache_data.clear()
    for name in [name for name in sys.modules if name.startswith("analysis.")]:
        for part in vars(sys.modules[name]).values():
            if isinstance(part, functools._lru_cache_wrapper):
                part.cache_clear()


class _Later(datetime):
    """A clock that stands in the first minute of next year."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime(NEXT_YEAR, 1, 1, 0, 1, tzinfo=tz)


class _Changes:
    """What can change under a page that is open, each in another process. `of`, `period`: the indicator and the period
    that the page shows."""

    def __init__(self, other: Store, of: str, period: str, patch: pytest.MonkeyPatch) -> None:
        self.other, self.of, self.period, self.patch = other, of, period, patch
        self.upload, self.remark = 0, ""

    def _figure(self, period: str) -> int:
        return publish(self.other, [{"indicator": self.of, "region": "25", "period": period, "value": 12.3}])

    def publication(self) -> None:
        self.upload = self._figure(self.period)

    def withdrawal(self) -> None:
        withdraw(self.other, self.upload)

    def number_of_answers(self) -> None:
        enter_base(
            self.other, LOCAL_CLI, subject="barometer", period="2025", region="25", answers=77, source="tabell 3"
        )

    def remark_kept_out(self) -> None:
        told = {"effect": "not_judged", "reason": "felräknat", "source": "mejl från SKR"}
        self.remark = enter_remark(self.other, LOCAL_CLI, indicator=self.of, period=self.period, **told)

    def remark_withdrawn(self) -> None:
        withdraw_remark(self.other, LOCAL_CLI, self.remark, reason="var rätt")

    def group(self) -> None:
        regions = ("25", "24", "23", "22", "21", "20")
        confirm_group(self.other, LOCAL_CLI, group="six", regions=regions, source="rapporten, sidan 4")

    def target(self) -> None:
        enter_target(self.other, LOCAL_CLI, target_of(self.of))

    def small_numbers(self) -> None:
        self.patch.setenv("DASHBOARD_UNCERTAIN_BELOW", "5000")

    def next_year_ahead_of_time(self) -> None:
        self._figure(str(NEXT_YEAR))

    def midnight(self) -> None:
        self.patch.setattr(analysis.moments, "datetime", _Later)


AHEAD = "next_year_ahead_of_time"
EVERY = [name for name in vars(_Changes) if not name.startswith("_")]


@pytest.mark.parametrize("drawn_anew", [3, pytest.param(1, marks=pytest.mark.hard)])
@pytest.mark.parametrize(
    ("page", "of", "period", "unseen"),
    [
        ("overview", "trust_overall", "2025", []),
        ("since-audit", "trust_overall", "2025", ["small_numbers", AHEAD]),
        ("trust", "trust_overall", "2025", [AHEAD]),
        ("compare", "trust_overall", "2025", [AHEAD]),
        ("profile", "trust_overall", "2025", ["group", AHEAD]),
        ("uptake", "eservices_1177_positive", "2025", [AHEAD]),
        (
            "phone",
            "calls_share_answered",
            "2019-11",
            ["number_of_answers", "target", "small_numbers", AHEAD],
        ),
    ],
)
def test_a_page_that_was_ready_shows_what_has_changed(
    opened: Open,
    own_sample_store: Store,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    of: str,
    period: str,
    unseen: list[str],
    drawn_anew: int,
) -> None:
    """`drawn_anew`: after every such change, another on each page, all is forgotten and the page drawn once more."""
    address = {"region": "25"} if page in ("overview", "profile") else {"indicator": of, "period": period}
    at = opened(page, **address).run()
    other = open_store()
    changes, before, alike = _Changes(other, of, period, monkeypatch), shown(at), []
    for number, change in enumerate(EVERY, list(PAGES).index(page)):
        getattr(changes, change)()
        now = shown(at.run())
        if number % drawn_anew == 0:
            forget_everything()
            assert now == shown(at.run()), f"{change}: something kept from before it"
        if now == before:
            alike.append(change)
        before = now
    other.close()
    assert alike == unseen


def test_the_supply_page_against_a_target_shows_the_target_that_is_entered(
    opened: Open, own_sample_store: Store
) -> None:
    at = opened("supply", benchmark="target", synthetic="1").run()
    before = shown(at)
    enter_target(own_sample_store, LOCAL_CLI, target_of(SHARE_INDICATOR))
    now = shown(at.run())
    forget_everything()
    assert now == shown(at.run())
    assert now != before


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("figure", {"indicator": "trust_overall", "region": "25", "period": "2025"}),
        ("changes", {"indicator": "trust_overall"}),
    ],
)
def test_who_may_not_see_names_is_not_given_the_page_of_one_who_may(
    opened: Open, own_sample_store: Store, monkeypatch: pytest.MonkeyPatch, page: str, address: dict[str, str]
) -> None:
    row = {"indicator": "trust_overall", "region": "25", "period": "2025", "value": 12.3}
    publish(own_sample_store, [row], by="user:7")
    told = []
    for names in ({"user:7": "Kim Ek"}, {"user:7": "Kim Berg"}, {}):
        monkeypatch.setattr(who, "names_for", lambda *_: names)  # noqa: B023 (called before the next turn)
        page_text = "".join(shown(opened(page, **address)))
        told.append([name for name in ("Kim Ek", "Kim Berg", "inloggad medarbetare") if name in page_text])
    assert told == [["Kim Ek"], ["Kim Berg"], ["inloggad medarbetare"]]
