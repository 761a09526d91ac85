"""The mapping assistant on the upload desk: a proposal, corrected by a person, read, and saved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_WEB
from loaders.drafts import discard_draft, own_drafts
from loaders.mapping import mappings
from models import Store

Open = Callable[..., AppTest]
REPORT = "Region;Månad;Samtal A;Samtal B\nNorrbotten;2024-01;900;800\nDalarna;2024-01;700;600\n"
KNOWN = Path(__file__).parents[1] / "loaders" / "mapping_files"


def texts(at: AppTest) -> str:
    return " ".join(box.proto.body for box in at.get("html"))


def uploaded(opened: Open, name: str, content: bytes) -> AppTest:
    at = opened("upload")
    return at.file_uploader(key="files").upload(name, content, "text/csv").run()


def button(at: AppTest, label: str):
    return next(each for each in at.button if each.label == label)


def picker(at: AppTest, ending: str):
    return next(each for each in at.selectbox if each.key and each.key.endswith(ending))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_file_of_no_known_layout_is_shown_with_a_proposal(opened: Open, store: Store, language: str) -> None:
    at = opened("upload", lang=language)
    content = (KNOWN / "kontaktcenter_manad.csv").read_bytes()
    at.file_uploader(key="files").upload("kontaktcenter_manad.csv", content, "text/csv").run()

    assert not at.exception
    assert any("48" in each.value for each in at.markdown)
    assert "Servicenivå A" in texts(at)  # the sheet as it is
    assert any("A2" in each.value for each in at.caption)  # why: the region stands in the title


def test_the_person_says_what_the_words_do_not(opened: Open, store: Store) -> None:
    at = uploaded(opened, "samtal.csv", REPORT.encode())
    assert any("Ange det som saknas" in each.value for each in at.warning)
    assert button(at, "Läs filen så här").disabled
    picker(at, ":of:samtal a").set_value("calls_offered").run()
    assert not at.exception
    button(at, "Läs filen så här").click().run()
    assert not at.exception
    assert store.data_version() == 0  # reading publishes nothing
    at.text_input[-1].set_value("").run()
    assert not at.exception


def test_a_mapping_is_saved_under_a_name_and_the_next_file_is_read_by_it(opened: Open, store: Store) -> None:
    content = (KNOWN / "contact_centre_english.csv").read_bytes()
    at = uploaded(opened, "contact.csv", content)
    next(each for each in at.text_input if each.label == "Spara som").set_value("Contact centre").run()
    button(at, "Spara tolkningen").click().run()

    assert not at.exception
    assert [each.name for each in mappings(store)] == ["Contact centre"]
    [draft] = own_drafts(store, LOCAL_WEB)
    discard_draft(store, LOCAL_WEB, draft.sha256)
    later = uploaded(opened, "april.csv", content.replace(b"2024-03", b"2024-04"))
    assert not later.exception
    assert not any(each.label == "Läs filen så här" for each in later.button)  # nothing to ask


def test_names_in_a_file_are_never_markup(opened: Open, store: Store) -> None:
    hostile = REPORT.replace("Samtal A", "![x](https://evil.example) <b>").replace("Dalarna", "[länk](https://evil)")
    at = uploaded(opened, "samtal.csv", hostile.encode())

    assert not at.exception
    shown = [each.label for each in at.selectbox] + [each.value for each in (*at.caption, *at.warning, *at.error)]
    assert not any("](" in each or "<b>" in each for each in shown)
    assert "<b>" not in texts(at)
