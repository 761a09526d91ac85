"""Kolada's API: pages become one file that is checked and published as any other; whatever goes wrong is said."""

import gzip
import json
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from access import LOCAL_CLI
from analysis import UnknownChoice
from indicators import catalogue
from loaders import check_file, publish_file
from loaders.sources import Fetched, FetchFailed, Patience, fetch, years_of
from loaders.sources.http_pages import Pages
from models import Store
from tests.loaders.kolada_stub import KoladaStub, Reply, entry, json_reply, running_stub

PATIENT = Patience(silence=30, page=60, attempts=3, first_wait=0.01, longest_wait=30)
HASTY = Patience(silence=1, page=2, attempts=3, first_wait=0.01, longest_wait=30)
TRUST = [
    entry("U70447", "0025", 2020, 62.9),
    entry("U70447", "0025", 2021, 62.4),
    entry("U70447", "0024", 2020, 75.9),
    entry("U70447", "0024", 2021, 72.4),
    entry("U70447", "0000", 2021, 69.4),
]
PLACES = ",".join(region.kolada_id for region in catalogue().regions.values())


@pytest.fixture
def kolada(monkeypatch: pytest.MonkeyPatch) -> Iterator[KoladaStub]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with running_stub() as stub:
        stub.entries = [*TRUST]
        monkeypatch.setenv("DASHBOARD_KOLADA_URL", stub.url)
        yield stub


def fetched(patience: Patience = PATIENT, **asked: object) -> Fetched:
    return fetch(["trust_overall"], patience=patience, **asked)  # type: ignore[arg-type]


def failure(patience: Patience = PATIENT, **asked: object) -> FetchFailed:
    with pytest.raises(FetchFailed) as raised:
        fetched(patience, **asked)
    assert raised.value.message("sv") != raised.value.message("en")
    return raised.value


def at_path(content: bytes, path: str) -> object:
    """What stands at `$.values[3].values[0].value`."""
    found = json.loads(content)
    for name, place in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        found = found[name or int(place)]
    return found


def test_what_is_asked_and_what_comes_back(kolada: KoladaStub) -> None:
    kolada.entries += [entry("U70447", "2580", 2021, 61.0), entry("U70446", "0025", 2021, 50.0)]
    answer = fetched(years=[2021, 2020, 2021])

    assert kolada.asked == [f"/v3/data/kpi/U70447/municipality/{PLACES}/year/2020,2021"]
    assert len(PLACES.split(",")) == 22
    today = datetime.now().astimezone()
    assert re.fullmatch(r"kolada_U70447_\d{4}-\d\d-\d\d\.json", answer.name)
    assert abs(datetime.fromisoformat(answer.name[14:24]).astimezone() - today) < timedelta(days=2)
    assert (answer.urls, answer.pages, answer.entries) == ((f"{kolada.url}{kolada.asked[0][3:]}",), 1, 5)
    assert answer.content.decode() == (
        f'{{\n "source": "Källa: Kolada, {kolada.url}",\n "values": [\n'
        '  {"kpi": "U70447", "municipality": "0000", "period": 2021, "values": '
        '[{"count": 1, "gender": "T", "isdeleted": false, "status": "", "value": 69.4}]},\n'
        '  {"kpi": "U70447", "municipality": "0024", "period": 2020, "values": '
        '[{"count": 1, "gender": "T", "isdeleted": false, "status": "", "value": 75.9}]},\n'
        '  {"kpi": "U70447", "municipality": "0024", "period": 2021, "values": '
        '[{"count": 1, "gender": "T", "isdeleted": false, "status": "", "value": 72.4}]},\n'
        '  {"kpi": "U70447", "municipality": "0025", "period": 2020, "values": '
        '[{"count": 1, "gender": "T", "isdeleted": false, "status": "", "value": 62.9}]},\n'
        '  {"kpi": "U70447", "municipality": "0025", "period": 2021, "values": '
        '[{"count": 1, "gender": "T", "isdeleted": false, "status": "", "value": 62.4}]}\n ]\n}\n'
    )


