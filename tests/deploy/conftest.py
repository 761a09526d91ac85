"""Two processes on one store, behind nginx with deploy/nginx.conf itself: only its ports are others."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from models.settings import PROJECT
from tests.browser.conftest import START, command, free_port, wait_for
from tests.browser.people import add_people

CONFIGURATION = PROJECT / "deploy" / "nginx.conf"
TOKEN = "a word between the server and who watches it"
SETTINGS = {
    "DASHBOARD_ACCOUNTS": "local,proxy",
    "DASHBOARD_PROXY_HEADER": "X-Remote-User",
    "DASHBOARD_PROXY_GROUPS_HEADER": "X-Remote-Groups",
    "DASHBOARD_PROXY_ADDRESSES": "127.0.0.1",
    "DASHBOARD_METRICS_TOKEN": TOKEN,
    "DASHBOARD_LOG_FORMAT": "json",
    "FORWARDED_ALLOW_IPS": "",
    "STREAMLIT_SERVER_COOKIE_SECRET": "the same in both",
    "STREAMLIT_LOGGER_LEVEL": "error",
}


@dataclass
class Served:
    """`address`: nginx's. `processes`: name of the process (in the cookie) → its own address, and what runs there."""

    address: str
    store: Path
    processes: dict[str, str]
    running: dict[str, "subprocess.Popen[bytes]"]
    folder: Path

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.txt").read_text(encoding="utf-8")


def with_ports(text: str, ports: dict[str, int]) -> str:
    for written, port in ports.items():
        text = re.sub(rf":{written}\b", f":{port}", text)
    return text


@contextmanager
def nginx(folder: Path, ports: dict[str, int]) -> Iterator["subprocess.Popen[bytes]"]:
    """nginx in the foreground with a main file of the test's own around ours."""
    (folder / "ours.conf").write_text(with_ports(CONFIGURATION.read_text(encoding="utf-8"), ports))
    kept = "".join(
        f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    main = f"{user} pid {folder / 'pid'}; error_log {folder / 'nginx.txt'} notice; events {{}}"
    (folder / "nginx.conf").write_text(f"{main} http {{ access_log off; {kept} include {folder / 'ours.conf'}; }}")
    program = [shutil.which("nginx") or "/usr/sbin/nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*program, "-t", "-q"], check=True, capture_output=True, text=True)
    running = subprocess.Popen([*program, "-g", "daemon off;"])
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            httpx.get(f"http://127.0.0.1:{ports['8080']}/healthz")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            break
    yield running
    running.terminate()
    running.wait(timeout=20)


@pytest.fixture(scope="module")
def two(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Both processes, with a person of every role."""
    folder = tmp_path_factory.mktemp("two")
    store = Path(shutil.copy(sample_file, folder / "store.sqlite3"))
    add_people(store)
    ports = {written: free_port() for written in ("8501", "8502", "8080")}
    addresses = {name: f"http://127.0.0.1:{ports[port]}" for name, port in (("one", "8501"), ("two", "8502"))}
    environment = {**os.environ, **SETTINGS, "DATABASE_URL": f"sqlite:///{store}", "DASHBOARD_LANGUAGE": "sv"}
    running: dict[str, subprocess.Popen[bytes]] = {}
    for name, address in addresses.items():
        port = int(address.rpartition(":")[2])
        with (folder / f"{name}.txt").open("wb") as log:
            running[name] = subprocess.Popen(command(port), cwd=PROJECT, env=environment, stdout=log, stderr=log)
    try:
        for name, address in addresses.items():
            wait_for(address, running[name], folder / f"{name}.txt", 2 * START)  # two start at once
        with nginx(folder, ports):
            yield Served(f"http://127.0.0.1:{ports['8080']}", store, addresses, running, folder)
    finally:
        for server in running.values():
            server.kill()
            server.wait(timeout=20)
