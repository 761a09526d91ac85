"""Nothing hidden can be computed from what is shown: over periods, files, sexes, regions, units, ages, and time."""

import random
from datetime import date, timedelta
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import publication_log
from analysis.current import with_decimals
from analysis.figures import figures_of
from analysis.history.figures import changes_of_next_step, event_changes
from analysis.history.preview import what_would_change
from analysis.history.vintages import publication_days
from analysis.methods.small_numbers import suppress
from analysis.secrecy import secret_places, secret_places_of_file
from indicators import catalogue, period_of
from models import Store
from tests.analysis.adversary import Place, known, summed, true_sums
from tests.publishing import ROW, publish, withdraw

TRUST = catalogue().indicators["trust_overall"]
MONTHS = tuple(f"2023-{month:02d}" for month in range(1, 13))


def table(
    counts: dict[Place, int], indicator: str = "trust_overall", yes: dict[Place, int] | None = None
) -> pl.DataFrame:
    """Figures whose value is their number of answers, so that whoever knows one knows the other."""
    return pl.DataFrame(
        [
            {
                **dict(zip(("region", "care_unit", "sex", "age", "period"), place, strict=True)),
                "indicator": indicator,
                "base_n": float(count),
                "value": float(count),
                "flags": "",
                "reason": "",
                "numerator": None if yes is None else float(yes[place]),
            }
            for place, count in counts.items()
        ],
        schema_overrides={"numerator": pl.Float64},
    )


def attacked(counts: dict[Place, int], published: set[Place] | None = None) -> tuple[set[Place], set[Place]]:
    """What is hidden, and what of it an adversary computes who knows every sum, also through what is not published."""
    told = {place: count for place, count in counts.items() if published is None or place in published}
    shown = suppress(table(told))
    seen = {place: value for place, value in zip(told, shown["value"], strict=True) if value is not None}
    hidden = set(told) - set(seen)
    return hidden, hidden & known(true_sums(counts), seen).keys()


def test_the_adversary_finds_what_is_hidden_alone() -> None:
    counts = summed({("01", "", "T", "all", month): 5 + place for place, month in enumerate(MONTHS[:3])})
    seen = {place: float(count) for place, count in counts.items() if count >= 10 or place[4] != "2023-01"}
    assert ("01", "", "T", "all", "2023-01") in known(true_sums(counts), seen)


QUARTER = {("01", "", "T", "all", month): count for month, count in zip(MONTHS, (7, 40, 30), strict=False)}


@pytest.mark.parametrize(
    ("smallest", "expected"),
    [
        # a month less than ten: the next smallest month of its quarter goes with it
        (QUARTER, {"2023-01", "2023-03"}),
        # months to a year without quarters
        (
            {
                ("01", "", "T", "all", month): 7 if month == "2023-02" else 20 + place
                for place, month in enumerate(MONTHS)
            },
            {"2023-02", "2023-01"},
        ),
        # weeks nest in nothing
        ({("01", "", "T", "all", "2023-W01"): 7, ("01", "", "T", "all", "2023-W02"): 40}, {"2023-W01"}),
        # nor does a half-year measurement
        ({("01", "", "T", "all", "2023-H1"): 7, ("01", "", "T", "all", "2023-H2"): 40}, {"2023-H1"}),
    ],
)
def test_sums_over_periods(smallest: dict[Place, int], expected: set[str]) -> None:
    counts = {place: count for place, count in summed(smallest).items() if place[0] == "01" and "-Q" not in place[4]}
    counts |= {place: count for place, count in summed(smallest).items() if smallest is QUARTER and place[0] == "01"}
    hidden, computed = attacked(counts)
    assert {place[4] for place in hidden} == expected
    assert not computed


