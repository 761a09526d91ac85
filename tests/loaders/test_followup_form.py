"""The reply form: out, filled in, in again field by field; every fault at its cell; who may hand it in."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from access import LOCAL_CLI, Actor
from analysis.followup import FollowedAudit, followed_audits, today_in_sweden
from analysis.records import current_records
from entries.recommendation_file import enter_letters
from exports.followup.form import followup_form_xlsx
from exports.followup.form_docx import followup_form_docx
from indicators.followup_form import FORM_FIELDS
from loaders import CheckedFile, DeskRefused, check_file, publish_file, stage_file
from loaders.check import check_staged
from loaders.publishing.publish import publish_staged
from models import Store
from tests.loaders.files import with_more, with_part
from tests.loaders.filled_forms import ANSWERS, FIRST, SECOND, fields_at, filled_docx, filled_xlsx, typed_docx
from tests.loaders.workbooks import everywhere

FILES = Path(__file__).parent / "followup_files"
KEY = "vasterbotten-2021"


@pytest.fixture
def letters(store: Store) -> Store:
    enter_letters(store)
    return store


def audit_of(store: Store, key: str = KEY) -> FollowedAudit:
    return next(one for one in followed_audits(store, today_in_sweden()) if one.audit == key)


def form(store: Store, kind: str = "xlsx", language: str = "sv") -> bytes:
    make = followup_form_xlsx if kind == "xlsx" else followup_form_docx
    return make(audit_of(store), language)


def filled(store: Store, kind: str, language: str = "sv") -> bytes:
    fill = filled_xlsx if kind == "xlsx" else filled_docx
    return fill(form(store, kind, language), language=language)


def replies(checked: CheckedFile) -> dict[int, dict[str, str]]:
    """Number → the form's fields as text."""
    rows = checked.records["reply"].to_dicts()
    return {row["number"]: {name: str(row[name] or "") for name in FORM_FIELDS} for row in rows}


def faults(checked: CheckedFile) -> list[tuple[str, str, str]]:
    return [(one.severity, one.variant or one.rule, one.cell) for one in checked.problems]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_filled_in_form_comes_back_field_by_field(letters: Store, kind: str, language: str) -> None:
    checked = check_file(letters, f"svar.{kind}", filled(letters, kind, language))
    assert (checked.layout, checked.problems, checked.synthetic) == ("followup_form", (), True)
    assert checked.screened  # a reply is a long text: the form may be a draft
    assert replies(checked) == ANSWERS
    unanswered = [one.reason() for one in checked.ignored if one.key == "followup_unanswered"]
    assert unanswered == ["rekommendation 3 är inte besvarad i filen"]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_form_saved_by_libreoffice_comes_back_field_by_field(letters: Store, kind: str) -> None:
    # Forms filled in as above, the Word one within its controls, then saved by LibreOffice 7.4 (soffice --convert-to).
    checked = check_file(letters, f"svar.{kind}", (FILES / f"syntetiskt_svar_libreoffice.{kind}").read_bytes())
    assert (checked.problems, replies(checked)) == ((), ANSWERS)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_answers_within_words_content_controls_come_back_field_by_field(letters: Store, language: str) -> None:
    checked = check_file(letters, "svar.docx", typed_docx(form(letters, "docx", language), language=language))
    assert (checked.problems, replies(checked)) == ((), ANSWERS)


def test_the_prompts_of_an_empty_word_form_are_no_answers(letters: Store) -> None:
    for content in (form(letters, "docx"), (FILES / "tom_blankett_libreoffice.docx").read_bytes()):
        assert faults(check_file(letters, "tom.docx", content)) == [("error", "nothing_answered", "")]


def test_an_empty_form_says_how_many_blocks_wait(letters: Store) -> None:
    checked = check_file(letters, "tom.xlsx", form(letters))
    assert [problem.message() for problem in checked.problems] == [
        "Filen: blanketten är inte ifylld. Tillåtet: minst ett ifyllt block. Fyll i minst ett av de 3 blocken."
    ]


def test_the_workbook_is_locked_but_for_the_answers_and_has_lists(letters: Store) -> None:
    book = load_workbook(io.BytesIO(form(letters)))
    sheet = book.worksheets[0]
    fields = fields_at(sheet)
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    assert open_cells == {f"B{row}" for row in fields.values()}
    lists = {
        place
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
        for place in str(rule.sqref).split()
    }
    assert lists == {f"B{row}" for (_, field), row in fields.items() if field == "status"}


