"""What stands out in a region: tested statements only, and synthetic figures only when asked for."""

from datetime import date

import pytest

from analysis import UnknownChoice, compare_regions, marked_count, region_findings
from analysis.age import is_older, newest_barometer
from indicators import period_of
from models import Store


def ids(findings: object) -> list[str]:
    return [finding.comparison.indicator.id for finding in findings]  # type: ignore[attr-defined]


def test_norrbottens_latest_figures_sorted_by_what_may_be_said(sample_store: Store) -> None:
    found = region_findings(sample_store, "Norrbotten")
    assert found.region == "25"
    assert ids(found.better) == []
    assert set(ids(found.worse)) == {
        "trust_overall",
        "trust_hospital",
        "trust_primary_care",
        "access_needed_care",
        "wait_hospital_reasonable",
        "wait_primary_reasonable",
        "eservices_1177_positive",
    }
    assert ids(found.apart) == ["home_care_digital_positive"]
    assert set(ids(found.not_assessable)) == set()
    strengths = [finding.strength for finding in found.worse]
    assert strengths == sorted(strengths, reverse=True)


def test_synthetic_figures_are_no_findings_unless_asked_for(sample_store: Store) -> None:
    assert "calls_share_answered" not in ids(region_findings(sample_store, "25").all)
    assert "calls_share_answered" in ids(region_findings(sample_store, "25", include_synthetic=True).all)


def test_at_the_stricter_level_a_mark_that_holds_at_95_only_is_similar(sample_store: Store) -> None:
    usual, strict = (region_findings(sample_store, "25", level=level) for level in (95, 99.8))
    assert "home_care_digital_positive" in ids(usual.apart)
    assert "home_care_digital_positive" in ids(strict.similar)
    assert len(usual.all) == len(strict.all)


def test_changes_are_told_apart_from_no_change_and_from_not_knowing(sample_store: Store) -> None:
    found = region_findings(
        sample_store, "25", indicators=["trust_overall", "digital_care_positive", "trust_1177_phone"]
    )
    # Norrbotten's overall trust has fallen since before the audit at 99.8 %, though it has no steady trend.
    assert [changes.indicator.id for changes in found.changed] == ["trust_overall"]
    assert [changes.indicator.id for changes in found.unchanged] == ["digital_care_positive"]
    assert [changes.indicator.id for changes in found.unknown_change] == ["trust_1177_phone"]


def test_riket_is_no_region_to_have_findings(sample_store: Store) -> None:
    with pytest.raises(UnknownChoice):
        region_findings(sample_store, "Riket")


def test_marks_are_counted_among_those_that_could_be_assessed(sample_store: Store) -> None:
    phone = compare_regions(sample_store, "trust_1177_phone", "2017")
    nki = compare_regions(sample_store, "nki_phone", "2023")
    found = marked_count([phone, nki])
    assert found.assessed == 21
    assert [round(count, 2) for count in found.chance] == [0.12, 2.12]  # an assumed base
    assert found.marked == sum(row["judgement"] in ("better", "worse") for row in phone.rows.iter_rows(named=True))
    assert marked_count([compare_regions(sample_store, "trust_1177_phone", "2017", level=99.8)]).marked < found.marked


def test_what_chance_would_mark_is_a_range_where_the_base_is_assumed(sample_store: Store) -> None:
    both = [compare_regions(sample_store, one, "2023") for one in ("trust_overall", "trust_hospital")]
    assert [round(count, 1) for count in marked_count(both).chance] == [0.2, 4.2]


def test_a_figure_of_a_closed_series_is_an_older_measurement_and_in_no_other_list(sample_store: Store) -> None:
    found = region_findings(sample_store, "25")
    assert [(one.comparison.indicator.id, one.row["period"]) for one in found.older] == [
        ("trust_vardcentral", "2015"),
        ("trust_1177_phone", "2017"),
        ("npe_accessibility_primary_care", "2017"),
        ("primary_care_phone_share", "2018-12"),
    ]
    # Care at home was served wrong for 2025 and is left out.
    assert {one.comparison.indicator.id: one.row["period"] for one in found.current if one.row["period"] != "2025"} == {
        "home_care_digital_positive": "2024"
    }
    assert [one.indicator.id for one in found.older_changes] == ["primary_care_phone_share", "trust_vardcentral"]
    assert "primary_care_phone_share" not in [one.indicator.id for one in found.unchanged]
    assert found.newest == date(2025, 12, 31)


def test_what_is_older_is_measured_from_what_was_published_then(sample_store: Store) -> None:
    assert newest_barometer(sample_store) == date(2025, 12, 31)
    assert newest_barometer(sample_store, date(2000, 1, 1)) is None
    assert not is_older(period_of("1999"), None)
