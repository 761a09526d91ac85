"""Which cells are asked for: codes and the expressions of PxWebApi 2 (`*`, `?`, TOP, BOTTOM, RANGE, FROM, TO)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Final

from locales.refused import RefusedFor

MOST_CELLS: Final = 150_000
TIME: Final = "Tid"
Codes = Mapping[str, Sequence[str]]
"""Variable → its codes, in order."""
_CALL: Final = re.compile(r"(?i)(top|bottom|range|from|to)\((.*)\)")
_NAMED: Final = re.compile(r"(?i)(valuecodes|codelist)\[(\w+)\]")
_APART: Final = re.compile(r",(?![^(\[]*[)\]])")


class SelectionRefused(RefusedFor):
    """A variable, code or form that the table does not have, or too many cells. `status`: what it is answered with."""

    texts: ClassVar[str] = "open_api.px"
    wrong_usage = True

    def __init__(self, reason: str, /, *, status: int = 400, **values: object) -> None:
        super().__init__(reason, **values)
        self.status = status


def of_query(given: Iterable[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, str], dict[str, str]]:
    """The selection of a GET (`valueCodes[Tid]=2024,TOP(3)`), its code lists, and the parameters that are neither.

    >>> of_query([("valuecodes[Tid]", "2024,[RANGE(2019,2020)]"), ("lang", "sv")])
    ({'Tid': ['2024', 'RANGE(2019,2020)']}, {}, {'lang': 'sv'})
    """
    selection: dict[str, list[str]] = {}
    lists: dict[str, str] = {}
    others: dict[str, str] = {}
    for name, value in given:
        if not (named := _NAMED.fullmatch(name)):
            others[name.casefold()] = value
        elif named[1].casefold() == "codelist":
            lists[named[2]] = value
        else:
            selection[named[2]] = [part.strip().strip("[]") for part in _APART.split(value)]
    return selection, lists, others


def of_body(body: object) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The selection of a POST: `{"selection": [{"variableCode": …, "valueCodes": […], "codelist": …}]}`.
    SelectionRefused for a body of another shape."""
    parts = body.get("selection") if isinstance(body, dict) else None
    if not isinstance(parts, list):
        raise SelectionRefused("no_selection")
    selection: dict[str, list[str]] = {}
    lists: dict[str, str] = {}
    for part in parts:
        code, values = (
            (part.get("variableCode"), part.get("valueCodes", [])) if isinstance(part, dict) else (None, None)
        )
        if not isinstance(code, str) or not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise SelectionRefused("no_selection")
        selection[code] = values
        if isinstance(chosen := part.get("codelist", part.get("codeList")), str):
            lists[code] = chosen
    return selection, lists


def selected(known: Codes, selection: Codes, default: Codes, within: Codes) -> dict[str, list[str]]:
    """The codes of every variable: those asked for, in the table's order; where nothing is said of any variable, the
    table's own choice (`default`), else all, and of what can be left out (a single default code) that. `within`: what a
    code list leaves of a variable. SelectionRefused for what the table does not have, or too many cells."""
    if unknown := next((name for name in selection if name not in known), None):
        raise SelectionRefused("no_variable", found=unknown, known=", ".join(known))
    asked = {name: codes for name, codes in selection.items() if codes}
    found = {}
    for name, codes in known.items():
        allowed = within.get(name, codes)
        if name in asked:
            wanted = {code for one in asked[name] for code in _meant(name, one, allowed)}
            found[name] = [code for code in codes if code in wanted]
        elif asked:
            found[name] = list(allowed) if name in within or len(default[name]) != 1 else list(default[name])
        else:
            found[name] = list(default[name])
    cells = 1
    for codes in found.values():
        cells *= len(codes)
    if cells > MOST_CELLS:
        raise SelectionRefused("too_many", status=403, count=cells, most=MOST_CELLS)
    return found


def _meant(variable: str, asked: str, codes: Sequence[str]) -> Sequence[str]:
    """The codes that one text means."""
    if asked in codes:
        return [asked]
    found = _called(asked, codes, time=variable == TIME) if _CALL.fullmatch(asked) else _like(asked, codes)
    if not found:
        raise SelectionRefused("no_code", found=asked, variable=variable)
    return found


def _like(pattern: str, codes: Sequence[str]) -> Sequence[str]:
    parts = (".*" if sign == "*" else "." if sign == "?" else re.escape(sign) for sign in pattern)
    wanted = re.compile("".join(parts))
    return [code for code in codes if wanted.fullmatch(code)]


def _called(asked: str, codes: Sequence[str], *, time: bool = False) -> Sequence[str]:
    """What TOP(3), BOTTOM(3), RANGE(a,b), FROM(a) and TO(a) mean; nothing where the words in brackets mean nothing. The
    top of time is the latest, of all else the first.

    >>> [_called(one, ["a", "b", "c"]) for one in ("TOP(2)", "top(1,1)", "BOTTOM(1)", "RANGE(a,b)", "FROM(b)", "TO(x)")]
    [['a', 'b'], ['b'], ['c'], ['a', 'b'], ['b', 'c'], []]
    >>> _called("TOP(2)", ["2023", "2024", "2025"], time=True)
    ['2025', '2024']
    """
    name, inside = _CALL.fullmatch(asked).groups()  # type: ignore[union-attr]
    kind, given = name.casefold(), [part.strip() for part in inside.split(",")]
    if kind in ("top", "bottom"):
        if len(given) > 2 or not all(one.isdecimal() for one in given):
            return []
        count, skipped = int(given[0]), int(given[1]) if len(given) == 2 else 0
        from_top = list(codes) if (kind == "top") is not time else list(reversed(codes))
        return from_top[skipped : skipped + count]
    if not set(given) <= set(codes) or len(given) != (2 if kind == "range" else 1):
        return []
    places = [codes.index(one) for one in given]
    first, last = {"range": places, "from": [*places, len(codes) - 1], "to": [0, *places]}[kind]
    return list(codes[first : last + 1])