@pytest.mark.parametrize(
    ("counts", "flags"),
    [
        ({"2023-H1": 7, "2023-H2": 40, "2023": 47}, ["s", "s", ""]),
        # the half-years are not published, yet each is its quarters
        ({"2023-Q1": 7, "2023-Q2": 40, "2023-Q3": 30, "2023-Q4": 50, "2023": 127}, ["s", "", "s", "", ""]),
    ],
)
def test_half_years_that_are_totals_are_sums(
    counts: dict[str, int], flags: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    total = TRUST.model_copy(update={"half_year": "total"})
    monkeypatch.setitem(catalogue().indicators, "trust_overall", total)
    told = {("01", "", "T", "all", period): count for period, count in counts.items()}
    assert suppress(table(told))["flags"].to_list() == flags


def test_a_share_is_a_sum_only_through_its_base() -> None:
    counts = {place: count for place, count in summed(QUARTER).items() if place[0] == "01"}
    of_unknown_size = table(counts).with_columns(
        base_n=pl.when(pl.col("period") == "2023-Q1").then(None).otherwise("base_n")
    )
    shown = suppress(of_unknown_size)
    assert shown.filter(pl.col("flags").str.contains("s"))["period"].to_list() == ["2023-01"]
    weighted = suppress(of_unknown_size.with_columns(denominator="value"))  # as good as a base
    assert weighted.filter(pl.col("flags").str.contains("s"))["period"].to_list() == ["2023-01", "2023-03"]


def test_a_count_is_a_sum_by_itself() -> None:
    counts = {place: count for place, count in summed(QUARTER).items() if place[0] == "01"}
    hidden = pl.when(pl.col("period") == "2023-01").then(pl.lit("s")).otherwise(pl.lit(""))
    for indicator, expected in (("logins", ["2023-01", "2023-02"]), ("trust_overall", ["2023-01"])):
        shown = suppress(table(counts, indicator).with_columns(base_n=pl.lit(None, pl.Float64), flags=hidden))
        assert shown.filter(pl.col("flags") == "s")["period"].to_list() == expected


def test_a_period_that_nobody_published_is_unknown_unless_the_rest_make_up_the_whole() -> None:
    month, other, year = (("01", "", "T", "all", period) for period in ("2023-01", "2023-02", "2023"))
    assert suppress(table({month: 7, other: 40, year: 400}))["flags"].to_list() == ["s", "", ""]
    assert suppress(table({month: 7, other: 40, year: 47}))["flags"].to_list() == ["s", "s", ""]
    # one that is published as missing adds nothing, which is the safe side
    missing, quarter = (("01", "", "T", "all", period) for period in ("2023-03", "2023-Q1"))
    lost = pl.when(pl.col("period") != "2023-03")
    told = table({month: 7, other: 40, missing: 0, quarter: 60}).with_columns(
        value=lost.then("value"), base_n=lost.then("base_n")
    )
    assert suppress(told)["flags"].to_list() == ["s", "s", "", ""]


def test_men_that_nobody_published_are_of_unknown_number_in_every_period() -> None:
    months = [("2023-01", 7, 60), ("2023-02", 40, 90), ("2023", 200, 400)]  # period, women, both
    counts = {("01", "", sex, "all", period): n for period, *both in months for sex, n in zip("KT", both, strict=True)}
    assert suppress(table(counts))["flags"].to_list() == ["s", "", "", "", "", ""]


def test_real_and_synthetic_figures_are_suppressed_each_for_itself() -> None:
    counts = {
        ("01", "", "T", "all", "2023"): 7,
        ("03", "", "T", "all", "2023"): 12,
        ("04", "", "T", "all", "2023"): 40,
        ("00", "", "T", "all", "2023"): 59,
    }
    shown = suppress(table(counts).with_columns(flags=pl.Series(["", "x", "", ""])))
    assert shown["flags"].to_list() == ["s", "ux", "s", ""]  # a made-up neighbour protects nothing
    by_column = suppress(table(counts).with_columns(synthetic=pl.Series([False, True, False, False])))
    assert by_column["flags"].to_list() == ["s", "u", "s", ""]


def test_what_one_region_keeps_to_itself_comes_out_of_the_nation() -> None:
    # Men in 01 are not published, but are Riket's men less those in 03 and 04; women in 01 are then 01 less its men.
    smallest = {
        (code, "", sex, "all", "2023"): count
        for (code, sex), count in zip(product(("01", "03", "04"), "KM"), (7, 60, 50, 55, 80, 85), strict=True)
    }
    counts = summed(smallest)
    left_out = {("01", "", "M", "all", "2023"), ("03", "", "T", "all", "2023")}
    hidden, computed = attacked(counts, set(counts) - left_out)
    assert ("01", "", "K", "all", "2023") in hidden
    assert not computed


@pytest.mark.parametrize("yes", [{"01": 0, "03": 0, "04": 20}, {"01": 7, "03": 8, "04": 20}])
def test_a_rest_of_nothing_or_of_everyone_tells_every_share(yes: dict[str, int]) -> None:
    counts = {(code, "", "T", "all", "2023"): count for code, count in (("01", 7), ("03", 8), ("04", 40), ("00", 55))}
    numerators = {place: yes.get(place[0], sum(yes.values())) for place in counts}
    assert suppress(table(counts, yes=numerators))["flags"].to_list() == ["s", "s", "s", ""]


SIZES = st.integers(0, 40)


@settings(max_examples=120)
@given(st.data(), st.sampled_from(["periods", "units", "ages", "year"]))
def test_no_attack_recovers_a_hidden_figure(data: Any, way: str) -> None:
    regions = [f"{number:02d}" for number in range(1, data.draw(st.integers(1, 3)) + 1)]
    units = ("A", "B") if way == "units" else ("",)
    ages = ("18-29", "30-") if way == "ages" else ("all",)
    periods = {"year": MONTHS, "periods": MONTHS[:4]}.get(way, MONTHS[:1])
    sexes = "T" if way == "year" else "KM"
    places = list(product(regions, units, sexes, ages, periods))
    sizes = data.draw(st.lists(SIZES, min_size=len(places), max_size=len(places)))
    counts = {p: n for p, n in summed(dict(zip(places, sizes, strict=True))).items() if p[0] != "00" or not p[1]}
    everything = sorted(counts)
    left_out = set(data.draw(st.lists(st.sampled_from(everything), max_size=3)))
    for region, sex in data.draw(st.lists(st.tuples(st.sampled_from(regions), st.sampled_from("TKM")), max_size=2)):
        left_out |= {place for place in everything if place[0] == region and place[2] == sex}
    if data.draw(st.booleans()):
        left_out |= {place for place in everything if "-Q" in place[4]}
    hidden, computed = attacked(counts, set(everything) - left_out)
    assert not computed
    assert hidden >= {place for place, count in counts.items() if count < 10 and place not in left_out}


# --- time: many publications, everything a reader, a publicist or an administrator sees of them ---------------------


def rows(counts: dict[Place, int]) -> list[dict[str, Any]]:
    return [
        {
            "indicator": TRUST.id,
            "region": place[0],
            "sex": place[2],
            "period": place[4],
            "value": float(count),
            "base_n": float(count),
        }
        for place, count in counts.items()
    ]


def observations(counts: dict[Place, int]) -> pl.DataFrame:
    told = []
    for row in rows(counts):
        period = period_of(row["period"])
        ends = {"period_start": period.start, "period_end": period.end, "period_kind": period.kind}
        told.append({**ROW, "care_unit": "", "age": "all", "row": 2, **row, **ends})
    floats = ("value", "numerator", "denominator", "base_n", "ci_low", "ci_high")
    return with_decimals(pl.DataFrame(told, schema_overrides=dict.fromkeys(floats, pl.Float64)))


def placed(frame: pl.DataFrame, value: str = "value") -> dict[Place, Any]:
    told = frame.filter(pl.col(value).is_not_null()).select("code", "sex", "period", value).iter_rows()
    return {(code, "", sex, "all", period): number for code, sex, period, number in told}


class Watcher:
    """Remembers every number on any surface, and which figure of which moment it was. `truth`: the figures of each
    moment; `uploads`: where each of them stands."""

    def __init__(self, truth: dict[Any, dict[Place, float]], uploads: dict[Any, dict[Place, int]]) -> None:
        self.truth, self.uploads = truth, uploads
        self.seen: dict[Any, float] = {}
        self.sums = [
            (self.name(moment, total), [self.name(moment, one) for one in members])
            for moment, values in truth.items()
            for total, members in true_sums(values)
        ]

    def name(self, moment: Any, place: Place) -> tuple[Place, float, int]:
        """A figure that stays, or comes back with a withdrawal, is one figure: known once, it is known always."""
        return place, self.truth[moment][place], self.uploads[moment][place]

    def sees(self, moment: Any, shown: dict[Place, float]) -> None:
        for place, value in shown.items():
            assert self.truth[moment][place] == value
            self.seen[self.name(moment, place)] = value

    def computed(self) -> set[tuple[Place, float, int]]:
        return set(known(self.sums, self.seen)) - self.seen.keys()


def raw(store: Store, monkeypatch: pytest.MonkeyPatch, day: date) -> pl.DataFrame:
    with monkeypatch.context() as patched:
        patched.setenv("DASHBOARD_HIDE_BELOW", "0")
        return figures_of(store, TRUST, day)


def test_an_earlier_day_shows_all_that_today_shows_to_the_letter(store: Store) -> None:
    base = dict.fromkeys(product(("22", "24", "25"), ("",), "T", ("all",), MONTHS[:1]), 20)
    base |= {("22", "", "T", "all", MONTHS[0]): 5}
    publish(store, rows(summed(base)), day="2026-01-01")
    changed = base | {("25", "", "T", "all", MONTHS[0]): 21}
    publish(store, rows(summed(changed)), day="2026-01-02")
    first, second, today = (placed(figures_of(store, TRUST, day)) for day in (date(2026, 1, 1), date(2026, 1, 2), None))
    assert second == today
    assert {place[0] for place in today} == {"25", "00"}
    assert first == {}  # both changed since: what they were would tell what is hidden
    publish(store, rows(summed(base)), day="2026-01-03")
    assert placed(figures_of(store, TRUST, date(2026, 1, 1))) == placed(figures_of(store, TRUST))


def test_small_numbers_of_every_year_are_remembered(store: Store) -> None:
    few = {("22", "", "T", "all", period): 5 for period in ("2021-01", "2023-01")}
    enough = {("22", "", "T", "all", period): 20 for period in ("2022-01", "2024-01")}
    publish(store, rows(few | enough), day="2026-01-01")
    publish(store, rows(dict.fromkeys(few, 20)), day="2026-01-02")
    found = secret_places(store, "trust_overall", 10)
    assert set(found.select("code", "period", "sex", "synthetic").rows()) == {
        ("22", "2021-01", "T", False),
        ("22", "2023-01", "T", False),
    }


def in_file(*told: tuple[str, str, float | None, float]) -> pl.DataFrame:
    rows = [(TRUST.id, "2023", *row) for row in told] + [("trust_hospital", "2023", "20", "T", 50.0, 3.0)]
    return pl.DataFrame(rows, schema=["indicator", "period", "region", "sex", "value", "base_n"], orient="row")


@pytest.mark.parametrize(
    ("told", "secret"),
    [
        ([("22", "T", 50.0, 9.0)], {("22", "T")}),
        ([("22", "T", 50.0, 10.0)], set()),  # ten answers may be shown
        ([("22", "T", None, 9.0)], set()),  # what has no value tells nothing
        (
            [("22", "K", 50.0, 9.0), ("22", "M", 50.0, 40.0), ("22", "T", 50.0, 49.0), ("24", "T", 50.0, 60.0)],
            {("22", "K"), ("22", "M"), ("22", "T")},
        ),  # its men and both sexes would tell it
    ],
)
def test_the_secret_places_of_a_file_alone(told: list[Any], secret: set[tuple[str, str]]) -> None:
    found = secret_places_of_file(None, TRUST.id, in_file(*told), 10)
    assert set(found.rows()) == {(code, "2023", sex, False) for code, sex in secret}
    made_up = secret_places_of_file(None, TRUST.id, in_file(*told), 10, synthetic=True)
    assert set(made_up.rows()) == {(code, "2023", sex, True) for code, sex in secret}


def test_the_secret_places_of_a_file_are_those_it_makes_and_those_there_are(store: Store) -> None:
    def there(told: dict[tuple[str, str], int], day: str) -> None:
        publish(store, rows({(code, "", sex, "all", "2023"): count for (code, sex), count in told.items()}), day=day)

    there({("22", "M"): 40, ("22", "T"): 45, ("24", "T"): 5}, "2026-01-01")
    enough, few = in_file(("25", "T", 50.0, 60.0)), in_file(("22", "K", 50.0, 5.0))
    assert set(secret_places_of_file(store, TRUST.id, enough, 10).rows()) == {("24", "2023", "T", False)}
    assert set(secret_places_of_file(store, TRUST.id, few, 10).select("code", "sex").rows()) == {
        ("22", "K"),
        ("22", "M"),
        ("22", "T"),
        ("24", "T"),
    }
    there({("20", "T"): 6}, "2026-01-02")
    assert set(secret_places(store, TRUST.id, 10)["code"]) == {"20", "24"}


@pytest.mark.parametrize("seed", range(25))
def test_no_hidden_figure_comes_out_of_all_that_was_ever_shown(
    store: Store, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    drawn = random.Random(seed)
    base = {
        place: drawn.randint(3, 45)
        for place in product(("22", "24", "25"), ("",), drawn.choice(["T", "KM"]), ("all",), MONTHS[:3])
    }
    uploads, start = [], date(2026, 1, 1)
    truth: dict[Any, dict[Place, float]] = {}
    stands: dict[Any, dict[Place, int]] = {}
    published: dict[Place, int] = {}
    for number in range(drawn.randint(2, 5)):
        for place in drawn.sample(sorted(base), drawn.randint(1, 4)):
            base[place] = drawn.randint(3, 45)
        now = summed(base)
        new = {place: count for place, count in now.items() if published.get(place) != count}
        if new:
            uploads.append(publish(store, rows(new), day=(start + timedelta(days=number)).isoformat()))
            published |= new
    if drawn.random() < 0.4 and len(uploads) > 1:
        withdraw(store, uploads[-1], day="2026-02-01")
    for day in publication_days(store):
        everything = raw(store, monkeypatch, day)
        truth[day], stands[day] = placed(everything), placed(everything, "upload")
    today = max(truth)
    for place in drawn.sample(sorted(base), 2):
        base[place] = drawn.randint(3, 45)
    file = {place: count for place, count in summed(base).items() if truth[today].get(place) != count}
    truth["after"] = {**truth[today], **{place: float(count) for place, count in file.items()}}
    stands["after"] = {**stands[today], **dict.fromkeys(file, 0)}

    watcher = Watcher(truth, stands)
    for day in truth:
        if day != "after":
            watcher.sees(day, placed(figures_of(store, TRUST, day)))
    days = sorted(day for day in truth if day != "after")
    for event, day in zip(sorted(publication_log(store)["event"]), days, strict=True):
        changes = event_changes(store, event)
        before = days[days.index(day) - 1] if day != days[0] else None
        watcher.sees(day, placed(changes, "new"))
        if before:
            watcher.sees(before, placed(changes, "old"))
    preview = what_would_change(store, observations(file)).figures
    watcher.sees(today, placed(preview, "old"))
    watcher.sees("after", placed(preview, "new"))

    hidden = {place for place, count in truth[today].items() if place not in placed(figures_of(store, TRUST))}
    assert not {(place, count) for place, count, _ in watcher.computed() if count < 10 or place in hidden}
    for place in hidden:  # an earlier value of what is hidden today is hidden too
        for day in days:
            assert place not in placed(figures_of(store, TRUST, day))
    for upload in uploads:
        step = changes_of_next_step(store, upload)
        assert not hidden & (placed(step, "old").keys() | placed(step, "new").keys())
