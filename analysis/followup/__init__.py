"""What the auditors recommended, what the boards have replied, what is late, and what the figures have done since."""

from analysis.followup.audits import (
    FollowedAudit,
    FollowedRecommendation,
    Theme,
    followed_audit,
    followed_audits,
    late_recommendations,
    regions_without_letter,
    replied_late,
    same_side_by_side,
)
from analysis.followup.figures import FollowedFigure, figure_since, figures_since
from analysis.followup.late import STATUSES, UNANSWERED, Late, late_on
from analysis.followup.registered import registered_audits, registered_recommendations
from analysis.followup.replies import every_reply, reply_cell
from analysis.moments import today_in_sweden

__all__ = [
    "STATUSES",
    "UNANSWERED",
    "FollowedAudit",
    "FollowedFigure",
    "FollowedRecommendation",
    "Late",
    "Theme",
    "every_reply",
    "figure_since",
    "figures_since",
    "followed_audit",
    "followed_audits",
    "late_on",
    "late_recommendations",
    "regions_without_letter",
    "registered_audits",
    "registered_recommendations",
    "replied_late",
    "reply_cell",
    "same_side_by_side",
    "today_in_sweden",
]
