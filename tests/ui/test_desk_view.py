"""The desk's steps and the pages an upload changed, as the views say them."""

from datetime import date

import polars as pl
import pytest

from analysis import Preview, what_would_change
from analysis.history.preview import FIGURE_CHANGES
from loaders import check_file
from models import Store
from tests.publishing import publish
from ui.desk.view import changed_pages, changes_in_words, no_file_yet, steps_of
from views.parts import Reader

HEADER = "Indikator;Region;Period;Värde\n"
ROW = {"region": "12", "period": "2015"}


def states(steps) -> list[str]:
    return [step.state for step in steps]


def test_before_a_file_the_first_step_is_where_one_is() -> None:
    assert [(step.name, step.state) for step in no_file_yet("sv")] == [
        ("Välj fil", "now"),
        ("Granska", "next"),
        ("Vad ändras", "next"),
        ("Publicera", "next"),
    ]


@pytest.mark.parametrize(
    ("left", "lacks", "where", "said"),
    [
        (1, True, ["done", "now", "next", "next"], "anteckning krävs"),
        (1, False, ["done", "now", "next", "next"], ""),
        (0, True, ["done", "done", "done", "now"], "anteckning krävs"),
        (0, False, ["done", "done", "done", "now"], ""),
    ],
)
def test_a_file_is_at_its_review_until_every_row_has_its_reason(
    store: Store, left: int, lacks: bool, where: list[str], said: str
) -> None:
    checked = check_file(store, "ny.csv", f"{HEADER}trust_vardcentral;Skåne;2015;61,4\n".encode())
    preview = what_would_change(store, checked.observations)
    steps = steps_of(checked, preview, "sv", reasons_left=left, lacks_note=lacks)
    assert (states(steps), steps[2].said, steps[3].said) == (where, "1 ny", said)


def test_a_file_whose_consequences_nobody_has_seen_stays_at_its_review(store: Store) -> None:
    checked = check_file(store, "ny.csv", f"{HEADER}trust_vardcentral;Skåne;2015;61,4\n".encode())
    assert states(steps_of(checked, None, "sv", reasons_left=0, lacks_note=False))[1] == "now"


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["same", "not_in_file"], "inget ändras"),
        (["new", "new", "changed"], "2 nya, 1 ändrad"),
        (["changed", "changed", "gone", "same"], "2 ändrade, 1 borttagen"),
    ],
)
def test_what_changes_is_counted_by_kind(kinds: list[str], said: str) -> None:
    blank = pl.DataFrame({name: [None] * len(kinds) for name in FIGURE_CHANGES}, schema=FIGURE_CHANGES)
    figures = blank.with_columns(kind=pl.Series(kinds), indicator=pl.lit("trust_vardcentral"), period=pl.lit("2015"))
    assert changes_in_words(Preview(figures, pl.DataFrame(), 0), "sv") == said


def test_the_way_leads_to_every_page_that_shows_the_upload_with_its_first_measure(store: Store) -> None:
    names = ("trust_hospital", "trust_vardcentral", "nki_phone")
    upload = publish(store, [{"indicator": name, "value": 50.0, **ROW} for name in names])
    assert changed_pages(Reader("sv", store), upload, {"service_offer": 3, "care_unit": 2, "reply": 1}) == (
        ("Översikt", "overview?lang=sv"),
        ("Kundnöjdhet", "satisfaction?indicator=nki_phone&lang=sv"),
        ("Förtroende", "trust?indicator=trust_hospital&lang=sv"),
        ("Utbud av e-tjänster", "supply?lang=sv"),
        ("Uppföljning", "followup?lang=sv"),
        ("Ändringslogg", "changes?lang=sv"),
    )
    assert changed_pages(Reader("en", store, date(2026, 1, 1)), 99, {"phone_profile": 1}) == (
        ("Phone", "phone?lang=en&as_of=2026-01-01"),
        ("Change log", "changes?lang=en&as_of=2026-01-01"),
    )
