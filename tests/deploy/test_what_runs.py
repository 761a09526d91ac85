"""What is installed and how it is started elsewhere: the lock, licences, systemd's unit, the image, the cluster."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from exports import program_version
from models.settings import PROJECT
from ui.server.health import ADDRESSES

DEPLOY = PROJECT / "deploy"
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([a-z0-9._-]+)==(\S+) \\$", LOCK, re.MULTILINE))
WANTED = [
    Requirement(line.partition("#")[0])
    for line in (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def needed(wanted: list[Requirement]) -> set[str]:
    """The names of all that these need, and what that needs, as the installed packages say."""
    found: set[str] = set()
    waiting = [(canonicalize_name(one.name), frozenset(one.extras)) for one in wanted]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        found.add(name)
        for each in map(Requirement, requires(name) or ()):
            if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                more = (canonicalize_name(each.name), frozenset(each.extras))
                waiting += [] if more in seen else [more]
                seen.add(more)
    return found


def test_the_lock_holds_what_is_required_and_all_that_it_needs_and_nothing_else() -> None:
    assert {canonicalize_name(one.name): str(one.specifier) for one in WANTED}.items() <= {
        name: f"=={number}" for name, number in LOCKED.items()
    }.items()
    assert set(LOCKED) == needed(WANTED)


def test_the_lock_is_what_the_tests_run_on_with_the_sum_of_every_file() -> None:
    assert {name: version(name) for name in LOCKED} == LOCKED
    assert all(
        re.search(r"--hash=sha256:[0-9a-f]{64}", part) for part in re.split(r"^(?=\w)", LOCK, flags=re.M) if part
    )


def test_the_lock_names_no_place_to_fetch_from() -> None:
    assert re.findall(r"https?:|file:|index|find-links|trusted", LOCK) == []
    assert all(
        re.match(r"[a-z0-9._-]+==\S+ \\$|    --hash=sha256:[0-9a-f]{64}( \\)?$", line) for line in LOCK.splitlines()
    )


def test_a_licence_that_is_not_accepted_is_found() -> None:
    accepted = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pip-licenses"]
    ask = [sys.executable, "-m", "piplicenses", "--from=mixed", "--packages", *LOCKED]
    assert run(*ask).returncode == 0
    fewer = accepted["allow-only"].replace("LGPL-3.0-only;", "")
    refused = run(*ask, "--allow-only", fewer)
    assert (refused.returncode, "psycopg" in refused.stderr + refused.stdout) == (1, True)


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit as it stands, with this folder and this Python in place of the server's."""
    text = (DEPLOY / "dashboard@.service").read_text(encoding="utf-8")
    text = text.replace("/srv/dashboard/.venv/bin/python", sys.executable).replace("/srv/dashboard", str(PROJECT))
    file = tmp_path / "dashboard@8501.service"
    file.write_text(text, encoding="utf-8")
    return file


def test_systemd_takes_the_unit_and_finds_little_exposed(unit: Path) -> None:
    judged = run("systemd-analyze", "verify", str(unit))
    assert (judged.returncode, judged.stderr) == (0, "")
    exposed = run("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", str(unit))
    assert exposed.returncode == 0, exposed.stdout[-200:]  # at most 2.0 of 10


def test_the_image_passes_its_judge_and_copies_no_store_and_no_history() -> None:
    assert (run(str(Path(sys.executable).parent / "hadolint"), "deploy/Containerfile").stdout) == ""
    ignored = (PROJECT / ".containerignore").read_text(encoding="utf-8").splitlines()
    assert {".git", ".venv", "data", "backups"} <= set(ignored)
    assert "--require-hashes -r requirements.lock" in (DEPLOY / "Containerfile").read_text(encoding="utf-8")


def test_the_clusters_file_passes_its_judge_and_asks_addresses_that_are_there() -> None:
    file = DEPLOY / "kubernetes.yaml"
    judged = run(str(Path(sys.executable).parent / "kubernetes-validate"), "--strict", "--quiet", str(file))
    assert (judged.returncode, judged.stdout + judged.stderr) == (0, "")
    text = file.read_text(encoding="utf-8")
    assert set(re.findall(r"path: (/\w+)", text)) <= set(ADDRESSES)
    assert f"image: dashboard:{program_version()}" in text
