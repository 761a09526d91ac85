"""A throw-away PostgreSQL for a run of the tests: one server, and databases copied from templates in tens of ms."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

import psycopg
from filelock import FileLock

_OPTIONS: Final = {"listen_addresses": "127.0.0.1", "fsync": "off", "full_page_writes": "off", "autovacuum": "off"}

_MEMORY: Final = Path("/dev/shm")
_ENOUGH: Final = 2 << 30


def programs() -> Path:
    """Where initdb, postgres and their like are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = found[-1] if found else shutil.which("initdb")
    assert initdb, "PostgreSQL is not installed (Debian's package `postgresql`), and its tests are not left out"
    return Path(initdb).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A cluster in a folder of its own. PostgreSQL refuses to run as root, so root hands it to the package's own user.
    Its collation is Swedish: text compares as nobody expects who compares code points."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = "postgres" if os.getuid() == 0 else None
        self.port = free_port()
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(folder, account.pw_uid, account.pw_gid)

    @property
    def url(self) -> str:
        return f"postgresql://tester@127.0.0.1:{self.port}/postgres"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, program: str, *words: str) -> None:
        command = [str(programs() / program), *words]
        subprocess.run(command, check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL)

    def make(self, *, swedish: bool = True) -> None:
        order = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=sv-SE") if swedish else ("--locale=C",)
        self.run("initdb", "-D", str(self.data), "-U", "tester", "-A", "trust", "-E", "UTF8", *order, "--no-sync")

    def start(self, **more: str) -> None:
        told = {"port": str(self.port), "unix_socket_directories": str(self.folder), **_OPTIONS, **more}
        options = " ".join(f"-c {name}={value}" for name, value in told.items())
        self.run("pg_ctl", "-D", str(self.data), "-w", "-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")


@contextmanager
def server_folder() -> Iterator[Path]:
    """Not pytest's: that is pruned while other test runs go on beside this one. In memory where there is room: on a
    disk that others use, a database takes half a second to copy, there 25 ms."""
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH
    with tempfile.TemporaryDirectory(prefix="postgres-", dir=_MEMORY if roomy else None) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def running_server(*, swedish: bool = True) -> Iterator[str]:
    """Start a server on loopback and give the URL of its own database. Not Swedish: ordered by code points, as
    docs/operations.md advises."""
    with server_folder() as folder:
        server = Server(folder)
        server.make(swedish=swedish)
        server.start()
        try:
            yield server.url
        finally:
            server.stop()


class Databases:
    """The databases of one worker on the run's server; `lock` is a file that all workers know."""

    def __init__(self, server: str, worker: str, lock: Path) -> None:
        self._server, self._worker, self._lock = server, worker, lock
        self._numbers = count(1)

    def url(self, name: str) -> str:
        return self._server.rpartition("/")[0] + f"/{name}"

    def _tell(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)

    def template(self, name: str, fill: Callable[[str], None], of: str = "template1") -> str:
        """The name of a template that `fill` has filled; made by the worker that asks first."""
        with FileLock(self._lock), psycopg.connect(self._server, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                making = f"{name}_making"
                connection.execute(f"CREATE DATABASE {making} TEMPLATE {of}")
                fill(self.url(making))
                connection.execute(f"ALTER DATABASE {making} RENAME TO {name}")
        return name

    def new(self, template: str = "template1") -> str:
        """The URL of a new database, as the template is."""
        name = f"{self._worker}_{next(self._numbers)}"
        self._tell(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def drop(self, url: str) -> None:
        self._tell(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")
