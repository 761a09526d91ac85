"""What a reader looks at on the page about e-services, and the answers the page's parts share."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from analysis import Comparison
from analysis.supply import MinimumRule, compared_shares, is_usual, offers, shares, standing, supply_regions
from analysis.targets.decided import targets_version
from indicators import Period, catalogue, period_label
from locales.numbers import format_number
from ui.against import TARGET
from ui.cache import Key, view_key
from ui.visit import Visit


@dataclass(frozen=True)
class Supply:
    """A view. `chosen`: region codes that stand out; `kinds`: kinds of care unit that count; `benchmark` as
    analysis.chosen_benchmark reads it; `synthetic`: whether example data stand among them; `section`: the shown
    part of the page, `ways`: the links to all parts as HTML, `region`: what the part is about (a code, or
    pickers.EVERY). The answers are asked for only when something is not ready from before."""

    visit: Visit
    period: Period
    rule: MinimumRule
    kinds: tuple[str, ...]
    chosen: tuple[str, ...]
    benchmark: str
    level: float
    others: bool
    synthetic: bool = True
    section: str = ""
    ways: str = ""
    region: str = ""

    @property
    def key(self) -> Key:
        targets = str(targets_version(self.visit.store)) if self.benchmark == TARGET else ""
        choices = (self.benchmark, targets, str(self.level), str(self.others), str(self.synthetic))
        return view_key(self.visit, "supply", self.period.key, self.rule.key, self.kinds, self.chosen, *choices)

    @cached_property
    def units(self) -> pl.DataFrame:
        """Every care unit (UNITS) that counts, of all regions."""
        return standing(
            self.visit.store,
            self.period,
            self.rule,
            kinds=self.kinds,
            as_of=self.visit.as_of,
            include_synthetic=self.synthetic,
        )

    @property
    def usual(self) -> bool:
        """Whether the share is the indicator's own: by its rule, of its kinds of unit."""
        return is_usual(self.rule, self.kinds)

    def marked(self, subtitle: str) -> str:
        """A chart's subtitle, with what x means where units are made up."""
        mark = f", {self.visit.say('charts.synthetic')}" if self.units["synthetic"].any() else ""
        return subtitle + mark

    @cached_property
    def comparison(self) -> Comparison:
        """The shown regions judged; the places and tests are among all regions with data."""
        return compared_shares(
            self.visit.store,
            self.period,
            self.rule,
            benchmark=self.benchmark,
            regions=None if self.others else self.chosen,
            kinds=self.kinds,
            as_of=self.visit.as_of,
            level=self.level,
            include_synthetic=self.synthetic,
        )

    @cached_property
    def with_data(self) -> tuple[str, ...]:
        """Regions with any offer in the period: the chosen first, then the others in code order."""
        found = supply_regions(self.visit.store, self.period, self.visit.as_of, include_synthetic=self.synthetic)
        own = [code for code in self.chosen if code in found]
        return (*own, *(code for code in found if code not in own))

    @property
    def without_data(self) -> list[str]:
        return [code for code in self.chosen if code not in self.with_data]

    def offers(self, codes: Sequence[str]) -> pl.DataFrame:
        """The matrix (OFFERS) of some regions."""
        return offers(self.visit.store, self.period, codes=codes, kinds=self.kinds, as_of=self.visit.as_of)

    @property
    def files(self) -> list[str]:
        """The files that the units and their offers stand in, with their uploads, in words."""
        records = pl.concat([rows.select("upload", "file") for rows in (self.units, self.offers(self.with_data))])
        counted = records.drop_nulls("upload").group_by("upload", "file").len().sort("upload")
        return [
            self.say("file_of", file=file, upload=upload, count=format_number(count, 0, self.visit.language))
            for upload, file, count in counted.iter_rows()
        ]

    def units_of(self, codes: Sequence[str]) -> pl.DataFrame:
        return self.units.filter(pl.col("code").is_in(codes))

    def region_rows(self) -> list[dict[str, Any]]:
        """SHARES of the shown regions with `code` and `name`, highest share first, those without one last."""
        rows = shares(self.units, ("code",)).sort("share", descending=True, nulls_last=True)
        shown = rows if self.others else rows.filter(pl.col("code").is_in(self.chosen))
        return [{**row, "name": catalogue().regions[row["code"]].short_name} for row in shown.to_dicts()]

    @property
    def when(self) -> str:
        return period_label(self.period.key, self.visit.language)

    @property
    def rule_words(self) -> str:
        return self.rule.words(self.visit.language)

    def kind_words(self, kind: str) -> str:
        """A kind of care unit (models.records.UNIT_KINDS)."""
        return self.visit.say(f"record_words.unit_kinds.{kind}")

    def status_words(self, status: str) -> str:
        """A status of a unit and service (models.records.OFFER_STATUSES)."""
        return self.visit.say(f"record_words.statuses.{status}")

    def title_of(self, service: str) -> str:
        """A service's name; the id itself where the list of e-services no longer has it."""
        known = catalogue().eservices.get(service)
        return known.title.in_language(self.visit.language) if known else service

    def say(self, key: str, **values: object) -> str:
        return self.visit.say(f"supply.{key}", **values)
