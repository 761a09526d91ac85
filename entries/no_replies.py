"""That no reply had come: stated by a revisor with a day and a source, withdrawn, logged. Rows are only added."""

from dataclasses import asdict, dataclass
from datetime import date

from access import Actor, require
from analysis.followup.registered import latest_audit, latest_no_reply, latest_recommendation
from analysis.moments import today_in_sweden
from entries.audit_faults import FIRST_DAY, line_faults
from entries.audit_refusals import AuditRefused, Fault
from entries.audits import append_entry, refuse, stands, withdraw_entry
from models import Store


@dataclass(frozen=True)
class NoReplyEntry:
    """By `known_on` no reply had come to the recommendation; `source` says where that can be checked."""

    audit: str
    number: int
    known_on: date
    source: str


def state_no_reply(store: Store, actor: Actor, entry: NoReplyEntry, *, note: str = "") -> bool:
    """State that no reply had come, or correct that (with a note). False: it stood so already. Raises Forbidden, or
    AuditRefused with every fault."""
    require(actor, "audits")
    faults = line_faults(asdict(entry), ("source",))
    if not FIRST_DAY <= entry.known_on <= today_in_sweden():
        faults.append(Fault("no_such_day", {"found": entry.known_on.isoformat()}))
    refuse(faults)
    with store.write() as connection:
        if not stands(latest_audit(connection, entry.audit)):
            raise AuditRefused([Fault("unknown_audit", {"audit": entry.audit})])
        if not stands(latest_recommendation(connection, entry.audit, entry.number)):
            raise AuditRefused([Fault("unknown_recommendation", {"audit": entry.audit, "number": entry.number})])
        before = latest_no_reply(connection, entry.audit, entry.number)
        key = f"{entry.audit}/{entry.number}"
        return append_entry(connection, actor, "no_reply", key, before, asdict(entry), note, entry.source)


def withdraw_no_reply(store: Store, actor: Actor, audit: str, number: int, *, note: str) -> None:
    """The statement no longer counts; its history stays. A note says why."""
    require(actor, "audits")
    with store.write() as connection:
        before = latest_no_reply(connection, audit, number)
        withdraw_entry(connection, actor, "no_reply", f"{audit}/{number}", before, note, None)
