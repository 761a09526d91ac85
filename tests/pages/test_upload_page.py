"""The upload desk: a bad file is told and changes nothing, a good one is shown, confirmed and published."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders import check_file, publish_file
from models import Store

Open = Callable[..., AppTest]
GOOD = "fortroende_1177_telefon_2017_skr.csv"
REVISED = "Indikator;Region;Period;Värde\ntrust_1177_phone;Skåne;2017;50\n".encode()
BAD = "Indikator;Region;Period;Värde\ntrust_hospital;Skåna;2017;mycket\n".encode()


@pytest.fixture
def good(project: Path) -> tuple[str, bytes, str]:
    return (GOOD, (project / "sample_data" / GOOD).read_bytes(), "text/csv")


def texts(at: AppTest) -> str:
    """The page's sentences, without the backslashes and joiners that keep a file's words from being markup."""
    return "\n".join(each.value for each in at.markdown).replace("\\", "")


def test_a_good_file_is_shown_first_and_published_on_the_word(
    opened: Open, store: Store, good: tuple[str, bytes, str]
) -> None:
    at = opened("upload")
    at.file_uploader(key="files").upload(*good).run()
    assert "innehåller 22 siffror" in at.info[0].value
    assert (
        "- **Förtroende för 1177 via telefon.** Siffror: 22, varav utan värde: 0. Regioner: 22. Perioder: 2017."
    ) in texts(at)
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
    assert [each.value for each in at.subheader] == ["Fel och varningar (2)"]
    assert texts(at).splitlines()[-2:] == [
        '- **Fel.** Cell B2: "Skåna" är ingen känd region (Förtroende för sjukhus, Kolada U70446). Menade du "Region '
        'Skåne"? Tillåtet: en av de 21 regionerna eller Riket, med namn eller kod. Rätta namnet eller koden.',
        '- **Fel.** Cell D2: "mycket" är inte ett tal (Förtroende för sjukhus, Kolada U70446). Tillåtet: ett tal, till '
        "exempel 63,4 eller 1\u00a0204, utan tecken som < och utan ord. Skriv talet, eller det tecken som källan "
        "använder när värdet saknas.",
    ]


def test_published_figures_are_changed_only_with_a_note(
    opened: Open, store: Store, good: tuple[str, bytes, str]
) -> None:
    publish_file(store, check_file(store, *good[:2]), by="prov")
    at = opened("upload")
    at.file_uploader(key="files").upload("rattad.csv", REVISED, "text/csv").run()
    assert at.text_input[0].label == "Anteckning: varför ändras de publicerade siffrorna? (krävs)"
    assert "Skriv varför i anteckningen innan du publicerar." in at.caption[0].value
    for note, ready in (("", False), ("   ", False), ("rättat av källan", True)):
        at.text_input[0].set_value(note)
        at.checkbox[0].check().run()
        assert at.button[0].disabled is not ready
    at.checkbox[0].uncheck().run()
    assert at.button[0].disabled  # a note alone confirms nothing
    at.checkbox[0].check().run()
    at.button[0].click().run()
    assert at.success[0].value.startswith("Publicerad som uppladdning 2.")


def test_a_long_list_of_problems_unfolds(opened: Open, store: Store) -> None:
    rows = "".join(f"trust_hospital;Skåne;{1990 + number};mycket\n" for number in range(25))
    at = opened("upload")
    at.file_uploader(key="files").upload("fel.csv", f"Indikator;Region;Period;Värde\n{rows}".encode(), "text/csv").run()
    assert at.subheader[0].value == "Fel och varningar (25)"
    assert at.expander[0].label == "Visa resten (5)"
    assert texts(at).count("**Fel.**") == 25


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
