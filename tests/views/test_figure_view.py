"""Så räknades det: every printed number of a judgement, done again on paper (plain Python, no code of ours)."""

import math
import re
from statistics import NormalDist
from typing import Any

import pytest

from analysis import figure_asked
from indicators import catalogue
from models import Store
from tests.analysis.test_targets import decide
from tests.publishing import publish
from views.figure import Figure, figure
from views.parts import Reader

Z = {"95": NormalDist().inv_cdf(0.975), "99,8": NormalDist().inv_cdf(0.999)}
ASKED = {"indicator": "trust_overall", "region": "25", "period": "2023"}
DEFF = 1.2
OWN = (49.9, 1200)  # Norrbotten's value and base
OTHERS = (62.5, 900)


def people(code: str) -> float:
    counted = catalogue().regions[code].population
    return float(counted[max(year for year in counted if year <= 2023)])


def rows_of_the_country(**own: Any) -> list[dict[str, Any]]:
    rows = [
        {**ASKED, "region": code, "value": OTHERS[0], "base_n": OTHERS[1]}
        for code in catalogue().region_codes
        if code != "25"
    ]
    return [*rows, {**ASKED, "value": OWN[0], "base_n": OWN[1], **own}, {**ASKED, "region": "00", "value": 60.9}]


def view_of(store: Store, benchmark: str = "riket", level: float = 95, **other: str) -> Figure:
    found = figure(Reader("sv", store), figure_asked(**{**ASKED, **other}), benchmark, level)
    assert found is not None
    return found


def numbers(view: Figure, what: str) -> list[float]:
    """The printed numbers of a step."""
    gives = next(one.gives for one in view.steps if one.what == what)
    return [
        float(one.replace("−", "-").replace("\N{NO-BREAK SPACE}", "").replace(",", "."))
        for one in gives.split(" till ")
    ]


def wilson(value: float, base: float, level: str) -> tuple[float, float]:
    p, n, z = value / 100, base / DEFF, Z[level]
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return 100 * (middle - half) / (1 + z * z / n), 100 * (middle + half) / (1 + z * z / n)


def variance(value: float, base: float) -> float:
    low, high = wilson(value, base, "95")
    return ((high - low) / (2 * Z["95"])) ** 2


def near(*expected: float) -> Any:
    return pytest.approx(list(expected), rel=6e-5)  # five significant digits


def test_riket_by_weights(store: Store) -> None:
    publish(store, rows_of_the_country())
    view = view_of(store)
    share = people("25") / sum(people(code) for code in catalogue().region_codes)
    own = (1 - share) ** 2 * variance(*OWN)
    whole = sum(people(code) for code in catalogue().region_codes)
    others = sum((people(code) / whole) ** 2 * variance(*OTHERS) for code in catalogue().region_codes if code != "25")
    assert numbers(view, "Antal svar n") == [1200]
    assert numbers(view, "Effektivt antal n′") == [1000]
    for level in Z:
        assert numbers(view, f"Intervall, {level}\N{NO-BREAK SPACE}%") == near(*wilson(*OWN, level))
    assert numbers(view, "Varians v") == near(variance(*OWN))
    assert numbers(view, "Att jämföra med") == [60.9]
    assert numbers(view, "Regionens vikt W") == near(share)
    assert numbers(view, "Regionens del av variansen") == near(own)
    assert numbers(view, "De andras del av variansen") == near(others)
    assert numbers(view, "Skillnadens varians Var(d)") == near(own + others)
    assert numbers(view, "Skillnad d") == near(-11)
    for level, z in Z.items():
        half = z * math.sqrt(own + others)
        assert numbers(view, f"Skillnadens intervall, {level}\N{NO-BREAK SPACE}%") == near(-11 - half, -11 + half)
    assert view.steps[-1].how == "hela intervallet på 99,8\N{NO-BREAK SPACE}%-nivån ligger under noll"
    assert view.steps[-1].gives == "▼ sämre"
    assert view.why == ""
    # The regions' table adds up to what the steps use.
    assert len(view.weighed) == 22
    adds = float(view.weighed[-1].cells[-1].replace(",", "."))
    assert adds == pytest.approx(others + share**2 * variance(*OWN), rel=6e-5)