def test_every_figure_is_checked_published_and_found_again_at_its_path(kolada: KoladaStub, store: Store) -> None:
    kolada.page_size = 2
    answer = fetched()
    checked = check_file(store, answer.name, answer.content)

    assert (checked.layout, checked.problems, checked.synthetic) == ("kolada_json", (), False)
    assert checked.observations.select("indicator", "region", "period", "value").rows() == [
        ("trust_overall", "00", "2021", 69.4),
        ("trust_overall", "24", "2020", 75.9),
        ("trust_overall", "24", "2021", 72.4),
        ("trust_overall", "25", "2020", 62.9),
        ("trust_overall", "25", "2021", 62.4),
    ]
    for path, value in checked.observations.select("path", "value").iter_rows():
        assert at_path(answer.content, path) == value
    assert publish_file(store, checked, by=LOCAL_CLI).publication_id == 1


def test_pages_are_followed_and_however_they_are_cut_the_bytes_are_the_same(kolada: KoladaStub, store: Store) -> None:
    told: list[tuple[int, int]] = []
    whole = fetched()
    kolada.page_size = 2
    kolada.entries.reverse()
    in_pages = fetched(progress=lambda pages, entries: told.append((pages, entries)))

    assert told == [(1, 2), (2, 4), (3, 5)]
    assert in_pages.content == whole.content
    publish_file(store, check_file(store, whole.name, whole.content), by=LOCAL_CLI)
    assert check_file(store, "i morgon.json", in_pages.content).repeat_of == 1


def test_numbers_keep_their_printed_form(kolada: KoladaStub) -> None:
    printed = b'{"values": [{"kpi": "U70447", "municipality": "0025", "period": 2021, "values": [{"gender": "T", '
    kolada.answers(Reply(printed + b'"value": 62.40000000000000001}]}]}'))
    assert b'"value": 62.40000000000000001}' in fetched().content


def test_an_entry_that_two_pages_repeat_stands_once(kolada: KoladaStub) -> None:
    kolada.answers(
        json_reply({"values": TRUST[:3], "next_url": f"{kolada.url}/data/kpi/U70447/municipality/0025?page=2"}),
        json_reply({"values": TRUST[2:], "next_url": None}),
    )
    assert len(json.loads(fetched().content)["values"]) == 5


def test_long_lists_are_asked_for_in_parts(kolada: KoladaStub) -> None:
    fetched(years=range(1996, 2026))
    assert [len(path.rsplit("/", 1)[1].split(",")) for path in kolada.asked] == [25, 5]


def test_many_indicators_are_one_file_named_by_their_number(kolada: KoladaStub) -> None:
    answer = fetch(["U70447", "U70446", "trust_primary_care", "N70465"], patience=PATIENT)
    assert kolada.asked == [f"/v3/data/kpi/N70465,U70446,U70447,U71458/municipality/{PLACES}"]
    assert re.fullmatch(r"kolada_4_nyckeltal_\d{4}-\d\d-\d\d\.json", answer.name)


def test_a_revised_figure_is_the_known_warning(kolada: KoladaStub, store: Store) -> None:
    first = fetched()
    publish_file(store, check_file(store, first.name, first.content), by=LOCAL_CLI)
    kolada.entries[1] = entry("U70447", "0025", 2021, 63.4)
    revised = check_file(store, "kolada.json", fetched().content)

    [warning] = revised.warnings
    assert (warning.rule, warning.indicators, warning.found) == ("revision", ("trust_overall",), "1")
    assert (warning.values["region"], warning.values["period"]) == ("Region Norrbotten", "2021")
    assert (warning.values["old"], warning.values["new"]) == ("62.4", "63.4")


@pytest.mark.parametrize("value", [62.4, None])
def test_a_deleted_figure_is_kept_without_value(kolada: KoladaStub, store: Store, value: float | None) -> None:
    kolada.entries[1] = entry("U70447", "0025", 2021, value, isdeleted=True)
    checked = check_file(store, "kolada.json", fetched().content)
    assert checked.observations.filter(region="25", period="2021").select("value", "reason").rows() == [
        (None, "deleted_by_source")
    ]


def test_a_municipality_nobody_asked_for_is_left_out_aloud(kolada: KoladaStub) -> None:
    kolada.answers(json_reply({"values": [*TRUST, entry("U70447", "2580", 2021, 61.0)]}))
    checked = check_file(None, "kolada.json", fetched().content)
    assert checked.observations.height == 5
    assert [(each.cell, each.key) for each in checked.ignored] == [
        ("$.source", "json_note"),
        ("$.values[5]", "not_a_region"),
    ]


SERVER_ERROR = Reply(status=500)
BUSY = Reply(status=429, headers={"Retry-After": "0"})


