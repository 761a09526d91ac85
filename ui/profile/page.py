"""One region: what stands out in it, in sentences that rest on tests, and its place among all regions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import polars as pl
import streamlit as st

from analysis import (
    Comparison,
    Finding,
    Marks,
    RegionFindings,
    TimeSeries,
    marks_of,
    region_findings,
    series_over_time,
    shown_judgement,
)
from analysis.change.questions import RegionChanges
from analysis.followup import followed_audits, today_in_sweden
from analysis.followup.audits import entered_version
from analysis.groups import audited_regions
from analysis.methods.flags import any_synthetic
from analysis.told import EQUIVALENT, told_as
from charts.drawn_grids import measures_drawn
from indicators import AREAS, Indicator, catalogue, period_of
from ui import certainty, pictures, take
from ui.address import pick, switched
from ui.cache import Key, kept, view_key
from ui.escape import as_html, plain
from ui.notes import bullets, synthetic_warning
from ui.parts import card_head, link, paragraphs
from ui.profile.html import leads, measures
from ui.profile.words import finding_sentence, moved_sentence
from ui.targets.beside import region_line
from ui.visit import Visit
from views.papers import Paper, region_in_short, region_report
from views.parts import Reader
from views.profile import Profile as View
from views.profile import profile as view
from wording.sentences import benchmarks_of

_FIRST: Final = "25"
_STANDINGS: Final = ("worse", "better", "apart", "similar", "not_assessable")
_CHANGES: Final = ("changed", "unchanged", "unknown_change", "older_changes")


@dataclass(frozen=True)
class Profile:
    """A region's page. `findings` is asked for only when something is not ready from before."""

    visit: Visit
    region: str
    level: float
    synthetic: bool

    @cached_property
    def findings(self) -> RegionFindings:
        return region_findings(
            self.visit.store,
            self.region,
            level=self.level,
            as_of=self.visit.as_of,
            include_synthetic=self.synthetic,
        )

    @cached_property
    def key(self) -> Key:
        letters = str(entered_version(self.visit.store))
        return view_key(self.visit, "profile", self.region, letters, str(self.level), str(self.synthetic))

    @property
    def comparisons(self) -> list[Comparison]:
        """The comparisons behind the findings, strongest first in each judgement, worse before better, older last."""
        return [one.comparison for name in (*_STANDINGS, "older") for one in getattr(self.findings, name)]

    @property
    def against(self) -> str:
        """What the region is compared with, in words: of its current figures, or of the older where it has no other."""

        def made() -> str:
            found = self.findings
            return benchmarks_of([one.comparison for one in found.current or found.older], self.visit.language)

        return kept(("against", *self.key), made)

    def series(self, indicator: str) -> TimeSeries:
        """The region's and Riket's figures over time."""
        return series_over_time(
            self.visit.store,
            indicator,
            regions=[self.region],
            as_of=self.visit.as_of,
            include_synthetic=self.synthetic,
        )

    def rests_on_synthetic(self, indicator: str) -> bool:
        """Whether a figure of the region's own series is example data."""
        return any_synthetic(self.series(indicator).rows.filter(pl.col("code") == self.region))

    def say(self, key: str, **values: object) -> str:
        return self.visit.say(f"profile.{key}", **values)


def region_of(visit: Visit) -> str:
    """The region in the address (`region=25`), Norrbotten first."""
    regions = catalogue().regions
    codes = catalogue().codes_by_name
    return pick(
        visit,
        "region",
        codes,
        label=visit.say("profile.region"),
        shown=lambda code: regions[code].name,
        default=_FIRST,
        remember=True,
    )


def view_of(profile: Profile) -> View:
    """The page's view, made once for the region, the day, the language and the choices."""
    visit = profile.visit
    reader = Reader(visit.language, visit.store, visit.as_of)
    make = partial(_view, reader, profile)
    return kept(("view", *profile.key), make)


def _view(reader: Reader, profile: Profile) -> View:
    return view(reader, profile.findings, synthetic=profile.synthetic)


def neighbours(visit: Visit, region: str) -> None:
    """The regions before and after by name, one click away."""
    regions = catalogue().regions
    codes = catalogue().codes_by_name
    at = codes.index(region)
    reader = Reader(visit.language, visit.store, visit.as_of)
    ways = [
        link(visit.say(f"profile.table.{key}", name=regions[code].short_name), reader.link("profile", region=code))
        for key, code in (("previous", codes[at - 1]), ("next", codes[(at + 1) % len(codes)]))
    ]
    st.html(f'<p class="ways">{"".join(ways)}</p>', width="content")


