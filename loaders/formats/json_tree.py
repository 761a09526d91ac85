"""json → a tree, read strictly: no key twice, no NaN, no deeper than any publisher's answer."""

import json
from typing import Any, Final

from loaders.formats.document import Document, Unreadable
from loaders.formats.encoding import as_utf8
from loaders.problems import ERROR, Problem

_DEEPEST: Final = 20  # Kolada's answers are 5 deep


class _Fault(ValueError):
    def __init__(self, variant: str, found: str) -> None:
        super().__init__(variant)
        self.problem = Problem(ERROR, "broken_json", found=found, variant=f"json_{variant}")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _Fault("key_twice", next(key for key in keys if keys.count(key) > 1))
    return tree


def _no_constant(name: str) -> None:
    raise _Fault("not_finite", name)


def _depth(text: bytes) -> int:
    """Deepest nesting of brackets; those inside strings count too, which only makes the limit stricter."""
    deepest = depth = 0
    for sign in text.translate(None, delete=bytes(set(range(256)) - set(b"[]{}"))):
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
            parse_float=str,
            parse_int=str,
        )
    except _Fault as fault:
        raise Unreadable(fault.problem) from fault
    except json.JSONDecodeError as error:
        place = f"rad {error.lineno}, tecken {error.colno}"
        raise Unreadable(Problem(ERROR, "broken_json", found=place, variant="json_syntax")) from error
    return Document("json", tree=tree, problems=tuple(problems))
