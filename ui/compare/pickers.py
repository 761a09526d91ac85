"""What a reader can choose on the compare page: what, whom, against what, when, how sure."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from analysis import only_synthetic
from indicators import catalogue, period_of
from ui import certainty, pickers, take
from ui.address import pick, pick_several, switch
from ui.against import RIKET, TARGET
from ui.cache import kept, view_key
from ui.compare import periods as compare_periods
from ui.compare.periods import periods_of
from ui.compare.view import Compared
from ui.visit import Visit
from wording.judgement import capital
from wording.sentences import benchmark_name

_FIRST: Final = "trust_overall"
_KINDS: Final = ("marginal", "simultaneous")


def chosen(visit: Visit) -> Compared:
    """The pickers in one row, in the order a reader asks: what, when, against what; the rarer ones folded."""
    with take.controls(visit):
        indicators = _indicators(visit)
        visit.indicators.update(indicators)
        when, against = st.container(width="content"), st.container(width="content")
        with st.popover(visit.say("ui.more_choices")):
            regions = pickers.group(visit)
            others = switch(visit, "others", label=visit.say("ui.others"), default=True)
            synthetic = pickers.synthetic(visit, resets=compare_periods.pinned)
            level = certainty.level_of(visit)
            ranks = pick(
                visit,
                "ranks",
                _KINDS,
                label=visit.say("compare.ranks"),
                shown=lambda kind: visit.say(f"compare.kinds.{kind}"),
                kind="radio",
            )
    with when:
        periods = compare_periods.chosen(visit, indicators, synthetic=synthetic)
    with against:
        benchmark = _benchmark(visit, indicators, periods, synthetic=synthetic)
    shown = catalogue().region_codes if others else regions
    return Compared(visit, indicators, regions, shown, benchmark, periods, level, ranks, synthetic)


def _indicators(visit: Visit) -> tuple[str, ...]:
    """Those with real figures first, then synthetic ones only, then none."""
    known = catalogue().measured
    status = only_synthetic(visit.store, visit.as_of)
    ids = sorted(known, key=lambda one: (one not in status, status.get(one, False), not known[one].headline))
    return pick_several(
        visit,
        "indicators",
        ids,
        label=visit.say("compare.indicators"),
        shown=lambda one: known[one].title.in_language(visit.language),
        default=(_FIRST,),
        resets=partial(compare_periods.of_the_indicators, visit),
    )


def _benchmark(visit: Visit, indicators: Sequence[str], periods: Sequence[str | None], *, synthetic: bool) -> str:
    """Riket, a group's mean with and without weights, another region, the region's own earlier period."""
    groups = [text for key in catalogue().groups for text in (f"group:{key}", f"group:{key}:unweighted")]
    regions = [f"region:{code}" for code in catalogue().region_codes]
    latest = max((period for period in periods if period), key=lambda key: period_of(key).recency, default="")
    key = view_key(visit, "earlier", tuple(indicators), latest, str(synthetic))
    earlier = kept(key, partial(_earlier, visit, indicators, latest, synthetic=synthetic)) if latest else []
    known = [RIKET, *groups, *regions, *(f"period:{key}" for key in earlier), TARGET]

    def shown(benchmark: str) -> str:
        return capital(benchmark_name(benchmark, visit.language))

    return pick(visit, "benchmark", known, label=visit.say("compare.benchmark"), shown=shown)


def _earlier(visit: Visit, indicators: Sequence[str], compared: str, *, synthetic: bool) -> list[str]:
    """The periods before the compared one, of its kind; and those only a predecessor can have, with figures here or
    not: such a comparison is refused with its reason, another question."""
    known = catalogue().indicators
    replaced = [known[one].predecessor for one in indicators]
    own = [periods_of(visit, one, synthetic=synthetic) for one in indicators]
    before = [periods_of(visit, one.id, synthetic=synthetic) for one in replaced if one and one.id in known]
    keys = [key for each in (*own, *before) for key in each]
    first = [each[-1] for each, one in zip(own, replaced, strict=True) if one and each]
    keys += [str(int(key) - 1) for key in first if period_of(key).kind == "year"]
    latest = period_of(compared)
    earlier = [one for one in {period_of(key) for key in keys} if one.kind == latest.kind and one.end < latest.end]
    return [one.key for one in sorted(earlier, key=lambda one: one.recency, reverse=True)]
