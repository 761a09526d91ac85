"""Every layout that an upload can be stored under has one record, and the record has all its words."""

import pytest

from indicators import PUBLISHERS
from indicators.file_layouts import FILE_LAYOUTS, MAPPED, file_of, is_own, layout_name, publisher_of
from loaders import LAYOUTS, RECORD_LAYOUTS
from locales import LANGUAGES, texts


def test_whatever_can_be_stored_has_its_record() -> None:
    assert set(FILE_LAYOUTS) == {*LAYOUTS, *RECORD_LAYOUTS, MAPPED}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", FILE_LAYOUTS)
def test_a_layout_has_its_name_its_sentence_and_its_confidence(layout: str, language: str) -> None:
    record = FILE_LAYOUTS[layout]
    assert layout_name(layout, language) == texts(language)[f"layouts.{layout}"]
    assert "f.csv" in file_of("f.csv", layout, language) != "f.csv"
    assert record.publisher in ("", *PUBLISHERS)
    assert record.own == is_own(layout) == (publisher_of(layout) == "")
    assert 0 < (record.unnamed or 0.1) < record.confidence <= 1


def test_no_layout_has_words_without_a_record() -> None:
    assert {key.removeprefix("layouts.") for key in texts("sv") if key.startswith("layouts.")} == set(FILE_LAYOUTS)


def test_whose_file_it_was_is_said() -> None:
    said = {layout: file_of("f.csv", layout, "en") for layout in FILE_LAYOUTS}
    published = {
        "vardenisiffror": "Vården i siffror (file f.csv)",
        "vardenisiffror_diagram": "Vården i siffror (file f.csv)",
        "skr_appendix": "SKR (file f.csv)",
        "kolada_json": "Kolada (file f.csv)",
        "kolada_table": "Kolada (file f.csv)",
    }
    assert said == dict.fromkeys(FILE_LAYOUTS, "own file f.csv") | published


def test_a_layout_of_a_later_release_is_shown_by_its_id() -> None:
    assert (layout_name("later", "sv"), file_of("f.csv", "later", "sv"), is_own("later")) == ("later", "f.csv", False)
