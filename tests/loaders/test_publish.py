"""An import is all or nothing, recognised when it comes again, and says what it would change."""

import json

import pytest
from sqlalchemy import text as sql

from access import LOCAL_CLI
from loaders import Published, RejectedFile, check_file, publish_file, publish_staged, stage_file
from loaders.check import check_staged
from models import Store
from tests.loaders.files import csv_bytes, template, vis

KOLADA = "Nyckeltals-id;Region;2020\nU70446;Region Skåne;61,5\n"
WIDE = "trust_hospital\nRegion;2020\nRegion Skåne;62\n"


def count(store: Store, table: str) -> int:
    with store.read() as connection:
        return int(connection.execute(sql(f"SELECT count(*) FROM {table}")).scalar_one())


def publish(store: Store, text: str, name: str = "fil.csv") -> int:
    checked = check_file(store, name, csv_bytes(text))
    return publish_file(store, checked, by=LOCAL_CLI, note="ny", accept_warnings=True).upload_id


def test_a_published_file_is_kept_whole(store: Store):
    content = csv_bytes(vis({}, {"Titel": "Okänd", "Indikator_Id": "-"}))
    checked = check_file(store, "fil.csv", content)
    published = publish_file(store, checked, by=LOCAL_CLI, note="ny", accept_warnings=True)
    assert (published.upload_id, published.publication_id, published.repeat) == (1, 1, False)
    with store.read() as connection:
        upload = connection.execute(sql("SELECT * FROM upload")).mappings().one()
        observation = (
            connection.execute(sql("SELECT *, CAST(period_start AS VARCHAR(10)) AS day FROM observation"))
            .mappings()
            .one()
        )
        publication = connection.execute(sql("SELECT * FROM publication")).mappings().one()
    assert (upload["content"], upload["status"], upload["observations"], upload["ignored"]) == (
        content,
        "published",
        1,
        1,
    )
    assert json.loads(upload["report"])["sv"]["ignored"][0]["cell"] == "A3:X3"
    assert (observation["upload_id"], observation["day"], observation["value"]) == (1, "2015-01-01", 63.5)
    assert (publication["action"], publication["by"], publication["note"]) == ("published", "local:cli", "ny")


def test_the_same_bytes_again_change_nothing(store: Store):
    publish(store, vis({}))
    again = check_file(store, "annat namn.csv", csv_bytes(vis({})))
    assert (again.repeat, again.repeat_of, again.accepted, again.problems) == (True, 1, True, ())
    published = publish_file(store, again, by=LOCAL_CLI)
    assert (published.upload_id, published.publication_id, published.repeat) == (1, None, True)
    assert (count(store, "upload"), count(store, "publication")) == (1, 1)


def test_bytes_staged_by_someone_else_are_a_repeat_too(store: Store):
    publish(store, vis({}))
    with store.write() as connection:
        connection.execute(sql("UPDATE upload SET status = 'staged'"))
    assert check_file(store, "fil.csv", csv_bytes(vis({}))).repeat


def test_after_a_withdrawal_the_same_bytes_may_come_again(store: Store):
    publish(store, vis({}))
    with store.write() as connection:
        connection.execute(sql("UPDATE upload SET status = 'withdrawn'"))
    checked = check_file(store, "fil.csv", csv_bytes(vis({})))
    assert (checked.repeat, publish_file(store, checked, by=LOCAL_CLI).upload_id) == (False, 2)


def test_two_who_publish_one_file_at_once_publish_it_once(store: Store):
    both_checked = [check_file(store, "fil.csv", csv_bytes(vis({}))) for _ in range(2)]
    done = [publish_file(store, checked, by=LOCAL_CLI) for checked in both_checked]
    assert [(one.upload_id, one.repeat) for one in done] == [(1, False), (1, True)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (vis({"Värde": "<5"}), "errors"),
        (vis({}, {"Titel": "Okänd", "Indikator_Id": "-"}), "warnings"),
        (vis({"Titel": "Okänd", "Indikator_Id": "-"}), "errors"),  # nothing left
    ],
)
def test_a_refused_file_changes_nothing_and_says_why(store: Store, text: str, reason: str):
    with pytest.raises(RejectedFile) as refused:
        publish_file(store, check_file(store, "fil.csv", csv_bytes(text)), by=LOCAL_CLI)
    assert refused.value.reason == reason
    assert str(refused.value).startswith("fil.csv: inget importerades.")
    assert refused.value.message("en").startswith("fil.csv: nothing was imported.")
    assert [count(store, table) for table in ("upload", "observation", "publication")] == [0, 0, 0]


