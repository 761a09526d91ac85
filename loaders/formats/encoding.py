"""Bytes of a text file → UTF-8, decided by evidence and never lossy (reliability §2.6)."""

import codecs
import re
import unicodedata
from typing import Final

from loaders.formats.child.unseen import UNSEEN
from loaders.problems import ERROR, WARNING, Problem
from loaders.tables.document import Unreadable

_BLOCK: Final = 1 << 22  # bytes decoded at a time: a whole 300 MB text in memory would break the 1 GiB bar
# UTF-8 read as cp1252 and saved as UTF-8 again: å ä ö Å Ä Ö and é become Ã and a second letter.
_MOJIBAKE: Final = re.compile("Ã[¤¥¶©…„–†]|Ã\u0085|Ã\u0084|Ã\u0096|Â\u00a0|â€“".encode())
_LOST: Final = "\N{REPLACEMENT CHARACTER}".encode()
# å, ä and ö in the code pages of DOS (437 and 850) and in Mac Roman, between letters; in Windows-1252 those are
# quotation marks and rare letters, and a text of it has å, ä and ö of its own.
_OTHER_CODE_PAGES: Final = {
    "encoding_dos": re.compile(rb"[A-Za-z][\x84\x86\x94][a-z]|[\x8e\x8f\x99][a-z]"),
    "encoding_mac": re.compile(rb"[A-Za-z][\x8a\x8c\x9a][a-z]|[\x80\x81\x85][a-z]"),
}
_OWN_LETTERS: Final = tuple(bytes([code]) for code in "åäöÅÄÖ".encode("cp1252"))
_COMBINING: Final = re.compile(rb"\xcc[\x80-\xbf]|\xcd[\x80-\xaf]|\xe2\x84\xab")
# Looked for first: a plain search for a few bytes is ten times faster than the expressions above.
# Only where all their bytes occur at all, and every byte that occurs is found in one pass (_unusual).
_MOJIBAKE_SIGNS: Final = tuple(sign.encode() for sign in ("Ã", "Â\u00a0", "â€"))
_COMBINING_SIGNS: Final = (b"\xcc", b"\xcd", b"\xe2\x84\xab")
_UNSEEN: Final = re.compile(b"|".join(sign.encode() for sign in map(chr, range(0x10000)) if UNSEEN.match(sign)))
_UNSEEN_SIGNS: Final = (
    b"\xc2\xad",
    b"\xcd\x8f",
    b"\xd8\x9c",
    b"\xe1\xa0\x8e",
    b"\xe2\x80",
    b"\xe2\x81",
    b"\xef\xb8",
    b"\xef\xbb\xbf",
)
_ROWS_TOLD: Final = 10
_BINARY: Final = frozenset(code for code in range(1, 32) if code not in b"\t\n\r\x1b")
_USUAL: Final = bytes(range(32, 128)) + b"\t\n\r"


def _unusual(content: bytes) -> frozenset[int]:
    """Every byte that occurs after the BOM, but for letters, signs and line ends of ASCII."""
    start = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    found: set[int] = set()
    for place in range(start, len(content), _BLOCK):
        found.update(content[place : place + _BLOCK].translate(None, _USUAL + bytes(found)))
    return frozenset(found)


def _any_in(signs: tuple[bytes, ...], content: bytes, bytes_there: frozenset[int], start: int = 0) -> bool:
    return any(bytes_there.issuperset(sign) and content.find(sign, start) >= 0 for sign in signs)


def _utf16_without_bom(head: bytes) -> str | None:
    """The byte order, when every second byte of the beginning is mostly zero: no other encoding looks so."""
    if len(head) < 8 or (len(head) % 2 and len(head) < 9):
        return None
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _BLOCK):
            decoder.decode(content[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes, encoding: str) -> bytes:
    try:
        return content.decode(encoding).encode()
    except UnicodeError as error:
        raise Unreadable(Problem(ERROR, "unreadable_encoding", values={"encoding": encoding})) from error


def _to_utf8(content: bytes) -> bytes:
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Unreadable(Problem(ERROR, "unreadable_encoding", values={"encoding": "utf-32"}))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16")
    if order := _utf16_without_bom(content[:4000]):
        return _decoded(content, order)
    if _is_utf8(content):
        return content  # with its BOM, which every reader skips: a copy of 300 MB would break the 1 GiB bar
    if not _any_in(_OWN_LETTERS, content, _unusual(content)):
        found = {name: len(pattern.findall(content)) for name, pattern in _OTHER_CODE_PAGES.items()}
        likely = max(found, key=lambda name: found[name])
        if found[likely]:
            raise Unreadable(Problem(ERROR, "unreadable_encoding", variant=likely))
    return _decoded(content, "cp1252")


def as_utf8(content: bytes) -> tuple[bytes, list[Problem]]:
    """The text as UTF-8 (a BOM may stand first) in NFC, without NUL and characters nobody sees, with warnings for what
    was mended.

    Raises Unreadable for text in no known encoding, text already damaged (`Ã¤`, U+FFFD) and for binary content.
    """
    utf8, problems = _to_utf8(content), []
    if b"\0" in utf8:
        problems.append(Problem(WARNING, "nul_removed", found=str(utf8.count(b"\0"))))
        utf8 = utf8.replace(b"\0", b"")
    there = _unusual(utf8)
    if there & _BINARY:
        raise Unreadable(Problem(ERROR, "unknown_format"))
    damaged = _MOJIBAKE.search(utf8) if _any_in(_MOJIBAKE_SIGNS, utf8, there) else None
    if damaged or (_any_in((_LOST,), utf8, there) and (damaged := re.search(_LOST, utf8))):
        row = utf8.count(b"\n", 0, damaged.start()) + 1
        word = utf8[max(0, damaged.start() - 12) : damaged.end() + 12].decode(errors="ignore")
        raise Unreadable(Problem(ERROR, "damaged_letters", found=" ".join(word.split()), values={"row": row}))
    utf8, unseen = _without_unseen(utf8, there)
    problems += unseen
    if _any_in(_COMBINING_SIGNS, utf8, there) and _COMBINING.search(utf8):
        utf8 = unicodedata.normalize("NFC", utf8.decode()).encode()
    return utf8, problems


def _without_unseen(utf8: bytes, there: frozenset[int]) -> tuple[bytes, list[Problem]]:
    """The text without characters that have no shape or turn the reading direction (a BOM at its start is none)."""
    start = len(codecs.BOM_UTF8) if utf8.startswith(codecs.BOM_UTF8) else 0
    if not _any_in(_UNSEEN_SIGNS, utf8, there, start):
        return utf8, []
    rows: list[int] = []
    row, at = 1, 0
    for found in _UNSEEN.finditer(utf8, start):
        row, at = row + utf8.count(b"\n", at, found.start()), found.start()
        if row not in rows[-1:] and len(rows) <= _ROWS_TOLD:
            rows.append(row)
    if not rows:
        return utf8, []
    told = ", ".join([*map(str, rows[:_ROWS_TOLD]), *("…" for _ in rows[_ROWS_TOLD:])])
    kept, count = _UNSEEN.subn(b"", utf8[start:])
    return utf8[:start] + kept, [Problem(WARNING, "unseen_removed", found=str(count), values={"rows": told})]
