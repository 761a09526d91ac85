"""A large file on the page, and the largest it takes: what happens is seen all the way, and it can be stopped at every
step."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from analysis import uploads_list
from indicators import catalogue
from tests.browser.desk import REASONS, press, settled, write
from tests.browser.people import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LARGEST = 20_000_000  # bytes: server.maxUploadSize
LONG = 240_000  # milliseconds, on a loaded machine


def file_of(size: int, path: Path) -> Path:
    """The template's columns, filled to the last row that `size` bytes hold."""
    known = catalogue()
    shares = [name for name, each in known.indicators.items() if each.unit == "percent"]
    days = (date(2025, 12, 31) - timedelta(days=number) for number in range(5_000))
    lines, used = ["Indikator;Region;Period;Värde"], 100
    for number, (day, name, code) in enumerate(product(days, shares, known.region_codes)):
        lines.append(f"{name};{code};{day};{40 + number % 50},{number % 10}")
        used += len(lines[-1]) + 1
        if used > size:
            break
    path.write_text("\n".join(lines[:-1]), encoding="utf-8")
    assert 0.99 * size < path.stat().st_size < size
    return path


@pytest.mark.parametrize(
    ("size", "stopped"),
    [
        (8_000_000, False),  # checked and published too soon for a hand on the stop button
        pytest.param(LARGEST, True, marks=pytest.mark.hard),
    ],
)
def test_a_large_file_is_followed_and_can_be_stopped(
    serve: Callable[..., str], empty_file: Path, page: Page, tmp_path: Path, size: int, *, stopped: bool
) -> None:
    page.goto(f"{serve(empty_file)}/upload?lang=sv")
    page.locator("input[type=file]").set_input_files(file_of(size, tmp_path / "stor.csv"))
    alert = page.get_by_test_id("stAlert")

    expect(alert.filter(has_text=re.compile(r"Granskar stor\.csv … \d+ s"))).to_be_visible(timeout=LONG)
    if stopped:
        press(page, "Avbryt granskningen")
        expect(
            alert.filter(has_text=re.compile(r"Granskningen av stor\.csv avbröts\. Inget har publicerats\."))
        ).to_be_visible()
        press(page, "Granska igen")
    expect(page.get_by_label(re.compile("^(Revideringsnot|Anteckning)"))).to_be_visible(timeout=LONG)
    settled(page)
    for field in page.get_by_label(REASONS).all():
        write(page, field, "provet är gjort för hand")

    for stop in (True, False) if stopped else (False,):
        press(page, "Publicera")
        expect(alert.filter(has_text=re.compile(r"Publicerar stor\.csv … \d+ s"))).to_be_visible(timeout=LONG)
        if stop:
            press(page, "Avbryt")
            told = "Steget avbröts. Inget har ändrats."
        else:
            told = "Publicerad som uppladdning 1."
        expect(alert.filter(has_text=told)).to_be_visible(timeout=LONG)
        settled(page)
        with opened(empty_file) as store:
            assert uploads_list(store).height == (0 if stop else 1)
