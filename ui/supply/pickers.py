"""What a reader can choose on the page about e-services: by which rule, whom, when, against what; and which part."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.benchmarks import UNITS_TOGETHER
from analysis.supply import COUNTED_KINDS, MinimumRule, minimum_rule, supply_periods
from indicators import Period, catalogue, period_label
from locales.numbers import swedish_order
from models.records import UNIT_KINDS
from ui import certainty, pickers, take
from ui.address import carry, pick, pick_several, switch, switched
from ui.supply.view import Supply
from ui.visit import Visit
from wording.judgement import capital
from wording.sentences import benchmark_name

SECTIONS: Final = ("regions", "within", "matrix", "gaps", "change", "mend")
EVERY: Final = "all"
_LIST: Final = "list"
_MINIMUM: Final = "minimum"
_COUNTS: Final = ("4", "1", "2", "3", "5", "6", "7", "8")
_REGIONLESS: Final = "regions"


def chosen(visit: Visit) -> Supply | None:
    """One row of pickers, in the order a reader asks: by which rule, whom, when; the rest behind "Fler val". None, and
    why, where nothing is published."""
    if not supply_periods(visit.store, visit.as_of):
        if visit.store.data_version():
            st.info(visit.say("supply.nothing"))
        return None
    row = take.controls(visit)
    with row:
        rule_kind, regions = _rule_kind(visit), pickers.group(visit)
        when, where = st.container(), st.container()
        asked = pickers.synthetic(visit, resets=pickers.of_the_figures)
    periods = supply_periods(visit.store, visit.as_of, include_synthetic=asked)
    if not periods:
        st.info(visit.say("ui.asked_synthetic"))
        return None
    with when:
        period = _period(visit, periods)
    with row, st.popover(visit.say("ui.more_choices")):
        others = switch(visit, "others", label=visit.say("ui.others"), default=True)
        kinds = _kinds(visit)
        benchmark = _benchmark(visit, period, periods)
        level = certainty.level_of(visit)
    rule = minimum_rule(_own_list(visit) if rule_kind == _LIST else rule_kind, period)
    view = Supply(visit, period, rule, kinds, regions, benchmark, level, others, asked)
    return _part(view, where)


def _part(view: Supply, where: DeltaGenerator) -> Supply:
    """The view with the part of the page that is shown, one at a time, so that a telephone has not the whole page to
    scroll; and with the region it is about. The comparison of regions asks for none: one in the address stands out."""
    carry(view.visit, "region", [EVERY, *catalogue().region_codes])
    known = {name: view.say(f"sections.{name}") for name in SECTIONS}
    section, ways = switched(view.visit, "view", known, label=view.say("section"))
    view = replace(view, section=section, ways=ways)
    if section != _REGIONLESS:
        with where:
            return replace(view, region=_region(view, every=section != "within"))
    pinned = view.visit.choices.get("region", EVERY)
    own = tuple(code for code in view.chosen if code != pinned)
    return view if pinned == EVERY else replace(view, chosen=(pinned, *own))


def _region(view: Supply, *, every: bool) -> str:
    """One region with data, or with `every` all of the chosen (EVERY)."""
    known = [*([EVERY] if every else []), *view.with_data]

    def shown(code: str) -> str:
        return view.say("every_region") if code == EVERY else catalogue().regions[code].name

    return pick(view.visit, "region", known, label=view.say("region"), shown=shown, remember=True, resets=_of_a_region)


def _kinds(visit: Visit) -> tuple[str, ...]:
    return pick_several(
        visit,
        "kinds",
        UNIT_KINDS,
        label=visit.say("supply.kinds_label"),
        shown=lambda kind: visit.say(f"record_words.unit_kinds.{kind}"),
        default=COUNTED_KINDS,
    )


def codes_of(view: Supply) -> tuple[str, ...]:
    """The regions that the choice of `region` means."""
    if view.region != EVERY:
        return (view.region,)
    return view.with_data if view.others else tuple(code for code in view.chosen if code in view.with_data)


def _of_a_region() -> Sequence[str]:
    return ("municipality", "unit", "page")


def _period(visit: Visit, periods: Sequence[Period]) -> Period:
    key = pick(
        visit,
        "period",
        [one.key for one in periods],
        label=visit.say("ui.period"),
        shown=lambda each: period_label(each, visit.language),
        resets=lambda: ("earlier", "page"),
    )
    return next(one for one in periods if one.key == key)


def _rule_kind(visit: Visit) -> str:
    """`4`, `minimum` or `list`; an address that spells a list out (`rule=list:advice.record`) is unfolded."""
    given = st.query_params.get("rule", "")
    if given.startswith(f"{_LIST}:"):
        services = given.removeprefix(f"{_LIST}:").replace(".", "-")
        st.query_params.from_dict({**st.query_params.to_dict(), "rule": _LIST, "services": services})

    def shown(key: str) -> str:
        if key.isdigit():
            return visit.say("supply.rules.at_least_one" if key == "1" else "supply.rules.at_least", count=key)
        return visit.say(f"supply.rules.{key}")

    known = [*_COUNTS, _MINIMUM, _LIST]
    return pick(visit, "rule", known, label=visit.say("supply.rule"), shown=shown, resets=lambda: ("services", "page"))


def _own_list(visit: Visit) -> str:
    """The key of the rule that wants all of the services the reader chooses."""
    known = catalogue().eservices
    ids = sorted(known, key=lambda one: swedish_order(known[one].title.in_language(visit.language)))
    services = pick_several(
        visit,
        "services",
        ids,
        label=visit.say("supply.services"),
        shown=lambda one: known[one].title.in_language(visit.language),
        default=[one for one in known if known[one].minimum_from],
    )
    return MinimumRule(None, services).key


def _benchmark(visit: Visit, period: Period, periods: Sequence[Period]) -> str:
    groups = [text for key in catalogue().groups for text in (f"group:{key}", f"group:{key}:unweighted")]
    earlier = [one.key for one in earlier_than(period, periods)]
    regions = (f"region:{code}" for code in catalogue().codes_by_name)
    known = ["riket", *groups, *regions, *(f"period:{key}" for key in earlier), "target"]

    def shown(benchmark: str) -> str:
        if benchmark == "riket":
            return visit.say("supply.every_with_data")
        return capital(benchmark_name(benchmark, visit.language, made=UNITS_TOGETHER))

    return pick(visit, "benchmark", known, label=visit.say("compare.benchmark"), shown=shown)


def earlier_than(period: Period, periods: Sequence[Period]) -> list[Period]:
    """The periods of the same kind that ended before this one began, latest first."""
    return [one for one in periods if one.kind == period.kind and one.end < period.start]
