"""Follow-up of the audits: what has come of the recommendations in short, and region by region over the themes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.followup import (
    STATUSES,
    FollowedAudit,
    FollowedRecommendation,
    late_recommendations,
    regions_without_letter,
    replied_late,
    same_side_by_side,
)
from indicators import catalogue
from locales import text
from locales.numbers import format_date
from views.parts import Reader
from wording.followup import SIGNS, status_word
from wording.headline import listed


@dataclass(frozen=True)
class Finding:
    """How the recommendations stand, and what is late and what is not loaded."""

    headline: str
    lead: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A recommendation in the compiled table: its number, the sign and word of its status (`x` marks a made-up reply),
    where it stands whole, and whether its reply is made up."""

    number: int
    sign: str
    word: str
    address: str
    synthetic: bool


@dataclass(frozen=True)
class Region:
    """A region's row, a cell per theme; `loaded`: whether its letter is."""

    name: str
    loaded: bool
    cells: tuple[tuple[Held, ...], ...]


@dataclass(frozen=True)
class Compiled:
    """The audited regions over the themes (their titles)."""

    themes: tuple[str, ...]
    regions: tuple[Region, ...]


def finding(audits: Sequence[FollowedAudit], audited: Sequence[str], today: date, language: str) -> Finding:
    """The finding of the shown audits; `audited`: codes of the regions whose letters should be loaded."""
    return Finding(_headline(audits, language), (_late(audits, today, language), *_lacking(audits, audited, language)))


def _headline(audits: Sequence[FollowedAudit], language: str) -> str:
    counts = Counter(one.status for audit in audits for one in audit.recommendations)
    total = counts.total()
    named = {
        "count": text("followup.finding.one" if total == 1 else "followup.finding.count", language, count=total),
        "regions": listed(list(dict.fromkeys(_short(audit) for audit in audits)), language),
    }
    if set(counts) <= {STATUSES[0]}:
        return text("followup.finding.unanswered", language, **named)
    stands = [
        text(f"followup.stands.{status}", language, count=counts[status])
        for status in reversed(STATUSES)
        if counts[status]
    ]
    return text("followup.finding.some", language, stands=", ".join(stands), **named)


def _short(audit: FollowedAudit) -> str:
    return catalogue().regions[audit.region].short_name


def _late(audits: Sequence[FollowedAudit], today: date, language: str) -> str:
    """What is late, and what was replied to late, in numbers."""
    late, came, day = late_recommendations(audits), replied_late(audits), format_date(today, language)
    replied = any(one.replies for audit in audits for one in audit.recommendations)
    key = "late_count" if late else "nothing_late" if replied else "late_unknown"
    said = [text(f"followup.{key}", language, count=len(late), day=day)]
    said += [text("followup.replied_late_count", language, count=len(came))] if came else []
    return " ".join(said)


def _lacking(audits: Sequence[FollowedAudit], audited: Sequence[str], language: str) -> list[str]:
    missing = [catalogue().regions[code].short_name for code in regions_without_letter(audits, audited)]
    return [text("followup.no_letter", language, regions=listed(missing, language))] if missing else []


def compiled(reader: Reader, audits: Sequence[FollowedAudit], audited: Sequence[str]) -> Compiled:
    """Every audited region, and every other with a letter, over the themes that some letter has."""
    themes = same_side_by_side(audits)
    codes = list(dict.fromkeys([*audited, *(audit.region for audit in audits)]))
    loaded = {audit.region for audit in audits}
    held = {
        (code, theme.theme): tuple(_held(reader, one) for one in recommendations)
        for theme in themes
        for code, recommendations in theme.regions
    }
    return Compiled(
        tuple(text(f"followup.themes.{theme.theme}", reader.language) for theme in themes),
        tuple(
            Region(
                catalogue().regions[code].short_name,
                code in loaded,
                tuple(held.get((code, theme.theme), ()) for theme in themes),
            )
            for code in codes
        ),
    )


def _held(reader: Reader, one: FollowedRecommendation) -> Held:
    made_up = bool(one.reply and one.reply["synthetic"])
    word = status_word(one.status, reader.language) + ("\N{NO-BREAK SPACE}x" if made_up else "")
    address = reader.link("followup", audit=one.audit, view="each")
    return Held(one.number, SIGNS[one.status], word, address, made_up)