def test_the_word_form_offers_the_statuses_as_a_list(letters: Store) -> None:
    document = Document(io.BytesIO(form(letters, "docx")))
    offered = document.element.body.xpath(".//w:dropDownList/w:listItem/@w:displayText")
    assert offered[:4] == ["Besvarad", "Delvis genomförd", "Genomförd", "Avvisad med motivering"]
    assert (len(offered), len(document.tables)) == (12, 3)


ALTERED = [
    pytest.param({"status": ""}, [("error", "no_status", "B18")], id="no status"),
    pytest.param({"status": "På gång"}, [("error", "unknown_status", "B18")], id="a word that is no status"),
    pytest.param({"status": "Rejected with a reason"}, [("error", "no_reason", "B17")], id="rejected, in English"),
    pytest.param({"replied": ""}, [("error", "no_reply_day", "B19")], id="no day of the reply"),
    pytest.param({"replied": "2021-02-30"}, [("error", "bad_day", "B19")], id="no such day"),
    pytest.param({"due": "våren 2022"}, [("error", "bad_day", "B14")], id="half a day"),
    pytest.param({"time_plan": "", "due": ""}, [("error", "no_time", "B13")], id="planned without time"),
    pytest.param({"responsible": ""}, [("error", "no_responsible", "B16")], id="planned without a function"),
    pytest.param({"responsible": "Kim Ek"}, [("warning", "person_as_responsible", "B16")], id="a person"),
    pytest.param({"measures_taken": ""}, [("warning", "nothing_taken", "B10")], id="done, but nothing taken"),
    pytest.param({"replied": "2021-03-25"}, [("error", "reply_before_audit", "B19")], id="the day before the letter"),
    pytest.param({"replied": "2021-03-26"}, [], id="the day of the letter"),
    pytest.param({"replied": "1999-05-01"}, [("error", "reply_before_audit", "B19")], id="a day of another century"),
    pytest.param({"replied": "2099-01-01"}, [("error", "future_reply", "B19")], id="a day to come"),
    pytest.param({"due": "1999-05-01"}, [("warning", "due_before_audit", "B14")], id="to be done before the letter"),
    pytest.param({"responsible": "kim.ek@example.org"}, [("error", "person_data_email", "B16")], id="an address"),
    pytest.param({"how": "Se 811218-9876"}, [("error", "person_data_number", "B15")], id="a personal number"),
    pytest.param(
        {"status": "", "replied": "x", "responsible": ""},
        [("error", "no_status", "B18"), ("error", "bad_day", "B19"), ("error", "no_responsible", "B16")],
        id="all at once",
    ),
]


@pytest.mark.parametrize(("change", "wrong"), ALTERED)
def test_each_fault_is_told_at_its_cell(letters: Store, change: dict[str, str], wrong: list[object]) -> None:
    answers = {1: {**FIRST, **change}}
    raw = {"status": change["status"]} if change.get("status") else {}
    content = filled_xlsx(form(letters), {1: {**answers[1], **({"status": "partly"} if raw else {})}}, days=False)
    if raw:
        content = _cell(content, "B18", raw["status"])
    checked = check_file(letters, "svar.xlsx", content)
    assert faults(checked) == wrong
    assert all("{" not in one.message(language) for one in checked.problems for language in ("sv", "en"))


def _cell(content: bytes, place: str, value: str) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book.worksheets[0][place].value = value
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def test_a_reply_before_the_letter_is_told_with_the_letters_day(letters: Store) -> None:
    content = filled_xlsx(form(letters), {1: {**FIRST, "replied": "1999-05-01"}}, days=False)
    (told,) = check_file(letters, "svar.xlsx", content).problems
    assert told.message() == (
        'Blad "Svar", cell B19: svarets datum 1999-05-01 ligger före granskningsbrevets datum, 2021-03-26 '
        "(rekommendation 1). Tillåtet: 2021-03-26 eller senare. Rätta datumet. Är brevets datum fel: be revisorn rätta "
        "det på sidan Uppföljning."
    )


