"""A saved mapping is recognised by a file's headers, whatever the file is called, and by nothing else."""

from pathlib import Path

import pytest
from sqlalchemy import text as sql

from access import LOCAL_CLI, READER, Forbidden, broken_at
from indicators import catalogue
from loaders import check_file, check_staged, stage_file
from loaders.formats import read_document
from loaders.mapping import (
    Figures,
    Given,
    MappingRefused,
    delete_mapping,
    find_mapping,
    mapping_named,
    mappings,
    propose,
    save_mapping,
)
from models import Store

HEADER = "Region;Månad;Inkomna samtal;Besvarade samtal"
FIRST = f"{HEADER}\nNorrbotten;2024-01;900;800\nDalarna;2024-01;700;600\n"
NEXT = f"Ny rubrik;;;\n;;;\n{HEADER}\nNorrbotten;2024-02;910;805\nDalarna;2024-02;701;602\nSkåne;2024-02;9;8\n"
MONTHS = "Region;Mått;2023-01;2023-02\nNorrbotten;Inloggningar;5;6\nDalarna;Inloggningar;7;8\n"
MORE_MONTHS = "Region;Mått;2023-01;2023-02;2023-03\nNorrbotten;Inloggningar;5;6;9\nDalarna;Inloggningar;7;8;9\n"


def saved(store: Store, content: str, name: str = "Kontaktcenter"):
    document = read_document(content.encode())
    mapping = propose(document, catalogue()).mapping
    assert mapping is not None
    return save_mapping(store, name, mapping, document, LOCAL_CLI)


@pytest.mark.parametrize(
    ("first", "later", "recognised"),
    [
        (FIRST, NEXT, True),  # other rows, and title lines that moved the header
        (MONTHS, MORE_MONTHS, True),  # a new month's column
        (FIRST, FIRST.replace("Inkomna samtal;Besvarade samtal", "Besvarade samtal;Inkomna samtal"), True),  # order
        (FIRST, FIRST.replace("Besvarade samtal", "Handlagda samtal"), False),  # another count
        (FIRST, FIRST.replace("samtal\n", "samtal;Tappade\n", 1).replace("00\n", "00;1\n"), False),  # a new column
    ],
)
def test_a_mapping_is_found_by_the_headers(store: Store, first: str, later: str, recognised: bool):
    saved(store, first)
    found = find_mapping(store, read_document(later.encode()))

    assert (found is not None) is recognised


def test_the_next_file_is_read_by_the_saved_mapping_without_being_asked(store: Store):
    saved(store, FIRST)
    checked = check_file(store, "helt annat namn.csv", NEXT.encode())

    assert (checked.layout, checked.mapping.name, checked.confidence) == ("mapped", "Kontaktcenter", 1.0)
    assert checked.to_json()["mapping"] == "Kontaktcenter"
    figures = checked.observations.select("indicator", "region", "period", "value", "row", "col").rows()
    assert ("calls_answered", "20", "2024-02", 602.0, 5, 4) in figures
    assert len(figures) == 6


def test_a_column_in_another_place_is_still_the_same_column(store: Store):
    saved(store, FIRST)
    swapped = "Region;Månad;Besvarade samtal;Inkomna samtal\nNorrbotten;2024-03;1;2\n"
    checked = check_file(store, "fil.csv", swapped.encode())

    assert dict(checked.observations.select("indicator", "value").rows()) == {
        "calls_answered": 1.0,
        "calls_offered": 2.0,
    }


def test_a_known_layout_wins_over_a_saved_mapping(store: Store, project: Path):
    content = (project / "sample_data" / "fortroende_1177_telefon_2017_skr.csv").read_bytes()
    document = read_document(content)
    mapping = propose(document, catalogue()).mapping
    save_mapping(store, "samma rubriker", mapping, document, LOCAL_CLI)
    checked = check_file(store, "skr.csv", content)

    assert (checked.layout, checked.mapping, checked.confidence) == ("skr_appendix", None, 0.98)


