"""When a unit reaches the minimum level: the rule's arithmetic against every resolution of what is unknown."""

from collections import Counter
from datetime import date
from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import UnknownChoice
from analysis.supply import MinimumRule, minimum_rule
from analysis.supply.rules import with_state
from indicators import Period, period_of
from tests.analysis.supply_data import NO, NOT_APPLICABLE, UNKNOWN, YES

JANUARY = period_of("2024-01")
STATUSES = (YES, NO, NOT_APPLICABLE, UNKNOWN)


def meets(statuses: list[str], at_least: int | None) -> bool:
    """The rule as it is written, an unknown counted as applicable and not offered; None: all of them."""
    applicable = [status for status in statuses if status != NOT_APPLICABLE]
    wanted = len(applicable) if at_least is None else min(at_least, len(applicable))
    return bool(applicable) and applicable.count(YES) >= wanted


def state_by_hand(statuses: list[str], at_least: int | None) -> str:
    """Every resolution of the unknowns (3^k), one by one."""
    if not statuses:
        return "unknown"
    if all(status == NOT_APPLICABLE for status in statuses):
        return "not_applicable"
    if meets(statuses, at_least):
        return "meets"
    known = [status for status in statuses if status != UNKNOWN]
    ways = product((YES, NO, NOT_APPLICABLE), repeat=statuses.count(UNKNOWN))
    return "unknown" if any(meets([*known, *way], at_least) for way in ways) else "below"


@given(st.lists(st.sampled_from(STATUSES), max_size=8), st.one_of(st.none(), st.integers(1, 6)))
def test_state_is_that_of_every_resolution_tried(statuses: list[str], at_least: int | None) -> None:
    counts = Counter(statuses)
    rule = MinimumRule(at_least, () if at_least else ("advice",))
    row = with_state(pl.DataFrame({status: [counts[status]] for status in STATUSES}), rule).row(0, named=True)
    applicable = len(statuses) - counts[NOT_APPLICABLE]
    assert row["state"] == state_by_hand(statuses, at_least)
    assert row["applicable"] == applicable
    assert row["needed"] == (applicable if at_least is None else min(at_least, applicable))


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ((4, 6, 0, 0), "meets"),  # four of ten
        ((3, 7, 0, 0), "below"),
        ((3, 0, 7, 0), "meets"),  # only three are applicable, and it has all three
        ((2, 1, 7, 0), "below"),
        ((3, 6, 0, 1), "unknown"),  # the tenth could be the fourth
        ((2, 7, 0, 1), "below"),  # the tenth could be only the third
        ((1, 0, 5, 2), "unknown"),  # what is unknown may not be applicable at all
        ((4, 3, 0, 3), "meets"),  # the unknown do not matter
        ((0, 0, 10, 0), "not_applicable"),
        ((0, 0, 8, 2), "unknown"),
        ((0, 0, 0, 0), "unknown"),  # nobody has said anything of any service
    ],
)
def test_each_state_by_example(counts: tuple[int, int, int, int], state: str) -> None:
    units = pl.DataFrame({name: [count] for name, count in zip(STATUSES, counts, strict=True)})
    assert with_state(units, MinimumRule(4))["state"].to_list() == [state]


@pytest.mark.parametrize("key", ["4", "1", "minimum", "list:advice.record"])
def test_a_rule_is_written_as_it_was_read(key: str) -> None:
    assert minimum_rule(key, JANUARY).key == key


def test_the_mandatory_supply_is_what_was_in_force_at_the_end_of_the_period() -> None:
    assert minimum_rule("minimum", JANUARY).services == (
        "request_appointment",
        "reschedule_appointment",
        "renew_prescription",
        "contact_me",
        "send_message",
        "self_referral",
        "ask_about_referral",
        "request_certificate",
    )
    with pytest.raises(UnknownChoice):
        minimum_rule("minimum", period_of("2015"))
    assert minimum_rule("minimum", Period("2016-01-01", "day", date(2016, 1, 1), date(2016, 1, 1))).services


def test_a_list_has_the_catalogues_order_and_each_service_once() -> None:
    assert minimum_rule("list:record.advice.record", JANUARY) == MinimumRule(None, ("advice", "record"))


@pytest.mark.parametrize("key", ["", "0", "-1", "17", "four", "²", "list:", "list:advice.no_such", "minimum:x"])
def test_a_key_that_is_no_rule_is_refused_in_words(key: str) -> None:
    with pytest.raises(UnknownChoice) as refused:
        minimum_rule(key, JANUARY)
    assert refused.value.message("sv").startswith(f'"{key}" är ingen regel för miniminivån.')


def test_rules_in_words() -> None:
    assert MinimumRule(4).words("sv") == "minst 4 e-tjänster, eller alla tillämpliga om de är färre"
    assert MinimumRule(None, ("advice", "record")).words("sv") == "alla tillämpliga av tjänsterna Rådgivning, Journalen"
    assert minimum_rule("minimum", JANUARY).words("en").startswith("every applicable service of the mandatory supply: ")
