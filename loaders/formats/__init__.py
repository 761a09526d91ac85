"""Which kind of file is it? Told by its content, never by its name; csv, xlsx, docx and json are read."""

import re
from collections.abc import Callable
from typing import Final

from loaders.formats.csv_text import read_csv
from loaders.formats.docx import read_docx
from loaders.formats.json_tree import read_json
from loaders.formats.office import main_kind
from loaders.formats.xlsx import read_xlsx
from loaders.problems import ERROR, Problem
from loaders.tables.document import Document, Sheet, Unreadable

FORMATS: Final[dict[str, Callable[[bytes], Document]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "docx": read_docx,
    "json": read_json,
}
"""The extension point: a format's name → bytes to a Document of text cells (or Unreadable)."""

_REFUSED: Final = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),  # OLE, as .xlsx behind a password is
    (rb"PAR1|ARROW1|FEA1", "unsafe_format"),
    (rb"\x80[\x02-\x05]", "unsafe_format"),  # pickle
    (rb"%PDF", "pdf"),
    (rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!", "archive"),
    (rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|!--)", "web_page"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "picture"),
)
_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")  # the one stream of an .xlsx behind a password
_JSON: Final = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*+[\[{]")
_BLANK: Final = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def format_of(content: bytes) -> str:
    """A key of FORMATS. Raises Unreadable for an empty file and for content that is refused unread."""
    head = content[:512]
    if not head.strip(_BLANK) and not content.strip(_BLANK):
        raise Unreadable(Problem(ERROR, "empty_file"))
    for pattern, kind in _REFUSED:
        if re.match(pattern, head, re.IGNORECASE):
            kind = "password" if kind == "old_excel" and _PASSWORD in content else kind
            raise Unreadable(Problem(ERROR, "refused_format", variant=f"refused_{kind}"))
    if head.startswith(_ZIP):
        return "docx" if main_kind(content) == "docx" else "xlsx"
    return "json" if _JSON.match(head) else "csv"


def read_document(content: bytes) -> Document:
    """The file as text cells with addresses. Raises Unreadable."""
    return FORMATS[format_of(content)](content)


__all__ = ["FORMATS", "Document", "Sheet", "Unreadable", "format_of", "read_document"]