def leaves(profile: Profile, shown: View) -> None:
    """The table of measures as a picture; the page for a meeting: the report, and the same on one page."""
    visit = profile.visit
    reader = Reader(visit.language, visit.store, visit.as_of)
    made = {"short": region_in_short, "report": region_report}
    papers = [take.PaperOf(sort, profile.region, partial(_paper, make, reader, profile)) for sort, make in made.items()]
    take.menu(visit, pictures=_picture(profile, shown), papers=papers, page=True)


def _picture(profile: Profile, shown: View) -> list[pictures.Taken]:
    if not shown.rows:
        return []
    visit = profile.visit
    keys = sorted((row.when for row in shown.rows), key=lambda key: period_of(key).recency)
    taken = pictures.of_table(
        visit,
        (f"{shown.name}: {shown.lead[0]}".rstrip("."), profile.say("table.heading", benchmark=profile.against)),
        partial(measures_drawn, shown.rows, visit.language),
        ([row.indicator for row in shown.rows], (keys[0], keys[-1])),
        synthetic=any(row.synthetic for row in shown.rows),
        assumed=any(row.cell.verdict.assumed for row in shown.rows),
        name=profile.say("table.measures"),
    )
    return [taken]


def _paper(make: Callable[..., Paper], reader: Reader, profile: Profile) -> Paper:
    return make(reader, profile.region, level=profile.level, synthetic=profile.synthetic)


def lead_cards(shown: View) -> None:
    """The four lead measures."""
    st.html(leads(shown.leads))


def all_measures(profile: Profile, shown: View) -> None:
    """Every measure that says how things stand, in one table; the older ones apart."""
    visit = profile.visit
    if not shown.rows and not shown.older:
        st.info(visit.say("ui.nothing_published"))
        return
    heading = profile.say("table.heading", benchmark=profile.against)
    known = {name: profile.say(f"table.{name}") for name in ("worst", "area")}
    order, switch = switched(visit, "order", known, label=profile.say("table.label"))
    rows = sorted(shown.rows, key=lambda row: AREAS.index(row.area)) if order == "area" else shown.rows
    note = f'<p class="said">{as_html(profile.say("table.note", benchmark=profile.against))}</p>'
    st.html(
        f'<section class="card">{card_head(heading, switch)}{measures(rows, heading, visit.language)}{note}</section>'
    )
    if shown.older:
        with st.expander(plain(profile.say("headings.older", count=len(shown.older)))):
            told = kept(("told", *profile.key), partial(_told, profile))
            st.markdown(told["older_about"][0])
            caption = kept(("older", *profile.key), partial(_older_caption, profile))
            st.html(f'<p class="said">{as_html(caption)}</p>{measures(shown.older, caption, visit.language)}')


def _older_caption(profile: Profile) -> str:
    against = benchmarks_of([one.comparison for one in profile.findings.older], profile.visit.language)
    return profile.say("older_standing", region=catalogue().regions[profile.region].name, benchmark=against)


def other_cards(profile: Profile) -> None:
    """What the audit recommended the region, its targets, and what is known of its telephone."""
    visit, region = profile.visit, profile.region
    left, middle, right = st.columns(3, gap="medium")
    reader = Reader(visit.language, visit.store, visit.as_of)
    with left, st.container(border=True, key="card audit", height="stretch"):
        audits = followed_audits(visit.store, today_in_sweden(), as_of=visit.as_of, include_synthetic=False)
        every = [one for audit in audits if audit.region == region for one in audit.recommendations]
        replied = sum(1 for one in every if one.replies)
        said = [profile.say("audit.some" if every else "audit.none", count=len(every))]
        if every:
            said.append(visit.say("overview.replies" if replied else "overview.no_reply", count=replied))
        ways = {"followup": profile.say("audit.more")}
        if region in audited_regions(visit.store, visit.as_of):
            ways = {"since-audit": profile.say("audit.since"), **ways}
        more = "".join(link(words, reader.link(page, region=region), arrow=True) for page, words in ways.items())
        more = f'<p class="ways">{more}</p>'
        st.html(card_head(profile.say("audit.heading")) + paragraphs(said) + more)
    with middle, st.container(border=True, key="card targets", height="stretch"):
        st.html(card_head(visit.say("area.target")))
        region_line(visit, region, synthetic=profile.synthetic)
    with right, st.container(border=True, key="card phone", height="stretch"):
        by_phone = kept(("by phone", *profile.key), partial(_by_phone, profile))
        said = [profile.say("phone.some" if by_phone else "phone.none", count=by_phone)]
        more = link(profile.say("phone.more"), reader.link("phone", region=region), arrow=True)
        st.html(card_head(profile.say("phone.heading")) + paragraphs(said) + f"<p>{more}</p>")


def _by_phone(profile: Profile) -> int:
    return sum(one.comparison.indicator.area == "phone" for one in profile.findings.all)


