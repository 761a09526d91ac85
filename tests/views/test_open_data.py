"""Open data promises what there is: each way leads to a page, each file has its source and terms."""

from datetime import date

import pytest

from dashboard import PAGES
from indicators import PUBLISHERS
from locales import has_text
from models import Store
from tests.opendata.conftest import asking
from tests.publishing import publish, withdraw
from views.open_data import OpenData, Source, open_data
from views.parts import Reader

TRUST = {"indicator": "trust_overall", "region": "25", "period": "2025", "value": 50.0}


def view(store: Store, *, originals: bool = True, as_of: date | None = None) -> OpenData:
    return open_data(Reader("sv", store, as_of), originals=originals)


def test_every_way_leads_to_a_page(store: Store) -> None:
    ways = view(store).ways
    assert {one.address.partition("?")[0] for one in ways} <= set(PAGES)
    assert [one.address for one in ways if "part=" in one.address] == [
        "supply?part=matrix&lang=sv",
        "supply?part=gaps&lang=sv",
    ]


def test_every_address_for_programs_answers(store: Store) -> None:
    publish(store, [TRUST])
    ask = asking(store)
    programs = view(store).programs
    assert len(programs) == 6
    assert {address: ask(f"/{address}").status_code for _, address in programs} == {one: 200 for _, one in programs}


def test_a_published_file_stands_with_its_source_and_terms(store: Store) -> None:
    publish(store, [{**TRUST, "region": "24"}], synthetic=True)
    kolada = publish(store, [TRUST], layout="kolada_json")
    gone = publish(store, [{**TRUST, "region": "20"}])
    withdraw(store, gone)
    barometer = "Hälso- och sjukvårdsbarometern, Sveriges Kommuner och Regioner"
    real, made_up = view(store).sources  # what is withdrawn is not there; what is made up stands last
    assert real == Source(
        "made-in-test.csv", f"data?upload={kolada}&lang=sv", "Kolada (RKA)", barometer, "Öppna data. Källan ska anges."
    )
    assert (made_up.behind, made_up.terms) == (
        "syntetiska exempeldata",
        "Påhittade exempel. Fria att använda; de säger inget om någon region.",
    )
    assert view(store).cite.startswith(
        f"Ange källan så här: {barometer}, genom Kolada (RKA). Regionjämförelse 1177, dataversion "
    )


def test_who_may_not_fetch_originals_gets_no_way_to_them(store: Store) -> None:
    publish(store, [TRUST])
    assert [one.address for one in view(store, originals=False).sources] == [""]


def test_a_made_up_source_is_not_the_example_of_how_to_name_one(store: Store) -> None:
    publish(store, [TRUST], synthetic=True)
    assert view(store).cite == ""


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_every_publisher_has_a_name_and_terms(publisher: str) -> None:
    assert all(has_text(f"open_data.{part}.{publisher}") for part in ("from", "terms"))


def test_earlier_days_are_links_newest_first(store: Store) -> None:
    publish(store, [TRUST], day="2026-01-10")
    publish(store, [{**TRUST, "value": 51.0}], day="2026-02-10")
    assert view(store).days == (
        ("Siffrorna som de var 10 februari 2026", "./?lang=sv&as_of=2026-02-10"),
        ("Siffrorna som de var 10 januari 2026", "./?lang=sv&as_of=2026-01-10"),
    )
    assert len(view(store, as_of=date(2026, 1, 20)).sources) == 1
