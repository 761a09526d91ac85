"""A region against riket over the surveys: what each wave's own table says, counted and averaged (methods §9)."""

from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.stats import chi2

from analysis import compare_regions, periods_available
from analysis.over_waves import OverWaves, over_waves
from indicators import catalogue
from models import Store
from tests.publishing import publish
from wording.over_waves import over_waves_in_words


def judged_years(store: Store, indicator: str) -> list[str]:
    """The yearly waves whose own table judges Norrbotten, earliest first."""
    return [
        period.key
        for period in reversed(periods_available(store, indicator))
        if compare_regions(store, indicator, period.key).rows.filter(code="25")["judgement"][0] != "not_assessable"
    ]


def found(store: Store, indicator: str, region: str = "25", **asked: Any) -> OverWaves:
    (one,) = over_waves(store, catalogue().indicators[indicator], [region], **asked)
    return one


@pytest.mark.parametrize("level", [95, 99.8])
@pytest.mark.parametrize("indicator", ["trust_overall", "trust_primary_care", "wait_primary_reasonable"])
def test_each_wave_is_judged_as_its_own_table_judges_it(sample_store: Store, indicator: str, level: float) -> None:
    years = judged_years(sample_store, indicator)
    tables = [compare_regions(sample_store, indicator, year, level=level).rows.filter(code="25") for year in years]
    rows = [table.row(0, named=True) for table in tables]
    told = found(sample_store, indicator, level=level)
    assert (list(told.periods), told.judged) == (years, len(years))
    assert list(told.words) == [row["judgement"] for row in rows]
    assert told.below == sum(row["difference"] < 0 for row in rows)
    d = np.array([row["difference"] for row in rows])
    v = np.array([((row["diff_high"] - row["diff_low"]) / (2 * 1.959963984540054)) ** 2 for row in rows])
    q = (((d - np.average(d, weights=1 / v)) ** 2) / v).sum()
    tau2 = max(0.0, (q - len(d) + 1) / ((1 / v).sum() - (1 / v**2).sum() / (1 / v).sum()))
    assert told.mean.p == pytest.approx(chi2.sf(q, len(d) - 1))
    assert told.mean.random == (chi2.sf(q, len(d) - 1) < 0.05)
    weight = 1 / (v + (tau2 if told.mean.random else 0))
    middle, half = np.average(d, weights=weight), 1.959963984540054 / np.sqrt(weight.sum())
    assert told.mean[:3] == pytest.approx((middle, middle - half, middle + half))


def test_waves_compared_with_care_are_counted_and_left_out_in_a_second_line(sample_store: Store) -> None:
    told = found(sample_store, "trust_overall")
    careful = tuple(wave.period for wave in catalogue().waves if wave.survey == "barometer" and wave.comparability)
    assert told.disturbed == careful
    assert told.without is not None
    assert set(told.without.periods) == set(told.periods) - set(careful)
    said = over_waves_in_words(told)
    assert said.startswith("Sämre än riket i 9 av 9 mätningar 2016–2025. I genomsnitt ")  # 2024 is kept out by a remark
    rest = 9 - len(careful)
    assert f"som jämförs med försiktighet: Sämre än riket i {rest} av {rest} mätningar." in said
    assert "säkert eller inte" not in said  # all are certain


def test_the_sign_alone_is_worded_as_a_sign(sample_store: Store) -> None:
    told = over_waves_in_words(found(sample_store, "trust_primary_care"))
    assert "Sämre än riket i 6 av 10 mätningar 2016–2025. Under riket, säkert eller inte, i 10 av 10." in told
    english = over_waves_in_words(found(sample_store, "eservices_1177_positive"), "en")
    assert english.startswith("Worse than Riket in 1 of 6 surveys 2020–2025. Below Riket, certain or not, in 3 of 6.")
    unmarked = over_waves_in_words(found(sample_store, "eservices_1177_positive", level=99.8))
    assert unmarked.startswith("Ingen säker skillnad mot riket i någon av 6 mätningar 2020–2025.")


def test_only_judged_waves_are_counted(store: Store) -> None:
    """A wave where the region has no value, or nobody has an interval, is in neither k nor K."""
    trust: dict[str, Any] = {"indicator": "trust_overall"}
    rows = []
    for year, own in (("2016", 50.0), ("2017", None), ("2018", 51.0), ("2019", 60.0)):
        rows += [{**trust, "region": code, "period": year, "value": 60.0} for code in catalogue().region_codes[:-1]]
        rows += [{**trust, "region": "25", "period": year, "value": own, "reason": "" if own else "missing"}]
        rows += [{**trust, "region": "00", "period": year, "value": 60.0}]
    publish(store, rows)
    told = found(store, "trust_overall")
    assert (told.periods, told.words) == (("2016", "2018", "2019"), ("worse", "worse", "similar"))
    assert over_waves_in_words(told).startswith("Sämre än riket i 2 av 3 mätningar 2016–2019.")


def test_one_wave_alone_and_what_is_no_survey_are_not_told(store: Store, sample_store: Store) -> None:
    trust = {"indicator": "trust_overall", "period": "2022"}
    publish(store, [{**trust, "region": code, "value": 60.0} for code in (*catalogue().region_codes, "00")])
    assert over_waves(store, catalogue().indicators["trust_overall"], ["25"]) == []
    assert over_waves(sample_store, catalogue().indicators["calls_share_answered"], ["25"]) == []


def test_a_mean_that_stands_for_riket_is_called_what_it_is(sample_store: Store) -> None:
    said = over_waves_in_words(found(sample_store, "trust_vardcentral"))
    assert "riket" not in said
    assert said.startswith("Sämre än regionernas vägda medelvärde i 2 av 3 mätningar")


def test_a_wave_that_a_remark_keeps_out_is_in_no_count(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from analysis import over_waves as module

    def without_2019() -> pl.Expr:
        return pl.col("period") != "2019"

    monkeypatch.setattr(module, "may_be_judged", without_2019)
    module._judged_waves.cache_clear()
    assert "2019" not in found(sample_store, "trust_overall").periods
    module._judged_waves.cache_clear()
