"""When does a care unit reach the minimum level? At least N services, or all of a list; and what its unknowns allow."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.choices import UnknownChoice
from indicators import Period, catalogue
from locales import text

AT_LEAST: Final = 4  # what Norrbotten's statistic counts (domain §1)


@dataclass(frozen=True)
class MinimumRule:
    """`at_least` services of those applicable, or with None all the applicable ones of `services`."""

    at_least: int | None = AT_LEAST
    services: tuple[str, ...] = ()
    name: str = ""

    @property
    def key(self) -> str:
        """The rule as it is written in a link or on the command line: `4`, `minimum`, `list:advice.record`."""
        if self.at_least is not None:
            return str(self.at_least)
        return self.name or f"list:{'.'.join(self.services)}"

    def words(self, language: str) -> str:
        """The rule as a reader is told it."""
        if self.at_least is not None:
            words = "at_least_one" if self.at_least == 1 else "at_least"
            return text(f"supply_analysis.rule.{words}", language, count=self.at_least)
        titles = ", ".join(catalogue().eservices[one].title.in_language(language) for one in self.services)
        return text(f"supply_analysis.rule.{self.name or 'list'}", language, services=titles)


def minimum_rule(key: str, period: Period) -> MinimumRule:
    """The rule a key means: `4`, `minimum` (the mandatory supply in force at the period's end), `list:advice.record`.

    UnknownChoice for a key that means none, and for a list with a service the catalogue does not have.

    >>> from indicators import period_of
    >>> minimum_rule("3", period_of("2024")), minimum_rule("list:record.advice", period_of("2024")).services
    (MinimumRule(at_least=3, services=(), name=''), ('advice', 'record'))
    """
    known = catalogue().eservices
    kind, _, rest = key.partition(":")
    if key.isascii() and key.isdigit() and 0 < int(key) <= len(known):
        return MinimumRule(int(key))
    if key == "minimum":
        in_force = [one.id for one in known.values() if one.minimum_from and one.minimum_from <= period.end]
        if in_force:
            return MinimumRule(None, tuple(in_force), key)
    asked = rest.split(".")
    if kind == "list" and all(one in known for one in asked):
        return MinimumRule(None, tuple(one for one in known if one in asked))
    raise UnknownChoice("supply_rule", key)


def counted(rule: MinimumRule) -> pl.Expr:
    """Whether a row's `service` counts towards the rule."""
    return pl.lit(True) if rule.at_least is not None else pl.col("service").is_in(rule.services)


def with_state(units: pl.DataFrame, rule: MinimumRule) -> pl.DataFrame:
    """Units with `offered`, `not_offered`, `not_applicable` and `unknown` (counts of the rule's services) get
    `applicable`, `needed` and `state`.

    An unknown service counts as applicable and not offered for the time being. The unit is `unknown` where it does not
    reach the level so, but would if its unknowns turned out well: all offered where that is enough, or where nothing is
    known to be lacking. A unit with nothing applicable is `not_applicable`; one with no service at all to go by, as its
    region has no row for any, is `unknown`.
    """
    offered, lacking, unknown = (pl.col(name) for name in ("offered", "not_offered", "unknown"))
    applicable = offered + lacking + unknown
    wanted = pl.lit(rule.at_least, dtype=pl.Int64) if rule.at_least is not None else applicable
    needed = pl.min_horizontal(wanted, applicable)
    nothing = offered + lacking + unknown + pl.col("not_applicable") == 0
    hope = (unknown > 0) & ((offered + unknown >= wanted) | (lacking == 0))
    state = (
        pl.when(nothing | ((offered < needed) & hope))
        .then(pl.lit("unknown"))
        .when(applicable == 0)
        .then(pl.lit("not_applicable"))
        .when(offered >= needed)
        .then(pl.lit("meets"))
        .otherwise(pl.lit("below"))
    )
    return units.with_columns(applicable=applicable, needed=needed, state=state)
