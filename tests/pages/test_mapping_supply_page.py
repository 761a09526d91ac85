"""The mapping assistant for a file of e-services in words no layout knows: corrected, read, saved, recognised."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_WEB
from loaders.drafts import discard_draft, own_drafts
from loaders.mapping import mapping_named
from models import Store

Open = Callable[..., AppTest]
SURVEY = (
    "Kartläggning juni 2025, Region Norrbotten;;;;\n"
    "Arbetsställe;Kommuntillhörighet;Best. tid;Förny recept;Levande [chatt](x) nu\n"
    "Exempelhälsocentralen A;Luleå;Erbjuds;Ej aktuell;Erbjuds\n"
    "Exempelhälsocentralen B;Boden;Planeras;Erbjuds;Erbjuds\n"
)


def uploaded(opened: Open, content: str, **address: str) -> AppTest:
    at = opened("upload", **address)
    return at.file_uploader(key="files").upload("kartläggning.csv", content.encode(), "text/csv").run()


def texts(at: AppTest) -> str:
    return " ".join(box.proto.body for box in at.get("html"))


def button(at: AppTest, label: str):
    return next(each for each in at.button if each.label == label)


def picker(at: AppTest, ending: str):
    return next(each for each in at.selectbox if each.key and each.key.endswith(ending))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_proposal_shows_services_statuses_and_the_facts_they_give(
    opened: Open, store: Store, language: str
) -> None:
    at = uploaded(opened, SURVEY, lang=language)

    assert not at.exception
    assert picker(at, ":holds").value == "supply"
    assert picker(at, ":service:best. tid").value == "request_appointment"
    assert picker(at, ":service:levande [chatt](x) nu").value == "?levande [chatt](x) nu"
    assert picker(at, ":statuses:planeras").value == "unsaid"
    assert any("Planeras" in each.value for each in at.error)
    assert "Exempelhälsocentralen A" in texts(at)
    assert not any("](" in each.label for each in at.selectbox)


def test_a_person_settles_the_word_reads_the_file_and_saves_the_mapping(opened: Open, store: Store) -> None:
    at = uploaded(opened, SURVEY)
    picker(at, ":statuses:planeras").set_value("not_offered").run()
    picker(at, ":service:levande [chatt](x) nu").set_value("advice").run()
    assert not at.error
    next(each for each in at.text_input if each.key.endswith(":name")).set_value("Kartläggning").run()
    button(at, "Spara tolkningen").click().run()
    button(at, "Läs filen så här").click().run()

    assert not at.exception
    saved = mapping_named(store, "Kartläggning").supply
    assert saved is not None
    assert saved.statuses == {"planeras": "not_offered"}
    assert saved.services["levande [chatt](x) nu"] == "advice"
    [draft] = own_drafts(store, LOCAL_WEB)
    discard_draft(store, LOCAL_WEB, draft.sha256)
    later = uploaded(opened, SURVEY.replace("juni", "maj"))
    assert not later.exception
    assert not any(each.label == "Läs filen så här" for each in later.button)  # nothing to ask


def test_region_and_period_can_be_said_by_the_person(opened: Open, store: Store) -> None:
    at = uploaded(opened, SURVEY.replace(" juni 2025, Region Norrbotten", ""))
    assert button(at, "Läs filen så här").disabled
    picker(at, ":constant:region").set_value("Region Dalarna").run()
    next(each for each in at.text_input if each.key.endswith(":written")).set_value("2025-06").run()

    assert not button(at, "Läs filen så här").disabled


def test_a_recognised_file_whose_name_alone_has_the_period_is_read_with_the_period_a_person_says(
    opened: Open, store: Store
) -> None:
    at = uploaded(opened, "HSA-id;Enhet;Region;Boka tid;Förnya recept\nSE0000000000-X1;A;25;ja;nej\n")
    assert "välj &quot;Annat: ange själv" in texts(at)
    picker(at, at.selectbox[0].key).set_value("mapped").run()
    next(each for each in at.text_input if each.key.endswith(":written")).set_value("2025-06").run()
    button(at, "Läs filen så här").click().run()

    assert not at.exception
    assert not at.error
    assert button(at, "Publicera")


def test_a_file_can_be_said_to_hold_figures_instead_and_back(opened: Open, store: Store) -> None:
    at = uploaded(opened, SURVEY)
    picker(at, ":holds").set_value("figures").run()
    assert not at.exception
    picker(at, ":holds").set_value("supply").run()
    assert not at.exception
    assert picker(at, ":service:best. tid").value == "request_appointment"
