"""Targets and audits: every role × every way of signing in, entered over the websocket itself (test_role_steps.py)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from access import LOCAL_CLI
from analysis.followup import registered_audits
from analysis.targets.decided import decided_targets
from entries.audits import AuditEntry, enter_audit
from entries.targets import enter_target
from models import Store
from tests.browser.people import ROLES, WAYS, opened, signed_in
from tests.browser.wire import Reader
from tests.pages.test_targets_page import TARGET

pytestmark = pytest.mark.xdist_group("roles")

MAY = {"targets": "publicist", "followup": "revisor"}
AUDIT = AuditEntry("dalarna-2021", "20", "Granskning av 1177", "Rapport 1", "Revisorerna")
Held = dict[str, dict[str, Any]]


def before(store: Store) -> None:
    """The target and the audit stand."""
    if decided_targets(store).is_empty():
        enter_target(store, LOCAL_CLI, replace(TARGET, document="Prov § 2"))
    enter_audit(store, LOCAL_CLI, AUDIT)


def standing(store: Store) -> dict[str, bool]:
    """Page → whether its entry still stands."""
    return {
        "targets": not decided_targets(store).is_empty(),
        "followup": AUDIT.audit in registered_audits(store)["audit"],
    }


def asked(person: Reader, page: str) -> dict[str, Any]:
    """Widget id → state of a page on which the entry is about to be withdrawn, as its own role's browser holds them."""
    tab = person.tab()
    drawn = tab.open(page, "lang=sv")
    if page == "targets":
        (why,) = (found for found in drawn.widgets("target:") if found.endswith(":why"))
        return {why: "ett skäl", drawn.widget("FormSubmitter:change_target-Ta bort målet"): True}
    held: dict[str, Any] = {drawn.widget("entry:audit"): AUDIT.audit}
    drawn = tab.open(page, "lang=sv", **held)
    button = drawn.widget(f"FormSubmitter:withdraw:audit:{AUDIT.audit}-Ta bort granskningen")
    return held | {drawn.widget(f"entry:gone:audit:{AUDIT.audit}"): "ett skäl", button: True}


@pytest.fixture(scope="module")
def held(staffed: str, provider: str, staffed_file: Path) -> Held:
    """Page → what the browser of its own role holds when about to withdraw the entry."""
    found = {}
    with opened(staffed_file) as store:
        before(store)
    for page, role in MAY.items():
        person = signed_in(staffed, "local", role, provider)
        found[page] = asked(person, page)
        person.close()
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", ROLES)
def test_nobody_without_the_permission_withdraws_an_entry(
    reader_of: Callable[[str, str], Reader], held: Held, staffed_file: Path, way: str, role: str
) -> None:
    person = reader_of(way, role)
    with opened(staffed_file) as store:
        for page in [page for page, own in MAY.items() if own != role]:
            run = person.tab().open(page, "lang=sv", **held[page])
            assert (page, standing(store)[page]) == (page, True)
            assert "Traceback" not in run.text


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("page", MAY)
def test_whose_work_it_is_withdraws_it(
    reader_of: Callable[[str, str], Reader], held: Held, staffed_file: Path, way: str, page: str
) -> None:
    person = reader_of(way, MAY[page])
    with opened(staffed_file) as store:
        before(store)
        person.tab().open(page, "lang=sv", **asked(person, page))
        assert standing(store) == {**dict.fromkeys(MAY, True), page: False}
        before(store)
