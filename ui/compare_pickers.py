"""What a reader can choose on the compare page: what, whom, against what, when, how sure."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from analysis import periods_available
from analysis.sentences import benchmark_name
from charts.judgement_words import capital
from indicators import catalogue, period_label, period_of
from ui import certainty, pickers
from ui.address import pick, pick_several, switch
from ui.cache import kept
from ui.compare import Compared
from ui.figures import view_key
from ui.frame import Frame

_FIRST: Final = "trust_overall"
_LATEST: Final = "latest"
_KINDS: Final = ("marginal", "simultaneous")


def chosen(frame: Frame) -> Compared:
    """The pickers, in the order a reader asks: what, whom, against what, when, how sure."""
    indicators = _indicators(frame)
    left, right = st.columns([3, 2])
    with left:
        regions = pickers.group(frame)
    with right:
        period = _period(frame, indicators)
    with left:
        benchmark = _benchmark(frame, indicators, period)
    with right:
        level = certainty.level_of(frame)
        ranks = pick(
            frame,
            "ranks",
            _KINDS,
            label=frame.say("compare.ranks"),
            shown=lambda kind: frame.say(f"compare.kinds.{kind}"),
            kind="radio",
        )
    with left:
        others = switch(frame, "others", label=frame.say("ui.others"), default=True)
        synthetic = pickers.synthetic(frame)
    shown = catalogue().region_codes if others else regions
    return Compared(frame, indicators, regions, shown, benchmark, period, level, ranks, synthetic)


def _indicators(frame: Frame) -> tuple[str, ...]:
    """Those with real figures first, then synthetic ones only, then none."""
    known = catalogue().indicators
    status = {row["indicator"]: row["synthetic"] for row in pickers.status_rows(frame)}
    ids = sorted(known, key=lambda one: (one not in status, status.get(one, False), not known[one].headline))
    return pick_several(
        frame,
        "indicators",
        ids,
        label=frame.say("compare.indicators"),
        shown=lambda one: known[one].title.in_language(frame.language),
        default=(_FIRST,),
    )


def _periods(frame: Frame, indicators: Sequence[str]) -> list[str]:
    """Every period any of the indicators has, latest first."""
    found = {period for one in indicators for period in periods_available(frame.store, one)}
    return [period.key for period in sorted(found, key=lambda period: period.recency, reverse=True)]


def _period(frame: Frame, indicators: Sequence[str]) -> str | None:
    keys = kept(view_key(frame, "periods", tuple(indicators)), partial(_periods, frame, indicators))

    def shown(key: str) -> str:
        return frame.say("compare.latest") if key == _LATEST else period_label(key, frame.language)

    found = pick(frame, "period", [_LATEST, *keys], label=frame.say("ui.period"), shown=shown)
    return None if found == _LATEST else found


def _benchmark(frame: Frame, indicators: Sequence[str], period: str | None) -> str:
    """Riket, a group's mean with and without weights, another region, the region's own earlier period."""
    groups = [text for key in catalogue().groups for text in (f"group:{key}", f"group:{key}:unweighted")]
    regions = [f"region:{code}" for code in catalogue().region_codes]
    earlier = kept(
        view_key(frame, "earlier", tuple(indicators), period or ""), partial(_earlier, frame, indicators, period)
    )
    known = ["riket", *groups, *regions, *(f"period:{key}" for key in earlier)]

    def shown(benchmark: str) -> str:
        return capital(benchmark_name(benchmark, frame.language))

    return pick(frame, "benchmark", known, label=frame.say("compare.benchmark"), shown=shown)


def _earlier(frame: Frame, indicators: Sequence[str], period: str | None) -> list[str]:
    """The periods before the compared one, of its kind; and those only a predecessor can have, with figures here or
    not: such a comparison is refused with its reason, another question."""
    known = catalogue().indicators
    replaced = [known[one].predecessor for one in indicators]
    keys = _periods(frame, indicators)
    own = [_periods(frame, [one]) for one, before in zip(indicators, replaced, strict=True) if before]
    latest = period_of(period or keys[0]) if keys else None
    keys += _periods(frame, [before.id for before in replaced if before and before.id in known])
    keys += [str(int(each[-1]) - 1) for each in own if each and period_of(each[-1]).kind == "year"]
    found = {period_of(key) for key in keys}
    earlier = [one for one in found if latest and one.kind == latest.kind and one.end < latest.end]
    return [one.key for one in sorted(earlier, key=lambda one: one.recency, reverse=True)]
