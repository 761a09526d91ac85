"""What counts as published now, on both databases."""

import polars as pl
from sqlmodel import Session

from indicators import period_of
from loaders.checks.published import PublishedFigures
from models import Publication, Store, now
from tests.publishing import publish, withdraw


def figures(*periods: str) -> pl.DataFrame:
    """What a file of these periods would ask about."""
    known = [period_of(key) for key in periods]
    return pl.DataFrame({"period_start": [each.start for each in known], "period_kind": [each.kind for each in known]})


def row(value: float, period: str = "2020", region: str = "12") -> dict[str, object]:
    return {"indicator": "trust_overall", "region": region, "period": period, "value": value}


def restore(store: Store, upload: int) -> None:
    with store.write() as connection, Session(connection) as session:
        session.add(Publication(upload_id=upload, action="restored", at=now(), by="test", note="test"))
        session.flush()


def current(store: Store, *periods: str) -> list[tuple[str, float]]:
    return PublishedFigures(store, figures(*periods)).of("trust_overall").sort("period").select("period", "old").rows()


def test_the_last_publication_wins_and_a_restored_one_keeps_its_place(any_store: Store):
    first, second = publish(any_store, [row(60.0)]), publish(any_store, [row(61.0)])
    assert current(any_store, "2020") == [("2020", 61.0)]
    withdraw(any_store, second)
    assert current(any_store, "2020") == [("2020", 60.0)]
    withdraw(any_store, first)
    assert current(any_store, "2020") == []
    restore(any_store, second)
    restore(any_store, first)
    assert current(any_store, "2020") == [("2020", 61.0)]


def test_history_reaches_back_twelve_waves_or_sixty_days_and_never_ahead(any_store: Store):
    periods = ("2005", "2008", "2020", "2021", "2020-05-01", "2020-06-30")
    publish(any_store, [row(float(place), period) for place, period in enumerate(periods)])
    assert [period for period, _ in current(any_store, "2020")] == ["2008", "2020", "2020-05-01", "2020-06-30"]
    assert [period for period, _ in current(any_store, "2020-07-15")] == ["2020-05-01", "2020-06-30"]
    assert current(any_store, "2020-04") == current(any_store, "2020-04", "2020-04-15") == [("2020", 2.0)]
    assert current(any_store) == [], "a file without a period has no history"


def test_cells_are_found_by_region_and_value_wherever_they_are(any_store: Store):
    publish(any_store, [row(60.0, "1999"), row(60.0, "2001", "13"), row(61.0, "2003"), row(62.0, "2005")])
    read = PublishedFigures(any_store, figures("2020"))
    assert read.cells(["12"], [60.0, 62.0]).sort("period")["period"].to_list() == ["1999", "2005"]
    many = [60.0, *(100.0 + place for place in range(898)), 62.0]  # of 901 all between the first and the last are read
    assert read.cells(["12"], many).sort("period")["period"].to_list() == ["1999", "2005"]
    assert read.cells(["12"], [*many, 59.0]).sort("period")["period"].to_list() == ["1999", "2003", "2005"]
    assert read.at("trust_overall", ["1999", "2001"]).sort("period")["old"].to_list() == [60.0, 60.0]


def test_without_a_store_nothing_is_published():
    read = PublishedFigures(None, figures("2020"))
    cells = read.cells(["12"], [60.0])
    assert (cells.columns, cells.height) == (["upload", "indicator", "period", "sex", "region", "value"], 0)
    assert (read.of("trust_overall").height, read.at("trust_overall", ["2020"]).height) == (0, 0)


def test_a_files_small_number_makes_secret_what_it_adds_up_with(store: Store):
    publish(store, [row(60.0, region=code) for code in ("00", "12", "13")])
    file = figures("2020").with_columns(
        indicator=pl.lit("trust_overall"),
        region=pl.lit("12"),
        period=pl.lit("2020"),
        sex=pl.lit("T"),
        value=pl.lit(61.0),
        base_n=pl.lit(7.0),
    )
    secret = [
        PublishedFigures(store, file, **told).secret("trust_overall").sort("region")["region"].to_list()
        for told in ({}, {"synthetic": True})
    ]
    assert secret == [["00", "12", "13"], ["12"]], "made-up figures add up with none that are published"
