"""What an interval rests on where no file says how many answered, and how sure Riket's own figure is."""

import math
from datetime import date
from typing import Any

import polars as pl
import pytest

from access import LOCAL_CLI
from analysis import compare_regions
from analysis.bases import base_of, wave_behind
from analysis.figures import figures_of
from entries.statements import enter_base
from indicators import catalogue
from models import Store
from tests.publishing import publish

REGIONS = catalogue().region_codes
TRUST = catalogue().indicators["trust_overall"]
Z = 1.959963984540054


def trust(region: str, value: float = 60.0, period: str = "2025", **more: Any) -> dict[str, Any]:
    return {"indicator": "trust_overall", "region": region, "period": period, "value": value, **more}


def figure(store: Store, code: str = "25", period: str = "2025", sex: str = "T", **ask: Any) -> dict[str, Any]:
    found = figures_of(store, TRUST, **ask).filter(code=code, period=period, sex=sex)
    return found.row(0, named=True)


def typed(subject: str = "barometer", region: str = "", sex: str = "T", answers: int = 400) -> dict[str, Any]:
    told = {"subject": subject, "period": "2025", "region": region, "sex": sex, "answers": answers}
    return {**told, "source": f"{subject} {region} {sex}"}


@pytest.mark.parametrize(
    ("period", "sex", "assumed"),
    [
        ("2023", "T", 1000.0),
        ("2023", "K", 500.0),  # half of the total's
        ("2023", "M", 500.0),
        ("2025", "T", 1000.0),  # 2023's, carried on
        ("2026", "K", 500.0),
        ("2025-H1", "T", None),  # a kind of measurement the survey has never made
        ("2025-06", "T", None),
        ("2014", "T", None),  # before the survey existed
    ],
)
def test_a_wave_takes_its_own_assumption_or_the_surveys_latest(
    store: Store, period: str, sex: str, assumed: float | None
) -> None:
    publish(store, [trust("25", period=period, sex=sex)])
    row = figure(store, period=period, sex=sex)
    known = assumed is not None
    assert (row["assumed_base"], row["evidence"], row["flags"]) == (
        assumed,
        "assumed" if known else "none",
        "a" if known else "",
    )
    assert row["n_eff"] == (None if assumed is None else pytest.approx(assumed / 1.2))


def test_an_assumption_carried_on_is_named(store: Store) -> None:
    wave = wave_behind(store, TRUST, "2025")
    assert wave is not None
    assert (wave.carried_from, wave.assumed_base, wave.national_answers, wave.comparability) == (
        "2023",
        1000,
        None,
        None,
    )
    assert wave.reason.sv.startswith("Antagandet för 2023 används")
    assert wave.reason.en.startswith("The assumption for 2023 is used")
    described = wave_behind(store, TRUST, "2023")
    assert described is not None
    assert described.carried_from == ""
    # An index has no assumption to carry on.
    assert wave_behind(store, catalogue().indicators["nki_phone"], "2025") is None


WAVE = catalogue().wave(TRUST, "2025")


@pytest.mark.parametrize(
    ("stated", "code", "sex", "expected"),
    [
        ([], "25", "T", (1000.0, None, "wave", "")),
        ([typed()], "25", "T", (400.0, None, "typed_wider", "barometer  T")),
        ([typed()], "25", "K", (200.0, None, "typed_wider", "barometer  T")),
        ([typed(region="25")], "25", "T", (None, 400.0, "typed", "barometer 25 T")),
        ([typed(region="25")], "25", "M", (200.0, None, "typed_wider", "barometer 25 T")),
        ([typed(region="25")], "24", "T", (1000.0, None, "wave", "")),
        ([typed(region="25", sex="K", answers=190)], "25", "K", (None, 190.0, "typed", "barometer 25 K")),
        # The region before the wave, the indicator before its survey.
        ([typed(answers=900), typed(region="25")], "25", "T", (None, 400.0, "typed", "barometer 25 T")),
        ([typed(answers=900), typed("trust_overall")], "25", "T", (400.0, None, "typed_wider", "trust_overall  T")),
        ([typed("trust_overall", answers=9), typed(region="25")], "25", "T", (None, 400.0, "typed", "barometer 25 T")),
        ([typed()], "00", "T", (None, None, "", "")),  # Riket's is made of the regions'
    ],
)
def test_what_is_stated_nearest_counts(
    stated: list[dict[str, Any]], code: str, sex: str, expected: tuple[Any, ...]
) -> None:
    assert tuple(base_of(stated, TRUST, WAVE, "2025", code, sex)) == expected


