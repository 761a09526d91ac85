"""json → a tree, read strictly: no key twice, no NaN, no deeper than any publisher's answer."""

import json
import re
from collections import Counter
from typing import Any, Final

from loaders.formats.encoding import as_utf8
from loaders.problems import ERROR, Problem
from loaders.tables.document import Document, Unreadable

_STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_HALF: Final = re.compile(rb"\\u(?:[dD]|0000)")
_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_DEEPEST: Final = 20  # Kolada's answers are 5 deep
_LONGEST_NUMBER: Final = 100
_LONGEST_TEXT: Final = 100_000


class _Fault(ValueError):
    def __init__(self, variant: str, found: str) -> None:
        super().__init__(variant)
        self.problem = Problem(ERROR, "broken_json", found=found, variant=f"json_{variant}")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        raise _Fault("key_twice", Counter(key for key, _ in pairs).most_common(1)[0][0])
    for key, value in pairs:
        if len(key) > _LONGEST_TEXT or (isinstance(value, str) and len(value) > _LONGEST_TEXT):
            raise _Fault("too_long", key)
    return tree


def _number(printed: str) -> str:
    """The number's own text: what is stored is what was printed."""
    if len(printed) > _LONGEST_NUMBER:
        raise _Fault("too_long", printed[:_LONGEST_NUMBER])
    return printed


def _check_whole(tree: Any) -> None:
    """Half a UTF-16 pair (`\\ud800` alone) is no character and cannot be stored, nor can NUL."""
    written = json.dumps(tree, ensure_ascii=False)
    if _NUL.search(written):
        raise Unreadable(Problem(ERROR, "broken_json", variant="json_half_character", found="\\u0000"))
    try:
        written.encode()
    except UnicodeEncodeError as error:
        half = f"\\u{ord(error.object[error.start]):04x}"
        raise Unreadable(Problem(ERROR, "broken_json", variant="json_half_character", found=half)) from error


def _no_constant(name: str) -> None:
    raise _Fault("not_finite", name)


def _depth(text: bytes) -> int:
    """Deepest nesting of brackets outside strings: a closing one inside a string would hide any depth."""
    deepest = depth = 0
    for sign in _STRING.sub(b"", text).translate(None, delete=bytes(set(range(256)) - set(b"[]{}"))):
        depth += 1 if sign in b"[{" else -1
        deepest = max(deepest, depth)
        if deepest > _DEEPEST:
            break
    return deepest


def read_json(content: bytes) -> Document:
    """The parsed tree; numbers stay text-exact (floats by their shortest form). Raises Unreadable."""
    utf8, problems = as_utf8(content)
    if _depth(utf8) > _DEEPEST:
        raise Unreadable(Problem(ERROR, "broken_json", variant="json_too_deep", found=str(_DEEPEST)))
    try:
        tree = json.loads(
            utf8.decode("utf-8-sig"),
            object_pairs_hook=_no_key_twice,
            parse_constant=_no_constant,
            parse_float=_number,
            parse_int=_number,
        )
    except _Fault as fault:
        raise Unreadable(fault.problem) from fault
    except json.JSONDecodeError as error:
        place = {"row": error.lineno, "column": error.colno}
        raise Unreadable(Problem(ERROR, "broken_json", variant="json_syntax", values=place)) from error
    if _HALF.search(utf8):
        _check_whole(tree)
    return Document("json", tree=tree, problems=tuple(problems))
