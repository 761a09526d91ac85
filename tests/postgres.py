"""A throw-away PostgreSQL cluster for the tests, where PostgreSQL is installed (Debian package `postgresql`)."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def server_folder() -> Path | None:
    """Where initdb and postgres are, or None on a machine without PostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_cluster() -> Iterator[str]:
    """Start a cluster on loopback and give its URL. PostgreSQL refuses to run as root, so root hands it to the
    package's own user. The folder is not pytest's: that is pruned while other test runs go on beside this one."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as name:
        folder = Path(name)
        user = "postgres" if os.getuid() == 0 else None
        if user:
            account = pwd.getpwnam(user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        yield from _running(folder, user)


def _running(folder: Path, user: str | None) -> Iterator[str]:
    programs = server_folder()
    assert programs is not None

    def run(*command: str) -> None:
        subprocess.run(
            [str(programs / command[0]), *command[1:]], check=True, user=user, cwd=folder, capture_output=True
        )

    port = _free_port()
    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
