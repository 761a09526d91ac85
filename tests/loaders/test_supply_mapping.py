"""Supply files in words no layout knows: proposed, corrected, saved, and recognised the next time."""

import pytest

from access import LOCAL_CLI
from indicators import catalogue
from loaders import check_staged, stage_file
from loaders.formats import read_document
from loaders.mapping import (
    Mapping,
    SupplySpec,
    lacking_of_supply,
    mapping_named,
    propose,
    save_mapping,
)
from loaders.problems import ERROR, WARNING
from models import Store
from tests.loaders.files import csv_bytes
from tests.loaders.supply_files import checked, left, rows, told

WIDE = (
    "Kartläggning juni 2025, Region Norrbotten;;;;;\n"
    "Arbetsställe;;Digitala tjänster;;;\n"
    "Namn på arbetsställe;Kommuntillhörighet;Best. tid;Förny recept;Kontakt mig;Levande chatt\n"
    "Exempelhälsocentralen A;Luleå;Erbjuds;Ej aktuell;Ej införd;Erbjuds\n"
    "Exempelhälsocentralen B;Boden;Erbjuds;Erbjuds;Planeras;Erbjuds\n"
    "Exempelhälsocentralen C;Boden;Ej införd;Erbjuds;Okänt;\n"
)
LONG = (
    "Verksamhet;Län;Digital tjänst;Läge;Volym;Mätmånad\n"
    "Exempelmottagningen A;Dalarna;Best tid;Infört;12;2025-06\n"
    "Exempelmottagningen A;Dalarna;Sjukintyg;Ej infört;;2025-06\n"
    "Exempelmottagningen B;Dalarna;Boka tid;Infört;4;2025-06\n"
    "Exempelmottagningen B;Dalarna;Förnya recept;Inte aktuellt;;2025-06\n"
)


def proposed(content: str) -> SupplySpec:
    mapping = propose(read_document(csv_bytes(content)), catalogue()).mapping
    assert mapping is not None
    assert mapping.supply is not None
    return mapping.supply


def test_a_wide_file_in_other_words_is_proposed_column_by_column():
    assert checked(WIDE).mappable
    assert proposed(WIDE) == SupplySpec(
        shape="wide",
        header_row=2,
        header_rows=2,
        columns={"name": "arbetsställe | namn på arbetsställe", "municipality": "arbetsställe | kommuntillhörighet"},
        services={
            "digitala tjänster | best. tid": "request_appointment",
            "digitala tjänster | förny recept": "renew_prescription",
            "digitala tjänster | kontakt mig": "contact_me",
            "digitala tjänster | levande chatt": "?levande chatt",
        },
        statuses={"ej införd": "not_offered"},
    )


def test_a_person_s_correction_settles_the_word_that_said_nothing():
    spec = proposed(WIDE)
    before = checked(WIDE, mapping=Mapping(supply=spec))
    after = checked(
        WIDE, mapping=Mapping(supply=spec.model_copy(update={"statuses": {**spec.statuses, "planeras": "not_offered"}}))
    )

    assert told(before)[0] == (ERROR, "unknown_status", "E5", "Planeras")
    assert rows(after, "service_offer", "unit", "service", "status", "printed", "row", "col")[:6] == [
        ("name:25:exempelhälsocentralen a", "request_appointment", "offered", "Erbjuds", 4, 3),
        ("name:25:exempelhälsocentralen a", "renew_prescription", "not_applicable", "Ej aktuell", 4, 4),
        ("name:25:exempelhälsocentralen a", "contact_me", "not_offered", "Ej införd", 4, 5),
        ("name:25:exempelhälsocentralen a", "?levande chatt", "offered", "Erbjuds", 4, 6),
        ("name:25:exempelhälsocentralen b", "request_appointment", "offered", "Erbjuds", 5, 3),
        ("name:25:exempelhälsocentralen b", "renew_prescription", "offered", "Erbjuds", 5, 4),
    ]
    assert told(after) == [(WARNING, "unknown_service", "F3", "Levande chatt")]
    assert left(after) == [("A1:F1", "above_header")]


