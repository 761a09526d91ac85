"""The upload desk as drawn: screening, reasons, note, publish, hand in, reject, withdraw, restore; who may do what."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_CLI, Actor, Forbidden
from analysis import compare_regions, uploads_list
from loaders import check_file, publish_file, reject_staged, stage_file
from models import Store
from tests.publishing import publish

Open = Callable[..., AppTest]
NAME = "fortroende_1177_telefon_2017_skr.csv"
HEADER = "Indikator;Region;Period;Värde\n"
REVISED = f"{HEADER}trust_1177_phone;Skåne;2017;50\n".encode()
BAD = f"{HEADER}trust_hospital;Skåna;2017;mycket\n".encode()
MINE, OTHERS = "user:9", "user:8"


@pytest.fixture
def good(project: Path) -> bytes:
    return (project / "sample_data" / NAME).read_bytes()


@pytest.fixture
def published(store: Store, good: bytes) -> Store:
    publish_file(store, check_file(store, NAME, good), by=LOCAL_CLI, note="första gången")
    return store


def acts_as(monkeypatch: pytest.MonkeyPatch, *roles: str) -> None:
    """The person MINE with these roles, with accounts: four eyes are in force."""
    actor = Actor(MINE, "Test", frozenset({"lasare", *roles}))
    monkeypatch.setattr("ui.who._acting", lambda _number: actor)
    monkeypatch.setenv("DASHBOARD_FOUR_EYES", "true")


def handed_in(opened: Open, name: str, content: bytes) -> AppTest:
    at = opened("upload")
    at.file_uploader(key="files").upload(name, content, "text/csv").run()
    assert not at.exception
    return at


def staged(store: Store, by: str, content: bytes = REVISED, **answers: object) -> int:
    who = Actor(by, "Somebody", frozenset({"uppgiftslamnare"}))
    return stage_file(store, check_file(store, "rattad.csv", content), by=who, **answers).upload_id  # type: ignore[arg-type]


def texts(at: AppTest) -> str:
    """The page's sentences, without the backslashes and joiners that keep a file's words from being markup."""
    return "\n".join(each.value for each in at.markdown).replace("\\", "")


def tables(at: AppTest) -> str:
    return " ".join(box.proto.body for box in at.get("html"))


def summary(at: AppTest) -> list[str]:
    """Of each report: what is read and found, and what that means."""
    found = [box.proto.body for box in at.get("html") if box.proto.body.startswith('<div class="summary')]
    return [html.unescape(re.sub("<[^>]+>", "", " | ".join(re.findall("<p>(.*?)</p>", each)))) for each in found]


def steps(at: AppTest) -> list[tuple[str, ...]]:
    """(name, state, what it came to) of each step of the only file, and "current" where it is."""
    return [
        (name.strip(), html.unescape(state), html.unescape(said), "current" if current else "")
        for current, name, state, said in re.findall(
            r'<li class="is-\w+"( aria-current="step")?><b aria-hidden="true">.</b> (.*?)'
            r'<span class="unseen"> \((.*?)\)</span><small>(.*?)</small>',
            tables(at),
        )
    ]


def cells(at: AppTest) -> list[list[str]]:
    """The cells of every table row on the page, in words."""
    return [
        [html.unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", tables(at))
    ]


def open_upload(at: AppTest, upload: int) -> None:
    """Follow the link of an upload's row."""
    assert f"?upload={upload}&amp;lang=sv" in tables(at)
    at.query_params["upload"] = str(upload)
    at.run()
    assert not at.exception


def button(at: AppTest, label: str):
    return next(each for each in at.button if each.label == label)


def labels(at: AppTest) -> set[str]:
    """What the page offers to do; the way to the other language stands on every page."""
    return {each.label for each in at.button if each.key != "other_language"}


def reasons(at: AppTest):
    return [each for each in at.text_input if each.label.startswith("Skäl ")]


def statuses(store: Store) -> dict[int, str]:
    return dict(uploads_list(store).select("id", "status").rows())


