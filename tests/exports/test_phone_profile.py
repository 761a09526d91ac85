"""The profile by weekday and hour as a workbook: numbers as published, each with the cell it stood in."""

import io

import openpyxl
import pytest

from analysis.phone.week import week_profile
from exports.phone import profile_workbook
from models import Store


@pytest.mark.slow
def test_the_workbook_has_every_hour_with_its_cell_and_says_it_is_synthetic(sample_store: Store):
    profile = week_profile(sample_store, "calls_mean_wait", "25", "2023-10")
    book = openpyxl.load_workbook(
        io.BytesIO(profile_workbook(profile, language="sv", data_version=9, link="http://x/phone?week=1"))
    )
    cover, data = book["Om filen"], book["Underlag"]
    rows = list(data.iter_rows(values_only=True))

    assert len(rows) == 1 + 7 * 24
    assert rows[0][:8] == (
        "Region",
        "Regionkod",
        "Period",
        "Veckodag",
        "Timme (börjar)",
        "Värde (sekunder)",
        "Nedre gräns",
        "Övre gräns",
    )
    assert rows[1][:3] == ("Region Norrbotten", "25", "oktober 2023")
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["Veckodag"], first["Timme (börjar)"], first["Värde (sekunder)"]) == ("måndag", 0, 88)
    assert (first["Fil"], first["Cell"]) == ("syntetisk_1177_samtal_veckodag_timme.csv", "I2")
    assert (first["Nedre gräns"], first["Underlag för intervallet"]) == (None, "inget intervall")  # a mean has none
    assert first["Flaggor"] == "x"
    told = {row[0]: row[1] for row in cover.iter_rows(values_only=True)}
    assert told["Regioner"] == "Region Norrbotten"
    assert told["Syntetiska exempeldata"].startswith("VARNING: filen innehåller syntetiska exempeldata.")
    assert told["Dataversion"] == 9
