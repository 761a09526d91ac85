"""Staff state a remark, a number of answers and the audited group on the pages; readers see no form."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from analysis.bases import typed_bases
from analysis.groups import confirmed_group
from analysis.remarks import standing_remarks
from models import Store

Open = Callable[..., AppTest]


def press(at: AppTest, label: str, place: int = 0) -> AppTest:
    [button for button in at.button if button.label == label][place].click()
    return at.run()


def test_a_publicist_puts_a_remark_and_a_number_of_answers(opened: Open, own_sample_store: Store) -> None:
    at = opened("upload")
    assert not at.exception
    at.text_input(key="remark:period").set_value("2025")
    at.text_area(key="remark:reason").set_value("Fel fråga i en region")
    at.text_input(key="remark:source").set_value("SKR 2026")
    at = press(at, "Ange")
    assert not at.exception
    assert "Fel fråga i en region" in standing_remarks(own_sample_store)["reason_sv"].to_list()
    at.text_input(key="base:period").set_value("2025")
    at.number_input(key="base:answers").set_value(1200)
    at.text_input(key="base:source").set_value("SKR 2026")
    at = press(at, "Ange", 1)
    assert not at.exception
    assert typed_bases(own_sample_store)["answers"].to_list() == [1200]


def test_what_is_not_filled_in_is_told_and_nothing_is_stored(opened: Open, own_sample_store: Store) -> None:
    at = press(opened("upload"), "Ange")
    assert [box.value for box in at.error]
    assert standing_remarks(own_sample_store).filter(entered_by="local:web").is_empty()


def test_the_audited_group_is_confirmed_and_the_note_goes(opened: Open, own_sample_store: Store) -> None:
    def captions(page: str) -> str:
        return " ".join(box.value for box in opened(page).caption)

    assert captions("trust").count("antagande") == 1  # once on the page
    at = opened("followup")
    at.text_input(key="group:source").set_value("Revisorernas brev 2021")
    at = press(at, "Ange")
    assert not at.exception
    assert confirmed_group(own_sample_store) is not None
    assert "antagande som kan ändras" not in captions("trust")
    assert "Revisorernas brev 2021" in captions("trust")
