"""The digest of an upload's rows: any change shows, and nothing else does."""

from datetime import date

import polars as pl
import pytest

from models import Observation
from models.digests import RowsDigest, stored_digest
from models.records import CareUnit
from tests.models.test_store import UPLOAD, insert

ROWS = {
    "indicator": ["logins", "logins", "logins"],
    "region": ["25", "12", "01"],
    "value": [1.0, None, 0.0],
    "base_n": [None, 0.0, 5.0],
    "printed": ["ab", "c", ""],
    "row": [1, 2, 3],
}


def digest(rows: dict[str, list[object]], at_a_time: int = 10, model: type = Observation) -> str:
    told = RowsDigest()
    for part in pl.DataFrame(rows).iter_slices(at_a_time):
        told.add(model, part)
    return told.hex()


@pytest.mark.parametrize(
    "change",
    [
        {"value": [1.0, None, 0.1]},
        {"value": [0.0, None, 1.0]},  # changed places
        {"value": [1.0, 0.0, 0.0]},  # no value became nought
        {"value": [1.0, 0.0, None]},  # and the other way about: the same numbers, other gaps
        {"base_n": [0.0, None, 5.0]},
        {"printed": ["a", "bc", ""]},  # the same letters, cut elsewhere
        {"printed": ["ab", "", "c"]},
        {"row": [1, 2, 4]},
        {"region": ["12", "25", "01"]},
    ],
)
def test_any_change_shows(change):
    assert digest(ROWS | change) != digest(ROWS)


def test_a_row_less_or_more_shows_though_it_holds_nothing():
    empty = {"row": [0, 0]}
    assert digest(empty) != digest({"row": [0]})


def test_the_table_counts():
    assert digest({"row": [1]}) != digest({"row": [1]}, model=CareUnit)


@pytest.mark.parametrize("at_a_time", [1, 2])
def test_how_many_rows_are_handed_over_at_a_time_does_not_matter(at_a_time):
    assert digest(ROWS, at_a_time) == digest(ROWS)


@pytest.mark.parametrize(
    "same",
    [
        {"numerator": [None, None, None]},  # a column that holds nothing, as one a later release adds
        {"comment": ["", "", ""]},
        {"value": [1.0, None, -0.0]},  # which SQLite does not keep
        {"period_start": [None, None, None]},
    ],
)
def test_what_means_the_same_is_the_same(same):
    assert digest(ROWS | same) == digest(ROWS)


def test_days_are_the_same_as_days_and_as_text():
    """SQLite gives text back, PostgreSQL days."""
    days = pl.Series(["2026-01-01", "2026-02-01"])
    assert digest({"period_start": days.str.to_date()}) == digest({"period_start": days})


def test_a_file_of_many_batches_is_sealed_as_it_is_read_back(any_store):
    """More rows than are inserted, or read, at a time."""
    rows = 2 * 20_000 + 7
    frame = pl.DataFrame(
        {
            "upload_id": [1] * rows,
            "indicator": ["logins"] * rows,
            "region": ["25"] * rows,
            "care_unit": [f"u{number}" for number in range(rows)],
            "period": ["2023"] * rows,
            "period_start": [date(2023, 1, 1)] * rows,
            "period_end": [date(2023, 12, 31)] * rows,
            "period_kind": ["year"] * rows,
            "sex": ["T"] * rows,
            "age": ["all"] * rows,
            "value": [number / 7 for number in range(rows)],
            "flags": [""] * rows,
            "reason": [""] * rows,
            "printed": [str(number) for number in range(rows)],
            "source": [""] * rows,
            "comment": [""] * rows,
            "sheet": [""] * rows,
            "row": range(1, rows + 1),
            "col": [1] * rows,
            "path": [""] * rows,
            "decimals": [0] * rows,
        }
    )
    sealed = RowsDigest()
    with any_store.write() as connection:
        insert(connection, "upload", UPLOAD)
        any_store.insert_rows(connection, Observation, frame, sealed)
        assert stored_digest(connection, 1) == sealed.hex()
