"""The decided targets: how those that hold or are to come stand, or that none is entered here; each in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analysis.targets.standing import STATUSES
from locales import text
from locales.numbers import format_date
from wording.judgement import capital
from wording.targets import (
    figure_in_words,
    status_reason,
    status_word,
    target_in_words,
    title_of,
    validity_in_words,
)

_LIVE: Final = ("in_force", "later")


@dataclass(frozen=True)
class Finding:
    """The headline, and the sentences that carry it."""

    headline: str
    lead: tuple[str, ...]


@dataclass(frozen=True)
class Target:
    """A decided target in words: whose and what, how it stands (`standing`: one of STATUSES), by which figure, who
    decided it where, and for how long."""

    region: str
    stated: str
    status: str
    figure: str
    decision: str
    valid: str
    phase: str
    standing: str


TARGET_COLUMNS: Final = ("region", "stated", "status", "figure", "decision", "valid", "phase")


def targets_in_words(targets: Sequence[Mapping[str, Any]], language: str) -> tuple[Target, ...]:
    """The targets (rows of ATTAINED) as a page and a workbook tell them."""
    return tuple(_target(row, language) for row in targets)


def _target(row: Mapping[str, Any], language: str) -> Target:
    status, reason = status_word(row, language), status_reason(row, language)
    own = text(f"targets.own.{'own' if row['own'] else 'shared'}", language)
    phase = text(f"targets.phase.{row['phase']}", language)
    return Target(
        row["region"],
        f"{title_of(row['indicator'], language)}: {target_in_words(row, language)}",
        f"{status}: {reason}" if reason else status,
        figure_in_words(row, language),
        f"{row['body']}, {format_date(row['decided'], language)}. {row['document']}",
        capital(validity_in_words(row, language)),
        f"{capital(own)}: {phase}",
        row["status"],
    )


def finding(
    targets: Sequence[Mapping[str, Any]], regions: int, lacking: int, followed: int, indicator: str, language: str
) -> Finding:
    """The finding of targets (rows of ATTAINED) in so many `regions`; `lacking` of the `followed` indicators have none
    in any of them; `indicator`: the only one that is looked at, "" for all."""
    of = text("targets.finding.of", language, title=title_of(indicator, language)) if indicator else ""
    live = [row for row in targets if row["phase"] in _LIVE]
    if not live:
        none = "ended" if targets else "none_of_indicator" if indicator else "none"
        return Finding(text(f"targets.finding.{none}", language, of=of), (text("targets.finding.no_claim", language),))
    counts = Counter(row["status"] for row in live)
    stands = [text(f"targets.finding.{name}", language, count=counts[name]) for name in STATUSES if counts[name]]
    held = {"count": len({row["code"] for row in live}), "regions": regions, "of": of, "stands": ", ".join(stands)}
    shared = [text("targets.finding.shared", language)] if any(not row["own"] for row in live) else []
    told = [] if indicator else [text("targets.finding.covered", language, count=followed - lacking, every=followed)]
    return Finding(text("targets.finding.some", language, **held), (*told, *shared))