@pytest.mark.parametrize(
    ("replies", "patience"),
    [
        ([SERVER_ERROR, SERVER_ERROR], PATIENT),
        ([Reply(status=503), BUSY], PATIENT),
        ([Reply(hang=60), Reply(status=502, headers={"Retry-After": "snart"})], HASTY),
        ([Reply(b"{" + b" " * 3000, drip=0.02)], HASTY),
        ([Reply(drip_headers=0.02)], HASTY),
    ],
    ids=["500 twice", "503 then 429", "hangs", "drips", "drips headers"],
)
def test_a_passing_fault_is_waited_out(kolada: KoladaStub, replies: list[Reply], patience: Patience) -> None:
    kolada.answers(*replies)
    assert fetched(patience).entries == 5
    assert len(kolada.asked) == len(replies) + 1


@pytest.mark.parametrize(
    ("seconds", "expected"), [("7", 7), ("Fri, 20 Nov 2026 08:00:00 GMT", PATIENT.first_wait)], ids=["7", "in the past"]
)
def test_retry_after_is_kept(
    kolada: KoladaStub, monkeypatch: pytest.MonkeyPatch, seconds: str, expected: float
) -> None:
    kolada.answers(Reply(status=429, headers={"Retry-After": seconds}))
    waited: list[float] = []
    monkeypatch.setattr(Pages, "_sleep", lambda _pages, seconds: waited.append(seconds))
    assert fetched().entries == 5
    assert waited == [expected]


