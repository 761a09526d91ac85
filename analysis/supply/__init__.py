"""Which care units offer which e-services, and how many reach the minimum level (methods §5, domain §5).

A unit's status for a service and period is offered, not_offered, not_applicable or unknown. The services of a region in
a period (its universe) are the catalogued ones with at least one row there; a unit of the register without a row for
one of them is unknown. A service nobody knows (id `?…`) is shown apart and never counted towards a rule.

A unit counts in a period when its newest register row begun by the period's last day has not ended before that day;
branches and service points count only where the reader includes their kind.
"""

from analysis.supply.change import MOVES, change_between, moved_units
from analysis.supply.comparing import SHARE_INDICATOR, compared_shares, is_usual
from analysis.supply.gaps import gaps, gaps_by_service, if_closed
from analysis.supply.matrix import (
    not_reported,
    offers,
    reported_services,
    units_without_register,
    unmapped_services,
)
from analysis.supply.over_time import share_over_time
from analysis.supply.periods import supply_period, supply_periods, supply_regions
from analysis.supply.rules import MinimumRule, minimum_rule
from analysis.supply.shares import shares
from analysis.supply.standing import COUNTED_KINDS, chosen_kinds, standing
from analysis.supply.within import Part, Spread, funnel_of_units, municipality_spread, unit_funnel

__all__ = [
    "COUNTED_KINDS", "MOVES", "SHARE_INDICATOR", "MinimumRule", "Part", "Spread", "change_between", "chosen_kinds",
    "compared_shares", "funnel_of_units", "gaps", "gaps_by_service", "if_closed", "is_usual", "minimum_rule",
    "moved_units", "municipality_spread", "not_reported", "offers", "reported_services", "share_over_time",
    "shares", "standing", "supply_period", "supply_periods", "supply_regions", "unit_funnel",
    "units_without_register", "unmapped_services",
]  # fmt: skip
