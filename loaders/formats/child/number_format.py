"""A number and its format code → the text a person sees in the cell.

A format that only rounds, groups or colours leaves the number as it is stored, with all its digits. One that adds
words, hides the number or makes it another is followed: `2.5 min`, `<10`, nothing at all. Where the number that is
shown is another than the stored one, both are told with `≠` between them, and no reader takes that for a number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from .cell_text import number_text

HIDDEN: Final = "masked"  # a format that shows nothing
SHORTENED: Final = "shortened"  # a power of ten for digits, or a dash for nought: the number stored is read
PALE: Final = "pale"
DIFFERS: Final = "≠"

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*(?P<fill>.)|\[(?P<bracket>[^\[\]]*)\]|(?P<general>General|Standard)'
    r"|(?P<digit>[0#?])|(?P<exponent>E[+-])|(?P<clock>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:[.,]\d+)?)")
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
_LONGEST: Final = 1_000  # signs of a format code; Excel takes 255
_DASHES: Final = ("-", "–", "−")
_BLANKS: Final = " \u00a0\u202f\u2009'"


@dataclass(frozen=True)
class Section:
    """One of a format's parts. `tokens`: (kind, text); kinds are those of _TOKEN, `text` for what is shown as it is and
    `elapsed` for a time that does not begin again at 24 hours."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None
    pale: bool

    def of(self, *kinds: str) -> list[str]:
        return [text for kind, text in self.tokens if kind in kinds]

    @property
    def literal(self) -> str:
        """Its words alone, without a time's colons."""
        return "".join(self.of("text")).strip(" :")

    @property
    def is_date(self) -> bool:
        return bool(self.of("date", "elapsed"))


def _section(tokens: Sequence[re.Match[str]]) -> Section:
    made: list[tuple[str, str]] = []
    condition, pale = None, False
    numeric = any(token.lastgroup in ("digit", "general") for token in tokens)
    dated = any(token.lastgroup == "date" for token in tokens)
    for token in tokens:
        kind, text = token.lastgroup or "", token[token.lastgroup] if token.lastgroup else ""
        if kind == "bracket":
            if found := _CONDITION.fullmatch(text):
                condition = (found[1], float(found[2].replace(",", ".")))
            elif _ELAPSED.fullmatch(text):
                made.append(("elapsed", text.lower()))
            elif text.startswith("$"):
                made.append(("text", text[1:].partition("-")[0]))
            pale = pale or text.lower() in ("white", "vit", "color2", "color 2")
        elif kind in ("quoted", "escaped", "fill"):
            made.append(("text", text))
        elif not kind:
            made.append(("text", " "))  # as broad as a sign, to stand under another
        elif kind == "sign":
            made.append(("sign" if text in ".,%/@" else "text", text))
        else:
            made.append((kind, text.lower() if kind == "date" else text))
    return Section(tuple(_with_fractions(made) if dated and numeric else made), condition, pale)


def _with_fractions(made: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """`ss.000`: the digits after a time are parts of its seconds, and no number."""
    return [each for each in made if not (each[0] == "digit" or each == ("sign", "."))]


@lru_cache(maxsize=4_096)
def sections(code: str) -> tuple[Section, ...]:
    """A format's parts, parted by `;` outside of quotes."""
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code[:_LONGEST] if code.strip() else "General"):
        if token["sign"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_section(part) for part in parts)


def _holds(condition: tuple[str, float], number: float) -> bool:
    sign, limit = condition
    return {
        "<": number < limit,
        ">": number > limit,
        "=": number == limit,
        "<=": number <= limit,
        ">=": number >= limit,
        "<>": number != limit,
    }[sign]


def _chosen(parts: tuple[Section, ...], number: float) -> tuple[Section | None, bool]:
    """(the part that shows this number, whether its minus sign is shown by itself)."""
    if len(parts) > 3 or (len(parts) > 1 and parts[-1].of("sign") == ["@"]):
        parts = parts[: min(3, len(parts) - 1)]
    if any(part.condition for part in parts):
        for place, part in enumerate(parts):
            usual = (">", 0.0) if place == 0 else ("<", 0.0) if place == 1 and len(parts) > 2 else ("<>", float("nan"))
            if _holds(part.condition or usual, number):
                return part, True
        return None, True
    if number < 0 and len(parts) > 1:
        return parts[1], False
    return (parts[2] if number == 0 and len(parts) > 2 else parts[0]), True


def chosen(code: str, number: float) -> Section | None:
    """The part of a format that shows this number."""
    return _chosen(sections(code), number)[0]


@lru_cache(maxsize=4_096)
def is_plain(code: str) -> bool:
    """Whether a format leaves every number of at least nought as it is stored: most cells of a sheet have such a one.

    >>> [is_plain(code) for code in ("0.0", "#,##0", "0%", "0,", '0" st"', "0;-0", "00")]
    [True, True, False, False, False, False, False]
    """
    parts = sections(code)
    return (
        len(parts) == 1
        and not parts[0].is_date
        and all(shown_number(code, each) == (each, frozenset()) for each in ("0", "7", "1234567", "0.5", "123456.75"))
    )


