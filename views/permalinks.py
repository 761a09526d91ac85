"""A short address of a view: page, choices, language and day in one word, `/p/<code>`.

Nothing is stored: the code is the view itself, packed. So a reader's link writes nothing, works in every copy of the
store and can lead nowhere but to our own pages. The words that views are made of stand in a dictionary of their own
(`permalinks.txt`), which is never changed: a code of today is read with it for as long as there are papers.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode

_EDITION: Final = b"\x01"
"""Of the dictionary; another one gets another number, and this one stays."""
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{6,400}")
_LONGEST: Final = 2_000  # letters of an unpacked address; a short code could else unpack into megabytes
_PAGE: Final = re.compile(r"[a-z-]{1,40}")


@cache
def _dictionary() -> bytes:
    return (Path(__file__).parent / "permalinks.txt").read_bytes()


def code_of(page: str, choices: Mapping[str, str]) -> str:
    """The code of a page with these choices (parameter → value), language and day among them.

    >>> page_of(code_of("trust", {"indicator": "trust_overall", "lang": "sv", "as_of": "2026-12-01"}))
    ('trust', {'indicator': 'trust_overall', 'lang': 'sv', 'as_of': '2026-12-01'})
    """
    address = f"{page}?{urlencode({name: value for name, value in choices.items() if value})}".encode()
    packing = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _dictionary())
    packed = packing.compress(address) + packing.flush()
    whole = _EDITION + _checked(address) + packed
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def check_of(link: str) -> str:
    """Where it is told whether what a short address (`…/p/CODE`) shows still holds; "" for another address.

    >>> check_of("https://example.se/p/AbCdEf"), check_of("")
    ('https://example.se/check/AbCdEf', '')
    """
    site, short, code = link.rpartition("/p/")
    return f"{site}/check/{code}" if short else ""


def page_of(code: str) -> tuple[str, dict[str, str]] | None:
    """The page and the choices of a code; None for what is none, or has been mistyped."""
    if not _CODE.fullmatch(code):
        return None
    try:
        whole = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        unpacking = zlib.decompressobj(-15, zdict=_dictionary())
        address = unpacking.decompress(whole[3:], _LONGEST)
        if whole[:1] != _EDITION or unpacking.unconsumed_tail or _checked(address) != whole[1:3]:
            return None
        page, _, query = address.decode().partition("?")
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return None
    return (page, dict(parse_qsl(query))) if _PAGE.fullmatch(page) else None


def _checked(address: bytes) -> bytes:
    """Two bytes that a mistyped code does not have, save one in 65 000."""
    return (zlib.crc32(address) & 0xFFFF).to_bytes(2, "big")