def test_a_header_without_rows_is_refused(store: Store):
    checked = check_file(store, "fil.csv", csv_bytes(vis()))
    assert [each.rule for each in checked.errors] == ["nothing_left"]


def test_a_long_list_of_problems_is_cut_in_words(store: Store):
    rows = [f"nki_phone;Skåne;{1990 + number};;x" for number in range(30)]
    checked = check_file(store, "fil.csv", csv_bytes(template(*rows)))
    with pytest.raises(RejectedFile) as refused:
        publish_file(store, checked, by=LOCAL_CLI)
    assert refused.value.message().endswith("… och 10 till.")


def test_a_count_that_differs_undoes_everything(store: Store, monkeypatch: pytest.MonkeyPatch):
    checked = check_file(store, "fil.csv", csv_bytes(vis({})))
    monkeypatch.setattr(Store, "insert_rows", lambda *_: None)
    with pytest.raises(RuntimeError, match="0 rows of observation stored of 1"):
        publish_file(store, checked, by=LOCAL_CLI)
    assert [count(store, table) for table in ("upload", "observation", "publication")] == [0, 0, 0]


def test_a_changed_figure_is_a_warning_that_names_the_largest_change(store: Store):
    publish(store, vis({}, {"Mätperiod": "2014", "Värde": "63,0"}))
    revised = check_file(store, "ny.csv", csv_bytes(vis({"Värde": "63,6"}, {"Mätperiod": "2014", "Värde": "64,1"})))
    assert [(each.rule, each.variant, each.indicators) for each in revised.problems] == [
        ("revision", "", ("trust_vardcentral",))
    ]
    assert (
        "Antal: 2, ur fil.csv. Största ändringen: Region Stockholm 2014, 63,0 → 64,1." in revised.problems[0].message()
    )
    assert "The largest change: Region Stockholm 2014, 63.0 → 64.1." in revised.problems[0].message("en")


def test_another_publishers_file_is_named(store: Store):
    publish(store, KOLADA.replace("61,5", "61,4"), "kolada.csv")
    problem, lost = check_file(store, "wide.csv", csv_bytes(WIDE)).problems
    assert (lost.rule, lost.values["lost_parts"]) == ("evidence_lost", ("decimals",))
    assert problem.message() == (
        "Filen: uppgifter som en annan utgivare har lämnat ändras (Förtroende för sjukhus, Kolada U70446). Antal: 1, "
        "ur kolada.csv. Största ändringen: Region Skåne 2020, 61,4 → 62. Decimaler: 1 förut, 0 nu. Tillåtet: samma "
        "värden som den andra utgivaren, eller en bekräftad ändring med skäl. Bekräfta att den här utgivarens "
        "uppgifter ska gälla, och skriv i anteckningen varför."
    )


def test_a_table_of_ones_own_in_another_form_is_no_other_publishers(store: Store):
    publish(store, template("trust_hospital;Skåne;2020;;61"), "mall.csv")
    (problem,) = check_file(store, "wide.csv", csv_bytes(WIDE)).problems
    assert problem.message() == (
        "Filen: publicerade uppgifter ändras (Förtroende för sjukhus, Kolada U70446). Antal: 1, ur mall.csv. Största "
        "ändringen: Region Skåne 2020, 61 → 62. Tillåtet: samma värden som tidigare, eller en bekräftad ändring med "
        "skäl. Bekräfta och skriv i anteckningen varför uppgifterna ändras."
    )


@pytest.mark.parametrize("note", ["", "  "])
def test_published_figures_are_changed_only_with_a_reason(store: Store, note: str):
    publish(store, template("trust_hospital;Skåne;2020;;61"))
    revised = check_file(store, "ny.csv", csv_bytes(template("trust_hospital;Skåne;2020;;62")))
    with pytest.raises(RejectedFile) as refused:
        publish_file(store, revised, by=LOCAL_CLI, note=note, accept_warnings=True)
    assert refused.value.message().splitlines() == [
        "ny.csv: inget importerades. Publicerade uppgifter ändras. Skriv varför (--note):",
        f"  {revised.problems[0].message()}",
    ]
    assert count(store, "publication") == 1
    assert publish_file(store, revised, by=LOCAL_CLI, note="rättat", accept_warnings=True).upload_id == 2


