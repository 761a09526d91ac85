"""What follow-up says in sentences: a status, what is late, and what a linked figure has done since the audit."""

from typing import Final

from analysis.followup.audits import FollowedRecommendation
from analysis.followup.figures import FollowedFigure
from analysis.followup.late import Late
from indicators import period_label
from locales import text
from locales.numbers import format_date, format_number, format_value
from wording.change import change_text, titled_once
from wording.sentences import judgement_sentence

SIGNS: Final = {"unanswered": "–", "no_reply": "○", "answered": "●", "partly": "◐", "implemented": "✓", "rejected": "✕"}
"""A status (analysis.followup.STATUSES) → its sign."""


def status_word(status: str, language: str = "sv") -> str:
    """`Delvis genomförd`; of one whose reply nobody has loaded `Inget svar är inläst här`."""
    return text(f"followup_form.statuses.{status}", language)


def late_sentence(late: Late, language: str = "sv") -> str:
    """`åtgärden skulle vara klar 20 maj 2021, 1 774 dagar sedan`; of a reply that did not come also who says so."""
    key = f"followup.late.{late.what}" if late.days > 1 else f"followup.late.{late.what}_one"
    days = format_number(late.days, 0, language)
    return text(key, language, due=format_date(late.due, language), days=days, source=late.source)


def lateness(one: FollowedRecommendation, language: str = "sv") -> str:
    """That the first reply came late, and what is late now; "" for neither."""
    return "; ".join(late_sentence(each, language) for each in (one.came_late, one.late) if each)


def figure_text(row: dict[str, object], found: FollowedFigure, language: str = "sv") -> str:
    """A figure as it is printed: `63,4 %`."""
    return format_value(row["value"], found.indicator.unit, found.indicator.decimals, language)  # type: ignore[arg-type]


def figure_sentence(found: FollowedFigure, language: str = "sv") -> str:
    """The tested change since the audit, or in words why there is none. Never a direction without a test."""
    if found.why:
        period = found.latest["period"] if found.latest else None
        return text(f"followup.why.{found.why}", language, period=period_label(period, language) if period else "")
    if found.changes:
        return " ".join(titled_once([change_text(one, language) for one in found.changes], found.indicator, language))
    assert found.comparison is not None
    assert found.judged is not None
    return judgement_sentence(found.comparison, found.judged, language)
