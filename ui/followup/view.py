"""What a reader looks at on the page Uppföljning."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from analysis.followup import FollowedAudit
from analysis.followup.audits import entered_version
from ui.cache import Key, view_key
from ui.visit import Visit

EVERY: Final = "all"
VIEWS: Final = ("each", "beside")


@dataclass(frozen=True)
class Followed:
    """What the page shows: every audit as of the day; the one the reader looks at (its key, or EVERY); one of VIEWS,
    and the ways to them as HTML."""

    visit: Visit
    today: date
    audits: tuple[FollowedAudit, ...]
    audit: str = EVERY
    view: str = VIEWS[0]
    ways: str = ""

    @property
    def key(self) -> Key:
        entered = entered_version(self.visit.store)
        return view_key(self.visit, "followup", str(self.today), *entered, self.audit, self.synthetic)

    @property
    def shown(self) -> tuple[FollowedAudit, ...]:
        """The audits the reader looks at."""
        return tuple(one for one in self.audits if self.audit in (EVERY, one.audit))

    @property
    def synthetic(self) -> bool:
        """Whether some reply is a made-up example."""
        every = (one for audit in self.audits for one in audit.recommendations)
        return any(reply["synthetic"] for one in every for reply in one.replies)
