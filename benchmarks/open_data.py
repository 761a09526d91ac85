"""`/api/v1/observations` of one indicator at 20 requests a second, beside datasette serving the same rows of the same
store in the same run.

    python -m benchmarks.open_data [SECONDS]

Both are processes of their own on loopback, asked in turn second by second, so that whatever else the machine does
falls on both alike; every answer is read whole. Ours answers with the rows as the pages show them (judged evidence,
small numbers hidden); datasette with the rows of the table as they were published, as many of them. The bars: p95 at
most 30 ms, and not slower than datasette. A request that says what it has (ETag) is measured beside them.
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import httpx

from entries.recommendation_file import enter_letters
from loaders.sample import publish_samples
from models import open_store

RATE: Final = 20  # requests a second
BAR: Final = 30.0  # ms, p95
UNCOUNTED: Final = 2  # seconds at first
INDICATOR: Final = "calls_share_answered"
_OURS: Final = """
import sys
import uvicorn
from models import open_store
from opendata import open_data_app
store = open_store()
uvicorn.run(open_data_app(lambda: store, lambda scope: "reader"), port=int(sys.argv[1]), log_level="error")
"""


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def serving(command: list[str], address: str, environment: dict[str, str]) -> Iterator[None]:
    """A server of its own process, until it has answered `address` and as long as it is needed."""
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                if httpx.get(address, timeout=10).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


async def asked(client: httpx.AsyncClient, address: str, headers: dict[str, str], times: list[float]) -> None:
    started = time.perf_counter()
    answer = await client.get(address, headers=headers)
    assert answer.status_code in (200, 304), answer.text
    times.append((time.perf_counter() - started) * 1000)


async def one_second(client: httpx.AsyncClient, address: str, headers: dict[str, str], times: list[float]) -> None:
    """RATE requests, evenly over a second, whether or not the earlier ones have been answered."""
    waiting = []
    for _ in range(RATE):
        waiting.append(asyncio.create_task(asked(client, address, headers, times)))
        await asyncio.sleep(1 / RATE)
    await asyncio.gather(*waiting)


async def measure(ways: dict[str, tuple[str, dict[str, str]]], seconds: int) -> dict[str, list[float]]:
    """Milliseconds of every request of each way, but those of the first seconds."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    async with httpx.AsyncClient(timeout=30) as client:
        for second in range(-UNCOUNTED, seconds):
            for name, (address, headers) in ways.items():
                await one_second(client, address, headers, found[name] if second >= 0 else [])
    return found


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def main(seconds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite3"
        store = open_store(f"sqlite:///{file}", create=True)
        publish_samples(store)
        enter_letters(store)
        store.close()
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{file}", "DASHBOARD_API_CALLS_A_MINUTE": "1000000"}
        ours, theirs = free_port(), free_port()
        own = f"http://127.0.0.1:{ours}/api/v1/observations?{urlencode({'indicator': INDICATOR})}"
        table = urlencode({"indicator": INDICATOR, "_size": "max", "_shape": "objects"})
        other = f"http://127.0.0.1:{theirs}/store/observation.json?{table}"
        datasette = [sys.executable, "-m", "datasette", str(file), "--port", str(theirs)]
        limits = ["--setting", "max_returned_rows", "100000"]
        with (
            serving([sys.executable, "-c", _OURS, str(ours)], own, environment),
            serving([*datasette, *limits], other, environment),
        ):
            answers = {name: httpx.get(one, timeout=30) for name, one in (("ours", own), ("datasette", other))}
            counts = {name: len(one.json()["rows"]) for name, one in answers.items()}
            held = {"if-none-match": answers["ours"].headers["etag"]}
            ways = {"ours": (own, {}), "datasette": (other, {}), "ours, held by the reader": (own, held)}
            found = asyncio.run(measure(ways, seconds))
    print(f"{INDICATOR}: {counts['ours']} figures of ours, {counts['datasette']} rows of datasette, {RATE} a second")
    for name, times in found.items():
        bar, median = f" (bar {BAR:.0f})" if name == "ours" else "", statistics.median(times)
        print(f"{name:<24} p95 {p95(times):6.1f} ms{bar}, median {median:6.1f} ms, {len(times)} requests")
    ratio = p95(found["ours"]) / p95(found["datasette"])
    print(f"ours / datasette at p95: {ratio:.2f} (bar 1)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