def test_a_published_number_of_answers_replaces_the_assumption(store: Store) -> None:
    publish(store, [trust("25", base_n=700)])
    row = figure(store)
    assert (row["evidence"], row["base_n"], row["assumed_base"], row["base_origin"]) == ("computed", 700, None, "")


def test_rikets_interval_is_made_of_the_regions_like_a_plain_twin(store: Store) -> None:
    rows = [trust(code, 55.0 + place, base_n=500 + place if place < 20 else None) for place, code in enumerate(REGIONS)]
    publish(store, [trust("00", 64.0, base_n=48304), *rows])
    people = {code: catalogue().regions[code].population_at(2025) or 0 for code in REGIONS}
    spread = 0.0
    for code in REGIONS:
        row = figure(store, code)
        spread += (people[code] / sum(people.values())) ** 2 * ((row["ci_high"] - row["ci_low"]) / (2 * Z)) ** 2
    nation, error = figure(store, "00"), math.sqrt(spread)
    assert [nation["ci_low"], nation["ci_high"]] == pytest.approx(
        [64 - Z * math.sqrt(spread), 64 + Z * math.sqrt(spread)]
    )
    # Its evidence is the weakest of the 21, and the number of answers is printed, not used.
    assert (nation["evidence"], nation["flags"], nation["base_n"]) == ("assumed", "a", 48304)
    at998 = compare_regions(store, "trust_overall").rows.filter(code="00").select("low998", "high998").row(0)
    assert at998 == pytest.approx([64 - 3.090232306 * error, 64 + 3.090232306 * error])


@pytest.mark.parametrize(
    ("why", "nation", "regions", "evidence"),
    [
        ("all 21 assumed", {}, {}, "assumed"),
        ("all 21 computed", {}, {"base_n": 900}, "computed"),
        ("a published interval stays", {"ci_low": 59.0, "ci_high": 61.0}, {}, "published"),
        ("a region is lacking", {}, {"25": None}, "none"),
        ("one is hidden, and must not be told by the nation's", {}, {"25": {"base_n": 4}}, "none"),
    ],
)
def test_rikets_evidence(
    store: Store, why: str, nation: dict[str, Any], regions: dict[str, Any], evidence: str
) -> None:
    shared = {name: value for name, value in regions.items() if name not in REGIONS}
    rows = [
        trust(code, **shared, **(regions.get(code) or {})) for code in REGIONS if code not in regions or regions[code]
    ]
    publish(store, [trust("00", **nation), *rows])
    row = figure(store, "00")
    assert row["evidence"] == evidence, why
    assert (row["ci_low"] is None) == (evidence == "none")
    assert row["flags"] == ("a" if evidence == "assumed" else ""), why


def test_example_regions_say_nothing_of_a_real_riket(store: Store) -> None:
    publish(store, [trust(code) for code in REGIONS], synthetic=True)
    publish(store, [trust("00")])
    assert figure(store, "00")["evidence"] == "none"


def test_a_complete_count_is_known_by_its_own_numbers(store: Store) -> None:
    calls = {"indicator": "calls_share_answered", "period": "2025-01", "value": 50.0, "denominator": 400}
    publish(store, [{**calls, "region": code} for code in ("00", *REGIONS)])
    rows = compare_regions(store, "calls_share_answered").rows.filter(pl.col("code").is_in(["00", "25"]))
    assert rows.select("evidence", "n_eff", "base_origin").unique().rows() == [("computed", 400.0, "")]


def test_an_earlier_day_knows_the_same_assumption_and_nothing_that_was_entered_later(store: Store) -> None:
    publish(store, [trust("25")], day="2026-03-01")
    before = figure(store)
    enter_base(store, LOCAL_CLI, subject="barometer", period="2025", answers=400, source="SKR")
    rows = [before, figure(store, as_of=date(2026, 3, 2)), figure(store)]
    assert [[row[name] for name in ("assumed_base", "n_eff", "design_effect")] for row in rows] == [
        [1000, pytest.approx(1000 / 1.2), 1.2],
        [1000, pytest.approx(1000 / 1.2), 1.2],
        [400, pytest.approx(400 / 1.2), 1.2],
    ]
