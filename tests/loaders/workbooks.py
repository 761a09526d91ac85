"""One small table as a workbook of many makers: openpyxl, XlsxWriter, LibreOffice, and packages edited by hand into
what other programs write. All say the same figures."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table

from tests.loaders.files import saved, with_part

HEAD: Final = ("Indikator", "Region", "Period", "Kön", "Värde", "Täljare", "Nämnare", "Källa")
MARCH: Final = date(2024, 3, 1)
ROWS: Final[list[tuple[Any, ...]]] = [
    ("trust_overall", "Region Skåne", 2022, "T", 62.9, None, None, "Egen <prov> & mer"),
    ("trust_overall", "Region Dalarna", 2022, "K", 0.588, None, None, "Egen <prov> & mer"),
    ("calls_answered", "Region Uppsala", MARCH, "T", 123456, None, None, "Egen <prov> & mer"),
    ("calls_mean_wait", "Region Norrbotten", MARCH, "T", timedelta(seconds=151), None, None, "Egen <prov> & mer"),
    ("calls_mean_wait", "Region Örebro län", MARCH, "T", timedelta(seconds=95.5), None, None, "Egen <prov> & mer"),
    ("primary_care_phone_share", "Region Jämtland Härjedalen", MARCH, "T", 87.5, 35, 40, "Egen <prov> & mer"),
]
FORMATS: Final = {
    "E3": "0.0%",
    "E4": "#,##0",
    "E5": "[m]:ss",
    "E6": "[m]:ss.0",
    "C4": "yyyy-mm",
    "C5": "mmm-yy",
    "C6": "yyyy-mm",
    "C7": "yyyy-mm",
}
FIGURES: Final = [
    ("calls_answered", "03", "2024-03", "T", 123456.0, None, None),
    ("calls_mean_wait", "18", "2024-03", "T", 95.5, None, None),
    ("calls_mean_wait", "25", "2024-03", "T", 151.0, None, None),
    ("primary_care_phone_share", "23", "2024-03", "T", 87.5, 35.0, 40.0),
    ("trust_overall", "12", "2022", "T", 62.9, None, None),
    ("trust_overall", "20", "2022", "K", 58.8, None, None),
]
STRICT: Final = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}
Parts = dict[str, bytes]
_BOOK, _SHEET, _TEXTS, _STYLES = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_RELS, _TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"


def by_openpyxl(change: Callable[[Workbook], Any] = lambda _: None, epoch: str = "") -> bytes:
    book = Workbook()
    if epoch:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904
    page = book.active
    page.title = "Data"
    for row in (HEAD, *ROWS):
        page.append(row)
    for place, code in FORMATS.items():
        page[place].number_format = code
    change(book)
    return saved(book)


def by_xlsxwriter(
    options: Mapping[str, Any] | None = None, change: Callable[[Any, Any], Any] = lambda *_: None
) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, dict(options or {}))
    page = book.add_worksheet("Data")
    formats = {place: book.add_format({"num_format": code}) for place, code in FORMATS.items()}
    for row, values in enumerate((HEAD, *ROWS)):
        for col, value in enumerate(values):
            form = formats.get(f"{'ABCDEFGH'[col]}{row + 1}")
            if isinstance(value, date):
                page.write_datetime(row, col, value, form)
            elif value is not None:
                page.write(row, col, value, form)
    change(book, page)
    book.close()
    return out.getvalue()


def parts_of(content: bytes) -> Parts:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


PLAIN: Final = by_xlsxwriter()
"""With shared texts, as Excel writes."""


def edited(*changes: tuple[str, str, str], content: bytes = PLAIN) -> bytes:
    """(part, pattern, replacement)…: every pattern is found at least once."""
    parts = parts_of(content)
    for part, pattern, new in changes:
        text, count = re.subn(pattern, new, parts[part].decode(), flags=re.DOTALL)
        assert count, (part, pattern)
        parts[part] = text.encode()
    return packed(parts)


def renamed(names: Mapping[str, str], absolute: bool = False, content: bytes = PLAIN) -> bytes:
    """Parts under other names, and told so in relations and content types."""
    made: Parts = {}
    for name, data in parts_of(content).items():
        for old, new in names.items():
            if name == _TYPES:
                data = data.replace(f'"/{old}"'.encode(), f'"/{new}"'.encode())
            elif name.endswith(".rels"):
                here = "xl/" if name == _RELS else ""
                target = (
                    f"/{new}"
                    if absolute
                    else _relative(new, "/".join(names.get(_BOOK, _BOOK).split("/")[:-1]) if here else "")
                )
                data = data.replace(f'"{old.removeprefix(here)}"'.encode(), f'"{target}"'.encode())
        book = names.get(_BOOK, _BOOK).rpartition("/")
        made[f"{book[0]}/_rels/{book[2]}.rels" if name == _RELS else names.get(name, name)] = data
    return packed(made)


def _relative(part: str, folder: str) -> str:
    if folder and part.startswith(f"{folder}/"):
        return part.removeprefix(f"{folder}/")
    return "../" * len([step for step in folder.split("/") if step]) + part


def everywhere(change: Callable[[str, bytes], tuple[str, bytes]], content: bytes = PLAIN) -> bytes:
    return packed(dict(change(name, data) for name, data in parts_of(content).items()))


def strict(content: bytes = PLAIN) -> bytes:
    def change(name: str, data: bytes) -> tuple[str, bytes]:
        for old, new in STRICT.items():
            data = data.replace(old.encode(), new.encode())
        return name, data.replace(b"<workbook ", b'<workbook conformance="strict" ')

    return everywhere(change, content)


def prefixed(prefix: str = "x", content: bytes = PLAIN) -> bytes:
    """Every element of the workbook's parts under a prefix of its namespace."""

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        if not name.startswith("xl/") or name.endswith(".rels") or "theme" in name:
            return name, data
        text = re.sub(r"<(/?)([A-Za-z])", rf"<\1{prefix}:\2", data.decode())
        return name, text.replace(" xmlns=", f" xmlns:{prefix}=").encode()

    return everywhere(change, content)


