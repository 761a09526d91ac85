"""The page Uppföljning: what is late first, the letter's words, replies, and the revisor's forms."""

import html as markup
import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_CLI
from analysis.followup import followed_audits, registered_audits, today_in_sweden
from entries.recommendation_file import enter_letters
from exports.followup.form import followup_form_xlsx
from exports.followup.form_docx import followup_form_docx
from loaders import check_file, publish_file
from locales import text
from models import Store
from tests.loaders.filled_forms import FIRST, filled_docx, filled_xlsx
from tests.pages.test_users_and_log_pages import acts_as

Open = Callable[..., AppTest]
KEY = "vasterbotten-2021"


@pytest.fixture
def letters(store: Store) -> Store:
    enter_letters(store)
    return store


def html(at: AppTest) -> str:
    return "\n".join(one.proto.body for one in at.get("html"))


def answer(store: Store, status: str, name: str, **fields: str) -> None:
    audit = next(one for one in followed_audits(store, today_in_sweden()) if one.audit == KEY)
    said = {1: {**FIRST, "status": status, **fields}}
    is_docx = name.endswith(".docx")
    content = (
        filled_docx(followup_form_docx(audit, "sv"), said)
        if is_docx
        else filled_xlsx(followup_form_xlsx(audit, "sv"), said)
    )
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
    late = {"sv": "Därför går det inte att säga om något är försenat", "en": "So it cannot be said whether"}
    assert f'<p class="lead">{late[language]}' in html(at)
    assert '<blockquote class="asked" lang="sv">Besluta om direktiv, mål, uppdrag och strategier' in html(at)
    claim = {"sv": "Där inget svar är inläst vet databasen inget", "en": "Where no reply is loaded, the database knows"}
    none = {"sv": "Inget svar är inläst här", "en": "No reply is loaded here"}
    assert none[language] in html(at)
    assert not any(word in html(at) for word in ("dagar sedan", "days ago", "Ej besvarad"))
    assert any(claim[language] in caption.value for caption in at.caption)
    missing = {"sv": "Granskningsbrevet är inte inläst för", "en": "The audit letter has not been loaded for"}
    assert missing[language] not in html(at)  # of one audit the others' letters are not what is asked
    assert missing[language] in html(opened("followup", lang=language))


def test_a_reply_shows_its_fields_its_cell_and_the_one_before(opened: Open, letters: Store) -> None:
    answer(letters, "answered", "svar1.xlsx")
    answer(letters, "partly", "svar2.xlsx")
    at = opened("followup", audit=KEY, synthetic="1")
    shown = html(at)
    assert '<p class="standing is-partly"><strong><span aria-hidden="true">◐</span> Delvis genomförd</strong>' in shown
    assert (
        '<dt>Ansvarig funktion</dt><dd>Hälso- och sjukvårdsdirektören <a href="figure?upload=2&amp;sheet=Svar&amp;'
        'cell=B16&amp;lang=sv" aria-label="Ansvarig funktion, cell B16">cell B16</a></dd>'
    ) in shown
    assert 'cell=B18&amp;lang=sv">Läge: cell B18 i filen svar2.xlsx</a>' in shown
    assert "<summary>Tidigare svar (1)</summary>" in shown
    assert any("påhittade" in warning.value for warning in at.warning)  # the answers call themselves synthetic


@pytest.mark.parametrize(("kind", "sheet"), [("xlsx", "Svar"), ("docx", "Tabell 1")])
def test_each_field_of_a_reply_leads_to_its_own_cell(opened: Open, letters: Store, kind: str, sheet: str) -> None:
    answer(letters, "partly", f"svar.{kind}")
    shown = markup.unescape(html(opened("followup", audit=KEY, synthetic="1")))
    (fields,) = re.findall('<dl class="reply">(.*?)</dl>', shown, re.DOTALL)
    found = re.findall(r'<dt>[^<]*</dt><dd>([^<]*) <a href="figure\?([^"]*)"', fields)
    assert [said for said, _ in found] == [
        "4 oktober 2021",
        FIRST["measures_taken"],
        FIRST["measures_planned"],
        FIRST["link"],
        FIRST["time_plan"],
        "30 juni 2022",
        FIRST["how"],
        FIRST["responsible"],
    ]
    for said, query in found:
        address = {name: values[0] for name, values in parse_qs(query).items()}
        at = opened("figure", **address)
        (marked,) = re.findall("<mark>▶ ([^<]*)</mark>", markup.unescape(html(at)))
        printed = {"4 oktober 2021": "2021-10-04", "30 juni 2022": "2022-06-30"}.get(said, said)
        assert (address["sheet"], marked[:39]) == (sheet, printed[:39])
        told = " ".join(one.value for one in at.markdown).replace("\\", "")
        assert f":** {' '.join(said.split())}" in told  # the field is named and told whole