def test_a_saved_mapping_is_believed_before_a_table_that_does_not_say_its_indicator(store: Store):
    table = "Region;2022;2023\nNorrbotten;5;6\nDalarna;7;8\n"
    document = read_document(table.encode())
    assert check_file(store, "a.csv", table.encode()).to_json()["confidence"] == 0.4
    mapping = propose(document, catalogue()).mapping
    told = {"indicator": Given(kind="constant", text="logins"), "figures": (Figures(column="{period}"),)}
    named = mapping.model_copy(update={"tables": (mapping.tables[0].model_copy(update=told),)})
    save_mapping(store, "inloggningar", named, document, LOCAL_CLI)
    checked = check_file(store, "b.csv", table.encode())

    assert (checked.layout, checked.observations.height, checked.errors) == ("mapped", 4, ())


def test_the_person_may_name_the_layout_and_a_wrong_one_is_refused(store: Store):
    assert check_file(store, "a.csv", FIRST.encode(), layout="skr_appendix").layout is None
    assert check_file(store, "a.csv", FIRST.encode(), layout="skr_appendix").errors[0].rule == "unknown_layout"


def test_a_period_written_in_the_mapping_must_be_confirmed_for_the_next_file(store: Store):
    table = "Region;Inkomna samtal\nNorrbotten;900\n"
    document = read_document(table.encode())
    mapping = propose(document, catalogue()).mapping
    spec = mapping.tables[0].model_copy(update={"period": Given(kind="constant", text="2024-01")})
    named = mapping.model_copy(update={"tables": (spec,)})
    save_mapping(store, "januari", named, document, LOCAL_CLI)

    assert [each.rule for each in check_file(store, "a.csv", table.encode()).warnings] == ["mapping_same_period"]
    assert check_file(store, "a.csv", table.encode(), mapping=named).problems == ()  # the person has just said so


def test_saving_again_replaces_and_the_log_keeps_both(store: Store):
    saved(store, FIRST)
    saved(store, MONTHS)
    delete_mapping(store, "Kontaktcenter", LOCAL_CLI)
    with store.read() as connection:
        events = connection.execute(sql("SELECT action, subject, before <> '' FROM audit_event ORDER BY id")).all()

    assert [tuple(each) for each in events] == [
        ("mapping.saved", "mapping:Kontaktcenter", 0),
        ("mapping.saved", "mapping:Kontaktcenter", 1),
        ("mapping.deleted", "mapping:Kontaktcenter", 1),
    ]
    assert (broken_at(store), mappings(store)) == (None, [])


def test_whoever_may_not_upload_may_not_save(store: Store):
    document = read_document(FIRST.encode())
    mapping = propose(document, catalogue()).mapping
    with pytest.raises(Forbidden):
        save_mapping(store, "x", mapping, document, READER)
    with pytest.raises(Forbidden):
        delete_mapping(store, "x", READER)
    assert mappings(store) == []


def test_what_cannot_be_saved_or_found_says_why(store: Store):
    document = read_document(FIRST.encode())
    mapping = propose(document, catalogue()).mapping
    saved(store, FIRST)
    for name, content, reason in [("  ", FIRST, "no_name"), ("ny", MONTHS, "not_here"), ("ny", FIRST, "same_headers")]:
        with pytest.raises(MappingRefused) as refused:
            save_mapping(store, name, mapping, read_document(content.encode()), LOCAL_CLI)
        assert refused.value.reason == reason
        assert refused.value.message("sv") != refused.value.message("en")
    with pytest.raises(MappingRefused):
        mapping_named(store, "ny")


def test_a_staged_file_is_read_again_by_the_mapping_it_was_staged_with(store: Store):
    document = read_document(FIRST.encode())
    mapping = propose(document, catalogue()).mapping
    checked = check_file(store, "a.csv", FIRST.encode(), mapping=mapping)
    staged = stage_file(store, checked, by=LOCAL_CLI)
    again = check_staged(store, staged.upload_id)

    assert (again.layout, again.mapping) == ("mapped", mapping)
    assert again.observations.equals(checked.observations)
