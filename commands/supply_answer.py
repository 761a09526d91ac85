"""What `supply` answers: one document for machines, a table with the most asked-for columns for people."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.supply import (
    MinimumRule,
    Part,
    compared_shares,
    gaps,
    gaps_by_service,
    municipality_spread,
    shares,
    standing,
    units_without_register,
    unmapped_services,
)
from analysis.told import told_word
from commands.terminal import aligned
from indicators import NATION, Period, period_label
from locales import text
from locales.json_text import records
from locales.numbers import format_number, format_value
from models import Store
from wording.sentences import name_of, rank_in_words

SHARE: Final = (
    "share",
    "units",
    "numerator",
    "denominator",
    "below",
    "unknown",
    "not_applicable",
    "ci_low",
    "ci_high",
    "synthetic",
)
"""What a region and a municipality have: shares and intervals in per cent (null where no unit is counted), units."""
JUDGED: Final = (
    "judgement",
    "level",
    "difference",
    "diff_low",
    "diff_high",
    "benchmark_value",
    "unassessed",
    "rank",
    "rank_low",
    "rank_high",
    "ranked",
    "detectable",
    "margin",
    "equivalence",
)
"""What a region has besides, as `compare --json` gives it."""


@dataclass(frozen=True)
class Asked:
    """One question to `supply`. `codes`: the regions answered for; `one`: whether the reader named the only one."""

    store: Store
    period: Period
    rule: MinimumRule
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    benchmark: str
    as_of: date | None
    one: bool


def nothing(store: Store, rule: str, kinds: tuple[str, ...], benchmark: str, as_of: date | None) -> dict[str, Any]:
    """The document where no supply is published: the same keys, without a period."""
    return {
        "period": None,
        "rule": rule,
        "rule_in_words": None,
        "kinds": list(kinds),
        "benchmark": benchmark,
        "as_of": as_of,
        "data_version": store.data_version(),
        "synthetic": False,
        "regions": [],
        "gaps_by_service": [],
        "unmapped": [],
        "units_without_register": [],
    }


def gaps_of(asked: Asked) -> pl.DataFrame:
    return gaps(asked.store, asked.period, asked.rule, codes=asked.codes, kinds=asked.kinds, as_of=asked.as_of)


def document(asked: Asked, language: str) -> dict[str, Any]:
    """What `supply --json` prints. `region` is two digits, `00` all regions with data taken together (riket); `rule` is
    the key that --rule takes. With one region also its municipalities and the spread between them."""
    units = standing(asked.store, asked.period, asked.rule, kinds=asked.kinds, as_of=asked.as_of)
    own = units.filter(pl.col("code").is_in(asked.codes))
    lacking = gaps_by_service(gaps_of(asked)).with_columns(title=f"title_{language}")
    unmapped = unmapped_services(asked.store, asked.period, codes=asked.codes, as_of=asked.as_of)
    outside = units_without_register(asked.store, asked.period, codes=asked.codes, as_of=asked.as_of)
    found = {
        "period": asked.period.key,
        "rule": asked.rule.key,
        "rule_in_words": asked.rule.words(language),
        "kinds": list(asked.kinds),
        "benchmark": asked.benchmark,
        "as_of": asked.as_of,
        "data_version": asked.store.data_version(),
        "synthetic": bool(own["synthetic"].any()),
        "regions": _regions(asked, units, language),
        "gaps_by_service": records(lacking.select("service", "title", "units", "unknown", "below_units")),
        "unmapped": records(unmapped),
        "units_without_register": records(outside.rename({"code": "region"})),
    }
    return found | _within(own, asked.codes[0]) if asked.one else found


def _regions(asked: Asked, units: pl.DataFrame, language: str) -> list[dict[str, Any]]:
    """A region's own share and how it compares, and all regions taken together last."""
    judged = compared_shares(
        asked.store, asked.period, asked.rule, benchmark=asked.benchmark, kinds=asked.kinds, as_of=asked.as_of
    ).rows
    whole = units.with_columns(pl.lit(NATION).alias("code"))
    counted = pl.concat([shares(units, ("code",)), shares(whole, ("code",))])
    rows = counted.join(judged.select("code", "region", "comment", *JUDGED), on="code", maintain_order="left")
    shown = rows.filter(pl.col("code").is_in([*asked.codes, NATION]))
    return [
        {"region": row["code"], "name": name_of(row, language), **{name: row[name] for name in (*SHARE, *JUDGED)}}
        for row in records(shown)
    ]


