"""Audits and recommendations as they are entered now, or were at the end of an earlier day."""

from datetime import date
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection
from sqlalchemy import text as sql

from analysis.moments import until
from models import Store
from models.entered import last_of

AUDITS: Final = {
    "id": pl.Int64,
    "audit": pl.String,
    "region": pl.String,
    "title": pl.String,
    "report": pl.String,
    "auditor": pl.String,
    "decided": pl.String,
    "reply_due": pl.String,
    "note": pl.String,
    "source": pl.String,
    "entered_at": pl.String,
}
RECOMMENDATIONS: Final = {
    "id": pl.Int64,
    "audit": pl.String,
    "number": pl.Int64,
    "text": pl.String,
    "addressed_to": pl.String,
    "theme": pl.String,
    "indicators": pl.String,
    "note": pl.String,
    "source": pl.String,
    "entered_at": pl.String,
}
NO_REPLIES: Final = {"id": pl.Int64, "audit": pl.String, "number": pl.Int64, "known_on": pl.String, "source": pl.String}
_DAYS: Final = ("decided", "reply_due")
_LATEST_AUDITS: Final = f"""
SELECT a.id, a.audit, a.region, a.title, a.report, a.auditor, CAST(a.decided AS VARCHAR(10)),
    CAST(a.reply_due AS VARCHAR(10)), a.note, a.source, a.entered_at
FROM audit a WHERE NOT a.withdrawn AND a.id IN {last_of("audit", "audit")}
"""  # noqa: S608 (our own subquery)
_LATEST_RECOMMENDATIONS: Final = f"""
SELECT r.id, r.audit, r.number, r.text, r.addressed_to, r.theme, r.indicators, r.note, r.source, r.entered_at
FROM recommendation r WHERE NOT r.withdrawn AND r.id IN {last_of("recommendation", "audit", "number")}
"""  # noqa: S608 (our own subquery)
_LATEST_NO_REPLIES: Final = f"""
SELECT n.id, n.audit, n.number, CAST(n.known_on AS VARCHAR(10)), n.source
FROM no_reply n WHERE NOT n.withdrawn AND n.id IN {last_of("no_reply", "audit", "number")}
"""  # noqa: S608 (our own subquery)
_NO_REPLY: Final = sql("SELECT * FROM no_reply WHERE audit = :audit AND number = :number ORDER BY id DESC LIMIT 1")
_AUDIT: Final = sql("SELECT * FROM audit WHERE audit = :audit ORDER BY id DESC LIMIT 1")
_RECOMMENDATION: Final = sql(
    "SELECT * FROM recommendation WHERE audit = :audit AND number = :number ORDER BY id DESC LIMIT 1"
)


def registered_audits(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """The audits that stand (columns AUDITS, `decided` and `reply_due` as days), by key."""
    found = store.frame(_LATEST_AUDITS, AUDITS, until=until(as_of))
    return found.with_columns(pl.col(name).str.to_date() for name in _DAYS).sort("audit")


def registered_recommendations(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """The recommendations that stand, of audits that stand (columns RECOMMENDATIONS), by audit and number."""
    found = store.frame(_LATEST_RECOMMENDATIONS, RECOMMENDATIONS, until=until(as_of))
    return found.join(registered_audits(store, as_of).select("audit"), on="audit", how="semi").sort("audit", "number")


def registered_no_replies(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """Which replies somebody has stated not to have come (columns NO_REPLIES, `known_on` as a day)."""
    found = store.frame(_LATEST_NO_REPLIES, NO_REPLIES, until=until(as_of))
    return found.with_columns(pl.col("known_on").str.to_date()).sort("audit", "number")


def latest_audit(connection: Connection, audit: str) -> dict[str, Any] | None:
    """The newest row of an audit's key, withdrawn or not, inside the caller's transaction."""
    found = connection.execute(_AUDIT, {"audit": audit}).mappings().one_or_none()
    return dict(found) if found else None


def latest_recommendation(connection: Connection, audit: str, number: int) -> dict[str, Any] | None:
    """The newest row of a recommendation's key, withdrawn or not, inside the caller's transaction."""
    found = connection.execute(_RECOMMENDATION, {"audit": audit, "number": number}).mappings().one_or_none()
    return dict(found) if found else None


def latest_no_reply(connection: Connection, audit: str, number: int) -> dict[str, Any] | None:
    """The newest statement that no reply came, withdrawn or not, inside the caller's transaction."""
    found = connection.execute(_NO_REPLY, {"audit": audit, "number": number}).mappings().one_or_none()
    return dict(found) if found else None
