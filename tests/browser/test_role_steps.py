"""Publish, reject, withdraw, restore: every role × every way of signing in, asked for over the websocket itself.

The buttons' ids are those a publicist's own page names, so a role without the permission presses what it never saw.
"""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from access import LOCAL_CLI, Actor
from analysis import uploads_list
from loaders import check_file, publish_file, stage_file, withdraw_upload
from models import Store
from tests.browser.people import ROLES, WAYS, opened, signed_in
from tests.browser.wire import Reader, Run

pytestmark = pytest.mark.xdist_group("roles")

COLLEAGUE = Actor("user:900", roles=frozenset({"uppgiftslamnare"}))
YEARS = count(1950)
STEPS = {"publish": "staged", "reject": "staged", "withdraw": "published", "restore": "withdrawn"}
DONE = {"publish": "published", "reject": "rejected", "withdraw": "withdrawn", "restore": "published"}


def upload_in(store: Store, status: str) -> tuple[int, str]:
    """An upload of that status, with a figure nobody else has: its number and the digest its buttons carry."""
    content = f"Indikator;Region;Period;Värde\nnki_phone;Skåne;{next(YEARS)};70,1\n".encode()
    checked = check_file(store, "leverans.csv", content)
    if status == "staged":
        return stage_file(store, checked, by=COLLEAGUE).upload_id, checked.sha256[:16]
    done = publish_file(store, checked, by=LOCAL_CLI, accept_warnings=True, note="först")
    if status == "withdrawn":
        withdraw_upload(store, done.upload_id, by=LOCAL_CLI, note="prov")
    return done.upload_id, checked.sha256[:16]


def status_of(store: Store, upload: int) -> str:
    return str(uploads_list(store).filter(id=upload)["status"].item())


def asked(publicist: Reader, step: str, upload: int, digest: str) -> dict[str, Any]:
    """Widget id → state of a page on which the step is about to be pressed, as a publicist's browser holds them."""
    tab = publicist.tab()
    page = tab.open("upload", f"lang=sv&upload={upload}")
    if STEPS[step] == "staged":
        held: dict[str, Any] = {page.widget(f"note:staged:{digest}"): "ett skäl"}
        held |= dict.fromkeys(page.widgets(f"reason:{digest}"), "ett skäl")
        return held | {page.widget(f"{step}:{digest}"): True}
    return {page.widget(f"why:{step}:{upload}"): "ett skäl", page.widget(f"{step}:{upload}"): True}


Held = dict[str, tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def held_by_a_publicist(staffed: str, provider: str, staffed_file: Path) -> Held:
    """Step → an upload and what a publicist's browser holds when about to take it."""
    publicist = signed_in(staffed, "local", "publicist", provider)
    with opened(staffed_file) as store:
        uploads = {step: upload_in(store, before) for step, before in STEPS.items()}
        held = {step: (found[0], asked(publicist, step, *found)) for step, found in uploads.items()}
    publicist.close()
    return held


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", [role for role in ROLES if role != "publicist"])
def test_nobody_else_takes_the_steps_of_publication(
    reader_of: Callable[[str, str], Reader], held_by_a_publicist: Held, staffed_file: Path, way: str, role: str
) -> None:
    person = reader_of(way, role)
    with opened(staffed_file) as store:
        for step, (upload, held) in held_by_a_publicist.items():
            run: Run = person.tab().open("upload", f"lang=sv&upload={upload}", **held)
            assert (step, status_of(store, upload)) == (step, STEPS[step])
            assert "Traceback" not in run.text


@pytest.mark.parametrize("way", WAYS)
def test_a_publicist_takes_the_steps_of_publication(
    reader_of: Callable[[str, str], Reader], staffed_file: Path, way: str
) -> None:
    person = reader_of(way, "publicist")
    with opened(staffed_file) as store:
        for step, before in STEPS.items():
            upload, digest = upload_in(store, before)
            person.tab().open("upload", f"lang=sv&upload={upload}", **asked(person, step, upload, digest))
            assert (step, status_of(store, upload)) == (step, DONE[step])
