"""Every audit with its recommendations, what the boards have replied, and what is late; the same side by side, theme
by theme."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from analysis.choices import UnknownChoice
from analysis.followup.late import NO_REPLY, UNANSWERED, Late, came_late, late_on
from analysis.followup.registered import registered_audits, registered_no_replies, registered_recommendations
from analysis.followup.replies import replies_by_recommendation
from indicators import catalogue
from models import Store
from models.entered import THEMES

Row = dict[str, Any]


@dataclass(frozen=True)
class FollowedRecommendation:
    """A recommendation and how it stands. `replies`: every published reply (replies.REPLIES), oldest first; the last
    counts. `late`: None where nothing is late; `came_late`: how late the first reply was, None for one in time.
    `version`: the number of the entry that stands. `none_came`: the statement (registered.NO_REPLIES) that no reply had
    come by a day, which a reply that is loaded overrides."""

    audit: str
    region: str
    number: int
    text: str
    addressed_to: str
    theme: str
    indicators: tuple[str, ...]
    source: str
    version: int
    replies: tuple[Row, ...]
    late: Late | None
    came_late: Late | None
    none_came: Row | None = None

    @property
    def reply(self) -> Row | None:
        return self.replies[-1] if self.replies else None

    @property
    def status(self) -> str:
        """One of late.STATUSES."""
        if self.replies:
            return str(self.replies[-1]["status"])
        return NO_REPLY if self.none_came else UNANSWERED


@dataclass(frozen=True)
class FollowedAudit:
    """An audit and its recommendations by number. `decided` and `reply_due` are None where the letter does not say.
    `version`: the number of the entry that stands."""

    audit: str
    region: str
    title: str
    report: str
    auditor: str
    decided: date | None
    reply_due: date | None
    source: str
    version: int
    recommendations: tuple[FollowedRecommendation, ...]

    @property
    def region_name(self) -> str:
        return catalogue().regions[self.region].name

    @property
    def since(self) -> date | None:
        """The day the figures are told before and after: the letter's day, else the day a reply was due."""
        return self.decided or self.reply_due


def followed_audits(
    store: Store, today: date, *, as_of: date | None = None, include_synthetic: bool = True
) -> tuple[FollowedAudit, ...]:
    """The audits that stand, by region's name; `today` is the day lateness is told on. The same question gives the
    same answer until something is entered or published. Without synthetic, a made-up reply is none."""
    return _followed(store, store.data_version(), entered_version(store), today, as_of, include_synthetic)


def entered_version(store: Store) -> tuple[int, int]:
    """Two numbers, one of which changes with every entry: entries are no publications."""
    return store.versions().entered


@lru_cache(maxsize=32)
def _followed(
    store: Store,
    _version: int,
    _entered: tuple[int, int],
    today: date,
    as_of: date | None,
    include_synthetic: bool,
) -> tuple[FollowedAudit, ...]:
    replies = replies_by_recommendation(store, as_of, include_synthetic=include_synthetic)
    recommendations = registered_recommendations(store, as_of).to_dicts()
    missing = {(row["audit"], row["number"]): row for row in registered_no_replies(store, as_of).to_dicts()}
    found = []
    for audit in registered_audits(store, as_of).iter_rows(named=True):
        own = [row for row in recommendations if row["audit"] == audit["audit"]]
        followed = tuple(
            _recommendation(audit, row, replies.get(key, ()), missing.get(key), today)
            for row in own
            if (key := (row["audit"], row["number"]))
        )
        told = {name: audit[name] for name in ("audit", "region", "title", "report", "auditor", "decided", "reply_due")}
        found.append(FollowedAudit(**told, source=audit["source"], version=audit["id"], recommendations=followed))
    order = list(catalogue().regions)
    return tuple(sorted(found, key=lambda one: (-order.index(one.region), one.reply_due or date.max, one.audit)))


def _recommendation(
    audit: Row, row: Row, replies: Sequence[Row], none_came: Row | None, today: date
) -> FollowedRecommendation:
    last = replies[-1] if replies else None
    missing = none_came or {"known_on": None, "source": ""}
    return FollowedRecommendation(
        audit=audit["audit"],
        region=audit["region"],
        number=row["number"],
        text=row["text"],
        addressed_to=row["addressed_to"],
        theme=row["theme"],
        indicators=tuple(row["indicators"].split()),
        source=row["source"],
        version=row["id"],
        replies=tuple(replies),
        late=late_on(
            today,
            status=last["status"] if last else NO_REPLY,
            reply_due=audit["reply_due"],
            measure_due=last["due"] if last else None,
            none_by=missing["known_on"],
            source=missing["source"],
        ),
        came_late=came_late(min((reply["replied"] for reply in replies), default=None), audit["reply_due"]),
        none_came=none_came,
    )


Pairs = list[tuple[FollowedAudit, FollowedRecommendation]]


def late_recommendations(audits: Sequence[FollowedAudit]) -> Pairs:
    """What is late, longest first."""
    return _longest_first(audits, lambda one: one.late)


def replied_late(audits: Sequence[FollowedAudit]) -> Pairs:
    """What was replied to after the last day for it, longest first."""
    return _longest_first(audits, lambda one: one.came_late)


def _longest_first(audits: Sequence[FollowedAudit], late: Callable[[FollowedRecommendation], Late | None]) -> Pairs:
    found = [(found.days, audit, one) for audit in audits for one in audit.recommendations if (found := late(one))]
    found.sort(key=lambda each: (-each[0], each[1].audit, each[2].number))
    return [(audit, one) for _, audit, one in found]


def followed_audit(audits: Sequence[FollowedAudit], key: str) -> FollowedAudit:
    """The audit of a key. UnknownChoice for one that is not entered."""
    found = next((one for one in audits if one.audit == key), None)
    if found is None:
        raise UnknownChoice("audit", key)
    return found


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