def test_a_good_file_is_shown_first_and_published_on_the_word(opened: Open, store: Store, good: bytes) -> None:
    at = handed_in(opened, NAME, good)
    assert summary(at) == ["22 siffror läses · 0 fel · 0 att bekräfta | Filen kan publiceras."]
    assert steps(at) == [
        ("Välj fil", "klart", NAME, ""),
        ("Granska", "klart", "0 fel, 0 att bekräfta", ""),
        ("Vad ändras", "klart", "22 nya", ""),
        ("Publicera", "här är du", "", "current"),
    ]
    told = texts(at)
    assert "**Filens form**: inget att anmärka · **Innehåll**: inget att anmärka · **Rimlighet**: inget" in told
    assert (
        "- **Förtroende för 1177 via telefon.** Siffror: 22, varav utan värde: 0. Regioner: 21 och riket. "
        "Perioder: 2017."
    ) in told
    assert at.selectbox[0].options[0] == "SKR, Excelbilaga (igenkänd på rubrikerna, säkerhet 98\u00a0%)"
    assert store.data_version() == 0  # looking publishes nothing
    at.text_area[0].set_value("första gången").run()
    button(at, "Publicera").click().run()
    assert not at.exception
    assert [each.value for each in at.success] == ["Publicerad som uppladdning 1. Siffrorna syns nu på sidorna."]
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a></li>', tables(at).partition('class="see"')[2]) == [
        ("overview?lang=sv", "Översikt"),
        ("trust?indicator=trust_1177_phone&amp;lang=sv", "Förtroende"),
        ("changes?lang=sv", "Ändringslogg"),
    ]
    assert uploads_list(store)["note"].to_list() == ["första gången"]
    assert "Publicera" not in labels(at.run())  # the same file cannot be published twice
    assert [each.value for each in at.info] == ["Samma fil finns redan, som uppladdning 1. Inget ändras."]


def test_a_bad_file_is_refused_with_every_problem_and_no_button(opened: Open, store: Store) -> None:
    at = handed_in(opened, "fel.csv", BAD)
    assert summary(at) == ["2 fel · 0 att bekräfta | Filen kan inte publiceras. Inget har publicerats."]
    assert [step[1:] for step in steps(at)] == [
        ("klart", "fel.csv", ""),
        ("här är du", "2 fel, 0 att bekräfta", "current"),
        ("återstår", "", ""),
        ("återstår", "", ""),
    ]
    assert labels(at) - {"Ange", "Ta tillbaka det angivna"} == {"Hämta"}  # the forms about published figures stay
    assert [each.value for each in at.subheader] == ["Fel och varningar (2)"]
    told = texts(at)
    assert "**Filens form**: inget att anmärka · **Innehåll**: 2 fel · **Rimlighet**: inte prövad" in told
    found = [row for row in cells(at) if row[0] == "✕ fel"]
    assert found == [
        [
            "✕ fel",
            "Cell B2",
            '"Skåna" är ingen känd region (Förtroende för sjukhus, Kolada U70446). Menade du "Region Skåne"?',
            "Tillåtet: en av de 21 regionerna eller Riket, med namn eller kod. Rätta namnet eller koden.",
        ],
        [
            "✕ fel",
            "Cell D2",
            '"mycket" är inte ett tal (Förtroende för sjukhus, Kolada U70446).',
            "Tillåtet: ett tal, till exempel 63,4 eller 1\u00a0204, utan tecken som < och utan ord. Skriv talet, eller "
            "det tecken som källan använder när värdet saknas.",
        ],
    ]
    assert ["2", "trust_hospital", "▶ Skåna (här)", "2017", "▶ mycket (här)"] in cells(at)
    led, marked = (re.findall(f'{attribute}="#?(cell-[^"]*)"', tables(at)) for attribute in ("href", "id"))
    assert (len(led), led) == (2, marked)
    assert statuses(store) == {}


def test_published_figures_are_changed_only_with_a_reason_and_a_note(opened: Open, published: Store) -> None:
    at = handed_in(opened, "rattad.csv", REVISED)
    assert "Region Skåne" in tables(at)
    count = len(reasons(at))
    assert count >= 1
    for place in range(count):
        assert button(at, "Publicera").disabled
        reasons(at)[place].set_value(f"rättat {place}").run()
    assert "Innan filen kan publiceras behövs: revideringsnot." in [box.value for box in at.caption]
    for note, ready in (("", False), ("   ", False), ("rättat av källan", True)):
        at.text_area[0].set_value(note).run()
        assert button(at, "Publicera").disabled is not ready
    reasons(at)[0].set_value(" ").run()
    assert button(at, "Publicera").disabled  # a note alone answers no warning
    reasons(at)[0].set_value("rättat").run()
    button(at, "Publicera").click().run()
    assert at.success[0].value == "Publicerad som uppladdning 2. Siffrorna syns nu på sidorna."


def test_several_files_are_folded_under_their_names_and_verdicts(opened: Open, store: Store, good: bytes) -> None:
    at = opened("upload")
    zone = at.file_uploader(key="files")
    for name, content in ((NAME, good), ("fel.csv", BAD), ("annat.csv", b"a;b\n1;2\n3;4\n")):
        zone.upload(name, content, "text/csv")
    at.run()
    assert not at.exception
    told = {each.label.replace("\\", ""): each.proto.expanded for each in at.expander if each.label.startswith("**")}
    assert told == {
        f"**{NAME}** · kan publiceras": False,
        "**fel.csv** · kan inte publiceras, fel: 2": False,
        "**annat.csv** · okänd uppställning, tolka den här": False,
    }