def test_a_reply_that_came_late_says_by_how_many_days(opened: Open, letters: Store) -> None:
    answer(letters, "implemented", "svar.xlsx", replied="2021-10-16")
    at = opened("followup", audit=KEY, synthetic="1")
    shown = html(at)
    told = "besvarad 12 dagar efter sista svarsdag, 4 oktober 2021"
    assert f"Genomförd</strong> <span>{told}</span>" in shown
    assert "Besvarade efter sista svarsdag: 1, det längsta dröjsmålet först." in shown
    assert f'cell=B19&amp;lang=sv">{told}</a>' in shown  # the day of the reply


def test_on_an_earlier_day_the_audits_are_not_yet_there(opened: Open, letters: Store) -> None:
    answer(letters, "answered", "svar1.xlsx")  # a day can be asked for once something is published
    at = opened("followup", as_of="2020-01-01")
    assert not at.exception
    assert 'class="standing' not in html(at)


@pytest.mark.parametrize(
    ("region", "audit", "told"),
    [
        ("24", KEY, []),
        (
            "20",
            "all",
            [
                "Granskningsbrevet är inte inläst för Region Dalarna. Där vet databasen inget om "
                "rekommendationer eller svar."
            ],
        ),
        ("99", "all", ["Adressen innehöll ett okänt värde för region: 99. Standardvalet visas i stället."]),
    ],
)
def test_a_link_that_names_a_region_leads_to_its_audit_or_says_that_there_is_none(
    opened: Open, letters: Store, region: str, audit: str, told: list[str]
) -> None:
    at = opened("followup", region=region)
    assert at.selectbox(key="pick:audit").value == audit
    always = {box.value for box in opened("followup").info}  # that the store is empty, that letters are lacking
    assert [box.value for box in (*at.warning, *at.info) if box.value not in always] == told


def test_a_revisor_whose_role_is_taken_is_told_that_the_click_saved_nothing(
    opened: Open, letters: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "revisor")
    at = opened("followup")
    save = next(button for button in at.button if button.label == "Spara granskningen")
    acts_as(monkeypatch, "lasare")
    save.click().run()
    assert not at.exception
    (told,) = [error.value.replace("\\", "") for error in at.error]
    assert told == (
        "Din roll har ändrats medan formulären var öppna, och de är stängda. Det du skrev sist är inte sparat. "
        "Bara revisorer får ändra granskningar och rekommendationer. Logga in med ett sådant konto."
    )
    at.run()
    assert not at.error  # told once


@pytest.mark.parametrize("role", ["lasare", "uppgiftslamnare", "publicist", "administrator"])
def test_other_roles_read_and_have_no_forms(
    opened: Open, letters: Store, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    acts_as(monkeypatch, role)
    at = opened("followup")
    assert not at.exception
    assert "Lägg in eller rätta" not in [fold.label for fold in at.expander]
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
        '"Dalarna 2021" kan inte vara en granskningsnyckel',
        "Fyll i titeln",
        "Fyll i granskaren",
    ]
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


def test_a_made_up_reply_is_shown_only_when_it_is_asked_for(opened: Open, letters: Store) -> None:
    answer(letters, "answered", "svar1.xlsx")
    assert "Besvarad" not in html(opened("followup", audit=KEY))
    asked = opened("followup", audit=KEY, synthetic="1")
    assert "Besvarad" in html(asked)
    assert any("syntetiska" in warning.value for warning in asked.warning)


def test_example_data_never_stand_under_what_auditors_recommended(opened: Open, sample_store: Store) -> None:
    enter_letters(sample_store)
    for synthetic in ("0", "1"):
        shown = html(opened("followup", audit="norrbotten-2021", synthetic=synthetic))
        assert "– ingen uppgift" in shown
        assert "”Ingen uppgift”: ingen verklig uppgift är publicerad för regionen." in shown
        assert " x)" not in shown


def test_each_recommendation_stands_once_and_no_sentence_three_times(opened: Open, letters: Store) -> None:
    shown = markup.unescape(html(opened("followup")))
    assert shown.count('<blockquote class="asked"') == 7
    assert len(re.findall(r"Besluta om direktiv, mål, uppdrag och strategier", shown)) == 1
    sentences = re.findall(r"<p[^>]*>([^<]{40,}\.)</p>", shown)
    assert max(sentences.count(one) for one in sentences) < 3


@pytest.mark.parametrize("language", ["sv", "en"])
def test_side_by_side_every_audited_region_has_a_row(opened: Open, letters: Store, language: str) -> None:
    answer(letters, "partly", "svar.xlsx")
    shown = markup.unescape(html(opened("followup", view="beside", synthetic="1", lang=language)))
    rows = re.findall(r'<th scope="row" role="rowheader">([^<]*)<?', shown)
    assert [name.strip() for name in rows[:6]] == [
        "Norrbotten",
        "Västerbotten",
        "Västernorrland",
        "Jämtland Härjedalen",
        "Gävleborg",
        "Dalarna",
    ]
    lacking = {"sv": "brevet är inte inläst här", "en": "the letter has not been loaded here"}[language]
    assert shown.count(lacking) == 4
    partly = text("followup_form.statuses.partly", language)
    way = rf'<a href="followup\?audit={KEY}&view=each&lang={language}">1</a> <span aria-hidden="true">◐</span> {partly}'
    assert re.search(way, shown)