def shown_number(code: str, stored: str) -> tuple[str, frozenset[str]]:
    """(the text seen, what is to be told of it) of a number that is no date.

    >>> [shown_number(code, "2.5")[0] for code in ("0", '0.0" min"', '"<"0', "0%", '"-"', "0,")]
    ['2.5', '2.5 min', '<2.5', '250 %', '-', '0.0025 ≠ 2.5']
    >>> shown_number('[<10]"<10";0', "7")[0], shown_number('[<10]"<10";0', "12")[0], shown_number("0;0", "-3")[0]
    ('<10', '12', '3 ≠ -3')
    """
    number = float(stored)
    part, signed = _chosen(sections(code), number)
    plain = number_text(number)
    if part is None:
        return f"#### {DIFFERS} {plain}", frozenset()
    notes = {PALE} if part.pale else set()
    if _shows_no_digit(part, number):
        text = "".join(part.of("text") if part.of("digit") else part.of("text", "sign")).strip()
        if number == 0 and text in _DASHES:
            return "0", frozenset(notes | {SHORTENED})
        return text, frozenset(notes if text else {HIDDEN})
    text, shortened = _figure(part, plain, signed)
    return text, frozenset(notes | shortened)


def _shows_no_digit(part: Section, number: float) -> bool:
    """Words alone, or places (`#`, `?`) that stay blank for nought."""
    if part.of("general") or "@" in part.of("sign"):
        return False
    digits = part.of("digit")
    blank = bool(digits) and "0" not in digits and not part.of("exponent") and "/" not in part.of("sign")
    return not digits or (blank and number == 0)


def _figure(part: Section, plain: str, signed: bool) -> tuple[str, set[str]]:
    kinds = [kind for kind, _ in part.tokens]
    ends = [place for place, kind in enumerate(kinds) if kind in ("digit", "general")] or [
        part.tokens.index(("sign", "@"))
    ]
    first, last = ends[0], ends[-1]
    before = "".join(text for kind, text in part.tokens[:first] if kind == "text").strip()
    after = "".join(text for kind, text in part.tokens[last + 1 :] if kind == "text").rstrip()
    between = [text for kind, text in part.tokens[first:last] if kind == "text" and text.strip(_BLANKS)]
    shares = part.of("sign").count("%")
    value = Decimal(plain) * 100**shares
    notes: set[str] = set()
    if "/" in part.of("sign"):
        return _fraction(part, plain), notes
    if between:
        return _laid_out(part, plain), notes
    text = number_text(float(abs(value)))
    if "exponent" in kinds:
        decimals = sum(kind == "digit" for kind in kinds[_point(part, first) : kinds.index("exponent")])
        notes |= {SHORTENED} if Decimal(f"{value:.{decimals}E}") != value else set()
    elif scale := _scale(part, first, last):
        text = f"{number_text(float(abs(value) / 1000**scale))} {DIFFERS} {number_text(float(abs(value)))}"
    else:
        text = _padded(part, text)
    minus = "-" if value < 0 and signed else ""
    if value < 0 and not signed and not before.endswith(("-", "−", "(")):
        return f"{before}{text}{_spaced(after)} {DIFFERS} {plain}", notes
    percent = " %" if shares and "%" not in after else ""
    return f"{minus}{before}{text}{percent}{_spaced(after)}".strip(), notes


def _spaced(after: str) -> str:
    """What stands behind a number, with one blank before a word: `2.5 min`."""
    word = after.strip()
    return f" {word}" if after.startswith(tuple(_BLANKS)) or word[:1].isalpha() else word


def _point(part: Section, first: int) -> int:
    """The place of the decimal sign among the tokens, or after the last."""
    found = [place for place, token in enumerate(part.tokens) if place >= first and token == ("sign", ".")]
    return found[0] if found else len(part.tokens)


def _scale(part: Section, first: int, last: int) -> int:
    """How many times a thousand the number is divided by: commas right after its last whole digit, or its last."""
    whole = [place for place in range(first, _point(part, first)) if part.tokens[place][0] == "digit"]
    count = 0
    for place in {last, *whole[-1:]}:
        after = part.tokens[place + 1 :]
        count += next((at for at, token in enumerate(after) if token != ("sign", ",")), len(after))
    return count


def _padded(part: Section, text: str) -> str:
    """A whole number with the zeros before it that its format asks for: a region's code `01`."""
    digits = part.of("digit")
    least = digits.count("0")
    whole = least == len(digits) and "." not in part.of("sign") and "," not in part.of("sign")
    return text.zfill(least) if whole and text.isdigit() else text


def _laid_out(part: Section, plain: str) -> str:
    """Digits put between words, from the last: `2020-01` for 202001 as `0000"-"00`."""
    digits = list(plain.lstrip("-").partition(".")[0])
    made: list[str] = []
    for kind, text in reversed(part.tokens):
        if kind == "digit":
            made.append(digits.pop() if digits else "0" if text == "0" else "")
        elif kind == "text":
            made.append(text)
    told = "".join(digits) + "".join(reversed(made))
    return f"-{told}" if plain.startswith("-") else told


def _fraction(part: Section, plain: str) -> str:
    _, _, below = "".join(text for kind, text in part.tokens if kind in ("digit", "sign")).rpartition("/")
    near = Fraction(plain).limit_denominator(10 ** max(len(below), 1) - 1)
    return f"{near.numerator}/{near.denominator}"


def shown_text(code: str, text: str) -> tuple[str, frozenset[str]]:
    """The same of a text: the fourth part of a format, or the one with `@`.

    >>> shown_text('@" tusen"', "512")[0], shown_text("0.0", "Skåne")[0], shown_text(";;;", "Skåne")[1]
    ('512 tusen', 'Skåne', frozenset({'masked'}))
    """
    parts = sections(code)
    part = parts[3] if len(parts) > 3 else parts[-1] if "@" in parts[-1].of("sign") else None
    if part is None:
        return text, frozenset()
    told = "".join(text if each == ("sign", "@") else each[1] for each in part.tokens if each[0] in ("text", "sign"))
    return (told, frozenset({PALE} if part.pale else ())) if told.strip() else ("", frozenset({HIDDEN}))