def test_the_sheet_of_a_file_about_persons_is_not_shown(opened: Open, store: Store) -> None:
    at = handed_in(opened, "lista.csv", b"Namn;Personnummer;Region\nTolvan;19121212-1212;Sk\xc3\xa5ne\n")
    assert summary(at)[0].endswith("| Filen kan inte publiceras. Inget har publicerats.")
    assert {row[0] for row in cells(at) if "Cell" in row[1]} == {"✕ fel"}  # told, with its cell
    assert "Så ser filen ut" not in tables(at)
    assert "1212-1212" not in tables(at) + texts(at)


def test_a_wrong_guess_of_layout_can_be_changed(opened: Open, store: Store, good: bytes) -> None:
    at = handed_in(opened, NAME, good)
    at.selectbox[0].select("kolada_json").run()
    assert not at.exception
    assert summary(at)[0].endswith("| Filen kan inte publiceras. Inget har publicerats.")
    at.selectbox[0].select("auto").run()
    assert summary(at) == ["22 siffror läses · 0 fel · 0 att bekräfta | Filen kan publiceras."]


def test_a_long_list_of_problems_unfolds(opened: Open, store: Store) -> None:
    rows = "".join(f"trust_hospital;Skåne;{2016 + number // 12}-{number % 12 + 1:02d};mycket\n" for number in range(25))
    at = handed_in(opened, "fel.csv", f"{HEADER}{rows}".encode())
    assert at.subheader[0].value == "Fel och varningar (25)"
    assert "Visa resten (5)" in [each.label for each in at.expander]
    assert [row[1] for row in cells(at) if row[0] == "✕ fel"] == [f"Cell D{row}" for row in range(2, 27)]


def test_a_file_left_for_another_is_published_from_the_list_with_the_words_it_came_with(
    opened: Open, published: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check_file(published, "rattad.csv", REVISED)
    number = staged(published, OTHERS, note="ny leverans", reasons={each.key: "rättat" for each in checked.warnings})
    acts_as(monkeypatch, "publicist")
    at = opened("upload")
    assert "Väntar på publicering (1)" in [each.value for each in at.header]
    assert "Publicera" not in labels(at)  # nothing is opened beforehand
    open_upload(at, number)
    assert (at.text_area[0].value, {each.value for each in reasons(at)}) == ("ny leverans", {"rättat"})
    button(at, "Publicera").click().run()
    assert not at.exception
    assert statuses(published)[number] == "published"
    assert "Inget väntar." in texts(at)


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        (("publicist",), ["För medarbetare (1)", "Ladda upp (1 väntar)"]),
        (("uppgiftslamnare",), ["För medarbetare", "Ladda upp"]),
    ],
)
def test_who_may_publish_sees_on_every_page_how_much_waits(
    opened: Open, published: Store, monkeypatch: pytest.MonkeyPatch, roles: tuple[str, ...], told: list[str]
) -> None:
    number = staged(published, OTHERS)
    acts_as(monkeypatch, *roles)

    def menu() -> list[str]:
        [found] = [box.proto.body for box in opened("data").get("html") if "menus wide" in box.proto.body]
        wide = found.partition('class="menus narrow"')[0]
        return re.findall(r">(För medarbetare[^<]*)<", wide) + re.findall(r"upload\?[^>]*>([^<]*)<", wide)

    assert menu() == told
    reject_staged(published, number, by=Actor(OTHERS, "", frozenset({"uppgiftslamnare"})), note="fel")
    assert menu() == ["För medarbetare", "Ladda upp"]


