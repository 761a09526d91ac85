"""`fetch kolada`: one command from Kolada's API to published figures."""

import re
from collections.abc import Iterator

import pytest

from tests.loaders.kolada_stub import KoladaStub, Reply, entry, running_stub

NAME = re.compile(r"kolada_U70447_\d{4}-\d\d-\d\d\.json")


@pytest.fixture
def kolada(monkeypatch: pytest.MonkeyPatch) -> Iterator[KoladaStub]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with running_stub() as stub:
        stub.entries = [entry("U70447", "0025", year, 60.0 + year - 2019) for year in range(2019, 2023)]
        monkeypatch.setenv("DASHBOARD_KOLADA_URL", stub.url)
        yield stub


def test_figures_are_fetched_checked_and_published(run, kolada):
    ran = run("fetch", "kolada", "trust_overall", "--years", "2020-2021", "--note", "vårens siffror", "--json")

    assert ran.code == 0
    document = ran.document
    assert NAME.fullmatch(document["file"])
    expected = {
        "layout": "kolada_json",
        "repeat": False,
        "problems": [],
        "observations": 2,
        "upload": 1,
        "publication": 1,
    }
    assert {name: document[name] for name in expected} == expected
    [url] = document["fetched"].pop("urls")
    assert url.endswith("/year/2020,2021")
    assert document["fetched"] == {"pages": 1, "entries": 2}
    [upload] = run("uploads", "--json").document
    assert (upload["status"], upload["note"]) == ("published", "vårens siffror")


def test_check_only_stores_nothing(run, kolada, tmp_path):
    ran = run("fetch", "kolada", "U70447", "--check-only")
    assert ran.code == 0
    assert NAME.sub("FIL", ran.out).startswith("FIL: kan läsas in\n  Filtyp: Kolada, JSON. Siffror: 4.\n")
    assert not (tmp_path / "store.sqlite3").exists()


def test_no_news_is_a_repeat_and_a_revision_wants_a_word(run, kolada):
    run("fetch", "kolada", "U70447")
    again = run("fetch", "kolada", "U70447", "--json").document
    assert (again["repeat"], again["upload"], again["publication"]) == (True, 1, None)

    kolada.entries[3] = entry("U70447", "0025", 2022, 64.0)
    revised = run("fetch", "kolada", "U70447", "--json")
    assert (revised.code, revised.document["upload"]) == (1, None)
    only = run("fetch", "kolada", "U70447", "--check-only", "--json").document
    assert (only["accepted"], only["problems"]) == (True, revised.document["problems"])
    assert [problem["rule"] for problem in revised.document["problems"]] == ["revision"]
    accepted = run("fetch", "kolada", "U70447", "--accept-warnings", "--note", "Kolada rättade 2022", "--json")
    assert (accepted.code, accepted.document["upload"], accepted.document["publication"]) == (0, 2, 2)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["trust_overal"], 2, "trust_overall"),
        (["nki_phone"], 2, "Indikatorn nki_phone finns inte i Kolada."),
        (["U70447", "--years", "2023-2016"], 2, '"2023-2016" är inga år'),
        (["U70447", "--years", "1999"], 1, "har inga uppgifter om det vi frågade efter"),
    ],
)
def test_a_question_that_cannot_be_answered(run, kolada, tmp_path, words, code, said):
    ran = run("fetch", "kolada", *words, "--json")
    assert ran.code == code
    assert said in ran.document["error"]
    assert ran.document["error"] in ran.err
    assert not (tmp_path / "store.sqlite3").exists()


def test_a_server_that_refuses_is_told_in_the_asked_language(run, kolada, tmp_path):
    kolada.answers(Reply(status=404), Reply(status=404))
    swedish, english = run("fetch", "kolada", "U70447"), run("--language", "en", "fetch", "kolada", "U70447")
    assert (swedish.code, english.code, swedish.out, english.out) == (1, 1, "", "")
    assert "känner inte till det vi frågade efter (svarskod 404). Inget hämtades." in swedish.err
    assert "does not know what we asked for (status 404). Nothing was fetched." in english.err
    assert not (tmp_path / "store.sqlite3").exists()
