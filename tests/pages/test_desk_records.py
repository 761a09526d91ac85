"""Records on the pages: the desk tells what a file holds and changes, the log what changed, links lead to cells."""

import html as markup
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_CLI, READER
from analysis.followup import followed_audits, today_in_sweden
from entries.recommendation_file import enter_letters
from exports.followup.form import followup_form_xlsx
from loaders import check_file, publish_file, stage_file, withdraw_upload
from models import Store
from tests.loaders.filled_forms import ANSWERS, filled_xlsx
from tests.loaders.record_files import A, B, register, supply
from tests.pages.test_upload_page import button, cells, handed_in, open_upload, reasons, summary, tables, texts

Open = Callable[..., AppTest]
FIRST = supply((A, "ja", "nej", "ja"), (B, "ja", "e.t.", ""), services="Beställa tid;Förnya recept;Chatt med teamet")
SECOND = supply((A, "nej", "nej", "ja"), services="Beställa tid;Förnya recept;Chatt med teamet")


def load(store: Store, content: bytes, name: str) -> int:
    checked = check_file(store, name, content)
    return publish_file(store, checked, by=LOCAL_CLI, note="ny lista", accept_warnings=True).upload_id


@pytest.fixture
def published(store: Store) -> Store:
    load(store, register((A, "Björknäs"), (B, "Sandträsk")), "enheter.csv")
    load(store, FIRST, "utbud.csv")
    return store


def rows(at: AppTest) -> list[list[str]]:
    """The cells of every table row on the page."""
    return [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", tables(at))
    ]


def test_a_list_of_units_is_told_in_words_and_published(opened: Open, store: Store) -> None:
    at = handed_in(opened, "enheter.csv", register((A, "Björknäs"), (B, "Sandträsk")))
    assert summary(at) == ["2 vårdenheter läses · 0 fel · 0 att bekräfta | Filen kan publiceras."]
    told = texts(at)
    assert "**Vårdenheter.** Antal: 2. Regioner: 1. Slag: vårdcentral eller hälsocentral 2." in told
    assert "Inga redan publicerade uppgifter av de här slagen ändras." in told
    assert "bedömning" not in told  # records turn no judgement
    button(at, "Publicera").click().run()
    assert [each.value for each in at.success] == ["Publicerad som uppladdning 1. Uppgifterna gäller nu på sidorna."]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_replies_are_read_whole_before_they_are_published(opened: Open, store: Store, language: str) -> None:
    enter_letters(store)
    (audit,) = [one for one in followed_audits(store, today_in_sweden()) if one.audit == "vasterbotten-2021"]
    content = filled_xlsx(followup_form_xlsx(audit, "sv"))
    number = stage_file(store, check_file(store, "svar.xlsx", content), by=LOCAL_CLI).upload_id
    at = opened("upload", lang=language, upload=str(number))
    assert not at.exception
    first, second = re.findall('<section class="to-publish">(.*?)</section>', markup.unescape(tables(at)), re.DOTALL)
    assert audit.recommendations[0].text in first
    for field, said in ANSWERS[1].items():
        if said and field not in ("status", "due", "replied"):
            assert said in first
    said = {
        "sv": ("Delvis genomförd", "<dt>Klart senast (datum)</dt><dd>30 juni 2022 ", "(cell B14)", "Avvisad med"),
        "en": ("Partly implemented", "<dt>To be done by (date)</dt><dd>30 June 2022 ", "(cell B14)", "Rejected with"),
    }
    *of_first, of_second = said[language]
    assert all(words in first for words in of_first)
    assert of_second in second
    assert ANSWERS[2]["reason_none"] in second


def test_supply_is_told_with_statuses_unknown_services_and_each_change(opened: Open, published: Store) -> None:
    at = handed_in(opened, "utbud_ny.csv", SECOND)
    assert summary(at) == [
        f"3 uppgifter om utbud läses · 0 fel · {len(reasons(at))} att bekräfta | "
        "Filen kan publiceras när varje rad att bekräfta har fått ett skäl."
    ]
    told = texts(at)
    assert (
        "**Utbud av e-tjänster, juni 2025.** Enheter: 1. Tjänster: 3. Regioner: 1. Uppgifter: erbjuds inte 2, "
        "erbjuds 1."
    ) in told
    assert "räknas inte i andelarna förrän de är kopplade: Chatt med teamet." in told
    assert ["Utbud av e-tjänster", "juni 2025", "0", "2", "1", "3"] in rows(at)
    assert [
        "Utbud av e-tjänster",
        "Region Norrbotten",
        "juni 2025",
        "Björknäs: Beställa tid",
        "läge",
        "erbjuds",
        "erbjuds inte",
        "E2",
    ] in rows(at)
    assert reasons(at)[0].label == "Skäl 1: vad du kontrollerade, och var"
    assert button(at, "Publicera").disabled


def test_a_file_of_records_may_only_be_read_as_what_its_headers_fit(opened: Open, store: Store) -> None:
    at = handed_in(opened, "utbud.csv", FIRST)
    assert at.selectbox[0].options == [
        "utbud av e-tjänster, en kolumn per tjänst (igenkänd på rubrikerna, säkerhet 100\u00a0%)",
        "utbud av e-tjänster, en kolumn per tjänst",
        "Annat: ange själv var uppgifterna står",
    ]
    at.selectbox[0].select("supply_wide").run()
    assert not at.exception
    assert summary(at)[0].startswith("6 uppgifter om utbud läses · 0 fel")