@pytest.mark.parametrize(("day", "wrong"), [("2020-05-20", []), ("2020-05-19", ["reply_long_before"])])
def test_a_reply_to_a_letter_without_a_day_is_measured_by_its_last_day(
    letters: Store, day: str, wrong: list[str]
) -> None:
    empty = followup_form_xlsx(audit_of(letters, "norrbotten-2021"), "sv")
    checked = check_file(letters, "svar.xlsx", filled_xlsx(empty, {1: {**FIRST, "replied": day}}))
    assert [one.rule for one in checked.warnings] == wrong


@pytest.mark.parametrize(
    ("place", "value", "wrong"),
    [
        ("B7", "uppfoljning/vasterbotten-1999/24/1", ("error", "unknown_audit", "B7")),
        ("B7", "uppfoljning/vasterbotten-2021/24/9", ("error", "unknown_number", "B7")),
        ("B7", "uppfoljning/vasterbotten-2021/25/1", ("error", "other_region_in_form", "B7")),
        ("B8", "Gör vad ni vill.", ("warning", "altered_recommendation", "B8")),
        ("A10", "Vad som hänt", ("error", "unknown_row", "B10")),  # a renamed row would lose its answer
    ],
)
def test_a_form_that_has_been_altered_is_told(letters: Store, place: str, value: str, wrong: object) -> None:
    content = _cell(filled_xlsx(form(letters), {1: {**FIRST, "status": "answered"}}), place, value)
    assert faults(check_file(letters, "svar.xlsx", content)) == [wrong]


def test_a_block_that_stands_twice_is_refused(letters: Store) -> None:
    content = _cell(filled(letters, "xlsx"), "B22", f"uppfoljning/{KEY}/24/1")
    assert faults(check_file(letters, "svar.xlsx", content)) == [
        ("error", "block_twice", "B7"),
        ("error", "block_twice", "B22"),
        ("warning", "altered_recommendation", "B23"),  # the text is that of the second
    ]


def _without_rows(content: bytes, first: int, count: int) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book.worksheets[0].delete_rows(first, count)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


@pytest.mark.parametrize(
    ("first", "count", "rule"),
    [
        (21, 4, "row_twice"),  # the second block's head: its answers would be the first's
        (22, 1, "row_twice"),
        (7, 1, "no_block"),  # the first block's key: its answers would be nobody's
    ],
)
def test_answers_without_their_key_are_refused(letters: Store, first: int, count: int, rule: str) -> None:
    checked = check_file(letters, "svar.xlsx", _without_rows(filled(letters, "xlsx"), first, count))
    assert {one.rule for one in checked.problems if one.severity == "error"} == {rule}


def test_an_answer_that_nobody_can_see_is_none(letters: Store) -> None:
    content = filled_xlsx(form(letters), {2: {**SECOND, "reason_none": "\u200b"}})
    assert [one.rule for one in check_file(letters, "svar.xlsx", content).errors] == ["no_reason"]


def test_an_older_reply_in_place_of_a_newer_is_warned_of(letters: Store) -> None:
    told = (("2022-05-01", []), ("2021-10-04", ["older_reply"]), ("1999-05-01", ["reply_before_audit"]))
    for day, wrong in told:
        content = filled_xlsx(form(letters), {1: {**FIRST, "replied": day}})
        checked = check_file(letters, "svar.xlsx", content)
        assert [rule for _, rule, _ in faults(checked)] == wrong
        if not wrong:
            publish_file(letters, checked, by=LOCAL_CLI, accept_warnings=True)


def test_text_beside_the_form_is_listed_and_never_lost_in_silence(letters: Store) -> None:
    content = _cell(filled(letters, "xlsx"), "D12", "Se även bilaga 2.")
    told = [(one.cell, one.reason()) for one in check_file(letters, "svar.xlsx", content).ignored]
    assert ("D12", 'text bredvid blanketten: "Se även bilaga 2."') in told


def test_a_new_reply_is_the_next_step_and_the_earlier_stays(letters: Store) -> None:
    for status, how in (("answered", "docx"), ("implemented", "xlsx")):
        fill = filled_xlsx if how == "xlsx" else filled_docx
        content = fill(form(letters, how), {1: {**FIRST, "status": status}})
        publish_file(letters, check_file(letters, f"svar.{how}", content), by=LOCAL_CLI)
    first = audit_of(letters).recommendations[0]
    assert [(one["status"], one["file"], one["sheet"], one["row"]) for one in first.replies] == [
        ("answered", "svar.docx", "Tabell 1", 12),
        ("implemented", "svar.xlsx", "Svar", 18),
    ]
    assert (first.status, first.late) == ("implemented", None)
    assert current_records(letters, "reply").select("number", "status", "due").rows() == [
        (1, "implemented", date(2022, 6, 30))
    ]