def banner(profile: Profile) -> None:
    """A warning at the top where a figure on the page is synthetic."""
    if kept(("synthetic", *profile.key), lambda: any(one.synthetic for one in profile.comparisons)):
        synthetic_warning(profile.visit)


def stands_out(profile: Profile) -> None:
    """What differs from the benchmark and what has changed: tested statements only, strongest first."""
    told = kept(("told", *profile.key), partial(_told, profile))
    st.header(profile.say("stands_out"), anchor=False)
    if "tally" not in told:
        st.info(profile.visit.say("ui.nothing_published"))
        region_line(profile.visit, profile.region, synthetic=profile.synthetic)
        return
    st.markdown(told["tally"][0])
    for name in ("worse", "better", "apart", "changed"):
        st.subheader(_heading(profile, name, told), anchor=False)
        bullets(told[name] or [profile.say(f"nothing.{name}")])
    for name in ("similar", "unchanged"):
        if told[name]:
            with st.expander(_heading(profile, name, told)):
                bullets(told[name])
    region_line(profile.visit, profile.region, synthetic=profile.synthetic)
    if told["older"]:
        st.subheader(_heading(profile, "older", told), anchor=False)
        st.markdown(told["older_about"][0])
        bullets([*told["older"], *told["older_changes"]])


def cannot_be_assessed(profile: Profile) -> None:
    """What nothing may be said of, each with its reason; and what has no figure for the region at all."""
    told = kept(("told", *profile.key), partial(_told, profile))
    st.header(profile.say("cannot"), anchor=False)
    for name in ("not_assessable", "unknown_change"):
        if told.get(name):
            st.subheader(_heading(profile, name, told), anchor=False)
            bullets(told[name])
    with st.expander(profile.say("headings.without", count=len(told["without"]))):
        bullets(told["without"])


def _heading(profile: Profile, name: str, told: dict[str, list[str]]) -> str:
    """The heading over some sentences, with their number and what their figures were compared with; markdown."""
    key = "similar_998" if name == "similar" and profile.level != 95 else name
    return plain(profile.say(f"headings.{key}", count=len(told[name]), benchmark=told[f"against_{name}"][0]))


def _told(profile: Profile) -> dict[str, list[str]]:
    """All sentences of the page as markdown, by heading; only what is lacking where the region has no figure."""
    findings, language = profile.findings, profile.visit.language
    with_figures = {one.comparison.indicator.id for one in findings.all}
    lacking = [plain(one.title.in_language(language)) for one in _known() if one.id not in with_figures]
    if not with_figures:
        return {"without": lacking}
    found = {
        name: [finding_sentence(one, language) for one in getattr(findings, name)] for name in (*_STANDINGS, "older")
    }
    moved = {
        name: [
            moved_sentence(one, language, synthetic=profile.rests_on_synthetic(one.indicator.id))
            for one in getattr(findings, name)
        ]
        for name in _CHANGES
    }
    counts = {name: len(sentences) for name, sentences in (found | moved).items()}
    counts["equivalent"] = sum(told_as(one.row) == EQUIVALENT for one in findings.similar)
    tally = profile.say("tally", region=catalogue().regions[profile.region].name, benchmark=profile.against, **counts)
    newest = str(findings.newest.year) if findings.newest else ""
    about = profile.say("older_about", newest=newest)
    against = {f"against_{name}": [_against(profile, getattr(findings, name, ()))] for name in (*found, *moved)}
    return {**found, **moved, **against, "without": lacking, "tally": [plain(tally)], "older_about": [plain(about)]}


def _against(profile: Profile, shown: Sequence[Finding | RegionChanges]) -> str:
    """What these findings were compared with; the page's own benchmark where there are none."""
    compared = [one.comparison for one in shown if isinstance(one, Finding)]
    return benchmarks_of(compared, profile.visit.language) if compared else profile.against


def _known() -> list[Indicator]:
    return list(catalogue().measured.values())


def how_sure(profile: Profile, by_chance: str) -> None:
    """How many of the region's figures could be assessed, how many are marked at the page's level, and what chance
    makes of its places (a sentence, or "")."""
    marks, against = kept(("assessed", *profile.key), partial(_assessed, profile))
    more = [plain(by_chance)] if by_chance else []
    with certainty.fold(profile.visit):
        certainty.how_sure_of(profile.visit, marks, against, profile.level, more)


def _assessed(profile: Profile) -> tuple[Marks, str]:
    found = [one for one in profile.findings.current if shown_judgement(one.row) != "not_assessable"]
    against = benchmarks_of([one.comparison for one in found], profile.visit.language)
    return marks_of([one.row for one in found]), against
