"""What a reader can choose on an area page: indicator, sex, period, and whom to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from analysis import catalogue_status, only_synthetic, periods_available, sexes_available
from analysis.groups import audited_regions, groups_in_force
from indicators import Indicator, catalogue, period_label, period_of
from ui import against, certainty
from ui.address import Followers, carry, nothing, pick, pick_several, switch
from ui.cache import kept, view_key
from ui.visit import Visit

_OWN: Final = "own"


@dataclass(frozen=True)
class Choice:
    """A view. `chosen`: region codes that stand out; `regions`: codes shown in the comparison, None for all 21;
    `benchmark` as analysis.chosen_benchmark reads it; `level` 95 or 99.8; `pinned`: the region that is highlighted, ""
    for none, which is always one of the chosen."""

    indicator: Indicator
    sex: str
    period: str | None
    chosen: tuple[str, ...]
    regions: tuple[str, ...] | None
    benchmark: str = against.RIKET
    level: float = 95
    pinned: str = ""

    @property
    def kind(self) -> str | None:
        """The kind of period the trend shows: the chosen period's own."""
        return period_of(self.period).kind if self.period else None


def figures(
    visit: Visit,
    areas: Sequence[str],
    *,
    first: str = "",
    only: Sequence[str] = (),
    nation: bool = True,
    include_synthetic: bool = True,
) -> Choice:
    """The pickers of an area page, for the row they stand in, in the order a reader asks: what, when, whom, against
    what. `first` is the indicator a reader meets where the address names none; `only`: ids of the page's own
    indicators, in their order, where it does not have an area's all. Without `nation`, a period without a figure of
    Riket is by default compared with the default group's mean."""
    indicator = indicator_of(visit, areas, first, only)
    sex, period = when(visit, indicator, include_synthetic=include_synthetic)
    chosen, pinned = group(visit), pinned_of(visit)
    chosen = chosen if not pinned or pinned in chosen else (pinned, *chosen)
    usual = against.RIKET if nation else against.where_nation_is_unknown(visit, indicator, sex, period)
    with st.popover(visit.say("ui.more_choices")):
        others = switch(visit, "others", label=visit.say("ui.others"), default=True)
        benchmark = against.benchmark(visit, indicator, sex, period, usual, include_synthetic=include_synthetic)
        level = certainty.level_of(visit)
    return Choice(indicator, sex, period, chosen, None if others else chosen, benchmark, level, pinned)


def pinned_of(visit: Visit) -> str:
    """The region that the address highlights (`?region=25`), "" for none; pin asks for another."""
    carry(visit, "region", catalogue().region_codes)
    return visit.choices.get("region", "")


def pin(visit: Visit) -> None:
    """Which region is highlighted; a region outside the group comes into it."""
    known = catalogue().regions
    codes = catalogue().codes_by_name
    label, none = visit.say("area.pin"), visit.say("area.pin_none")
    pick(visit, "region", ["", *codes], label=label, shown=lambda code: known[code].short_name if code else none)


def when(visit: Visit, indicator: Indicator, *, include_synthetic: bool = True) -> tuple[str, str | None]:
    """The sex, where the figures are divided, and the period; None where nothing is published."""
    found = sexes_available(visit.store, indicator.id, as_of=visit.as_of, include_synthetic=include_synthetic)
    sexes = found or ["T"]
    sex = _sex(visit, sexes) if len(sexes) > 1 else sexes[0]
    return sex, _period(visit, indicator, sex, include_synthetic)


def synthetic(visit: Visit, resets: Followers = nothing) -> bool:
    """Whether synthetic figures may stand among the headlines; no, unless the reader says so."""
    return switch(visit, "synthetic", label=visit.say("ui.with_synthetic"), resets=resets)


def more(visit: Visit) -> tuple[float, bool]:
    """The rarer choices of a page with many measures: the level, and whether synthetic figures take part."""
    with st.popover(visit.say("ui.more_choices")):
        return certainty.level_of(visit), synthetic(visit)


def of_the_figures() -> Sequence[str]:
    """What in the address belongs to the figures there are, with or without example data."""
    return ("period", "sex", *against.of_a_period())


def only_made_up(visit: Visit, indicator: Indicator, *, include_synthetic: bool) -> bool:
    """Whether an indicator has nothing but example data, which the reader has not asked for; says so."""
    made_up = not include_synthetic and only_synthetic(visit.store, visit.as_of).get(indicator.id, False)
    if made_up:
        st.info(visit.say("ui.asked_synthetic"))
    return made_up


def indicator_of(visit: Visit, areas: Sequence[str], first: str = "", only: Sequence[str] = ()) -> Indicator:
    """One indicator of the areas, or of the ids `only`: real figures before synthetic ones before none, `first` and
    headlines leading (of `only`: in their order)."""
    known = catalogue().measured
    status = only_synthetic(visit.store, visit.as_of)
    ordered = sorted(
        (each for each in known.values() if (each.id in only if only else each.area in areas)),
        key=lambda each: (
            each.id not in status,
            status.get(each.id, False),
            each.id != first,
            *((only.index(each.id),) if only else (not each.headline, areas.index(each.area))),
        ),
    )

    def shown(indicator_id: str) -> str:
        title = known[indicator_id].title.in_language(visit.language)
        if indicator_id not in status:
            return visit.say("ui.without_figures", title=title)
        return visit.say("ui.only_synthetic", title=title) if status[indicator_id] else title

    ids = [each.id for each in ordered]

    chosen = pick(visit, "indicator", ids, label=visit.say("ui.indicator"), shown=shown, resets=of_the_figures)
    visit.indicators.add(chosen)
    return known[chosen]


def status_rows(visit: Visit) -> list[dict[str, Any]]:
    """catalogue_status as records, asked once per data version."""
    return kept(view_key(visit, "catalogue_status"), lambda: catalogue_status(visit.store, visit.as_of).to_dicts())


def _sex(visit: Visit, sexes: Sequence[str]) -> str:
    label = visit.say("ui.sex")
    return pick(visit, "sex", sexes, label=label, shown=lambda sex: visit.say(f"sexes.{sex}"), kind="radio")


def _period(visit: Visit, indicator: Indicator, sex: str, include_synthetic: bool) -> str | None:
    found = periods_available(
        visit.store, indicator.id, sex=sex, as_of=visit.as_of, include_synthetic=include_synthetic
    )
    keys = [period.key for period in found]
    if not keys:
        return None
    return pick(
        visit,
        "period",
        keys,
        label=visit.say("ui.period"),
        shown=lambda key: period_label(key, visit.language),
        resets=against.of_a_period,
    )


def group(visit: Visit) -> tuple[str, ...]:
    """The regions that stand out: a group's, or the reader's own choice. What a group rests on is said once, under
    the page (ui/remarks.py)."""
    groups = groups_in_force(visit.store, visit.as_of)
    ids = [each.id for each in sorted(groups.values(), key=lambda each: not each.default)]

    def shown(key: str) -> str:
        return visit.say("ui.own_choice") if key == _OWN else groups[key].title.in_language(visit.language)

    label = visit.say("ui.group")
    chosen = pick(visit, "group", [*ids, _OWN], label=label, shown=shown, remember=True)
    return _own(visit) if chosen == _OWN else groups[chosen].regions


def _own(visit: Visit) -> tuple[str, ...]:
    regions = catalogue().regions
    codes = catalogue().codes_by_name
    return pick_several(
        visit,
        "regions",
        codes,
        label=visit.say("ui.regions"),
        shown=lambda code: regions[code].short_name,
        default=audited_regions(visit.store, visit.as_of),
    )