def test_equal_figures_are_no_revision_and_the_latest_publication_is_compared(store: Store):
    publish(store, template("trust_hospital;Skåne;2020;;61,5"))
    publish(store, template("trust_hospital;Skåne;2020;;62,5"), "andra.csv")
    same = check_file(store, "tredje.csv", csv_bytes(template("trust_hospital;Skåne;2020;;62,50")))
    assert same.problems == ()
    lost = check_file(store, "fjärde.csv", csv_bytes(template("trust_hospital;Skåne;2020;;..")))
    assert [each.rule for each in lost.warnings] == ["revision"]


def test_synthetic_is_stored_when_the_file_or_the_user_says_so(store: Store):
    publish(store, template("trust_hospital;Skåne;2020;;61;;;;;;Syntetisk;"))
    publish_file(store, check_file(store, "b.csv", csv_bytes(vis({}))), by=LOCAL_CLI, synthetic=True)
    publish_file(store, check_file(store, "c.csv", csv_bytes(vis({"Mätperiod": "2013"}))), by=LOCAL_CLI)
    with store.read() as connection:
        assert list(connection.execute(sql("SELECT synthetic FROM upload ORDER BY id")).scalars()) == [
            True,
            True,
            False,
        ]


def test_the_report_has_the_shape_the_command_line_prints():
    told = check_file(None, "fil.csv", csv_bytes(vis({"Värde": "<5"}))).to_json("sv")
    assert list(told) == [
        "file",
        "layout",
        "confidence",
        "mapping",
        "accepted",
        "repeat",
        "ignored",
        "problems",
        "observations",
        "synthetic",
    ]
    assert told["problems"][0] == {
        "severity": "error",
        "rule": "not_a_number",
        "indicators": ["trust_vardcentral"],
        "sheet": "",
        "cell": "N2",
        "found": "<5",
        "expected": "ett tal, till exempel 63,4 eller 1\u00a0204, utan tecken som < och utan ord",
        "message": told["problems"][0]["message"],
    }
    assert told["problems"][0]["message"].startswith('Cell N2: "<5" är inte ett tal (')
    assert "fa71c2b4-a471-4950-8ac7-c1195b31f76a" in told["problems"][0]["message"]


TABLES = ("upload", "observation", "publication", "audit_event")


class Stopped(Exception):
    pass


@pytest.mark.parametrize("step", ["publish", "stage", "publish staged"])
def test_who_stops_a_step_anywhere_before_its_end_leaves_the_store_as_it_was(store: Store, step: str) -> None:
    checked = check_file(store, "fil.csv", csv_bytes(WIDE))
    if step == "publish staged":
        stage_file(store, checked, by=LOCAL_CLI)
        checked = check_staged(store, 1)
    calls = [0, 0]  # made, and the one to stop at

    def halt() -> None:
        calls[0] += 1
        if calls[0] == calls[1]:
            raise Stopped

    def take() -> Published:
        calls[0] = 0
        if step == "stage":
            return stage_file(store, checked, by=LOCAL_CLI, halt=halt)
        if step == "publish":
            return publish_file(store, checked, by=LOCAL_CLI, note="ny", accept_warnings=True, halt=halt)
        return publish_staged(store, 1, checked, by=LOCAL_CLI, note="ny", accept_warnings=True, halt=halt)

    before = [count(store, table) for table in TABLES]
    for calls[1] in (1, 2):  # while the rows go in, or are compared; and just before the commit
        with pytest.raises(Stopped):
            take()
        assert [count(store, table) for table in TABLES] == before
    calls[1] = 3
    taken = take()  # its number, on PostgreSQL, follows those of the steps that were stopped
    assert (taken.publication_id is None, taken.repeat) == (step == "stage", False)
    assert [count(store, table) for table in TABLES] != before
    assert calls[0] == 2