def test_a_staged_file_of_records_waits_with_its_report_and_is_withdrawn_in_its_own_words(
    opened: Open, published: Store
) -> None:
    stage_file(published, check_file(published, "utbud_ny.csv", SECOND), by=LOCAL_CLI)
    at = opened("upload")
    open_upload(at, 3)
    assert summary(at)[0].startswith("3 uppgifter om utbud läses · 0 fel")
    assert [[row[1], *row[3:5], row[6]] for row in cells(at) if row[-1] == "Dra tillbaka …"] == [
        ["utbud.csv", "6 uppgifter om utbud", "publicerad", "Dra tillbaka …"],
        ["enheter.csv", "2 vårdenheter", "publicerad", "Dra tillbaka …"],
    ]
    open_upload(at, 2)
    next(each for each in at.text_input if each.label.startswith("Varför dras")).set_value("fel fil").run()
    button(at, "Dra tillbaka").click().run()
    assert [each.value for each in at.success] == ["Uppladdning 2 är tillbakadragen. Uppgifterna före den gäller igen."]


def test_the_change_log_shows_records_with_links_to_their_cells(opened: Open, published: Store) -> None:
    number = load(published, SECOND, "utbud_ny.csv")
    withdraw_upload(published, 2, by=LOCAL_CLI, note="fel fil")
    at = opened("changes")
    assert not at.exception
    events = [
        row for row in rows(at) if row[1:2] in (["tillbakadragen"], ["publicerad, med rättelser"], ["publicerad"])
    ]
    assert [row[1:7] + row[8:9] for row in events] == [
        ["tillbakadragen", "0", "3", "0", "3", "utbud.csv", "Utbud av e-tjänster"],
        ["publicerad, med rättelser", "1", "0", "0", "2", "utbud_ny.csv", "Utbud av e-tjänster"],
        ["publicerad", "0", "0", "6", "0", "utbud.csv", "Utbud av e-tjänster"],
        ["publicerad", "0", "0", "2", "0", "enheter.csv", "Vårdenheter"],
    ]
    assert ["Björknäs: Beställa tid", "läge", "erbjuds", "erbjuds inte"] in [row[:4] for row in rows(at)]
    assert f"figure?upload={number}&amp;sheet=&amp;cell=E2&amp;lang=sv" in tables(at)


def test_the_data_page_lists_what_each_upload_holds(opened: Open, published: Store) -> None:
    listed = [row for row in rows(opened("data")) if row[1:2] in (["utbud.csv"], ["enheter.csv"])]
    assert [row[4:6] for row in listed] == [["0", "6 uppgifter om utbud"], ["0", "2 vårdenheter"]]


def test_a_record_is_followed_to_its_cell_in_the_original(opened: Open, published: Store) -> None:
    load(published, SECOND, "utbud_ny.csv")
    at = opened("figure", upload="2", cell="E2")
    assert not at.exception
    assert "Björknäs: Beställa tid, juni 2025" in [each.value.replace("\\", "") for each in at.header]
    told = texts(at)
    assert "Uppgiften gäller inte längre: uppladdning 3 (utbud_ny.csv) kom efter." in told
    origin = "".join(each.value for each in at.get("html"))
    facts = "<dt>Fil</dt><dd>utbud.csv</dd><dt>Cell</dt><dd>E2</dd><dt>Uppladdning</dt><dd>2</dd>"
    assert facts in origin
    assert "<mark>▶ ja</mark>" in tables(at)
    assert [row[1:] for row in rows(at) if "csv" in row[1]] == [
        ["utbud_ny.csv", "erbjuds inte", "E2", "gäller"],
        ["utbud.csv", "erbjuds", "E2", "ersatt"],
    ]
    assert "Uppgiften gäller." in texts(opened("figure", upload="3", cell="E2"))


def test_a_reader_sees_the_record_but_not_the_original(
    opened: Open, published: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.who._acting", lambda _number: READER)
    at = opened("figure", upload="2", cell="E2")
    assert "Uppgiften gäller." in texts(at)
    assert at.info[0].value.startswith("Originalfilen visas för")
    assert "▶" not in tables(at)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"upload": "2", "cell": "Z99"}, "Det finns ingen publicerad uppgift i den cellen."),
        ({"upload": "3", "cell": "E2"}, "Det finns ingen publicerad uppgift i den cellen."),  # waits to be published
        ({"upload": "2", "cell": "E2", "as_of": "2020-01-01"}, "Det finns ingen publicerad uppgift i den cellen."),
        ({"upload": "två", "cell": "E2"}, "Adressen behöver uppladdningens nummer och cellen"),
        ({"upload": "99999999999999999999", "cell": "E2"}, "Adressen behöver uppladdningens nummer och cellen"),
    ],
)
def test_an_address_that_leads_nowhere_says_so(
    address: dict[str, str], said: str, opened: Open, published: Store
) -> None:
    stage_file(published, check_file(published, "utbud_ny.csv", SECOND), by=LOCAL_CLI)
    at = opened("figure", **address)
    assert not at.exception
    assert any(each.value.startswith(said) for each in (*at.info, *at.warning))
