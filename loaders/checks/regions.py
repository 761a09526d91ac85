"""Which region is it? A name and a code must mean the same one; in a source that mixes regions with municipalities a
bare name that is both (`Uppsala`) is never guessed at."""

import difflib
from collections.abc import Callable
from typing import Final

import polars as pl

from indicators import Catalogue, Region, tidy_name
from loaders.checks.context import Findings, looked_up
from loaders.problems import SHOWN_PER_RULE

_ABSENT: Final = ("", "-")
_REGION_WORDS: Final = ("region", "regionen", "län", "läns", "landsting", "landstinget")
# The municipalities with a region's short name. Gotland is one and the same: no guess is needed.
_SHARED: Final = frozenset({"stockholm", "uppsala", "jönköping", "kalmar", "örebro"})
_MISSPELT: Final = 0.85  # likeness; the municipality most like a region, Enköping, is 0.82 like Jönköping

_Judged = tuple[str | None, str, str, str]
"""(region code or None, fault or "", the text at fault, the nearest known name)."""


def resolve_regions(frame: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Claims with `region`. A name and a code must mean the same region; neither is preferred."""
    judge = _judge(findings.known)
    if findings.regions_only:
        judge = _judge_among_municipalities(frame, findings.known, judge)
    schema = dict.fromkeys(("region", "region_fault", "region_found", "near"), pl.String)
    frame = looked_up(frame, ["region_code", "region_name"], judge, schema)
    if findings.regions_only:
        others = frame.filter(pl.col("region_fault") == "elsewhere")
        name = "region_code" if (frame["region_code"] != "").any() else "region_name"
        findings.set_aside_with_warning(others, "not_a_region", name, name)
        frame = frame.filter(pl.col("region_fault") != "elsewhere")
    for variant in ("no_region", "unknown_region", "unknown_region_near", "region_disagrees", "region_or_municipality"):
        rule = "unknown_region" if variant == "no_region" else variant.removesuffix("_near")
        faulty = frame.filter(pl.col("region_fault") == variant)
        by_code = faulty.filter(pl.col("region_found") == pl.col("region_code"), pl.col("region_code") != "")
        by_name = faulty.filter((pl.col("region_found") != pl.col("region_code")) | (pl.col("region_code") == ""))
        for part, name in ((by_code, "region_code"), (by_name, "region_name")):
            findings.rows(part, rule, name, "region_found", variant=variant, values={"near": "near"})
    return frame.drop("region_fault", "region_found", "near", "region_code", "region_name")


def _judge(known: Catalogue) -> Callable[[str, str], _Judged]:
    looked_for: set[str] = set()  # finding the nearest name takes a millisecond: not for each of 200 000 clinics

    def judge(code: str, name: str) -> _Judged:
        asked = [text for text in (code, name) if text not in _ABSENT]
        found: list[Region | None] = [known.region_named(text) for text in asked]
        unknown = next((text for text, region in zip(asked, found, strict=True) if region is None), None)
        if not asked:
            return None, "no_region", "", ""
        if unknown is not None:
            near = None
            # A code is no misspelt name: 77 is as near to any code as to another.
            if len(looked_for) < SHOWN_PER_RULE and any(sign.isalpha() for sign in unknown):
                looked_for.add(unknown)
                near = known.nearest_region(unknown)
            return None, "unknown_region_near" if near else "unknown_region", unknown, near or ""
        codes = {region.code for region in found if region}
        if len(codes) > 1:
            return None, "region_disagrees", f"{code} {name}", found[0].name if found[0] else ""
        return codes.pop(), "", "", ""

    return judge


def _judge_among_municipalities(
    frame: pl.DataFrame, known: Catalogue, judge: Callable[[str, str], _Judged]
) -> Callable[[str, str], _Judged]:
    """What is neither region nor a misspelt one is set aside ("elsewhere"). A bare shared name is the region where the
    table's names are all 21 regions, the municipality where the region stands beside it by its full name, else an
    error."""
    names = frame["region_name"].unique().to_list()
    regions = {tidy_name(name): known.region_named(name) for name in names if name not in _ABSENT}
    only_regions = all(regions.values())
    codes = {region.code for region in regions.values() if region}
    explicit = {region.code for name, region in regions.items() if region and name not in _SHARED}
    complete = only_regions and codes >= set(known.region_codes)

    def among(code: str, name: str) -> _Judged:
        told = judge(code, name)
        tidy = tidy_name(name)
        if told[0] and code in _ABSENT and tidy in _SHARED and not complete:
            region = known.regions[told[0]]
            fault = "elsewhere" if told[0] in explicit else "region_or_municipality"
            return None, fault, name, region.name
        if not told[1].startswith("unknown_region"):
            return told
        if code not in _ABSENT:
            of_name = known.region_named(name) if tidy not in _SHARED else None
            return (None, "region_disagrees", f"{code} {name}", "") if of_name else (None, "elsewhere", told[2], "")
        return told if _names_a_region(tidy, known) else (None, "elsewhere", told[2], "")

    return among


def _names_a_region(tidy: str, known: Catalogue) -> bool:
    """Whether a name that is no region's was meant as one: it says so, or is a region's but for a letter or two."""
    if any(word in _REGION_WORDS or word.endswith("regionen") for word in tidy.split()):
        return True
    names = [
        tidy_name(name) for each in known.regions.values() for name in (each.name, each.short_name, *each.synonyms)
    ]
    return bool(difflib.get_close_matches(tidy, names, n=1, cutoff=_MISSPELT))
