"""What is late and what was replied to late, the longest first."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from analysis.followup import FollowedRecommendation, Late, late_recommendations, replied_late
from analysis.followup.audits import Pairs
from exports.followup.workbook import header
from ui.figures import rows_html
from ui.followup.marks import marked
from ui.followup.reply import field_link
from ui.followup.view import Followed
from ui.parts import card
from ui.visit import Visit
from wording.followup import late_sentence


def late(view: Followed) -> None:
    """A card of what is late and one of what was replied to late, the longest first; how many the finding says."""
    visit = view.visit
    if found := late_recommendations(view.shown):
        st.html(card(visit.say("followup.late_heading"), _late_table(visit, found, "late_table", _waiting)))
    if came := replied_late(view.shown):
        st.html(card(visit.say("followup.came_late"), _late_table(visit, came, "replied_late_table", _came)))


def _waiting(one: FollowedRecommendation) -> tuple[Late | None, dict[str, Any] | None, str]:
    """What is late, and the reply and the field of it that say which day it was due."""
    return one.late, one.reply, "due"


def _came(one: FollowedRecommendation) -> tuple[Late | None, dict[str, Any] | None, str]:
    """How late the first reply came, and the field of it that says which day it came."""
    return one.came_late, min(one.replies, key=lambda reply: reply["replied"]), "replied"


def _late_table(
    visit: Visit,
    found: Pairs,
    caption: str,
    told: Callable[[FollowedRecommendation], tuple[Late | None, dict[str, Any] | None, str]],
) -> str:
    rows, dated, stands = [], [], []
    for audit, one in found:
        late, reply, field = told(one)
        rows.append(
            {
                header("region", visit.language): audit.region_name,
                header("number", visit.language): str(one.number),
                header("late", visit.language): late_sentence(late, visit.language) if late else "",
                header("status", visit.language): marked(one.status, visit.language),
                header("text", visit.language): one.text,
                header("addressed_to", visit.language): one.addressed_to,
            }
        )
        dated.append(field_link(visit, reply, field))
        stands.append(field_link(visit, one.reply))
    links = {header("late", visit.language): dated, header("status", visit.language): stands}
    numbers = [header("number", visit.language)]
    table = rows_html(rows, visit.say(f"followup.{caption}"), numbers, links, stacked=True)
    return f'<div class="followed">{table}</div>'
