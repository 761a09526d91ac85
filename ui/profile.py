"""One region: what stands out in it, in sentences that rest on tests, and its place among all regions."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import polars as pl
import streamlit as st

from analysis import Comparison, RegionFindings, TimeSeries, region_findings, series_over_time
from analysis.sentences import benchmark_name
from indicators import Indicator, catalogue
from locales.numbers import swedish_order
from ui.address import pick
from ui.cache import Key, kept
from ui.escape import plain
from ui.figures import view_key
from ui.frame import Frame
from ui.notes import bullets
from ui.profile_words import finding_sentence, moved_sentence

_FIRST: Final = "25"
_STANDINGS: Final = ("worse", "better", "apart", "similar", "not_assessable")


@dataclass(frozen=True)
class Profile:
    """A region's page. `findings` is asked for only when something is not ready from before."""

    frame: Frame
    region: str
    level: float
    synthetic: bool

    @cached_property
    def findings(self) -> RegionFindings:
        return region_findings(self.frame.store, self.region, level=self.level, include_synthetic=self.synthetic)

    @property
    def key(self) -> Key:
        return view_key(self.frame, "profile", self.region, str(self.level), str(self.synthetic))

    @property
    def comparisons(self) -> list[Comparison]:
        """The comparisons behind the findings, strongest first in each judgement, worse before better."""
        return [one.comparison for name in _STANDINGS for one in getattr(self.findings, name)]

    def series(self, indicator: str) -> TimeSeries:
        """The region's and Riket's figures over time."""
        return series_over_time(self.frame.store, indicator, regions=[self.region], include_synthetic=self.synthetic)

    def rests_on_synthetic(self, indicator: str) -> bool:
        """Whether a figure of the region's own series is example data."""
        flags = self.series(indicator).rows.filter(pl.col("code") == self.region)["flags"]
        return bool(flags.str.contains("x", literal=True).any())

    def say(self, key: str, **values: object) -> str:
        return self.frame.say(f"profile.{key}", **values)


def region_of(frame: Frame) -> str:
    """The region in the address (`region=25`), Norrbotten first."""
    regions = catalogue().regions
    codes = sorted(catalogue().region_codes, key=lambda code: swedish_order(regions[code].short_name))
    return pick(
        frame,
        "region",
        codes,
        label=frame.say("profile.region"),
        shown=lambda code: regions[code].name,
        default=_FIRST,
        remember=True,
    )


def banner(profile: Profile) -> None:
    """A warning at the top where a figure on the page is synthetic."""
    if kept(("synthetic", *profile.key), lambda: any(one.synthetic for one in profile.comparisons)):
        st.warning(profile.frame.say("ui.synthetic"))


def stands_out(profile: Profile) -> None:
    """What differs from the benchmark and what has changed: tested statements only, strongest first."""
    told = kept(("told", *profile.key), partial(_told, profile))
    st.header(profile.say("stands_out"), anchor=False)
    if "tally" not in told:
        st.info(profile.frame.say("ui.nothing_published"))
        return
    st.markdown(told["tally"][0])
    for name in ("worse", "better", "apart", "changed"):
        st.subheader(profile.say(f"headings.{name}"), anchor=False)
        bullets(told[name] or [profile.say(f"nothing.{name}")])
    for name in ("similar", "unchanged"):
        if told[name]:
            heading = "similar_998" if name == "similar" and profile.level != 95 else name
            with st.expander(profile.say(f"headings.{heading}", count=len(told[name]))):
                bullets(told[name])


def cannot_be_assessed(profile: Profile) -> None:
    """What nothing may be said of, each with its reason; and what has no figure for the region at all."""
    told = kept(("told", *profile.key), partial(_told, profile))
    st.header(profile.say("cannot"), anchor=False)
    for name in ("not_assessable", "unknown_change"):
        if told.get(name):
            st.subheader(profile.say(f"headings.{name}"), anchor=False)
            bullets(told[name])
    with st.expander(profile.say("headings.without", count=len(told["without"]))):
        bullets(told["without"])


def _told(profile: Profile) -> dict[str, list[str]]:
    """All sentences of the page as markdown, by heading; only what is lacking where the region has no figure."""
    findings, language = profile.findings, profile.frame.language
    with_figures = {one.comparison.indicator.id for one in findings.all}
    lacking = [plain(one.title.in_language(language)) for one in _known() if one.id not in with_figures]
    if not with_figures:
        return {"without": lacking}
    found = {
        name: [finding_sentence(one, language, profile.level) for one in getattr(findings, name)] for name in _STANDINGS
    }
    moved = {
        name: [
            moved_sentence(one, language, synthetic=profile.rests_on_synthetic(one.indicator.id))
            for one in getattr(findings, name)
        ]
        for name in ("changed", "unchanged", "unknown_change")
    }
    counts = {name: len(sentences) for name, sentences in (found | moved).items()}
    region, benchmark = catalogue().regions[profile.region].name, benchmark_name("riket", language)
    tally = plain(profile.say("tally", region=region, benchmark=benchmark, **counts))
    return {**found, **moved, "without": lacking, "tally": [tally]}


def _known() -> list[Indicator]:
    return list(catalogue().indicators.values())


def assessed(profile: Profile) -> tuple[int, int]:
    """How many of the region's figures could be assessed, and how many are marked at the page's level."""

    def counted() -> list[int]:
        found = profile.findings
        marked = len(found.better) + len(found.worse) + len(found.apart)
        return [marked + len(found.similar), marked]

    every, marked = kept(("assessed", *profile.key), counted)
    return every, marked