@pytest.mark.parametrize(("benchmark", "given"), [("region:24", {}), ("period:2022", {"period": "2022"})])
def test_two_samples(store: Store, benchmark: str, given: dict[str, str]) -> None:
    publish(store, rows_of_the_country())
    publish(store, [{**ASKED, "period": "2022", "value": OTHERS[0], "base_n": OTHERS[1]}])
    view = view_of(store, benchmark)
    assert numbers(view, "Att jämföra med") == [OTHERS[0]]
    for level in Z:
        (low, high), (other_low, other_high) = wilson(*OWN, level), wilson(*OTHERS, level)
        assert numbers(view, f"Dess intervall, {level}\N{NO-BREAK SPACE}%") == near(other_low, other_high)
        bounds = (
            -12.6 - math.hypot(OWN[0] - low, other_high - OTHERS[0]),
            -12.6 + math.hypot(high - OWN[0], OTHERS[0] - other_low),
        )
        assert numbers(view, f"Skillnadens intervall, {level}\N{NO-BREAK SPACE}%") == near(*bounds)
    assert view.weighed == ()
    assert view.steps[-1].gives == "▼ sämre"


@pytest.mark.parametrize("target", [55.0, 51.0])
def test_against_a_target_the_own_interval_decides(store: Store, target: float) -> None:
    publish(store, rows_of_the_country())
    decide(store, target)
    view = view_of(store, "target")
    low, high = wilson(*OWN, "95")
    assert numbers(view, "Att jämföra med") == [target]
    assert numbers(view, "Skillnadens intervall, 95\N{NO-BREAK SPACE}%") == near(low - target, high - target)
    missed = high < target
    assert view.steps[-1].gives.split(" ", 1)[1] == ("når inte målet" if missed else "kan inte avgöras")


def test_a_fixed_number_where_a_region_has_no_interval(store: Store) -> None:
    call = {"indicator": "primary_care_phone_share", "period": "2017-10"}
    publish(
        store,
        [
            {**call, "region": "25", "value": 91.0, "numerator": 9100, "denominator": 10000},
            {**call, "region": "24", "value": 85.0},
            {**call, "region": "00", "value": 90.0},
        ],
    )
    view = view_of(store, **call)
    low, high = wilson(91.0, 10000 * DEFF, "95")  # all calls were counted: no design effect
    assert numbers(view, "Antal fall n") == [10000]
    assert numbers(view, "Effektivt antal n′") == [10000]
    assert numbers(view, "Skillnadens intervall, 95\N{NO-BREAK SPACE}%") == near(low - 90.0, high - 90.0)
    assert view.notes[1:] == (
        "De andras osäkerhet är inte känd för alla, så jämförelsen görs mot ett fast tal.",
        "Räkningen gäller bara slumpen i antalet fall.",
    )


def test_the_readers_level_decides_the_word_and_the_reason_says_so(store: Store) -> None:
    publish(store, rows_of_the_country(value=57.2))
    assert view_of(store).steps[-1].gives == "▼ sämre"
    strict = view_of(store, level=99.8).steps[-1]
    assert strict.gives.endswith("ingen säker skillnad")
    assert strict.how == (
        "noll ligger i intervallet på 99,8\N{NO-BREAK SPACE}%-nivån; "
        "hela intervallet på 95\N{NO-BREAK SPACE}%-nivån ligger under noll"
    )


def test_a_hidden_figure_says_why_and_nothing_else(store: Store) -> None:
    publish(store, rows_of_the_country(base_n=7))
    view = view_of(store)
    assert view.steps == ()
    assert view.weighed == ()
    assert "dold" in view.why
    assert not re.search(r"49,9", repr(view))
    # Nor does it stand among the others' working.
    assert "49,9" not in repr(view_of(store, region="24"))


def test_rikets_interval_is_made_of_the_regions(store: Store) -> None:
    publish(store, rows_of_the_country())
    view = view_of(store, region="00")
    whole = sum(people(code) for code in catalogue().region_codes)
    spread = sum(
        (people(code) / whole) ** 2 * variance(*(OWN if code == "25" else OTHERS)) for code in catalogue().region_codes
    )
    assert numbers(view, "Rikets varians") == near(spread)
    half = Z["95"] * math.sqrt(spread)
    assert numbers(view, "Intervall, 95\N{NO-BREAK SPACE}%") == near(60.9 - half, 60.9 + half)
    assert (view.verdict, view.lead) == (None, "")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_where_the_source_has_the_interval(store: Store, language: str) -> None:
    publish(store, rows_of_the_country(ci_low=47.0, ci_high=53.0, base_n=None))
    found = figure(Reader(language, store), figure_asked(**ASKED), "riket", 95)
    assert found is not None
    steps = {one.name: one for one in found.steps}
    assert "n_eff" not in steps
    assert steps["variance"].values == pytest.approx((((53.0 - 47.0) / (2 * Z["95"])) ** 2,))


def test_a_real_figure_is_judged_among_real_ones(store: Store) -> None:
    rows = rows_of_the_country()
    publish(store, rows[:20], synthetic=True)
    publish(store, rows[20:])
    assert [one.code for one in view_of(store).weighed] == ["25", ""]
    assert len(view_of(store, region="24").weighed) == 22
