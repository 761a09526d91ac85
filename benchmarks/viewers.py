"""Many viewers at once: how long they wait, what two processes carry, how much memory they take.

    python -m benchmarks.viewers

Real servers on loopback and real websockets: a viewer opens the profile of a region, thinks for a while and goes to
another region, over and over. Beside it the same page written the ordinary Streamlit way (plain_page.py), in a server
of its own. Every region has been visited once before, and what a browser keeps is sent anew each time, on both alike.
The viewers are a process of their own, which takes its share of the machine and is told: two processes behind nginx
(deploy/nginx.conf itself) can carry 1.7 times one only of what viewers and nginx leave them.
"""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: TID251 (speaks as a browser does)
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: TID251
from websockets.asyncio.client import ClientConnection, connect

from indicators import catalogue
from loaders.sample import publish_samples
from models import open_store
from models.settings import PROJECT
from tests.browser.conftest import command, free_port, wait_for
from tests.deploy.conftest import nginx

VIEWERS: tuple[tuple[int, float], ...] = ((50, 0.5), (200, 2.0))
"""How many, and the bar of their p95 in seconds."""
SECONDS = 60.0
THINKING = 10.0  # seconds at most
SATURATING = 8  # viewers who do not think, for each process
SESSIONS = 100
REGIONS = 21
PROCESSES_BAR: Final = 1.7
MEMORY_BAR: Final = 0.5
REST_BAR: Final = 250  # MB
_PATIENCE: Final = 30  # seconds, then it is an error
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_DASHBOARD: Final = "dashboard.py"
_PLAIN: Final = str(PROJECT / "benchmarks" / "plain_page.py")


@dataclass
class Told:
    """What the viewers met: seconds of each run, what went wrong, and their own processor time and wall clock."""

    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    worked: float = 0.0
    took: float = 0.0

    def __str__(self) -> str:
        first = f": {self.errors[0]}" if self.errors else ""
        return f"median {self.at(50):.2f} s, {len(self.waits)} runs, {len(self.errors)} errors (bar 0){first}"

    def at(self, percent: int) -> float:
        """The wait that so many per cent of the runs did not exceed; not a number where too few ended."""
        return statistics.quantiles(self.waits, n=100)[percent - 1] if len(self.waits) > 1 else float("nan")


class Viewer:
    """One browser's page: ours by address, the plain one by its own select box."""

    def __init__(self, socket: ClientConnection, plain: bool) -> None:
        self._socket, self._plain, self._widget = socket, plain, ""

    async def go(self, region: str) -> None:
        """To the region's profile, until the page is whole. RuntimeError where it shows an error."""
        asked = BackMsg()
        if not self._plain:
            asked.rerun_script.page_name, asked.rerun_script.query_string = "profile", f"region={region}&lang=sv"
        elif self._widget:
            chosen = asked.rerun_script.widget_states.widgets.add()
            chosen.id, chosen.string_value = self._widget, region
        else:
            asked.rerun_script.query_string = ""
        await self._socket.send(asked.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(await asyncio.wait_for(self._socket.recv(decode=False), _PATIENCE))
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(message.delta.new_element.exception.type)
            if kind == "delta" and self._plain and message.delta.new_element.selectbox.label == "Region":
                self._widget = message.delta.new_element.selectbox.id
            if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return


async def arrived(address: str, plain: bool, staying: AsyncExitStack) -> Viewer:
    """A viewer with the cookies of a first page."""
    async with httpx.AsyncClient(timeout=_PATIENCE) as client:
        await client.get(address, headers={"Accept": "text/html"})
        cookies = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
    socket = connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=address,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookies},
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        open_timeout=_PATIENCE,
    )
    return Viewer(await staying.enter_async_context(socket), plain)


async def view(address: str, plain: bool, viewers: int, seconds: float, thinking: float) -> Told:
    """Let so many viewers look at the page for so long."""
    told, regions = Told(), catalogue().region_codes[:REGIONS]
    chance = random.Random(1177)

    async def one(viewer: Viewer, until: float) -> None:
        for number in count(chance.randrange(len(regions))):
            await asyncio.sleep(chance.uniform(0, thinking))
            asked = time.perf_counter()
            if asked > until:
                return
            try:
                await viewer.go(regions[number % len(regions)])
            except Exception as error:  # noqa: BLE001 (whatever it is, a viewer has met an error)
                told.errors.append(f"{type(error).__name__}: {error}")
                return
            told.waits.append(time.perf_counter() - asked)

    async with AsyncExitStack() as staying:
        came = [await arrived(address, plain, staying) for _ in range(viewers)]
        for viewer in came:
            await viewer.go(regions[0])
        began, worked = time.perf_counter(), time.process_time()
        await asyncio.gather(*(one(viewer, began + seconds) for viewer in came))
        told.took, told.worked = time.perf_counter() - began, time.process_time() - worked
    return told


def viewed(address: str, plain: bool, viewers: int, seconds: float, thinking: float, cpu: int | None = None) -> Told:
    """`view` in a process of its own, on one processor where that is asked for."""
    given = json.dumps([address, plain, viewers, seconds, thinking])
    program = [sys.executable, "-m", "benchmarks.viewers", given, *([] if cpu is None else [str(cpu)])]
    done = subprocess.run(program, cwd=PROJECT, capture_output=True, text=True, check=True)
    return Told(**json.loads(done.stdout))