def someone(region: str, *roles: str) -> Actor:
    return Actor("user:7", "Test", frozenset({"lasare", *roles}), region=region)


@pytest.mark.parametrize(("region", "reason"), [("25", "other_region"), ("", "no_region")])
def test_replies_of_another_region_are_refused_in_words(letters: Store, region: str, reason: str) -> None:
    checked = check_file(letters, "svar.xlsx", filled(letters, "xlsx"))
    with pytest.raises(DeskRefused) as staged:
        stage_file(letters, checked, by=someone(region, "uppgiftslamnare"))
    with pytest.raises(DeskRefused) as published:
        publish_file(letters, checked, by=someone(region, "uppgiftslamnare", "publicist"))
    assert staged.value.reason == published.value.reason == reason
    assert "Region Västerbotten" in staged.value.message("sv")
    assert letters.data_version() == 0


def test_a_persons_own_region_is_handed_in_and_a_publicist_of_none_publishes(letters: Store) -> None:
    checked = check_file(letters, "svar.docx", filled(letters, "docx"))
    staged = stage_file(letters, checked, by=someone("24", "uppgiftslamnare"))
    again = check_staged(letters, staged.upload_id)
    by = Actor("user:8", "Test", frozenset({"lasare", "publicist"}))
    publish_staged(letters, staged.upload_id, again, by=by)
    assert replies(again) == {1: FIRST, 2: SECOND}
    assert audit_of(letters).recommendations[1].status == "rejected"


def _document(change) -> bytes:
    return with_part(GOOD_DOCX, "word/document.xml", change)


def _made() -> bytes:
    into = io.BytesIO()
    document = Document()
    document.add_table(1, 2).rows[0].cells[0].text = "Ett"
    document.save(into)
    return into.getvalue()


GOOD_DOCX = _made()
MANY = b"".join(  # spans that lie
    f'<w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr><w:p/></w:tc>'.encode() for number in range(200, 1_000)
)
BLOCKS = b"".join(
    f"<w:tr><w:tc><w:p><w:r><w:t>uppfoljning/a/24/{number}</w:t></w:r></w:p></w:tc></w:tr>".encode()
    for number in range(301)
)


def _scrambled(content: bytes) -> bytes:
    """The packed bytes of the text damaged on the way, its directory whole."""
    begins = content.find(b"word/document.xml") + 60
    return content[:begins] + bytes(sign ^ 0x55 for sign in content[begins : begins + 200]) + content[begins + 200 :]