def without(*names: str, content: bytes = PLAIN) -> bytes:
    """A package that lacks parts, and everything that names them."""

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        for gone in names:
            last = re.escape(gone.rpartition("/")[2])
            data = re.sub(rf'<(Override|Relationship) [^>]*"[^"]*{last}"[^>]*/>'.encode(), b"", data)
        return name, data

    parts = parts_of(everywhere(change, content))
    return packed({name: data for name, data in parts.items() if name not in names})


def _sheet(pattern: str, new: str) -> bytes:
    return edited((_SHEET, pattern, new))


def _inline(match: re.Match[bytes]) -> bytes:
    texts = re.findall(rb"<si><t[^>]*>(.*?)</t></si>", parts_of(PLAIN)[_TEXTS])
    return b'<c r="%b" t="inlineStr"><is><t>%b</t></is></c>' % (match[1], texts[int(match[2])])


def _rows_backwards(data: bytes) -> bytes:
    head, body, tail = re.split(rb"(?<=<sheetData>)|(?=</sheetData>)", data)
    return head + b"".join(reversed(re.findall(rb"<row.*?</row>", body, re.DOTALL))) + tail


def _cells_backwards(data: bytes) -> bytes:
    def row(match: re.Match[bytes]) -> bytes:
        return match[1] + b"".join(reversed(re.findall(rb"<c .*?(?:</c>|/>)", match[2], re.DOTALL))) + b"</row>"

    return re.sub(rb"(<row[^>]*>)(.*?)</row>", row, data, flags=re.DOTALL)


def _no_references(data: bytes) -> bytes:
    """Cells and rows without addresses, blanks written out."""
    blanks = re.sub(rb'(<c r="E[2-6]".*?</c>)', rb"\1<c/><c/>", data)
    return re.sub(rb'<(c|row) r="[A-Z]*\d+"', rb"<\1", blanks)


def _in_utf16(name: str, data: bytes) -> tuple[str, bytes]:
    if not name.startswith("xl/w") or name.endswith(".rels"):
        return name, data
    return name, data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def _tables(book: Workbook) -> None:
    book.active.add_table(Table(displayName="Tabell1", ref="A1:H7"))


def _busy(book: Workbook) -> None:
    """Comments, frozen panes, a filter, a merged title beside the table, print settings and a validation."""
    page = book.active
    page["A1"].comment = Comment("Så här fyller du i", "någon")
    page.freeze_panes = "A2"
    page.auto_filter.ref = "A1:H7"
    page.print_title_rows = "1:1"
    page.column_dimensions["A"].width = 40
    page.row_dimensions[1].height = 30


def _rich(book: Any, page: Any) -> None:
    bold = book.add_format({"bold": True})
    page.write_rich_string(1, 1, bold, "Region ", "Skåne")


def _chart(book: Any, page: Any) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$E$2:$E$7"})
    page.insert_chart("J2", chart)
    alone = book.add_chart({"type": "line"})
    alone.add_series({"values": "=Data!$E$2:$E$7"})
    book.add_chartsheet("Diagram").set_chart(alone)


ACCOUNTING: Final = r'_-* #,##0\ _k_r_-;\-* #,##0\ _k_r_-;_-* "-"??\ _k_r_-;_-@_-'


def formatted(place: str, value: Any, code: str, **look: Any) -> bytes:
    """The table with one cell written anew in a number format (and another look)."""

    def change(book: Any, page: Any) -> None:
        form = book.add_format({"num_format": code, **look})
        page.write_datetime(place, value, form) if isinstance(value, date) else page.write(place, value, form)

    return by_xlsxwriter(change=change)