HTML = Reply(b"<!doctype html><title>Underh\xc3\xa5ll</title>", headers={"Content-Type": "text/html"})
ONWARD = "http://127.0.0.1:9/v3/data"
BOMB = Reply(gzip.compress(b" " * 2_000_000), headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize(
    ("reply", "reason", "times"),
    [
        (SERVER_ERROR, "broken", 3),
        (BUSY, "busy", 3),
        (Reply(status=429, headers={"Retry-After": "3600"}), "busy", 1),
        (Reply(status=404), "not_found", 1),
        (json_reply({"detail": "25 at most"}, status=422), "refused", 1),
        (Reply(status=403), "refused", 1),
        (Reply(status=204), "refused", 1),
        (HTML, "not_json", 1),
        (Reply(b""), "not_json", 1),
        (Reply(json_reply({"values": TRUST}).body[:-40]), "not_json", 1),
        (Reply(b'{"values": [], "values": []}'), "not_json", 1),
        (Reply(b'{"values": ' + b"[" * 100 + b"]" * 100 + b"}"), "not_json", 1),
        (Reply(b"\xff\xfe{", headers={"Content-Encoding": "gzip"}), "not_json", 1),
        (Reply(json_reply({"values": TRUST}).body, missing=100), "cut_short", 1),
        (json_reply({"count": 6, "values": TRUST}), "cut_short", 1),
        (json_reply({"count": 0, "values": [], "next_url": None}), "nothing", 1),
        (json_reply({"detail": "Not found"}), "wrong_shape", 1),
        (json_reply(TRUST), "wrong_shape", 1),
        (json_reply({"values": [["U70447", "0025", 2020, 62.9]]}), "wrong_shape", 1),
        (json_reply({"values": [{"id": "U70447", "title": "Förtroende"}]}), "wrong_shape", 1),
        (json_reply({"values": TRUST, "next_url": 2}), "wrong_shape", 1),
        (json_reply({"values": [entry("U70446", "0025", 2020, 50.0)]}), "not_asked", 1),
        (json_reply({"values": [entry("U70447", "0025", 2019, 50.0)]}), "not_asked", 1),
        (json_reply({"values": TRUST, "next_url": ONWARD}), "other_server", 1),
        (json_reply({"values": TRUST, "next_url": "https://evil.example/v3/data"}), "other_server", 1),
        (json_reply({"values": TRUST, "next_url": "file:///etc/passwd"}), "other_server", 1),
        (json_reply({"values": TRUST, "next_url": "http://[::1"}), "other_server", 1),
        (Reply(status=302, headers={"Location": ONWARD}), "other_server", 1),
        (Reply(status=301, headers={"Location": "/v3/again"}), "redirected", 3),
        (Reply(b" " * 1_100_000), "too_large", 1),
        (BOMB, "too_large", 1),
    ],
)
def test_a_bad_answer_is_refused(
    kolada: KoladaStub, monkeypatch: pytest.MonkeyPatch, reply: Reply, reason: str, times: int
) -> None:
    monkeypatch.setenv("DASHBOARD_MAX_FILE_MB", "1")
    kolada.answers(*[reply] * times)
    refused = failure(years=[2020, 2021])
    assert (refused.reason, refused.wrong_usage) == (reason, False)
    assert len(kolada.asked) == times


def test_a_server_that_never_answers_is_given_up(kolada: KoladaStub) -> None:
    kolada.answers(*[Reply(hang=60)] * 3)
    assert failure(HASTY).reason == "timeout"
    assert len(kolada.asked) == 3


def test_pages_together_are_no_larger_than_one_file_may_be(kolada: KoladaStub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_MAX_FILE_MB", "1")
    body = json_reply({"values": TRUST, "next_url": f"{kolada.url}/data?page=2"}).body + b" " * 600_000
    kolada.answers(Reply(body), Reply(body.replace(b"page=2", b"page=3")))
    assert failure().reason == "too_large"


def test_pages_that_go_in_a_circle_or_on_without_end(kolada: KoladaStub, monkeypatch: pytest.MonkeyPatch) -> None:
    kolada.answers(
        json_reply({"values": TRUST[:1], "next_url": f"{kolada.url}/data?page=2"}),
        json_reply({"values": TRUST[1:], "next_url": f"{kolada.url}/data?page=2"}),
    )
    assert failure().reason == "circle"
    monkeypatch.setattr("loaders.sources.kolada_api.MOST_PAGES", 2)
    kolada.page_size = 2
    assert failure().reason == "too_many_pages"


def test_a_redirect_on_the_same_server_is_followed(kolada: KoladaStub) -> None:
    kolada.answers(Reply(status=307, headers={"Location": f"{kolada.url}/data/kpi/U70447/municipality/0025"}))
    assert fetched().entries == 2


@pytest.mark.parametrize(
    ("found", "asked"),
    [
        ("http://api.kolada.se/v3/data?page=2", "https://api.kolada.se/v3/data?page=2"),
        ("https://api.kolada.se:443/v3/data?page=2", "https://api.kolada.se/v3/data?page=2"),
        ("/v3/data?page=2", "https://api.kolada.se/v3/data?page=2"),
        ("https://api.kolada.se.evil.example/v3", None),
        ("https://api.kolada.se@evil.example/v3", None),
        ("https://who:secret@api.kolada.se/v3", None),
        ("https://api.kolada.se:8443/v3", None),
        ("http://api.kolada.se:8080/v3", None),
        ("//evil.example/v3", None),
    ],
)
def test_only_the_server_itself_is_asked_and_never_in_the_clear(found: str, asked: str | None) -> None:
    with Pages("https://api.kolada.se/v3", patience=PATIENT, limit_mb=1) as server:
        if asked:
            assert str(server.own_address(found)) == asked
        else:
            with pytest.raises(FetchFailed, match="annan server"):
                server.own_address(found)


def test_nobody_answers(kolada: KoladaStub) -> None:
    refused = failure(base_url="http://127.0.0.1:9/v3")
    assert refused.message("sv") == (
        "127.0.0.1 går inte att nå. Inget hämtades. Kontrollera nätet och adressen (DASHBOARD_KOLADA_URL) och försök "
        "igen."
    )


def test_a_person_can_give_up_while_waiting(kolada: KoladaStub) -> None:
    kolada.answers(Reply(status=429, headers={"Retry-After": "20"}))
    before = time.monotonic()
    assert failure(cancelled=lambda: bool(kolada.asked)).reason == "cancelled"
    assert time.monotonic() - before < 20
    assert len(kolada.asked) == 1


@pytest.mark.parametrize(
    ("indicators", "reason"), [([], "no_indicators"), (["nki_phone"], "not_in_kolada"), ([" "], "")]
)
def test_a_wrong_question_is_never_asked(kolada: KoladaStub, indicators: list[str], reason: str) -> None:
    with pytest.raises(FetchFailed if reason else UnknownChoice) as raised:
        fetch(indicators, patience=PATIENT)
    assert not reason or (raised.value.reason, raised.value.wrong_usage) == (reason, True)
    assert kolada.asked == []


@pytest.mark.parametrize("printed", ["", "tjugo", "2023-2016", "1066", "2016-", "16-18", "2016,,2018", "9999"])
def test_years_that_are_none(printed: str) -> None:
    with pytest.raises(FetchFailed) as raised:
        years_of(printed)
    assert (raised.value.reason, raised.value.wrong_usage) == ("years", True)
