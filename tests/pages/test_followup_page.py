"""The page Uppföljning: what is late first, the letter's words, replies, and the revisor's forms."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_CLI
from analysis.followup import followed_audits, registered_audits, today_in_sweden
from entries.recommendation_file import enter_letters
from exports.followup_form import followup_form_xlsx
from loaders import check_file, publish_file
from models import Store
from tests.loaders.filled_forms import FIRST, filled_xlsx
from tests.pages.test_users_and_log_pages import acts_as

Open = Callable[..., AppTest]
KEY = "vasterbotten-2021"


@pytest.fixture
def letters(store: Store) -> Store:
    enter_letters(store)
    return store


def html(at: AppTest) -> str:
    return "\n".join(one.proto.body for one in at.get("html"))


def answer(store: Store, status: str, name: str) -> None:
    audit = next(one for one in followed_audits(store, today_in_sweden()) if one.audit == KEY)
    content = filled_xlsx(followup_form_xlsx(audit, "sv"), {1: {**FIRST, "status": status}})
    publish_file(store, check_file(store, name, content), by=LOCAL_CLI)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_empty_store_says_that_no_audit_is_entered(opened: Open, store: Store, language: str) -> None:
    at = opened("followup", lang=language)
    assert not at.exception
    told = {"sv": "Ingen granskning är inlagd", "en": "No audit has been entered"}[language]
    assert any(told in info.value for info in at.info)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_late_comes_first_and_the_letters_words_stand_in_swedish(
    opened: Open, letters: Store, language: str
) -> None:
    at = opened("followup", lang=language, audit=KEY)
    assert not at.exception
    assert next(header.value for header in at.header) == {"sv": "Försenat", "en": "Overdue"}[language]
    assert '<blockquote class="asked" lang="sv">Besluta om direktiv, mål, uppdrag och strategier' in html(at)
    claim = {"sv": "inget yttrande är inläst i denna databas", "en": "no reply has been loaded into this database"}
    assert any(claim[language] in caption.value for caption in at.caption)
    missing = {"sv": "Granskningsbrevet är inte inläst för", "en": "The audit letter has not been loaded for"}
    assert any(missing[language] in info.value for info in at.info)


def test_a_reply_shows_its_fields_its_cell_and_the_one_before(opened: Open, letters: Store) -> None:
    answer(letters, "answered", "svar1.xlsx")
    answer(letters, "partly", "svar2.xlsx")
    at = opened("followup", audit=KEY)
    shown = html(at)
    assert '<p class="standing is-partly"><strong><span aria-hidden="true">◐</span> Delvis genomförd</strong>' in shown
    assert "<dt>Ansvarig funktion</dt><dd>Hälso- och sjukvårdsdirektören</dd>" in shown
    assert 'href="figure?upload=2&amp;sheet=Svar&amp;cell=B18&amp;lang=sv"' in shown
    assert [each.label for each in at.expander if "Tidigare" in each.label][:1] == ["Tidigare svar (1)"]
    assert any("påhittade" in warning.value for warning in at.warning)  # the answers call themselves synthetic


def test_on_an_earlier_day_the_audits_are_not_yet_there(opened: Open, letters: Store) -> None:
    answer(letters, "answered", "svar1.xlsx")  # a day can be asked for once something is published
    at = opened("followup", as_of="2020-01-01")
    assert not at.exception
    assert 'class="standing' not in html(at)


@pytest.mark.parametrize("role", ["lasare", "uppgiftslamnare", "publicist", "administrator"])
def test_other_roles_read_and_have_no_forms(
    opened: Open, letters: Store, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    acts_as(monkeypatch, role)
    at = opened("followup")
    assert not at.exception
    assert "Lägg in eller rätta" not in [header.value for header in at.header]
    assert 'class="standing' in html(at)


def test_a_revisor_enters_an_audit_and_meets_the_faults_in_words(
    opened: Open, letters: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "revisor")
    at = opened("followup")
    at.text_input(key="entry:key").set_value("Dalarna 2021")
    at.text_input(key="entry:report:").set_value("Rapport 1")
    save = next(button for button in at.button if button.label == "Spara granskningen")
    save.click().run()
    errors = [error.value.replace("\\", "") for error in at.error]
    assert [words.split(".")[0] for words in errors] == [
        '"Dalarna 2021" kan inte vara en granskningsnyckel', "Fyll i titeln", "Fyll i granskaren",
    ]  # fmt: skip
    at.text_input(key="entry:key").set_value("dalarna-2021")
    at.text_input(key="entry:title:").set_value("Granskning")
    at.text_input(key="entry:auditor:").set_value("Revisorerna")
    next(button for button in at.button if button.label == "Spara granskningen").click().run()
    assert [done.value for done in at.success] == ["Sparat."]
    assert registered_audits(letters)["audit"].to_list() == ["dalarna-2021", "norrbotten-2021", KEY]


def test_of_two_revisors_with_the_same_audit_open_the_later_is_told(
    opened: Open, letters: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "revisor")
    stood = registered_audits(letters).filter(audit=KEY)["id"].item()
    first, second = opened("followup"), opened("followup")
    for at, title in ((first, "Första"), (second, "Andra")):
        at.selectbox(key="entry:audit").set_value(KEY).run()
        at.text_input(key=f"entry:title:{KEY}:{stood}").set_value(title)
        at.text_input(key=f"entry:note:audit:{stood}").set_value("Rättad titel")
    for at in (first, second):
        next(button for button in at.button if button.label == "Spara granskningen").click().run()
    assert [done.value for done in first.success] == ["Sparat."]
    (told,) = [error.value.replace("\\", "") for error in second.error]
    assert told.startswith(f"{KEY} har ändrats av någon annan")
    assert second.text_input(key=f"entry:title:{KEY}:{stood}").value == "Andra"
    assert registered_audits(letters).filter(audit=KEY)["title"].item() == "Första"
