"""Bytes become text without loss, or the file is refused in words."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import check_file
from loaders.formats import Unreadable, format_of
from loaders.formats.csv_text import read_csv
from tests.loaders.files import csv_bytes, template, vis

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_gives_the_same_figures(encoding: str):
    checked = check_file(None, "fil", vis({"Enhetsnamn": "Stockholms län"}).encode(encoding))
    assert checked.problems == ()
    assert checked.observations.select("region", "value", "source").rows() == [("01", 63.5, "Vårdbarometern")]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_delimiter_is_told_by_evidence(delimiter: str):
    rows = ["Indikator;Region;Period;Värde", "nki_phone;Skåne;2020;87.5", "nki_phone;Dalarna;2020;88"]
    checked = check_file(None, "fil", "\n".join(rows).replace(";", delimiter).encode())
    assert checked.observations["value"].to_list() == [87.5, 88.0]


TEXTS = [
    'a;b\n"x;1";"y ""z"""\n',
    'a;b\n"rad\n\nrad";2\n\n3;4\n',  # a line end inside quotes, and an empty line
    'a;b\n5" bred;2\nq;3\n',  # a quote inside a field
    "a;b\n1;2;3\n4\n",  # ragged both ways
    "\na;b\n1;2\n",
    "a;b\r1;2\r",  # lone CR
    "titel\na;b\n1;2\n",
    "a;b\n1;2",
    'a;b\n"";x\n',
]


def by_python(text: str) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def by_us(text: str) -> list[list[str]]:
    cells = read_csv(text.encode()).sheets[0].cells
    assert cells["row"].to_list() == list(range(1, cells.height + 1))
    return [[value or "" for value in row] for row in cells.drop("row").iter_rows()]


@pytest.mark.parametrize("text", TEXTS)
def test_csv_is_read_as_pythons_own_module_reads_it(text: str):
    assert by_us(text) == by_python(text)


@given(
    st.lists(st.lists(st.sampled_from(["", "1", "a b", 'c"d', "e;f", "g\nh", "å"]), min_size=2, max_size=4), min_size=2)
)
@settings(max_examples=60, deadline=None)
def test_any_written_csv_comes_back(rows: list[list[str]]):
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows([["h", "h2"], *rows])
    assert by_us(out.getvalue()) == by_python(out.getvalue())


def test_a_large_file_is_read_in_slices_with_the_same_rows(monkeypatch: pytest.MonkeyPatch):
    rows = (f"en lång text som upprepas;{number};-;-;;{'a' if number < 250 else 'b'}" for number in range(500))
    text = "\n".join(["namn;värde;ett;samma;tom;två", *rows, ""])
    whole = by_us(text)
    monkeypatch.setattr("loaders.formats.csv_text._SLICE", 700)
    assert by_us(text) == whole == by_python(text)