def test_a_long_file_in_other_words_is_proposed_and_read():
    spec = proposed(LONG)

    assert spec.columns == {
        "name": "verksamhet",
        "region": "län",
        "service": "digital tjänst",
        "status": "läge",
        "cases": "volym",
        "period": "mätmånad",
    }
    assert rows(checked(LONG, mapping=Mapping(supply=spec)), "service_offer", "unit", "service", "status", "cases") == [
        ("name:20:exempelmottagningen a", "request_appointment", "offered", 12.0),
        ("name:20:exempelmottagningen a", "?sjukintyg", "not_offered", None),
        ("name:20:exempelmottagningen b", "book_appointment", "offered", 4.0),
        ("name:20:exempelmottagningen b", "renew_prescription", "not_applicable", None),
    ]


def test_what_no_column_and_no_title_says_is_lacking_until_a_person_says_it():
    text = WIDE.replace("Kartläggning juni 2025, Region Norrbotten", "Kartläggning")
    document, spec = read_document(csv_bytes(text)), proposed(text)
    said = spec.model_copy(update={"constants": {"region": "Region Dalarna", "period": "2025"}})

    assert lacking_of_supply(document, spec, catalogue()) == ((0, "region"), (0, "period"))
    assert lacking_of_supply(document, said, catalogue()) == ()
    part = said.model_copy(update={"statuses": {"ej införd": "not_offered", "planeras": "unknown"}})
    found = checked(text, mapping=Mapping(supply=part))
    assert set(rows(found, "service_offer", "region", "period")) == {("20", "2025")}


def test_a_saved_mapping_is_recognised_by_its_headers_and_staged_as_it_was(store: Store):
    spec = proposed(WIDE).model_copy(update={"statuses": {"ej införd": "not_offered", "planeras": "not_offered"}})
    document = read_document(csv_bytes(WIDE))
    save_mapping(store, "Kartläggning", Mapping(supply=spec), document, LOCAL_CLI)
    later = WIDE.replace("juni", "maj").replace("Exempelhälsocentralen C;Boden", "Exempelhälsocentralen D;Piteå")
    other = later.replace("Levande chatt", "Videomöte")

    found = checked(later, store)
    assert (found.layout, found.mapping and found.mapping.name) == ("mapped", "Kartläggning")
    assert rows(found, "service_offer", "period")[0] == ("2025-05",)
    assert mapping_named(store, "Kartläggning").supply == spec
    assert checked(other, store).layout is None
    staged = stage_file(store, found, by=LOCAL_CLI)
    assert check_staged(store, staged.upload_id).records["service_offer"].equals(found.records["service_offer"])


def test_a_period_that_a_saved_mapping_says_must_be_confirmed_for_the_next_file(store: Store):
    text = WIDE.replace("juni 2025, ", "").replace("Planeras", "Okänt")
    spec = proposed(text).model_copy(update={"constants": {"period": "2025-06"}})
    save_mapping(store, "Kartläggning", Mapping(supply=spec), read_document(csv_bytes(text)), LOCAL_CLI)

    assert (WARNING, "mapping_same_period", "", "2025-06") in told(checked(text, store))


@pytest.mark.parametrize("tables", [(), None])
def test_a_mapping_reads_figures_or_supply_and_an_old_one_still_loads(tables: tuple[()] | None):
    old = '{"tables": [{"header_row": 1}], "name": "Gammal"}'

    assert Mapping.model_validate_json(old).supply is None
    with pytest.raises(ValueError, match="either tables or supply"):
        Mapping(tables=tables or ())


def test_a_service_that_a_person_leaves_is_listed():
    spec = proposed(LONG).model_copy(update={"services": {"sjukintyg": ""}})
    found = checked(LONG, mapping=Mapping(supply=spec))

    assert found.records["service_offer"].height == 3
    assert ("A3:F3", "mapped_word") in left(found)
