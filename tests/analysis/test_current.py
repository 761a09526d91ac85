"""Which of several published figures stands, who said it first and who confirms it (design §4), against a twin in plain
Python."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.current import compared_evidence, decimals_of, standing_rows, with_decimals
from analysis.figures import figures_of
from indicators import catalogue
from models import Store
from tests.publishing import publish, restore, withdraw

BASE: Final = {"numerator": 500.0, "denominator": 1000.0, "base_n": 1000.0}
INTERVAL: Final = {"ci_low": 48.0, "ci_high": 53.0}


def said(value: float | None, upload: int, **more: Any) -> dict[str, Any]:
    """A published row of one key; the upload's number is its rank."""
    empty = dict.fromkeys(("numerator", "denominator", "base_n", "ci_low", "ci_high"))
    reason = "" if value is not None else "not_reported"
    plain = {"flags": "", "decimals": 0, "synthetic": False, "replaces": False, "reason": reason, "key": "one"}
    return {**empty, **plain, "value": value, "upload": upload, "publication": upload, **more}


def frame(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    numbers = ("value", "numerator", "denominator", "base_n", "ci_low", "ci_high")
    return pl.DataFrame(list(rows)).with_columns(pl.col(*numbers).cast(pl.Float64))


def standing(*rows: dict[str, Any]) -> tuple[int, int, list[int], bool]:
    """(the upload whose row stands, the one that said it first, those that confirm it, revised)."""
    found = standing_rows(frame(rows), ["key"])
    return found.select("upload", "origin", "confirmed_by", "revised").row(0)


RULE = [
    ("one alone", [said(50, 1)], (1, 1, [], False)),
    ("a different value stands", [said(50, 1, **BASE), said(51, 2)], (2, 2, [], True)),
    ("an equal value confirms", [said(50, 1), said(50, 2)], (1, 1, [2], False)),
    ("50, 51, 50: the third is the first of its run", [said(50, 1), said(51, 2), said(50, 3)], (3, 3, [], True)),
    ("50, 51, 50, 50", [said(50, 1), said(51, 2), said(50, 3), said(50, 4)], (3, 3, [4], True)),
    ("equal and poorer: the richer stays", [said(50, 1, **BASE), said(50, 2)], (1, 1, [2], False)),
    ("equal and richer: it stands, the earlier was first", [said(50, 1), said(50, 2, **BASE)], (2, 1, [2], False)),
    ("an interval is more than a base", [said(50, 1, **INTERVAL), said(50, 2, **BASE)], (1, 1, [2], False)),
    ("half an interval is none", [said(50, 1, ci_low=48.0), said(50, 2, base_n=9.0)], (2, 1, [2], False)),
    ("a base and its numerator are more", [said(50, 1, base_n=9.0), said(50, 2, **BASE)], (2, 1, [2], False)),
    ("rounded to the poorer's decimals", [said(63.4, 1, **BASE), said(63, 2)], (1, 1, [2], False)),
    ("a half rounded up, and down", [said(62.5, 1), said(63, 2), said(62, 3)], (1, 1, [2, 3], False)),
    ("not what it rounds to", [said(63.6, 1, **BASE), said(63, 2)], (2, 2, [], True)),
    ("the same decimals, another value", [said(63.4, 1, **BASE), said(63.3, 2)], (2, 2, [], True)),
    ("more decimals are more", [said(63, 1), said(63.4, 2)], (2, 1, [2], False)),
    ("a zero more is no more", [said(62.5, 1, decimals=1), said(62.5, 2, decimals=2)], (1, 1, [2], False)),
    ("a base is more than decimals", [said(63, 1, **BASE), said(63.4, 2)], (1, 1, [2], False)),
    # 61.0 in a table with one decimal is no rounded 61.4.
    ("the table tells the decimals", [said(61.4, 1, decimals=1), said(61, 2, decimals=1)], (2, 2, [], True)),
    ("63.4 rounds to 63, 62.9 to another", [said(63.4, 1), said(63, 2), said(62.9, 3)], (3, 2, [3], True)),
    ("63, 63.4, 62.9: what stood says otherwise", [said(63, 1), said(63.4, 2), said(62.9, 3)], (3, 3, [], True)),
    ("made to stand with less", [said(50, 1, **BASE), said(50, 2, replaces=True)], (2, 1, [2], False)),
    ("after that the richer again", [said(50, 1, **BASE), said(50, 2, replaces=True), said(50, 3, **BASE)],
     (3, 1, [2, 3], False)),
    ("after that the poorer confirms", [said(50, 1, **BASE), said(50, 2, replaces=True), said(50, 3)],
     (2, 1, [2, 3], False)),
    ("the same kinds of evidence, corrected", [said(50, 1, **BASE), said(50, 2, **BASE | {"base_n": 900.0})],
     (2, 1, [2], False)),
    ("no value after a value", [said(50, 1, **BASE), said(None, 2)], (2, 2, [], True)),
    ("a value after none", [said(None, 1), said(50, 2)], (2, 2, [], True)),
    ("none, for the same reason", [said(None, 1), said(None, 2)], (1, 1, [2], False)),
    ("none, for another reason", [said(None, 1), said(None, 2, reason="confidential")], (2, 2, [], True)),
    ("final after provisional", [said(50, 1, flags="p"), said(50, 2)], (2, 1, [2], False)),
    ("an interval is more than all", [said(50, 1, flags="p", **INTERVAL), said(50, 2, **BASE)], (1, 1, [2], False)),
    ("a base is more than a numerator", [said(50, 1, flags="p", base_n=9.0), said(50, 2, numerator=5.0)],
     (1, 1, [2], False)),
    ("a numerator is more than final", [said(50, 1, flags="p", numerator=5.0), said(50, 2)], (1, 1, [2], False)),
    ("a denominator is a base", [said(50, 1, denominator=9.0), said(50, 2, numerator=5.0)], (1, 1, [2], False)),
    ("the same kinds, other numerator", [said(50, 1, **BASE), said(50, 2, **BASE | {"numerator": 501.0})],
     (2, 1, [2], False)),
    ("the same kinds, other denominator", [said(50, 1, **BASE), said(50, 2, **BASE | {"denominator": 999.0})],
     (2, 1, [2], False)),
    ("the same kinds, other interval", [said(50, 1, **INTERVAL), said(50, 2, **INTERVAL | {"ci_high": 54.0})],
     (2, 1, [2], False)),
    ("the same kinds, other lower bound", [said(50, 1, **INTERVAL), said(50, 2, **INTERVAL | {"ci_low": 47.0})],
     (2, 1, [2], False)),
    ("other evidence with fewer decimals", [said(63.4, 1, base_n=9.0), said(63, 2, base_n=8.0)], (1, 1, [2], False)),
    ("half of the coarser's last decimal", [said(63.45, 1), said(63.4, 2)], (1, 1, [2], False)),
    ("more than half of it", [said(63.46, 1), said(63.4, 2)], (2, 2, [], True)),
    ("nobody knows the table: the value tells", [said(61.4, 1), said(61, 2, decimals=None)], (1, 1, [2], False)),
    ("no value and no reason", [said(50, 1), said(None, 2, reason="")], (2, 2, [], True)),
    ("by rank, not by place", [said(51, 2), said(50, 1)], (2, 2, [], True)),
    ("real over an example: no revision", [said(50, 1, synthetic=True), said(60, 2)], (2, 2, [], False)),
    ("real beside an equal example", [said(50, 1, synthetic=True, **BASE), said(50, 2)], (2, 2, [], False)),
    ("an equal example confirms nothing", [said(50, 1), said(50, 2, synthetic=True, **BASE)], (1, 1, [], False)),
    ("not even when made to", [said(50, 1), said(50, 2, synthetic=True, replaces=True)], (1, 1, [], False)),
    ("another example still stands", [said(50, 1), said(60, 2, synthetic=True)], (2, 2, [], True)),
    ("two examples that differ", [said(50, 1, synthetic=True), said(60, 2, synthetic=True)], (2, 2, [], True)),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [rule[1:] for rule in RULE], ids=[rule[0] for rule in RULE])
def test_the_row_that_stands(rows: list[dict[str, Any]], expected: tuple[int, int, list[int], bool]) -> None:
    assert standing(*rows) == expected


def test_fields_of_two_files_are_never_mixed() -> None:
    found = standing_rows(frame([said(63.0, 1, **INTERVAL), said(63.4, 2, **BASE), said(63.0, 3)]), ["key"])
    assert found.row(0, named=True)["base_n"] is None
    assert found.select("value", "ci_low", "numerator", "upload").row(0) == (63.0, 48.0, None, 1)


def test_each_key_has_its_own_row_in_the_order_of_rank() -> None:
    rows = [said(50, 4, key="two"), said(50, 2), said(70, 3, key="three"), said(51, 5, key="two"), said(50, 6)]
    found = standing_rows(frame(rows), ["key"])
    assert found.columns == [*frame(rows).columns, "origin", "confirmed_by", "revised"]
    assert found.select("key", "upload", "origin", "confirmed_by", "revised").rows() == [
        ("one", 2, 2, [6], False),
        ("three", 3, 3, [], False),
        ("two", 5, 5, [], True),
    ]


COMPARED = [
    ("the same once more", said(50, 1), said(50, 2), (True, False, False, True, [], [], [])),
    ("another value", said(50, 1), said(51, 2), (False, True, False, True, [], [], [])),
    ("richer", said(50, 1), said(50, 2, **BASE), (True, True, False, True, [], ["base", "numerator"], [])),
    ("poorer", said(50, 1, **BASE), said(50, 2), (True, False, False, True, ["base", "numerator"], [], [])),
    ("poorer, made to stand", said(50, 1, **BASE), said(50, 2, replaces=True),
     (True, True, False, True, ["base", "numerator"], [], [])),
    ("another value, poorer", said(50, 1, **INTERVAL), said(51, 2), (False, True, False, True, ["interval"], [], [])),
    ("one for another", said(50, 1, **INTERVAL), said(50, 2, base_n=9.0),
     (True, False, False, True, ["interval"], ["base"], [])),
    ("more decimals", said(63, 1), said(63.4, 2), (True, True, False, True, [], ["decimals"], [])),
    ("fewer decimals", said(63.4, 1), said(63, 2), (True, False, False, True, ["decimals"], [], [])),
    ("corrected", said(50, 1, **BASE, **INTERVAL),
     said(50, 2, **{**BASE, **INTERVAL, "numerator": 501.0, "base_n": 999.0, "ci_low": 47.0}),
     (True, True, False, True, [], [], ["interval", "base", "numerator"])),
    ("another denominator", said(50, 1, **BASE), said(50, 2, **BASE | {"denominator": 999.0}),
     (True, True, False, True, [], [], ["base"])),
    ("another upper bound", said(50, 1, **INTERVAL), said(50, 2, **INTERVAL | {"ci_high": 54.0}),
     (True, True, False, True, [], [], ["interval"])),
    ("real over an example", said(50, 1, synthetic=True), said(50, 2), (True, True, True, True, [], [], [])),
    ("an example beside a real one", said(50, 1), said(50, 2, synthetic=True), (True, False, False, True, [], [], [])),
    ("two examples", said(50, 1, synthetic=True), said(50, 2, synthetic=True), (True, False, False, True, [], [], [])),
    ("no value any more", said(50, 1), said(None, 2), (False, True, False, False, [], [], [])),
    ("a value after none", said(None, 1), said(50, 2), (False, True, False, False, [], [], [])),
    ("none, for another reason", said(None, 1), said(None, 2, reason="confidential"),
     (False, True, False, False, [], [], [])),
]  # fmt: skip
_COMPARED_NAMES: Final = ("same", "stands", "example", "valued", "lost", "won", "other")


@pytest.mark.parametrize(("stood", "later", "told"), [one[1:] for one in COMPARED], ids=[one[0] for one in COMPARED])
def test_what_publishing_a_row_would_do_to_the_one_that_stands(
    stood: dict[str, Any], later: dict[str, Any], told: tuple[Any, ...]
) -> None:
    # Beside keys that only one side has, and one whose places are the other way round.
    before = frame([said(7, 1, key="a"), said(8, 1, key="z"), said(9, 1, key="b"), stood])
    after = frame([later, said(9, 2, key="b"), said(6, 2, key="c"), said(8, 2, key="z", **BASE)])
    both = compared_evidence(before, after, ["key"])
    assert both.select("key", *_COMPARED_NAMES).rows() == [
        ("b", True, False, False, True, [], [], []),
        ("one", *told),
        ("z", True, True, False, True, [], ["base", "numerator"], []),
    ]
    swapped = both.select(pl.exclude("key")).schema
    assert compared_evidence(before, after.clear(), ["key"]).schema == {"key": pl.String(), **swapped}


def test_rows_are_compared_where_every_part_of_the_key_is_the_same() -> None:
    before = frame([said(50, 1) | {"sex": sex} for sex in "KM"])
    after = frame([said(50, 2) | {"sex": "K"}, said(51, 2, key="two") | {"sex": "M"}])
    assert compared_evidence(before, after, ["key", "sex"]).select("key", "sex", "same").rows() == [("one", "K", True)]


TABLES = [
    ("a table with one decimal", [("a", 61.0, "61"), *[("a", 61.4, "61,4")] * 4], [1] * 5),
    ("printed with a zero", [("a", 61.0, "61,0")], [1]),
    ("printed as a share of one: the value counts", [("a", 63.4, "0,634")], [1]),
    ("few in the period: the file tells", [("a", 61.0, "61"), ("b", 61.4, "61,4")], [1, 1]),
    ("many whole numbers in the period: whole", [*[("a", 61.0, "61")] * 5, ("b", 61.4, "61,4")], [0] * 5 + [1]),
    ("four numbers and a gap are few", [*[("a", 61.0, "61")] * 4, ("a", None, ".."), ("b", 61.4, "61,4")], [1] * 6),
    ("no value", [("a", None, "..")], [0]),
    ("no value beside values", [("a", None, ".."), ("a", 61.0, "61,0")], [1, 1]),
    ("no period", [(None, 61.4, "61,4")], [1]),
    ("thousands, a share sign", [("a", 1512.5, "1 512,50 %")], [2]),
    ("hard blanks, a point", [("a", 1512.5, "1\u00a0512.50\u202f%")], [2]),
    ("two zeros", [("a", 61.0, "61,00")], [2]),
    ("two decimals beside a zero", [("a", 61.25, "61,25"), ("a", 61.0, "61,0")], [2, 2]),
    ("a zero without a value tells nothing", [("a", None, "61,0"), ("a", 61.0, "61")], [0, 0]),
    ("at most six", [("a", 61.0, "61,00000000")], [6]),
    ("each text by its own value", [("a", 62.0, "61,00"), ("b", 61.5, "61,50"), ("b", 70.0, "70")], [2, 2, 2]),
    ("a zero is not printed as another number", [("a", 62.0, "61,00")], [0]),
    ("a zero that is no decimal", [("a", 60.0, "60")], [0]),
]


@pytest.mark.parametrize(("rows", "expected"), [table[1:] for table in TABLES], ids=[table[0] for table in TABLES])
def test_how_exact_a_table_is(rows: list[tuple[str, float | None, str]], expected: list[int]) -> None:
    told = pl.DataFrame(rows, schema={"period": pl.String, "value": pl.Float64, "printed": pl.String}, orient="row")
    assert with_decimals(told.with_columns(indicator=pl.lit("i")))["decimals"].to_list() == expected


def test_one_indicator_does_not_tell_how_exact_another_is() -> None:
    told = pl.DataFrame({"indicator": ["i", "j"], "period": "a", "value": [61.0, 61.25], "printed": ["61", "61,25"]})
    assert with_decimals(told)["decimals"].to_list() == [0, 2]


def test_a_row_of_no_known_indicator_keeps_its_place() -> None:
    told = pl.DataFrame({"indicator": ["i", None], "period": "a", "value": [61.5, 61.5], "printed": ["61,5", "61,5"]})
    assert with_decimals(told)["decimals"].to_list() == [1, 0]


def test_decimals_are_counted_up_to_six() -> None:
    values = pl.DataFrame({"value": [0.1234567, 0.123456, 0.12345, 1e-6, 6e-7, 4e-7, -0.5, 1234.0]})
    assert values.select(decimals_of(pl.col("value"))).to_series().to_list() == [6, 6, 5, 6, 6, 0, 1, 0]


# --- the same rule once more, a row at a time ---


@dataclass
class Said:
    upload: int
    value: float | None
    interval: tuple[float, float] | None
    base: float | None
    replaces: bool
    synthetic: bool
    counts: bool = True
    days: list[tuple[date, bool]] = field(default_factory=list)

    @property
    def decimals(self) -> int:
        return 0 if self.value is None or self.value == int(self.value) else 1

    @property
    def richness(self) -> tuple[bool, bool, bool, int]:
        return (not self.synthetic, self.interval is not None, self.base is not None, self.decimals)

    def agrees(self, other: "Said") -> bool:
        if self.value is None or other.value is None:
            return self.value is other.value
        fine, coarse = sorted((self, other), key=lambda each: -each.decimals)
        assert fine.value is not None
        assert coarse.value is not None
        if fine.decimals == coarse.decimals:
            return fine.value == coarse.value
        return abs(fine.value - coarse.value) <= 0.5


def twin(rows: list[Said]) -> tuple[int, int, list[int], bool] | None:
    """What stands of the counting rows, in the order they were published."""
    stands: Said | None = None
    for row in rows:
        if stands is None or not row.agrees(stands):
            stands = row
        elif not row.synthetic or stands.synthetic:
            corrected = row.richness == stands.richness and (row.interval, row.base) != (stands.interval, stands.base)
            if row.richness > stands.richness or corrected or row.replaces:
                stands = row
    if stands is None:
        return None
    run: list[Said] = []
    for row in reversed(rows):
        if not row.agrees(stands):
            break
        run.insert(0, row)
    uploads = [row.upload for row in run if row.synthetic == stands.synthetic]
    others = [row for row in rows if stands.synthetic or not row.synthetic]
    return stands.upload, uploads[0], uploads[1:], any(not row.agrees(stands) for row in others)


# Grain: 50 and 50.4 say the same, 49.6 and 50 too, 49.6 and 50.4 not.
VALUES = st.sampled_from([49.6, 50.0, 50.4, 51.0, None])
ROWS = st.tuples(
    VALUES,
    st.sampled_from([None, (48.0, 52.0), (47.0, 53.0)]),
    st.sampled_from([None, 900.0, 1000.0]),
    st.booleans(),
    st.sampled_from([False, False, True]),
)
STEPS = st.lists(st.tuples(st.sampled_from(["publish", "publish", "turn"]), ROWS, st.integers(0, 9)), max_size=9)
_PERIODS = count(1900)


@given(STEPS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_stands_as_in_the_twin_on_every_day(
    store: Store, steps: list[tuple[str, tuple[Any, ...], int]]
) -> None:
    period = str(next(_PERIODS))  # each example is a key of its own in the same store
    first = date(2026, 1, 1)
    published: list[Said] = []
    for number, (step, (value, interval, base, replaces, synthetic), which) in enumerate(steps):
        day = first + timedelta(days=number)
        if step == "publish" or not published:
            low, high = interval if interval and value is not None else (None, None)
            counts = base if value is not None else None
            row = {
                "indicator": "trust_vardcentral",
                "region": "25",
                "period": period,
                "value": value,
                "ci_low": low,
                "ci_high": high,
                "base_n": counts,
            }
            reason = {"reason": "not_reported"} if value is None else {}
            upload = publish(store, [row | reason], day=str(day), synthetic=synthetic, replace_evidence=replaces)
            published.append(Said(upload, value, interval if low else None, counts, replaces, synthetic))
            published[-1].days.append((day, True))
        else:
            turned = published[which % len(published)]
            turned.counts = not turned.counts
            (restore if turned.counts else withdraw)(store, turned.upload, day=str(day))
            turned.days.append((day, turned.counts))
    for number in range(len(steps)):
        day = first + timedelta(days=number)
        counting = [row for row in published if [counts for on, counts in row.days if on <= day][-1:] == [True]]
        assert _shown(store, period, day) == twin(counting)
    assert _shown(store, period, None) == twin([row for row in published if row.counts])


def _shown(store: Store, period: str, day: date | None) -> tuple[int, int, list[int], bool] | None:
    rows = figures_of(store, catalogue().indicators["trust_vardcentral"], day).filter(period=period)
    if rows.is_empty():
        return None
    row = rows.row(0, named=True)
    return row["upload"], row["origin"], row["confirmed_by"], "r" in row["flags"]
