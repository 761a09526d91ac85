"""What is late and what was replied to late, the longest first, and what `not answered` means."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from analysis.followup import FollowedRecommendation, Late, late_recommendations, replied_late
from analysis.followup.audits import Pairs
from exports.followup.workbook import header
from locales.numbers import format_date
from ui.figures import rows_html
from ui.followup.marks import marked
from ui.followup.page import Followed
from ui.followup.reply import field_link
from ui.frame import Frame
from ui.notes import subheading
from wording.followup import late_sentence


def late(view: Followed) -> None:
    """What is late, the longest waiting first, and what `not answered` means."""
    frame = view.frame
    subheading(frame, "followup.late_heading")
    if not view.audits:
        st.info(frame.say("followup.none"))
        return
    found, day = late_recommendations(view.audits), format_date(view.today, frame.language)
    st.markdown(frame.say("followup.late_count" if found else "followup.nothing_late", count=len(found), day=day))
    if found:
        st.html(_late_table(frame, found, "late_table", _waiting))
    if came := replied_late(view.audits):
        st.markdown(frame.say("followup.replied_late_count", count=len(came)))
        st.html(_late_table(frame, came, "replied_late_table", _came))
    st.caption(frame.say("followup.no_claim"))


def _waiting(one: FollowedRecommendation) -> tuple[Late | None, dict[str, Any] | None, str]:
    """What is late, and the reply and the field of it that say which day it was due."""
    return one.late, one.reply, "due"


def _came(one: FollowedRecommendation) -> tuple[Late | None, dict[str, Any] | None, str]:
    """How late the first reply came, and the field of it that says which day it came."""
    return one.came_late, min(one.replies, key=lambda reply: reply["replied"]), "replied"


def _late_table(
    frame: Frame,
    found: Pairs,
    caption: str,
    told: Callable[[FollowedRecommendation], tuple[Late | None, dict[str, Any] | None, str]],
) -> str:
    rows, dated, stands = [], [], []
    for audit, one in found:
        late, reply, field = told(one)
        rows.append({
            header("region", frame.language): audit.region_name,
            header("number", frame.language): str(one.number),
            header("late", frame.language): late_sentence(late, frame.language) if late else "",
            header("status", frame.language): marked(one.status, frame.language),
            header("text", frame.language): one.text,
            header("addressed_to", frame.language): one.addressed_to,
        })  # fmt: skip
        dated.append(field_link(frame, reply, field))
        stands.append(field_link(frame, one.reply))
    links = {header("late", frame.language): dated, header("status", frame.language): stands}
    numbers = [header("number", frame.language)]
    table = rows_html(rows, frame.say(f"followup.{caption}"), numbers, links, stacked=True)
    return f'<div class="followed">{table}</div>'
