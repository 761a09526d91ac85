"""Published records that a file would change: one warning per kind, which asks for a revision note."""

from typing import Final

from analysis.records import Records, compared_records
from loaders.problems import WARNING, Problem
from models import Store

_REVISED: Final = ("care_unit", "service_offer", "phone_profile")
"""A new reply is the next step of the same matter, no correction of the one before."""


def check_record_revisions(store: Store, records: Records) -> list[Problem]:
    """A warning for each kind of which published records would be another."""
    problems = []
    for kind in _REVISED:
        if kind not in records:
            continue
        changed = compared_records(store, kind, records[kind]).filter(change="changed").height
        if changed:
            values = {"count": changed}
            problems.append(Problem(WARNING, "revision", variant=f"revision_{kind}", values=values, area="records"))
    return problems
