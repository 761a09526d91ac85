"""The decided targets in short: how those that hold or are to come stand, or that none is entered here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analysis.targets.standing import STATUSES
from locales import text
from wording.targets import title_of

_LIVE: Final = ("in_force", "later")


@dataclass(frozen=True)
class Finding:
    """The headline, and the sentences that carry it."""

    headline: str
    lead: tuple[str, ...]


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