def _without_text(content: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
    return into.getvalue()


HOSTILE = {
    "bomb": (lambda: _document(lambda _: b"<w:document>" + b" " * 60_000_000), "document_bomb"),
    "doctype": (
        lambda: _document(lambda old: old.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1)),
        "document_doctype",
    ),
    "broken xml": (lambda: _document(lambda old: old[: len(old) // 2]), "broken_document"),
    "macros": (lambda: with_more(GOOD_DOCX, "word/vbaProject.bin", b"x"), "document_macros"),
    "a part twice": (lambda: with_more(GOOD_DOCX, "WORD/document.xml", b"x"), "document_doubled_part"),
    "many cells": (
        lambda: _document(lambda _: b'<w:document xmlns:w="w"><w:tbl><w:tr>%b</w:tr></w:tbl></w:document>' % MANY),
        "document_too_large",
    ),
    "many tables": (
        lambda: _document(lambda old: old.replace(b"<w:body>", b"<w:body>" + b"<w:tbl></w:tbl>" * 300)),
        "document_many_tables",
    ),
    "many blocks": (
        lambda: _document(lambda _: b'<w:document xmlns:w="w"><w:tbl>%b</w:tbl></w:document>' % BLOCKS),
        "many_blocks",
    ),
    "no form": (lambda: GOOD_DOCX, "docx_no_form"),
    "cut short": (lambda: GOOD_DOCX[: len(GOOD_DOCX) // 2], "broken_document"),
    "scrambled": (lambda: _scrambled(GOOD_DOCX), "broken_document"),
    "a password, or .doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_document"),
    "an archive": (lambda: _without_text(GOOD_DOCX), "no_document"),
    "text": (lambda: b"Hej, hej\n", "no_document"),
    "noise": (lambda: bytes(range(256)), "no_document"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_in_words(store: Store, name: str) -> None:
    content, rule = HOSTILE[name]
    checked = check_file(store, "svar.docx", content())
    assert [problem.variant or problem.rule for problem in checked.problems] == [rule]
    told = [checked.problems[0].message(language) for language in ("sv", "en")]
    assert not [said for said in told if "{" in said or "arbetsbok" in said or "workbook" in said or "Excelfil" in said]


def test_a_child_that_takes_too_long_is_a_fault_of_the_document(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.formats.docx._CHILD", "import os; os.abort()")
    checked = check_file(store, "svar.docx", GOOD_DOCX)
    assert [problem.variant for problem in checked.problems] == ["document_limits"]


def test_only_what_a_person_sees_in_a_cell_is_read(letters: Store) -> None:
    def alter(old: bytes) -> bytes:
        said = "<w:r><w:t>Under våren 2022.</w:t></w:r>".encode()
        assert said in old
        unseen = (
            b"<w:del><w:r><w:delText>gammalt</w:delText></w:r></w:del>"
            b"<w:moveFrom><w:r><w:t>flyttat</w:t></w:r></w:moveFrom>"
        )
        return old.replace(said, unseen + said)

    content = with_part(filled(letters, "docx"), "word/document.xml", alter)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert replies(check_file(letters, "svar.docx", content)) == ANSWERS


def _anywhere(name: str, data: bytes) -> tuple[str, bytes]:
    """A Word document's main part under another name, in its relations and content types too."""
    if name in ("_rels/.rels", "[Content_Types].xml"):
        data = data.replace(b"word/document.xml", b"text/svar%20ett.xml")
    moved = name.replace("word/document.xml", "text/svar ett.xml")
    return moved.replace("word/_rels/document.xml", "text/_rels/svar ett.xml"), data


def _strict(name: str, data: bytes) -> tuple[str, bytes]:
    for old, new in (
        (b"officeDocument/2006/relationships", b"officeDocument/relationships"),
        (b"wordprocessingml/2006/main", b"wordprocessingml/main"),
    ):
        data = data.replace(b"http://schemas.openxmlformats.org/" + old, b"http://purl.oclc.org/ooxml/" + new)
    return name, data


DOCUMENTS = {
    "renamed": _anywhere,
    "upper_case": lambda name, data: (name.upper(), data),
    "backslashes": lambda name, data: (name.replace("/", "\\"), data),
    "absolute": lambda name, data: (name, data.replace(b'"word/document.xml"', b'"/word/document.xml"')),
    "strict": _strict,
}


@pytest.mark.parametrize("how", DOCUMENTS)
def test_a_word_form_is_found_through_its_package(letters: Store, how: str) -> None:
    content = everywhere(DOCUMENTS[how], filled(letters, "docx"))
    checked = check_file(letters, "svar.docx", content)
    assert (checked.problems, replies(checked)) == ((), ANSWERS)


@pytest.mark.parametrize(
    ("look", "variant"),
    [
        ("<w:strike/>", "cells_struck"),
        ('<w:dstrike w:val="1"/>', "cells_struck"),
        ("<w:vanish/>", "cells_vanished"),
        ('<w:color w:val="FFFFFF"/>', "cells_pale"),
        ('<w:sz w:val="2"/>', "cells_tiny"),
        ('<w:strike w:val="0"/>', ""),
        ('<w:color w:val="000000"/>', ""),
    ],
)
def test_struck_and_hidden_text_of_a_word_form_is_told_with_its_cell(letters: Store, look: str, variant: str) -> None:
    said = FIRST["link"].encode()

    def change(data: bytes) -> bytes:
        before, after = data.split(said)
        start = before.rindex(b"<w:r>") + len(b"<w:r>")
        own = f"<w:rPr>{look}</w:rPr>".encode()
        return before[:start] + own + before[start:] + said + after

    checked = check_file(letters, "svar.docx", with_part(filled(letters, "docx"), "word/document.xml", change))
    told = [(each.severity, each.variant, each.sheet, each.cell) for each in checked.problems]
    assert [(severity, kind) for severity, kind, *_ in told] == ([("warning", variant)] if variant else [])
    assert all(sheet.startswith("Tabell") and cell for *_, sheet, cell in told)
    assert replies(checked) == ANSWERS
