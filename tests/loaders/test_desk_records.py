"""Records on the desk: staged, checked again, published, overtaken, withdrawn, by the same steps as figures."""

from dataclasses import replace

import polars as pl
import pytest

from access import LOCAL_CLI
from analysis.records import current_records
from loaders import (
    CheckedFile,
    DeskRefused,
    RejectedFile,
    check_file,
    check_staged,
    publish_file,
    publish_staged,
    restore_upload,
    screening_report,
    stage_file,
    withdraw_upload,
)
from models import Store
from tests.loaders.files import template
from tests.loaders.record_files import A, B, register, supply


def load(store: Store, content: bytes, name: str = "utbud.csv") -> int:
    checked = check_file(store, name, content)
    return publish_file(store, checked, by=LOCAL_CLI, note="ny lista", accept_warnings=True).upload_id


def shown(store: Store) -> dict[tuple[str, str], str]:
    rows = current_records(store, "service_offer").select("unit", "service", "status")
    return {(unit[-1], service): status for unit, service, status in rows.iter_rows()}


def test_publish_three_withdraw_the_second_leaves_the_first_and_third(any_store: Store):
    load(any_store, supply((A, "ja", "nej"), (B, "ja", "")))
    second = load(any_store, supply((A, "nej", "e.t."), (B, "nej", "ja")))
    load(any_store, supply((A, "ja", "ja"), services="Förnya recept;Kontakta mig"))
    everything = shown(any_store)
    assert everything == {
        ("1", "request_appointment"): "not_offered",
        ("1", "renew_prescription"): "offered",
        ("1", "contact_me"): "offered",
        ("2", "request_appointment"): "not_offered",
        ("2", "renew_prescription"): "offered",
    }
    withdraw_upload(any_store, second, by=LOCAL_CLI, note="fel fil")
    assert shown(any_store) == {
        ("1", "request_appointment"): "offered",
        ("1", "renew_prescription"): "offered",
        ("1", "contact_me"): "offered",
        ("2", "request_appointment"): "offered",
        ("2", "renew_prescription"): "unknown",
    }
    restore_upload(any_store, second, by=LOCAL_CLI, note="den var rätt")
    assert shown(any_store) == everything


def test_the_loser_of_two_who_publish_the_same_records_is_told(any_store: Store):
    mine = check_file(any_store, "min.csv", supply((A, "ja", "nej")))
    theirs = check_file(any_store, "deras.csv", supply((A, "nej", "nej")))
    others = check_file(any_store, "annan.csv", supply((B, "ja", "ja")))
    publish_file(any_store, theirs, by=LOCAL_CLI)
    with pytest.raises(DeskRefused) as refused:
        publish_file(any_store, mine, by=LOCAL_CLI)
    assert refused.value.message() == (
        "Medan du granskade ändrades samma uppgifter av någon annan (deras.csv). Inget publicerades. Kontrollera filen "
        "igen."
    )
    publish_file(any_store, others, by=LOCAL_CLI)  # another unit is nobody's business
    assert shown(any_store)[("1", "request_appointment")] == "not_offered"


def read_otherwise(checked: CheckedFile) -> CheckedFile:
    """As a later release might read the same bytes."""
    offers = checked.records["service_offer"].with_columns(status=pl.lit("unknown"))
    return replace(checked, records={"service_offer": offers})


def test_a_staged_file_is_published_as_it_was_stored_or_not_at_all(any_store: Store):
    staged = stage_file(any_store, check_file(any_store, "utbud.csv", supply((A, "ja", "nej"))), by=LOCAL_CLI)
    again = check_staged(any_store, staged.upload_id)
    assert shown(any_store) == {}
    for other in (read_otherwise(again), replace(again, records={})):
        with pytest.raises((DeskRefused, RejectedFile)):
            publish_staged(any_store, staged.upload_id, other, by=LOCAL_CLI)
    assert shown(any_store) == {}
    publish_staged(any_store, staged.upload_id, again, by=LOCAL_CLI)
    assert shown(any_store) == {("1", "request_appointment"): "offered", ("1", "renew_prescription"): "not_offered"}


def test_a_staged_file_is_compared_with_what_was_published_after_it(store: Store):
    staged = stage_file(store, check_file(store, "min.csv", supply((A, "ja", "nej"))), by=LOCAL_CLI)
    load(store, supply((A, "nej", "nej")), "deras.csv")
    (warning,) = check_staged(store, staged.upload_id).warnings
    assert warning.rule == "revision"
    report = screening_report(check_staged(store, staged.upload_id), "sv")
    assert report.select("stage", "severity", "rule").rows() == [("Rimlighet", "varning", "revision")]


@pytest.mark.parametrize(
    ("content", "layout", "accepted"),
    [
        (supply((A, "ja", "nej")), "supply_wide", True),
        (register((A, "Björknäs")), "care_units", True),
        (supply((A, "ja", "nej")), "care_units", False),  # the file lacks its headers
        (template("trust_hospital;Norrbotten;2020;;60").encode(), "supply_wide", False),
        (supply((A, "ja", "nej")), "wide", False),
    ],
    ids=["supply", "units", "supply as units", "figures as supply", "supply as figures"],
)
def test_a_file_may_be_read_as_a_layout_that_fits_it(content: bytes, layout: str, accepted: bool):
    checked = check_file(None, "fil.csv", content, layout=layout)
    assert checked.accepted is accepted
    assert accepted or [problem.rule for problem in checked.errors] == ["unknown_layout"]


def test_faults_of_records_fall_in_the_step_that_finds_them(store: Store):
    load(store, register((A, "Björknäs"), (B, "Sandträsk")), "enheter.csv")
    twice = check_file(store, "fel.csv", supply((A, "ja", "ja", "ja"), services="Beställa tid;Beställ tid;Egenremiss"))
    odd = check_file(store, "udda.csv", supply((A, "kanske", "nej")))
    fewer = check_file(store, "ny.csv", register((A, "Björknäs hälsocentral")))
    told = [screening_report(checked, "sv").select("stage", "rule").unique().rows() for checked in (twice, odd, fewer)]
    assert told[0] == [("Filens form", "service_twice")]
    assert told[1] == [("Innehåll", "unknown_status")]
    assert {stage for stage, _ in told[2]} == {"Rimlighet"}
    assert {rule for _, rule in told[2]} == {"revision", "vanished"}
