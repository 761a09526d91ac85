"""The arithmetic of one judgement, step by step, each number put in (methods §1–2). Nothing is judged here.

Every number is the judgement's own (analysis.working); the steps say how one comes to the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.methods.intervals import Z95, Z998, variance_from_interval
from analysis.told import level_words, marked_at_95_only, shown_judgement
from analysis.working import Working
from indicators import NATION, Indicator, period_label
from locales import text
from locales.numbers import format_significant
from views.parts import verdict_in
from wording.judgement import benchmark_name, capital
from wording.sentences import name_of

_DIGITS: Final = 5  # significant, of every number in a step: enough to come to the printed one by hand
_AT: Final = {
    95.0: (Z95, ("ci_low", "ci_high"), ("diff_low", "diff_high")),
    99.8: (Z998, ("low998", "high998"), ("diff_low998", "diff_high998")),
}
"""A level: its z, the columns of a figure's interval, the bounds of a difference."""


@dataclass(frozen=True)
class Step:
    """One line of the arithmetic: what, how with the numbers put in, what it gives as printed. `values`: the same
    unrounded, in the indicator's unit (shares 0–1, variances in its square); none for a step in words. `name`: which
    step (locales, working.step)."""

    name: str
    what: str
    how: str
    gives: str
    values: tuple[float, ...] = ()