def _within(own: pl.DataFrame, code: str) -> dict[str, Any]:
    municipalities = shares(own, ("municipality",)).select("municipality", *SHARE)
    spread = municipality_spread(own, code)
    ends = {name: _part(getattr(spread, name)) for name in ("lowest", "highest", "least", "best")}
    tested = {"points": spread.points, "test": spread.test or None, "p_value": spread.p_value}
    return {"municipalities": records(municipalities), "spread": {**ends, **tested}}


def _part(part: Part | None) -> dict[str, Any] | None:
    return {"municipality": part.name, "share": part.share, "denominator": part.n} if part else None


def described(found: dict[str, Any], asked: Asked, language: str) -> str:
    """The document for a person: the rule, the shares, what is lacking, what is not counted."""
    heading = said(
        "heading", language, title=text("pages.supply.title", language), period=period_label(found["period"], language)
    )
    lines = [heading, said("the_rule", language, rule=found["rule_in_words"])]
    lines += [said("synthetic", language)] if found["synthetic"] else []
    lines += ["", _table([(row["name"], row) for row in found["regions"]], language, judged=True)]
    if asked.one:
        named = [(row["municipality"] or said("no_municipality", language), row) for row in found["municipalities"]]
        lines += ["", _table(named, language, judged=False)]
    if found["gaps_by_service"]:
        services = [
            [row["title"], *(format_number(row[name], 0, language) for name in ("units", "below_units", "unknown"))]
            for row in found["gaps_by_service"]
        ]
        names = ("title", "units", "below_units", "unknown")
        headers = [text(f"supply_analysis.columns.{name}", language) for name in names]
        lines += ["", said("lacking", language), aligned(headers, services, right=(1, 2, 3))]
    if found["unmapped"]:
        lines += [
            "",
            said("unmapped", language, services=", ".join(row["service_printed"] for row in found["unmapped"])),
        ]
    if found["units_without_register"]:
        lines += ["", said("without_register", language, count=len(found["units_without_register"]))]
    return "\n".join(lines)


def said(key: str, language: str, **values: object) -> str:
    return text(f"supply_analysis.cli.{key}", language, **values)


def _table(rows: list[tuple[str, dict[str, Any]]], language: str, *, judged: bool) -> str:
    """A line per region or municipality: share, interval, counts, and of regions the judgement and the place."""
    names = ["share", "interval", "reached", "counted", "unknown", "not_applicable"]
    headers = ["", *(said(name, language) for name in (*names, *(("judgement", "place") if judged else ())))]
    lines = [[name, *_cells(row, language), *(_judged(row, language) if judged else ())] for name, row in rows]
    return aligned(headers, lines, right=range(1, len(names) + 1))


def _cells(row: dict[str, Any], language: str) -> list[str]:
    low, high = (format_value(row[name], "percent", 1, language) for name in ("ci_low", "ci_high"))
    counts = ("numerator", "denominator", "unknown", "not_applicable")
    return [
        format_value(row["share"], "percent", 1, language),
        f"{low}–{high}" if row["ci_low"] is not None else "",
        *(format_number(row[name], 0, language) for name in counts),
    ]


def _judged(row: dict[str, Any], language: str) -> list[str]:
    word = told_word({"value": row["share"], "evidence": "computed", **row}, language) if row["judgement"] else ""
    return [word, "" if row["rank"] is None else rank_in_words(row, language, short=True)]
