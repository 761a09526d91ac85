"""Random registers and files, judged by a plain-Python twin that knows nothing of SQL and polars."""

import random
from datetime import date
from itertools import product
from typing import Any

import pytest

from analysis.methods.intervals import wilson
from analysis.supply import MinimumRule, gaps, share_over_time, shares, standing, supply_periods
from indicators import Period
from models import Store
from tests.analysis.supply_data import NO, NOT_APPLICABLE, UNKNOWN, YES, offers, register, supply, unit

SERVICES = ("request_appointment", "renew_prescription", "contact_me", "send_message", "advice", "?en egen sak")
PERIODS = ("2023-12", "2024-01", "2024-02")
REGIONS = ("24", "25")
KINDS = ("health_centre", "clinic", "branch")
RULES = (MinimumRule(2), MinimumRule(4), MinimumRule(None, ("contact_me", "advice")))


class World:
    """What the files say, as a list of rows; the last one of a key counts."""

    def __init__(self, seed: int) -> None:
        drawn = random.Random(seed)
        self.units = [self._unit(drawn, number) for number in range(10)]
        self.files = [
            [row for period in PERIODS for row in self._rows(drawn, period, REGIONS[:1])],
            [row for period in PERIODS for row in self._rows(drawn, period, REGIONS[1:])],
            # A later file of one period only: some of the same units once more, and one that no register has.
            [*self._rows(drawn, PERIODS[1], REGIONS, 0.3), *offers("nowhere", {"advice": YES}, period=PERIODS[1])],
        ]

    def _unit(self, drawn: random.Random, number: int) -> dict[str, Any]:
        first, last = date(2024, 1, 10), drawn.choice((None, None, date(2024, 1, 20)))
        begun = drawn.choice((date(1, 1, 1), date(1, 1, 1), first))
        named = {"region": drawn.choice(REGIONS), "kind": drawn.choice(KINDS), "municipality": drawn.choice("XYZ")}
        return unit(f"U{number}", valid_from=begun, valid_to=last, **named)

    def _rows(
        self, drawn: random.Random, period: str, regions: tuple[str, ...], part: float = 0.9
    ) -> list[dict[str, Any]]:
        rows = []
        for one in self.units:
            if one["region"] in regions and drawn.random() < part:
                some = drawn.sample(SERVICES, drawn.randint(1, len(SERVICES)))
                statuses = {service: drawn.choice((YES, YES, NO, NOT_APPLICABLE, UNKNOWN)) for service in some}
                rows += offers(one["unit"], statuses, period=period, region=one["region"])
        return rows

    def statuses(self, period: str) -> dict[tuple[str, str], str]:
        rows = [row for file in self.files for row in file if row["period"] == period]
        return {(row["unit"], row["service"]): row["status"] for row in rows}

    def states(self, period: Period, rule: MinimumRule, kinds: tuple[str, ...]) -> dict[str, str]:
        """Unit → state."""
        there = self.statuses(period.key)
        places = {one["unit"]: one["region"] for one in self.units}
        found = {}
        for one in self.units:
            ended = one["valid_to"] is not None and one["valid_to"] < period.end
            told = {service for name, service in there if places.get(name, "25") == one["region"]}
            if one["valid_from"] > period.end or ended or one["kind"] not in kinds or not told:
                continue
            services = [s for s in told if not s.startswith("?") and (rule.at_least or s in rule.services)]
            found[one["unit"]] = state([there.get((one["unit"], service), UNKNOWN) for service in services], rule)
        return found


def state(statuses: list[str], rule: MinimumRule) -> str:
    def meets(known: list[str]) -> bool:
        applicable = [one for one in known if one != NOT_APPLICABLE]
        wanted = len(applicable) if rule.at_least is None else min(rule.at_least, len(applicable))
        return bool(applicable) and applicable.count(YES) >= wanted

    if statuses and all(one == NOT_APPLICABLE for one in statuses):
        return "not_applicable"
    if meets(statuses):
        return "meets"
    known = [one for one in statuses if one != UNKNOWN]
    ways = product((YES, NO, NOT_APPLICABLE), repeat=statuses.count(UNKNOWN))
    return "unknown" if not statuses or any(meets([*known, *way]) for way in ways) else "below"


@pytest.fixture(params=range(5))
def world(request: pytest.FixtureRequest, store: Store) -> World:
    made = World(request.param)
    register(store, *made.units)
    for file in made.files:
        supply(store, file)
    return made


COUNTED = ("health_centre", "clinic")


def test_states_and_shares_are_the_twins(store: Store, world: World) -> None:
    places = {one["unit"]: one["region"] for one in world.units}
    for rule, period in product(RULES, supply_periods(store)):
        units = standing(store, period, rule, kinds=COUNTED)
        by_hand = world.states(period, rule, COUNTED)
        assert dict(units.select("unit", "state").iter_rows()) == by_hand
        for row in shares(units, ("code",)).iter_rows(named=True):
            own = [found for name, found in by_hand.items() if places[name] == row["code"]]
            reached, below = own.count("meets"), own.count("below")
            assert (row["units"], row["numerator"], row["denominator"]) == (len(own), reached, reached + below)
            assert (row["unknown"], row["not_applicable"]) == (own.count("unknown"), own.count("not_applicable"))
            if reached + below:
                low, high = wilson(reached, reached + below)
                assert row["share"] == pytest.approx(100 * reached / (reached + below))
                assert (row["ci_low"], row["ci_high"]) == pytest.approx((100 * low, 100 * high))


def test_counting_in_the_database_gives_every_periods_own_answer(store: Store, world: World) -> None:
    for rule, kinds in product(RULES, (COUNTED, KINDS)):
        told = share_over_time(store, rule, codes=REGIONS, kinds=kinds)
        undated = told.drop("period_start", "period_end", "period_kind")
        one_by_one = {
            (period.key, row["code"]): row
            for period in supply_periods(store)
            for row in shares(standing(store, period, rule, kinds=kinds), ("code",)).to_dicts()
        }
        assert {(row.pop("period"), row["code"]): row for row in undated.to_dicts()} == one_by_one


def test_a_gap_is_what_a_unit_does_not_offer_or_nobody_knows(store: Store, world: World) -> None:
    rule, kinds = MinimumRule(4), COUNTED
    period = supply_periods(store)[0]
    there, places = world.statuses(period.key), {one["unit"]: one["region"] for one in world.units}
    by_hand = {
        (name, service, there.get((name, service), UNKNOWN), found)
        for name, found in world.states(period, rule, kinds).items()
        for service in {service for other, service in there if places[other] == places[name] and service[0] != "?"}
        if there.get((name, service), UNKNOWN) in (NO, UNKNOWN)
    }
    told = gaps(store, period, rule, codes=REGIONS, kinds=kinds)
    assert set(told.select("unit", "service", "status", "state").iter_rows()) == by_hand
    assert told.height == len(by_hand)
