"""Regionrapport: what a region's page says and what stands behind it, for a paper read away from the pages."""

from dataclasses import dataclass
from datetime import date

from analysis import Finding, region_findings
from analysis.followup import FollowedRecommendation, followed_audits
from analysis.moments import today_in_sweden
from indicators import period_label
from views.method import Section, sections
from views.parts import Reader
from views.profile import Profile, profile
from wording.followup import status_word
from wording.sentences import benchmarks_of


@dataclass(frozen=True)
class Recommended:
    """A recommendation, word for word, to whom it was put, and how it stands."""

    number: int
    said: str
    to: str
    stands: str


@dataclass(frozen=True)
class Letter:
    """An audit of the region, with its recommendations."""

    title: str
    about: str
    recommendations: tuple[Recommended, ...]


@dataclass(frozen=True)
class Origin:
    """Where the region's figure in a measure stands: its publisher, file and cell."""

    title: str
    publisher: str
    file: str
    cell: str


@dataclass(frozen=True)
class RegionReport:
    """The paper. `synthetic`: something on it is made up; `day`: the day whose figures it shows."""

    shown: Profile
    benchmark: str
    level: float
    day: date
    letters: tuple[Letter, ...]
    method: tuple[Section, ...]
    origins: tuple[Origin, ...]
    synthetic: bool


def region_report(reader: Reader, region: str, *, level: float = 95, synthetic: bool = False) -> RegionReport:
    """The report of a region (its code), as it was on the reader's day.

    Raises UnknownChoice for no region's code."""
    found = region_findings(reader.store, region, level=level, as_of=reader.as_of, include_synthetic=synthetic)
    audits = followed_audits(reader.store, today_in_sweden(), as_of=reader.as_of, include_synthetic=False)
    comparisons = [one.comparison for one in found.all]
    return RegionReport(
        profile(reader, found, synthetic=synthetic),
        benchmarks_of([one.comparison for one in found.current], reader.language),
        level,
        reader.as_of or today_in_sweden(),
        tuple(
            Letter(one.title, one.report, tuple(_recommended(each, reader.language) for each in one.recommendations))
            for one in audits
            if one.region == region
        ),
        sections(reader.language),
        tuple(_origin(one, reader.language) for one in found.all if one.row["file"]),
        any(one.synthetic for one in comparisons),
    )


def _recommended(one: FollowedRecommendation, language: str) -> Recommended:
    return Recommended(one.number, one.text, one.addressed_to, status_word(one.status, language))


def _origin(finding: Finding, language: str) -> Origin:
    indicator, row = finding.comparison.indicator, finding.row
    title = f"{indicator.short_title.in_language(language)} {period_label(row['period'], language)}"
    sheet = f"{row['sheet']}, " if row["sheet"] else ""
    return Origin(title, indicator.source, row["file"], f"{sheet}{row['cell']}")