class Steps:
    """The steps of a working, in words of one language."""

    def __init__(self, working: Working, language: str) -> None:
        self.language, self.working, self.row = language, working, working.row
        self.comparison = working.comparison
        self.indicator: Indicator = working.comparison.indicator
        self.nation = working.row["code"] == NATION
        self.judged = not self.nation and shown_judgement(working.row) != "not_assessable"
        self.weighted = not self.comparison.benchmark.endswith(":unweighted")

    def say(self, key: str, **values: object) -> str:
        return text(f"working.{key}", self.language, **values)

    def number(self, value: float) -> str:
        return format_significant(value, _DIGITS, self.language)

    def every(self) -> Iterator[Step]:
        if self.row["value"] is None:
            return
        yield from self.evidence()
        if self.judged:
            yield from self.difference()
            yield self.verdict()

    def step(self, name: str, how: str, values: Sequence[float], **what: object) -> Step:
        printed = [self.number(value) for value in values]
        to = text("working.to", self.language)
        return Step(name, self.say(f"step.{name}", **what), how, f" {to} ".join(printed), tuple(values))

    def evidence(self) -> Iterator[Step]:
        """The figure itself: value, base, intervals, variance."""
        row = self.row
        if row["share"] is not None and abs(row["share"] * 100 - row["value"]) > 1e-9:
            base = row["base_n"] if self.indicator.data == "survey" else row["denominator"]
            counts = {"numerator": self.number(row["numerator"]), "base": self.number(base)}
            yield self.step("counted", self.say("step.counted_how", **counts), [row["estimate"]])
        else:
            yield self.step("printed", self.say("step.printed_how"), [row["estimate"]])
        if row["evidence"] == "none" or row["variance"] is None:
            return
        if self.nation:
            yield from self.of_the_regions()
            return
        published = row["evidence"] == "published"
        if not published:
            yield from self.base()
        how = self.say("step.published_how") if published else self.wilson(Z95)
        yield self.interval(95.0, how)
        ends = {"low": self.number(row["ci_low"]), "high": self.number(row["ci_high"]), "z": self.number(Z95)}
        yield self.step("variance", self.say("step.variance_how", **ends), [row["variance"]])
        strict = self.around(Z998, row["variance"]) if published else self.wilson(Z998)
        yield self.interval(99.8, strict)

    def base(self) -> Iterator[Step]:
        row = self.row
        n = row["n_eff"] * row["design_effect"]
        if self.indicator.data == "complete_count":
            yield self.step("cases", self.say("step.base_computed"), [n])
        else:
            stated = row["base_origin"] in ("typed", "typed_wider")
            kind = f"{row['evidence']}_typed" if row["evidence"] == "assumed" and stated else row["evidence"]
            key = "base_typed" if stated and row["evidence"] == "computed" else f"base_{kind}"
            yield self.step("base", self.say(f"step.{key}", source=row["base_source"]), [n])
        how = self.say("step.n_eff_how", base=self.number(n), deff=self.number(row["design_effect"]))
        yield self.step("n_eff", how, [row["n_eff"]])

    def wilson(self, z: float) -> str:
        numbers = {"share": self.row["share"], "n_eff": self.row["n_eff"], "z": z}
        return self.say("step.wilson_how", **{name: self.number(value) for name, value in numbers.items()})

    def around(self, z: float, variance: float) -> str:
        numbers = {"value": self.row["estimate"], "z": z, "variance": variance}
        return self.say("step.from_variance_how", **{name: self.number(value) for name, value in numbers.items()})

    def interval(self, level: float, how: str) -> Step:
        ends = [self.row[name] for name in _AT[level][1]]
        return self.step("interval", how, ends, level=level_words(level, self.language))

    def of_the_regions(self) -> Iterator[Step]:
        """Riket's own interval, where it is made of the regions'."""
        parts = self.working.parts
        if not parts:
            yield self.interval(95.0, self.say("step.published_how"))
            return
        variance = variance_from_interval(self.row["ci_low"], self.row["ci_high"], Z95)
        yield self.step("nation_variance", self.say("step.nation_variance_how", count=len(parts)), [variance])
        yield self.interval(95.0, self.around(Z95, variance))

    def difference(self) -> Iterator[Step]:
        """What it is compared with, how far away it is, and in which interval the difference lies."""
        yield from self.compared_with()
        if self.row["route"] == "difference_to_whole":
            yield from self.parts_of_variance()
        numbers = {"value": self.row["estimate"], "benchmark": self.row["benchmark_value"]}
        shown = {name: self.number(value) for name, value in numbers.items()}
        yield self.step("difference", self.say("step.difference_how", **shown), [self.row["difference"]])
        for level, (_, _, names) in _AT.items():
            ends = [self.working.bounds[name] for name in names if name in self.working.bounds]
            if len(ends) == 2:
                yield self.step("bounds", self.bounds_how(level), ends, level=level_words(level, self.language))

    def parts_of_variance(self) -> Iterator[Step]:
        row, working = self.row, self.working
        assert working.own is not None
        assert working.others is not None
        every = sum(part.people for part in working.parts)
        mine = next((part for part in working.parts if part.row["code"] == row["code"]), None)
        share = mine.share if mine else 0.0
        key = "weight_how" if self.weighted else "weight_equal_how"
        numbers = {"people": self.number(mine.people), "sum": self.number(every)} if mine else {}
        yield self.step("weight", self.say(f"step.{key if mine else 'weight_none'}", **numbers), [share])
        shown = {"share": self.number(share), "variance": self.number(row["variance"])}
        yield self.step("own", self.say("step.own_how", **shown), [working.own])
        count = len(working.parts) - (1 if mine else 0)
        yield self.step("others", self.say("step.others_how", count=count), [working.others])
        both = {"own": self.number(working.own), "others": self.number(working.others)}
        yield self.step("total", self.say("step.total_how", **both), [working.own + working.others])

    def compared_with(self) -> Iterator[Step]:
        other, point = self.working.other, self.row["benchmark_value"]
        if other is None:
            made = self.comparison.made_whole or self.comparison.benchmark.startswith("group")
            key = "target" if self.row["route"] == "target" else "mean" if made and self.working.parts else "other"
            how = self.say(f"step.{key}_how", name=capital(benchmark_name(self.comparison, self.language)))
            yield self.step("other", how, [point])
            return
        where = f"{name_of(other, self.language)} {period_label(other['period'], self.language)}"
        yield self.step("other", self.say("step.other_how", name=where), [other["estimate"]])
        for level, (_, names, _) in _AT.items():
            evidence = text(f"evidence.{other['evidence']}", self.language)
            ends = [other[name] for name in names]
            yield self.step("other_interval", evidence, ends, level=level_words(level, self.language))

    def bounds_how(self, level: float) -> str:
        z, names, _ = _AT[level]
        row, other = self.row, self.working.other
        low, high = (row[name] for name in names)
        if row["route"] == "difference_to_whole":
            assert self.working.own is not None
            assert self.working.others is not None
            numbers = {"difference": row["difference"], "z": z, "variance": self.working.own + self.working.others}
            key = "whole"
        elif other is not None:
            numbers = {
                "value": row["estimate"],
                "low": low,
                "high": high,
                "other": other["estimate"],
                "other_low": other[names[0]],
                "other_high": other[names[1]],
            }
            key = "two"
        else:
            numbers, key = {"low": low, "high": high, "benchmark": row["benchmark_value"]}, "point"
        return self.say(f"step.bounds_{key}_how", **{name: self.number(value) for name, value in numbers.items()})

    def verdict(self) -> Step:
        """What the interval allows to be said, at the strictest level that marks it; unmarked at the reader's."""
        row, level = self.row, self.row["level"] or self.comparison.level
        side = "above" if row["difference"] > 0 else "below"
        key = f"step.marked_{side}" if row["level"] else "step.unmarked"
        how = [self.say(key, level=level_words(level, self.language))]
        if marked_at_95_only(row):
            how.append(self.say(f"step.marked_{side}", level=level_words(95, self.language)))
        found = verdict_in(row, self.language)
        return Step("verdict", self.say("step.verdict"), "; ".join(how), f"{found.symbol} {found.word}")