def test_a_file_is_rejected_only_with_the_reason(
    opened: Open, published: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = staged(published, OTHERS)
    acts_as(monkeypatch, "publicist")
    at = opened("upload")
    open_upload(at, number)
    assert button(at, "Avvisa filen").disabled
    at.text_area[0].set_value("fel år").run()
    button(at, "Avvisa filen").click().run()
    assert at.success[0].value == f"Uppladdning {number} är avvisad. Inget publicerades."
    assert statuses(published)[number] == "rejected"


def test_nobody_publishes_their_own_file_with_four_eyes(
    opened: Open, published: Store, good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = staged(published, MINE)
    acts_as(monkeypatch, "uppgiftslamnare", "publicist")
    at = opened("upload")
    open_upload(at, number)
    assert "En annan person än den som lämnade filen publicerar den." in [each.value for each in at.info]
    assert "Publicera" not in labels(at)
    at = handed_in(opened, "ny.csv", REVISED.replace(b"2017", b"2018"))
    assert {"Lämna till granskning"} <= labels(at)
    assert "Publicera" not in labels(at)


def test_a_file_handed_in_waits_and_its_uploader_sees_no_other_step(
    opened: Open, store: Store, good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "uppgiftslamnare")
    at = handed_in(opened, NAME, good)
    assert labels(at) == {"Hämta", "Lämna till granskning"}
    button(at, "Lämna till granskning").click().run()
    assert at.success[0].value.startswith("Lämnad som uppladdning 1.")
    assert statuses(store) == {1: "staged"}
    assert store.data_version() == 0
    at.run()
    assert at.info[0].value == "Samma fil finns redan, som uppladdning 1. Inget ändras."
    assert "Publicerat" not in [each.value for each in at.header]


def test_a_publication_is_withdrawn_and_restored_with_reasons(opened: Open, published: Store) -> None:
    at = opened("upload")
    assert "Dra tillbaka" not in labels(at)  # nothing is chosen beforehand
    for label, why, status, told in (
        ("Dra tillbaka", "fel fil", "withdrawn", "22 siffror försvinner, för inget annat är publicerat"),
        ("Publicera igen", "rätt ändå", "published", "22 siffror kommer tillbaka"),
    ):
        open_upload(at, 1)
        assert any(told in each.value for each in at.markdown)
        assert button(at, label).disabled
        next(each for each in at.text_input if "ändringsloggen" in each.label).set_value(why).run()
        button(at, label).click().run()
        assert not at.exception
        assert statuses(published) == {1: status}
        assert not {"Dra tillbaka", "Publicera igen"} & labels(at), "the question is closed with its answer"
    assert at.success[0].value == "Uppladdning 1 är publicerad igen."


@pytest.mark.parametrize("step", ["Publicera", "Lämna till granskning"])
def test_a_role_lost_between_drawing_and_pressing_refuses_the_step(
    opened: Open, store: Store, good: bytes, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    at = handed_in(opened, NAME, good)

    def lost(permission: str) -> Actor:
        raise Forbidden(permission)

    monkeypatch.setattr("ui.who.require", lost)  # the page is drawn with the role, the step asks anew
    button(at, step).click().run()
    assert not at.exception
    assert len(at.error) == 1
    assert statuses(store) == {}


def test_names_from_a_file_are_only_names(opened: Open, store: Store) -> None:
    at = handed_in(opened, "![x](evil.example)<b>.csv", BAD)
    label = next(each.label for each in at.expander if "evil" in each.label)
    assert "\\!\\[x\\]\\(evil\\.example\\)\\<b\\>\\.csv" in label


def test_the_box_lets_poorer_rows_stand_with_a_note(opened: Open, store: Store):
    rich = {"indicator": "trust_vardcentral", "region": "12", "period": "2015", "value": 61.4, "base_n": 5858.0}
    first = publish(store, [rich])
    at = handed_in(opened, "bara.csv", f"{HEADER}trust_vardcentral;Skåne;2015;61,4\n".encode())
    assert "den publicerade raden gäller" in texts(at)
    for reason in reasons(at):
        reason.set_value("samma värde").run()
    [box] = [one for one in at.checkbox if one.label.startswith("Ersätt underlaget")]
    assert not button(at, "Publicera").disabled
    box.check().run()
    assert button(at, "Publicera").disabled, "the note says why"
    at.text_area[0].set_value("avtalat").run()
    button(at, "Publicera").click().run()
    assert not at.exception
    now = compare_regions(store, "trust_vardcentral", "2015").rows.filter(code="12").row(0, named=True)
    assert (now["base_n"], now["origin"], now["confirmed_by"]) == (None, first, [now["upload"]])


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (20, ["Andel invånare med konto på 1177 20 januari 2024: kan inte bedömas, "]),
        (21, ["Andel invånare med konto på 1177 1 januari 2024–21 januari 2024 (21 perioder): kan inte bedömas, "]),
    ],
)
def test_what_cannot_be_judged_in_many_periods_is_said_once(
    opened: Open, store: Store, days: int, told: list[str]
) -> None:
    rows = "".join(f"accounts_share;Skåne;2024-01-{day:02};50,5\n" for day in range(1, days + 1))
    said = texts(handed_in(opened, "dagar.csv", f"{HEADER}{rows}".encode()))
    assert all(sentence in said for sentence in told)
    assert said.count("kan inte bedömas") == (1 if days > 20 else 20)
