"""The finding about e-services and the strips of its regions, from a store of counted units."""

from collections.abc import Sequence

import pytest

from analysis.supply import MinimumRule, compared_shares, shares, standing, supply_periods
from models import Store
from tests.analysis.supply_data import NO, UNKNOWN, YES, offers, register, supply, unit
from views.parts import Reader
from views.supply import Reached, reached

FIVE = ("renew_prescription", "contact_me", "send_message", "self_referral", "request_certificate")
NB = "\N{NO-BREAK SPACE}"


def served(store: Store, **reaching: Sequence[str]) -> None:
    """Per region (`r25`) one unit for each status, which all its services have."""
    units, rows = [], []
    for name, statuses in reaching.items():
        region = name.removeprefix("r")
        for number, status in enumerate(statuses):
            units.append(unit(f"{region}-{number}", region=region))
            rows += offers(f"{region}-{number}", dict.fromkeys(FIVE, status), region=region)
    register(store, *units)
    supply(store, rows)


def view_of(store: Store, chosen: Sequence[str], language: str = "sv") -> Reached:
    (period,) = supply_periods(store)
    rule = MinimumRule()
    whole = shares(standing(store, period, rule), ()).row(0, named=True)
    comparison = compared_shares(store, period, rule)
    regions = comparison.rows.height - 1
    return reached(Reader(language, store), comparison, whole, regions, chosen, lambda code: f"supply?region={code}")


@pytest.mark.parametrize(
    ("language", "headline", "counted"),
    [
        (
            "sv",
            "Andel vårdenheter som når miniminivån för e-tjänster januari 2024: Norrbotten under alla räknade enheter "
            "tillsammans, Västerbotten över",
            "30 av 60 räknade enheter når nivån (2 regioner har uppgifter). För 1 är det okänt.",
        ),
        (
            "en",
            "Share of care units at the minimum level of e-services January 2024: Norrbotten below all counted units "
            "together, Västerbotten above",
            "30 of 60 counted units reach the level (2 regions have data). For 1 it is unknown.",
        ),
    ],
)
def test_the_finding_counts_every_unit_and_names_the_furthest_region(
    store: Store, language: str, headline: str, counted: str
) -> None:
    served(store, r25=[YES] * 10 + [NO] * 30 + [UNKNOWN], r24=[YES] * 20)
    found = view_of(store, ["25", "24"], language)
    assert (found.headline, found.lead[0]) == (headline, counted)
    assert len(found.lead) == 2
    assert found.lead[1].startswith("Västerbotten")  # 50 from all units, Norrbotten 25


def test_a_region_leads_to_its_units_and_all_units_have_a_short_name(store: Store) -> None:
    served(store, r25=[YES] * 10 + [NO] * 30, r24=[YES] * 40)
    found = view_of(store, ["25"])
    assert [(one.name, one.cell.value, one.cell.address, one.chosen) for one in found.strips] == [
        ("Västerbotten", "100,0", "supply?region=24", False),
        ("Alla enheter", "62,5", "", False),
        ("Norrbotten", "25,0", "supply?region=25", True),
    ]
    assert found.scale.benchmark == f"Alla enheter 62,5{NB}%"


def test_one_region_alone_is_said_to_be_alone(store: Store) -> None:
    served(store, r25=[YES, NO])
    found = view_of(store, ["25"])
    assert found.lead == ("1 av 2 räknade enheter når nivån (en region har uppgifter).",)
    assert found.headline.endswith("kan inte bedömas för de valda regionerna")
