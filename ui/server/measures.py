"""What a process counts of itself, as Prometheus reads it. Labels are the program's own words, never a reader's."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from prometheus_client import REGISTRY, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from models import StoreRefused
from models.troubles import MET
from ui.server.logs import told
from ui.server.sessions_of_streamlit import open_sessions, runs_under_way
from ui.stores import store

_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
RUNS: Final = Histogram(
    "dashboard_script_run_seconds", "Runs of pages, by page and by how they ended", ("page", "ended"), buckets=_SECONDS
)
REQUESTS: Final = Histogram(
    "dashboard_request_seconds", "HTTP requests, by kind of address and status", ("kind", "status"), buckets=_SECONDS
)


@contextmanager
def run_of(page: str) -> Iterator[None]:
    """The time of one run of a page."""
    began, ended = time.perf_counter(), "ok"
    try:
        yield
    except Exception:  # what Streamlit itself ends a run with is none
        ended = "error"
        raise
    finally:
        took = time.perf_counter() - began
        RUNS.labels(page, ended).observe(took)
        told("run", page=page, ended=ended, ms=round(took * 1000))


class OfTheStore(Collector):
    """What is asked for when Prometheus asks: sessions, runs under way, troubles of the store, versions."""

    def collect(self) -> Iterable[Metric]:
        yield GaugeMetricFamily("dashboard_sessions", "Pages open in browsers", open_sessions())
        yield GaugeMetricFamily("dashboard_script_runs_under_way", "Runs of pages under way", runs_under_way())
        troubles = CounterMetricFamily("dashboard_store_errors", "Refusals of the store, by reason", labels=("reason",))
        for reason, times in dict(MET).items():
            troubles.add_metric((reason,), times)
        yield troubles
        try:
            found = store().versions()
        except StoreRefused:
            yield GaugeMetricFamily("dashboard_store_up", "Whether the store answers", 0)
            return
        yield GaugeMetricFamily("dashboard_store_up", "Whether the store answers", 1)
        yield GaugeMetricFamily("dashboard_data_version", "Version of the data that is read", found.data)
        yield GaugeMetricFamily(
            "dashboard_publications", "Publications, withdrawals and restorations so far", found.publication
        )

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked of the store at import."""
        return []


REGISTRY.register(OfTheStore())