HAND: Final[dict[str, Callable[[], bytes]]] = {
    "workbook2": lambda: renamed({_BOOK: "xl/workbook2.xml"}),
    "all_renamed": lambda: renamed(
        {_BOOK: "bok/bok.xml", _SHEET: "bok/blad.xml", _TEXTS: "ord/text.xml", _STYLES: "s.xml"}
    ),
    "absolute_targets": lambda: renamed({name: name for name in (_BOOK, _SHEET, _TEXTS, _STYLES)}, absolute=True),
    "absolute_and_renamed": lambda: renamed({_BOOK: "x/y/z.xml", _SHEET: "blad/1.xml", _TEXTS: "t.xml"}, absolute=True),
    "texts_renamed": lambda: renamed({_TEXTS: "xl/sharedStrings2.xml", _STYLES: "xl/styles3.xml"}),
    "letters_and_blanks": lambda: renamed({_SHEET: "xl/worksheets/mitt blad å.xml"}),
    "percent_encoded": lambda: edited((_RELS, "sheet1.xml", "sheet%31.xml")),
    "upper_case": lambda: everywhere(lambda name, data: (name.upper(), data)),
    "lower_case": lambda: everywhere(lambda name, data: (name.lower(), data)),
    "other_case_in_targets": lambda: edited((_RELS, "worksheets/sheet1", "Worksheets/Sheet1")),
    "backslashes": lambda: everywhere(lambda name, data: (name.replace("/", "\\"), data)),
    "backslashes_in_targets": lambda: edited((_RELS, "worksheets/sheet1", r"worksheets\\\\sheet1")),
    "strict": lambda: strict(),
    "strict_by_openpyxl": lambda: strict(by_openpyxl()),
    "prefixed": lambda: prefixed(),
    "prefixed_strict": lambda: strict(prefixed("main")),
    "no_theme": lambda: without("xl/theme/theme1.xml"),
    "no_properties": lambda: without("docProps/app.xml", "docProps/core.xml"),
    "texts_by_type_alone": lambda: edited((_RELS, r'<Relationship [^>]*sharedStrings"[^>]*/>', "")),
    "no_type_for_workbook": lambda: edited((_TYPES, r'<Override PartName="/xl/workbook.xml"[^>]*/>', "")),
    "no_type_and_renamed": lambda: renamed(
        {_BOOK: "xl/bok.xml"}, content=edited((_TYPES, r'<Override PartName="/xl/workbook.xml"[^>]*/>', ""))
    ),
    "a_template": lambda: edited((_TYPES, r"sheet\.main\+xml", "template.main+xml")),
    "count_of_references": lambda: edited((_TEXTS, r' count="\d+"', ' count="99999999"')),
    "no_counts": lambda: edited((_TEXTS, r' count="\d+" uniqueCount="\d+"', "")),
    "only_count": lambda: edited((_TEXTS, r' uniqueCount="\d+"', "")),
    "unique_count_too_small": lambda: edited((_TEXTS, r' uniqueCount="\d+"', ' uniqueCount="1"')),
    "inline_texts": lambda: with_part(
        without(_TEXTS), _SHEET, lambda data: re.sub(rb'<c r="(\w+)" t="s"><v>(\d+)</v></c>', _inline, data)
    ),
    "formula_texts": lambda: _sheet(
        r'(<c r="B2") t="s"><v>\d+</v>', r'\1 t="str"><f>"Region "&amp;"Skåne"</f><v>Region Skåne</v>'
    ),
    "no_addresses": lambda: with_part(PLAIN, _SHEET, _no_references),
    "no_row_numbers": lambda: _sheet(r'<row r="\d+" spans="1:8"', "<row"),
    "rows_backwards": lambda: with_part(PLAIN, _SHEET, _rows_backwards),
    "cells_backwards": lambda: with_part(PLAIN, _SHEET, _cells_backwards),
    "lying_dimension": lambda: _sheet(r'<dimension ref="[^"]*"/>', '<dimension ref="A1"/>'),
    "no_dimension": lambda: _sheet(r'<dimension ref="[^"]*"/>', ""),
    "stray_style": lambda: _sheet("</sheetData>", '<row r="900000"><c r="XFD900000" s="1"/></row></sheetData>'),
    "spaces_and_comments": lambda: _sheet("<v>62.9</v>", "<!-- ett tal --><v>\n 62.9\n</v>"),
    "digits_of_a_float": lambda: _sheet("<v>62.9</v>", "<v>62.899999999999999</v>"),
    "power_of_ten": lambda: _sheet("<v>123456</v>", "<v>1.23456E5</v>"),
    "typed_numbers": lambda: _sheet(r'(<c r="E2")>', r'\1 t="n">'),
    "escaped_signs": lambda: edited((_TEXTS, "Region Skåne", "_x0052_egion Sk_x00E5_ne")),
    "cdata": lambda: edited((_TEXTS, "<t>Region Skåne</t>", "<t><![CDATA[Region Skåne]]></t>")),
    "pronounced": lambda: edited((_TEXTS, "(<t>Region Skåne</t>)", r'\1<rPh sb="0" eb="2"><t>SKOONE</t></rPh>')),
    "parted_runs": lambda: edited(
        (_TEXTS, "<t>Region Skåne</t>", "<r><t>Reg</t></r><r><rPr><b/></rPr><t>ion Skåne</t></r>")
    ),
    "utf_16": lambda: everywhere(_in_utf16),
    "byte_order_marks": lambda: everywhere(lambda name, data: (name, b"\xef\xbb\xbf" + data)),
    "not_packed": lambda: packed(parts_of(PLAIN), zipfile.ZIP_STORED),
    "folders_listed": lambda: packed({"xl/": b"", "xl/worksheets/": b"", **parts_of(PLAIN)}),
    "extensions": lambda: _sheet(
        "</worksheet>", '<extLst><ext uri="{1}"><a:v xmlns:a="urn:a">9</a:v></ext></extLst></worksheet>'
    ),
    "by_excel_online": lambda: edited(
        (_BOOK, "<bookViews>", '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="x15"><x:absPath url="https://a/"'
         ' xmlns:x="urn:x"/></mc:Choice></mc:AlternateContent><x:revisionPtr xmlns:x="urn:x"/><bookViews>'),
        (_SHEET, "<sheetData>", '<x14ac:none xmlns:x14ac="urn:x14" /><sheetData>'),
        (_SHEET, '<row r="3"', '<row r="3" x14ac:dyDescent="0.25" xmlns:x14ac="urn:x14"'),
    ),
    "by_sharepoint": lambda: packed({
        "docMetadata/LabelInfo.xml": b"<labelList/>", "customXml/item1.xml": b"<p/>", **parts_of(edited(
            ("_rels/.rels", "<Relationship ", '<Relationship Id="rId99" Target="docMetadata/LabelInfo.xml" '
             'Type="http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"/><Relationship '),
        )),
    }),
    "accounting": lambda: formatted("E4", 123456, ACCOUNTING),
    "local_months": lambda: formatted("C4", MARCH, "[$-41D]yyyy\\-mm;@"),
    "grouped_with_blanks": lambda: formatted("E4", 123456, "# ##0"),
    "coloured": lambda: formatted("E4", 123456, "[Red]#,##0;[Blue]-0"),
    "white_on_dark_header": lambda: formatted("A1", "Indikator", "General", font_color="white", bg_color="#123456"),
}  # fmt: skip
MADE: Final[dict[str, Callable[[], bytes]]] = {
    "openpyxl": lambda: by_openpyxl(),
    "openpyxl_table": lambda: by_openpyxl(_tables),
    "openpyxl_busy": lambda: by_openpyxl(_busy),
    "openpyxl_1904": lambda: by_openpyxl(epoch="1904"),
    "openpyxl_names": lambda: by_openpyxl(lambda book: book.create_sheet("Tom")),
    "xlsxwriter": lambda: PLAIN,
    "xlsxwriter_streamed": lambda: by_xlsxwriter({"constant_memory": True}),
    "xlsxwriter_1904": lambda: by_xlsxwriter({"date_1904": True}),
    "xlsxwriter_zip64": lambda: by_xlsxwriter({"use_zip64": True}),
    "xlsxwriter_runs": lambda: by_xlsxwriter(change=_rich),
    "xlsxwriter_table": lambda: by_xlsxwriter(
        change=lambda _, page: page.add_table("A1:H7", {"columns": [{"header": name} for name in HEAD]})
    ),
    "xlsxwriter_chart": lambda: by_xlsxwriter(change=_chart),
}


CORPUS: Final = MADE | HAND


def by_libreoffice(
    files: Mapping[str, bytes], folder: Path, to: str = "xlsx:Calc MS Excel 2007 XML"
) -> dict[str, bytes]:
    """Each file (by its name) as LibreOffice saves it in another format: one process for all of them."""
    inbox, outbox = folder / "in", folder / "out"
    inbox.mkdir()
    for name, content in files.items():
        (inbox / name).write_bytes(content)
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--infilter=CSV:59,34,76,1,,1053,false,false",
        "--convert-to",
        to,
        "--outdir",
        str(outbox),
        *map(str, sorted(inbox.iterdir())),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (outbox / name).with_suffix(f".{to.partition(':')[0]}").read_bytes() for name in files}
