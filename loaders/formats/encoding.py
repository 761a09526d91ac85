"""Bytes of a text file → UTF-8, decided by evidence and never lossy (reliability §2.6)."""

import codecs
import re
import unicodedata
from typing import Final

from loaders.formats.document import Unreadable
from loaders.problems import ERROR, WARNING, Problem

_BLOCK: Final = 1 << 22  # bytes decoded at a time: a whole 300 MB text in memory would break the 1 GiB bar
# UTF-8 read as cp1252 and saved as UTF-8 again: å ä ö Å Ä Ö and é become Ã and a second letter.
_MOJIBAKE: Final = re.compile("Ã[¤¥¶©…„–†]|Ã\u0085|Ã\u0084|Ã\u0096|Â\u00a0|â€“".encode())
_LOST: Final = "\N{REPLACEMENT CHARACTER}".encode()
# Bytes of cp850 (å 0x86, ä 0x84, ö 0x94) and Mac Roman (å 0x8C, ä 0x8A, ö 0x9A) look like these when read as cp1252.
_OTHER_CODE_PAGE: Final = re.compile("[a-zåäö][†„”ŒŠš][a-zåäö]")
_COMBINING: Final = re.compile(rb"\xcc[\x80-\xbf]|\xcd[\x80-\xaf]|\xe2\x84\xab")
# Looked for first: a plain search for a few bytes is ten times faster than the expressions above.
_MOJIBAKE_SIGNS: Final = tuple(sign.encode() for sign in ("Ã", "Â\u00a0", "â€"))
_COMBINING_SIGNS: Final = (b"\xcc", b"\xcd", b"\xe2\x84\xab")
_BINARY: Final = tuple(bytes([code]) for code in range(1, 32) if code not in b"\t\n\r\x1b")


def _any_in(signs: tuple[bytes, ...], content: bytes) -> bool:
    return any(sign in content for sign in signs)


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
    utf8 = _decoded(content, "cp1252")
    if _OTHER_CODE_PAGE.search(utf8.decode()):
        raise Unreadable(Problem(ERROR, "unreadable_encoding", values={"encoding": "cp850/Mac"}))
    return utf8


def as_utf8(content: bytes) -> tuple[bytes, list[Problem]]:
    """The text as UTF-8 (a BOM may stand first) without NUL, in NFC, with warnings for what was mended.

    Raises Unreadable for text in no known encoding, text already damaged (`Ã¤`, U+FFFD) and for binary content.
    """
    utf8, problems = _to_utf8(content), []
    if zeros := utf8.count(b"\0"):
        utf8 = utf8.replace(b"\0", b"")
        problems.append(Problem(WARNING, "nul_removed", found=str(zeros)))
    if _any_in(_BINARY, utf8):
        raise Unreadable(Problem(ERROR, "unknown_format"))
    damaged = _MOJIBAKE.search(utf8) if _any_in(_MOJIBAKE_SIGNS, utf8) else None
    if damaged or (_LOST in utf8 and (damaged := re.search(_LOST, utf8))):
        row = utf8.count(b"\n", 0, damaged.start()) + 1
        word = utf8[max(0, damaged.start() - 12) : damaged.end() + 12].decode(errors="ignore")
        raise Unreadable(Problem(ERROR, "damaged_letters", found=" ".join(word.split()), values={"row": row}))
    if _any_in(_COMBINING_SIGNS, utf8) and _COMBINING.search(utf8):
        utf8 = unicodedata.normalize("NFC", utf8.decode()).encode()
    return utf8, problems
