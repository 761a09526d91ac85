"""The audits side by side: what the same thing was recommended in each region, and who has done what."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.followup.audits import FollowedAudit, FollowedRecommendation
from models.entered import THEMES


@dataclass(frozen=True)
class Theme:
    """One theme (models.entered.THEMES) and each region's recommendations on it; a region whose letter holds none is
    there with none."""

    theme: str
    regions: tuple[tuple[str, tuple[FollowedRecommendation, ...]], ...]


def same_side_by_side(audits: Sequence[FollowedAudit]) -> tuple[Theme, ...]:
    """The themes that some letter has, in THEMES' order, over the audited regions in the audits' order."""
    codes = list(dict.fromkeys(audit.region for audit in audits))
    every = [one for audit in audits for one in audit.recommendations]
    held = {one.theme for one in every}
    return tuple(
        Theme(
            theme,
            tuple((code, tuple(one for one in every if (one.theme, one.region) == (theme, code))) for code in codes),
        )
        for theme in THEMES
        if theme in held
    )


def regions_without_letter(audits: Sequence[FollowedAudit], codes: Sequence[str]) -> tuple[str, ...]:
    """Of these regions, those of which no audit is entered: nothing is known of them, which is no verdict."""
    known = {audit.region for audit in audits}
    return tuple(code for code in codes if code not in known)
