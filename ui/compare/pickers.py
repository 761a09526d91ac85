"""What a reader can choose on the compare page: what, whom, against what, when, how sure."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from analysis import only_synthetic
from indicators import catalogue, period_of
from ui import certainty, pickers
from ui.address import pick, pick_several, switch
from ui.against import RIKET, TARGET
from ui.cache import kept, view_key
from ui.compare import periods as compare_periods
from ui.compare.periods import periods_of
from ui.compare.view import Compared
from ui.frame import Frame
from wording.judgement import capital
from wording.sentences import benchmark_name

_FIRST: Final = "trust_overall"
_KINDS: Final = ("marginal", "simultaneous")


def chosen(frame: Frame) -> Compared:
    """The pickers in one row, in the order a reader asks: what, when, against what; the rarer ones folded."""
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        indicators = _indicators(frame)
        frame.indicators.update(indicators)
        when, against = st.container(width="content"), st.container(width="content")
        with st.popover(frame.say("ui.more_choices")):
            regions = pickers.group(frame)
            others = switch(frame, "others", label=frame.say("ui.others"), default=True)
            synthetic = pickers.synthetic(frame, resets=compare_periods.pinned)
            level = certainty.level_of(frame)
            ranks = pick(
                frame,
                "ranks",
                _KINDS,
                label=frame.say("compare.ranks"),
                shown=lambda kind: frame.say(f"compare.kinds.{kind}"),
                kind="radio",
            )
    with when:
        periods = compare_periods.chosen(frame, indicators, synthetic=synthetic)
    with against:
        benchmark = _benchmark(frame, indicators, periods, synthetic=synthetic)
    shown = catalogue().region_codes if others else regions
    return Compared(frame, indicators, regions, shown, benchmark, periods, level, ranks, synthetic)


def _indicators(frame: Frame) -> tuple[str, ...]:
    """Those with real figures first, then synthetic ones only, then none."""
    known = catalogue().measured
    status = only_synthetic(frame.store, frame.as_of)
    ids = sorted(known, key=lambda one: (one not in status, status.get(one, False), not known[one].headline))
    return pick_several(
        frame,
        "indicators",
        ids,
        label=frame.say("compare.indicators"),
        shown=lambda one: known[one].title.in_language(frame.language),
        default=(_FIRST,),
        resets=partial(compare_periods.of_the_indicators, frame),
    )


def _benchmark(frame: Frame, indicators: Sequence[str], periods: Sequence[str | None], *, synthetic: bool) -> str:
    """Riket, a group's mean with and without weights, another region, the region's own earlier period."""
    groups = [text for key in catalogue().groups for text in (f"group:{key}", f"group:{key}:unweighted")]
    regions = [f"region:{code}" for code in catalogue().region_codes]
    latest = max((period for period in periods if period), key=lambda key: period_of(key).recency, default="")
    key = view_key(frame, "earlier", tuple(indicators), latest, str(synthetic))
    earlier = kept(key, partial(_earlier, frame, indicators, latest, synthetic=synthetic)) if latest else []
    known = [RIKET, *groups, *regions, *(f"period:{key}" for key in earlier), TARGET]

    def shown(benchmark: str) -> str:
        return capital(benchmark_name(benchmark, frame.language))

    return pick(frame, "benchmark", known, label=frame.say("compare.benchmark"), shown=shown)


def _earlier(frame: Frame, indicators: Sequence[str], compared: str, *, synthetic: bool) -> list[str]:
    """The periods before the compared one, of its kind; and those only a predecessor can have, with figures here or
    not: such a comparison is refused with its reason, another question."""
    known = catalogue().indicators
    replaced = [known[one].predecessor for one in indicators]
    own = [periods_of(frame, one, synthetic=synthetic) for one in indicators]
    before = [periods_of(frame, one.id, synthetic=synthetic) for one in replaced if one and one.id in known]
    keys = [key for each in (*own, *before) for key in each]
    first = [each[-1] for each, one in zip(own, replaced, strict=True) if one and each]
    keys += [str(int(key) - 1) for key in first if period_of(key).kind == "year"]
    latest = period_of(compared)
    earlier = [one for one in {period_of(key) for key in keys} if one.kind == latest.kind and one.end < latest.end]
    return [one.key for one in sorted(earlier, key=lambda one: one.recency, reverse=True)]
