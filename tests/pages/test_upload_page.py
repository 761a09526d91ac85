"""The upload desk: a bad file is told and changes nothing, a good one is shown, confirmed and published."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models import Store

Open = Callable[..., AppTest]
GOOD = "fortroende_1177_telefon_2017_skr.csv"
BAD = "Indikator;Region;Period;Värde\nFörtroende för vården;Skåna;2017;mycket\n".encode()


@pytest.fixture
def good(project: Path) -> tuple[str, bytes, str]:
    return (GOOD, (project / "sample_data" / GOOD).read_bytes(), "text/csv")


def texts(at: AppTest) -> str:
    return " ".join(box.proto.body for box in at.get("html"))


def test_a_good_file_is_shown_first_and_published_on_the_word(
    opened: Open, store: Store, good: tuple[str, bytes, str]
) -> None:
    at = opened("upload")
    at.file_uploader(key="files").upload(*good).run()
    assert "innehåller 22 siffror" in at.info[0].value
    assert "Förtroende för 1177 via telefon" in texts(at)
    assert store.data_version() == 0  # looking publishes nothing
    at.text_input[0].set_value("första gången").run()
    at.button[0].click().run()
    assert not at.exception
    assert store.data_version() == 1
    assert at.success[0].value.startswith("Publicerad som uppladdning 1.")
    assert not at.button  # the same file cannot be published twice


def test_a_bad_file_is_refused_with_every_problem_and_no_button(opened: Open, store: Store) -> None:
    at = opened("upload")
    at.file_uploader(key="files").upload("fel.csv", BAD, "text/csv").run()
    assert not at.exception
    assert at.error[0].value.startswith("Filen kan inte publiceras")
    assert not at.button
    assert store.data_version() == 0


def test_nothing_is_published_outside_local_mode(
    opened: Open, store: Store, good: tuple[str, bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.uploading.local_mode", lambda: False)
    at = opened("upload")
    at.file_uploader(key="files").upload(*good).run()
    assert not at.button
    assert "inte i lokalt läge" in at.error[0].value


def test_a_hostile_file_name_is_only_a_name(opened: Open, store: Store) -> None:
    at = opened("upload")
    at.file_uploader(key="files").upload("![x](evil.example).csv", BAD, "text/csv").run()
    assert not at.exception
    assert "\\!\\[x\\]" in at.header[0].value
