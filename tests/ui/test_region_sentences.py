"""A region's standing over several measures: counted from the judgements, in both languages' grammar."""

import pytest

from tests.charts.judged_rows import assessed, comparison, row
from wording.regions import standing

NOTHING = row("20", reason="not_reported", unassessed="no_value")
UNKNOWN = row("20", value=50.0, estimate=50.0, unassessed="no_interval")
SIMILAR = assessed("20", 61.0, "similar", None, 2)
TESTED = assessed("20", 60.5, "similar", None, 2, equivalence="tested")
WORSE = assessed("20", 50.0, "worse", 99.8, 5)
WORSE_AT_95 = assessed("20", 56.0, "worse", 95.0, 4)
BETTER = assessed("20", 70.0, "better", 99.8, 1)

CASES = [
    ((WORSE, WORSE_AT_95, SIMILAR), 95, "sämre än riket på 2 av 3 bedömda mått, ingen säker skillnad på 1",
     "worse than Riket on 2 of 3 assessed measures, no certain difference on 1"),
    ((WORSE, WORSE_AT_95, SIMILAR), 99.8, "sämre än riket på 1 av 3 bedömda mått, ingen säker skillnad på 2",
     "worse than Riket on 1 of 3 assessed measures, no certain difference on 2"),
    ((BETTER, WORSE, UNKNOWN), 95, "sämre än riket på 1 av 2 bedömda mått, bättre på 1; 1 mått kan inte bedömas",
     "worse than Riket on 1 of 2 assessed measures, better on 1; 1 cannot be assessed"),
    ((BETTER, NOTHING, NOTHING), 95, "bättre än riket på det enda mått som kan bedömas; 2 saknar siffror",
     "better than Riket on the only measure that can be assessed; 2 without a figure"),
    ((UNKNOWN, UNKNOWN), 95, "inget av 2 mått kan bedömas mot riket",
     "none of 2 measures can be assessed against Riket"),
    ((SIMILAR, TESTED), 95, "ingen säker skillnad mot riket på 1 av 2 bedömda mått, likvärdig (prövad) på 1",
     "no certain difference from Riket on 1 of 2 assessed measures, equivalent (tested) on 1"),
    ((NOTHING,), 95, "inga siffror", "no figures"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "level", "swedish", "english"), CASES)
def test_standing_counts_each_judgement_and_what_cannot_be_judged(
    rows: tuple[dict[str, object], ...], level: float, swedish: str, english: str
) -> None:
    shown = [comparison((each,), level=level) for each in rows]
    assert standing(shown, "20", "sv") == swedish
    assert standing(shown, "20", "en") == english


def test_region_without_a_row_has_no_figures() -> None:
    assert standing([comparison((BETTER,))], "25", "sv") == "inga siffror"


def test_value_whose_interval_is_missing_is_never_similar_whatever_the_row_says() -> None:
    lying = {**UNKNOWN, "judgement": "similar"}
    assert standing([comparison((lying,))], "20", "sv") == "det enda måttet med en siffra kan inte bedömas mot riket"