def family(pid: int) -> list[int]:
    """A process and all it has begun."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def worked(pid: int) -> float:
    """Seconds of processor time of a process and all it has begun."""
    fields = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in family(pid)]
    return sum(int(each[11]) + int(each[12]) for each in fields) / _TICKS


def memory(pid: int) -> float:
    """Megabytes of a process and all it has begun, what they share counted once (PSS)."""
    lines = (Path(f"/proc/{one}/smaps_rollup").read_text().splitlines() for one in family(pid))
    return sum(int(line.split()[1]) for each in lines for line in each if line.startswith("Pss:")) * 1024 / 1e6


@dataclass(frozen=True)
class Served:
    address: str
    pid: int


@contextmanager
def served(folder: Path, url: str) -> Iterator[dict[str, Served]]:
    """Two processes of ours, the plain page's, and nginx before our two."""
    ports = {written: free_port() for written in ("8501", "8502", "8080")}
    scripts = {"one": (_DASHBOARD, ports["8501"]), "two": (_DASHBOARD, ports["8502"]), "plain": (_PLAIN, free_port())}
    environment = {**os.environ, "DATABASE_URL": url, "STREAMLIT_SERVER_COOKIE_SECRET": "x", "FORWARDED_ALLOW_IPS": ""}
    found, running = {}, []
    with ExitStack() as ending:
        for name, (script, port) in scripts.items():
            log = folder / f"{name}.txt"
            words = [script if word == _DASHBOARD else word for word in command(port)]
            with log.open("wb") as out:
                server = subprocess.Popen(words, cwd=PROJECT, env=environment, stdout=out, stderr=out)
            ending.callback(server.wait)
            ending.callback(server.terminate)
            running.append((f"http://127.0.0.1:{port}", server, log))
            found[name] = Served(running[-1][0], server.pid)
        for each in running:
            wait_for(*each)
        proxy = ending.enter_context(nginx(folder, ports))
        yield {**found, "nginx": Served(f"http://127.0.0.1:{ports['8080']}", proxy.pid)}


async def held(address: str, plain: bool, sessions: int, pid: int) -> float:
    """Megabytes that so many sessions take which have the page open, each another region in turn."""
    regions, before = catalogue().region_codes[:REGIONS], memory(pid)
    async with AsyncExitStack() as staying:
        for number in range(sessions):
            await (await arrived(address, plain, staying)).go(regions[number % len(regions)])
        return memory(pid) - before


async def visited(address: str, plain: bool) -> None:
    """Every region, once."""
    async with AsyncExitStack() as staying:
        viewer = await arrived(address, plain, staying)
        for region in catalogue().region_codes[:REGIONS]:
            await viewer.go(region)


def tell_memory(servers: dict[str, Served]) -> None:
    rest = memory(servers["one"].pid)
    print(f"at rest, with the processes it keeps for files: {rest:.0f} MB (bar {REST_BAR} MB)")
    for name in ("one", "two", "plain"):
        asyncio.run(visited(servers[name].address, name == "plain"))
    ours, plain = (
        asyncio.run(held(one.address, one is servers["plain"], SESSIONS, one.pid))
        for one in (servers["one"], servers["plain"])
    )
    print(f"{SESSIONS} sessions take {ours:.1f} MB, of the ordinary page {plain:.1f} MB")
    print(f"sessions' memory, ours / ordinary: {ours / max(plain, 0.1):.2f} (bar {MEMORY_BAR})")


def tell_waits(servers: dict[str, Served]) -> None:
    for viewers, bar in VIEWERS:
        told = viewed(servers["one"].address, False, viewers, SECONDS, THINKING)
        print(f"{viewers} viewers: p95 {told.at(95):.2f} s (bar {bar} s), {told}")
    viewers, _ = VIEWERS[0]
    told = viewed(servers["plain"].address, True, viewers, SECONDS, THINKING)
    print(f"{viewers} viewers, ordinary page: p95 {told.at(95):.2f} s, {told}".replace(" (bar 0)", ""))


def tell_processes(servers: dict[str, Served]) -> None:
    """Runs a second of one process, and of two behind nginx, with viewers who do not think."""
    last = max(os.sched_getaffinity(0))
    pids = [servers[name].pid for name in ("one", "two", "nginx")]
    rates, costs, shares = [], [], []
    for name, viewers in (("one", SATURATING), ("nginx", 2 * SATURATING)):
        before = [worked(pid) for pid in pids]
        told = viewed(servers[name].address, False, viewers, SECONDS / 3, 0.0, cpu=last)
        spent = [worked(pid) - first for pid, first in zip(pids, before, strict=True)]
        rates.append(len(told.waits) / told.took)
        costs.append(len(told.waits) / max(sum(spent[:2]), 0.01))
        shares = [told.worked / told.took, spent[2] / told.took]
        print(f"{name}: {rates[-1]:.1f} runs/s, {costs[-1]:.1f} a processor second, {len(told.errors)} errors")
    left = PROCESSES_BAR * (2 - sum(shares)) / 2
    print(f"viewers took {shares[0]:.2f} processors, nginx {shares[1]:.2f}")
    print(f"two processes behind nginx / one: {rates[1] / rates[0]:.2f} (bar {left:.2f})")
    print(f"runs a processor second, two / one: {costs[1] / costs[0]:.2f} (bar 1)")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'store.sqlite3'}"
        store = open_store(url, create=True)
        publish_samples(store)
        store.close()
        with served(folder, url) as servers:
            tell_memory(servers)
            tell_waits(servers)
            tell_processes(servers)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        if len(sys.argv) > 2:
            os.sched_setaffinity(0, {int(sys.argv[2])})
        json.dump(asdict(asyncio.run(view(*json.loads(sys.argv[1])))), sys.stdout)
    else:
        main()