HOPELESS = [
    ("empty", b"", "empty_file"),
    ("blank", b"\xef\xbb\xbf \r\n", "empty_file"),
    ("old_excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "refused_old_excel"),
    ("parquet", b"PAR1\x15\x04", "refused_unsafe_format"),
    ("feather", b"ARROW1\0\0", "refused_unsafe_format"),
    ("pickle", b"\x80\x04\x95\x10", "refused_unsafe_format"),
    ("pdf", b"%PDF-1.7", "refused_pdf"),
    ("gzip", b"\x1f\x8b\x08\x00", "refused_archive"),
    ("html_named_xls", b"<html><table><tr><td>1</td></tr></table></html>", "refused_web_page"),
    ("xml", b"<?xml version='1.0'?><a/>", "refused_web_page"),
    ("png", b"\x89PNG\r\n", "refused_picture"),
    ("binary", b"a;b\n\x01\x02\x03;4\n", "unknown_format"),
    ("mojibake", template("nki_phone;SkÃ¥ne;2020;;87").encode(), "damaged_letters"),
    ("lost_letters", template("nki_phone;Sk\ufffdne;2020;;87").encode(), "damaged_letters"),
    ("cp850", template("nki_phone;Skåne;2020;;87").encode("cp850"), "encoding_dos"),
    ("cp437", template("trust_hospital;Östergötland;2020;;87").encode("cp437"), "encoding_dos"),
    ("mac_roman", template("trust_hospital;Värmland;2020;;87").encode("mac_roman"), "encoding_mac"),
    ("mac_roman_capital", template("trust_hospital;Örebro;2020;;87").encode("mac_roman"), "encoding_mac"),
    ("pipes", "Region|2021|2022\nUppsala|64|63,5\nSkåne|62,1|61\n".encode(), "wrong_delimiter"),
    (
        "excel_password",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "refused_password",
    ),
    ("field_of_two_million", b'a;b\n"' + b"x" * 2_000_000 + b'";2\n;"', "field_too_long"),
    ("utf32", template("nki_phone;Skåne;2020;;87").encode("utf-32"), "unreadable_encoding"),
    ("cut_utf16", b"\xff\xfea\0b\0c", "unreadable_encoding"),
    ("not_cp1252", b"a;b\n\x81\x8d;2\n", "unreadable_encoding"),
    ("broken_quotes", b'a;b\n"x;2\n', "broken_quotes"),
    ("too_wide", b"a;" * 3000, "too_many_columns"),
    ("json_cut_off", b'{"values": [', "json_syntax"),
    ("json_key_twice", b'{"values": [], "values": []}', "json_key_twice"),
    ("json_nan", b'{"values": [NaN]}', "json_not_finite"),
    ("json_deep", b"[" * 5000 + b"]" * 5000, "json_too_deep"),
]


@pytest.mark.parametrize(("content", "rule"), [f[1:] for f in HOPELESS], ids=[f[0] for f in HOPELESS])
def test_every_hopeless_file_is_refused_in_words(content: bytes, rule: str):
    csv.field_size_limit(1 << 30)  # as another library in the same process may have left it
    checked = check_file(None, "fil.csv", content)
    assert [problem.variant or problem.rule for problem in checked.problems] == [rule]
    assert not checked.accepted
    assert checked.errors[0].message("sv") != checked.errors[0].message("en")


def test_a_broken_kolada_entry_is_told_by_its_path():
    entry = b'{"kpi":"U70447","municipality":"0025","period":2020,"values":[{"gender":"T","value":1}]}'
    content = b'{"values":[' + entry + b',{"kpi":1}]}'
    errors = check_file(None, "x", content).errors
    assert [(each.variant, each.cell) for each in errors][:1] == [("json_entry", "$.values[1]")]


def test_a_number_can_be_no_layout_of_json():
    assert [each.rule for each in check_file(None, "x", b'{"a": 1}').errors] == ["unknown_layout"]


def test_too_large_a_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_MAX_FILE_MB", "1")
    checked = check_file(None, "stor.csv", b"x" * 1_000_001)
    assert [each.rule for each in checked.errors] == ["too_large"]


def test_nul_characters_are_removed_and_said():
    checked = check_file(None, "fil", template("nki_phone;Skåne;2020;;8\x007").encode())
    assert [(each.severity, each.rule, each.found) for each in checked.problems] == [("warning", "nul_removed", "1")]
    assert checked.observations["value"].to_list() == [87.0]


def test_the_format_is_told_by_content():
    assert [format_of(content) for content in (b"PK\x03\x04", b" {}", b"a;b")] == ["xlsx", "json", "csv"]
    with pytest.raises(Unreadable):
        format_of(b"")


def test_folders_are_no_part_of_a_files_name():
    assert check_file(None, "C:\\Users\\x\\fil.csv", csv_bytes("a")).file == "fil.csv"
    assert check_file(None, "../../etc/fil.csv", csv_bytes("a")).file == "fil.csv"


LONG_NUMBER = b"9" * 1000
ENTRY = b'{"values":[{"kpi":"%s","municipality":"0025","period":2020,"values":[{"gender":"T","value":%s}]}]}'
ONCE_A_TRACEBACK = [
    ("half_a_character", ENTRY % (b"\\ud800", b"1"), "json_half_character"),
    ("a_nul", ENTRY % (b"a\\\\\\u0000", b"1"), "json_half_character"),
    ("a_huge_number", ENTRY % (b"U70447", LONG_NUMBER), "json_too_long"),
    ("a_huge_text", ENTRY % (b"U" * 200_000, b"1"), "json_too_long"),
    ("brackets_in_a_string_hide_depth", b'["' + b"]" * 5000 + b'",' + b"[" * 5000, "json_too_deep"),
    ("one_line_of_100_000_columns", b";".join(b"c%d" % number for number in range(100_000)), "too_many_columns"),
    ("one_row_wider_than_all", b"a\n" * 10_000 + b";" * 1900 + b"\n", "uneven_rows"),
]


@pytest.mark.parametrize(("content", "rule"), [f[1:] for f in ONCE_A_TRACEBACK], ids=[f[0] for f in ONCE_A_TRACEBACK])
def test_what_once_brought_the_reader_down_is_refused_in_words(content: bytes, rule: str):
    errors = check_file(None, "fil", content).errors
    assert [problem.variant or problem.rule for problem in errors] == [rule]
    assert len(errors[0].message()) < 1000


def test_json_in_utf16_is_json():
    content = (ENTRY % (b"U70447", b"62.9")).decode().encode("utf-16")
    assert check_file(None, "fil", content).observations["value"].to_list() == [62.9]


def test_a_long_quoted_field_takes_no_more_memory_than_itself():
    import tracemalloc

    content = b'a;b\n1;"' + b"x" * 900_000 + b'"\n'
    tracemalloc.start()
    read_csv(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * len(content)


def test_many_broken_entries_and_unknown_indicators_are_summed_up():
    entry = b'{"kpi":"X%d","municipality":"0025","period":2020,"values":[{"gender":"T","value":1}]}'
    entries = b",".join([*(entry % number for number in range(300)), *[b'{"kpi":1}'] * 300])
    checked = check_file(None, "fil", b'{"values":[' + entries + b"]}")
    assert [(each.rule, each.values["count"]) for each in checked.problems if each.variant == "more"] == [
        ("broken_json", 100),
        ("unknown_indicator", 100),
    ]
    assert checked.ignored[-1].cell == "$.values[299]"


def test_a_message_shows_no_more_of_a_text_than_a_person_reads():
    checked = check_file(None, "fil", csv_bytes(template(f"nki_phone;Skåne\ue000;2020;;{'x' * 5000}")))
    assert [len(each.found) < 400 for each in checked.errors] == [True, True]
    assert "Skåne\\ue000" in checked.errors[0].message()
