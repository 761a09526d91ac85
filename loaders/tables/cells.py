"""What can one cell's text be? A figure, a period or half of one, a region, a sex; its place is not asked."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Final

from indicators import NATION, Catalogue, catalogue, tidy_name
from loaders.tables.numbers import parse_duration, parse_number
from loaders.tables.periods import read_period
from loaders.tables.short_years import MONTHS, with_century
from loaders.tables.vocabulary import said

SEXES: Final = frozenset({"kvinnor", "kvinna", "män", "man", "women", "men", "female", "male", "båda könen"})
TOTALS: Final = (
    "totalt", "total", "totalsumma", "summa", "sum", "samtliga", "alla", "medel", "medelvärde", "snitt", "genomsnitt",
    "helår", "hela året", "ack", "ackumulerat", "grand total", "subtotal", "delsumma", "average", "all",
)  # fmt: skip
SIGNS: Final = {
    "-": "not_reported", "–": "not_reported", "—": "not_reported", ".": "not_applicable", "..": "confidential",
    "…": "missing", "saknas": "missing", "uppgift saknas": "missing", "n/a": "missing", "na": "missing",
    "e/t": "not_applicable", "ej tillämpligt": "not_applicable", "ej relevant": "not_applicable",
    "*": "confidential", "<5": "confidential", "<10": "confidential",
    "ej redovisat": "not_reported", "redovisas ej": "confidential", "för få svar": "confidential",
}  # fmt: skip
_SUMS: Final = ("totalt", "total", "totalsumma", "summa", "samtliga", "subtotal", "delsumma", "grand total")
_PART: Final = re.compile(rf"(?:{MONTHS})\.?|(?:kv|q|kvartal)[ .]*[1-4]|h[12]|(?:v|w|vecka)[ .]*\d\d?")
_PART_SIGNS: Final = ((r"veck|week", "v "), (r"kvartal|quarter|\bkv\b|\bq\b", "kv "), (r"halv|half", "h"))
_EMBEDDED: Final = re.compile(
    rf"(?<![\w.,])(?:(?:{MONTHS})\.?[ -](?:19|20)\d\d|(?:kv|q|kvartal)[ .]*[1-4][ -](?:19|20)\d\d"
    r"|h[12][ -](?:19|20)\d\d"
    rf"|(?:v|w|vecka)[ .]*\d\d?[ ,-]+(?:19|20)\d\d|(?:19|20)\d\d[ -]?(?:kv|q|kvartal|h|v|w|vecka)[ .]*\d\d?"
    rf"|(?:19|20)\d\d[ -](?:{MONTHS})\b|(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!-?\d)|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?!\d)"
    rf"|(?:19|20)\d\d)(?![\w-])",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    r"((?:19|20)\d\d)-(\d\d)-(\d\d)\s*(?:-|–|—|till|to|t\.o\.m\.)+\s*((?:19|20)\d\d)-(\d\d)-(\d\d)"
)
_OPEN_RANGE: Final = re.compile(
    rf"(?:{MONTHS}|\d)\.?\s*(?:-|–|—|till|to|t\.?o\.?m\.?)\s*$"
    r"|\b(?:till och med|t\.? ?o\.? ?m\.?|tom|through|up to|until|sedan|since)\s*$",
    re.IGNORECASE,
)
_WHOLE: Final = {
    ("01-01", "12-31"): "{y}",
    ("01-01", "03-31"): "{y} kv1",
    ("04-01", "06-30"): "{y} kv2",
    ("07-01", "09-30"): "{y} kv3",
    ("10-01", "12-31"): "{y} kv4",
}
_UNIT_WORDS: Final = r"(?:st|sek|sekunder|s|min|minuter|tim|h|samtal|svar|personer|procent|%)"
_NUMBER: Final = re.compile(rf"\A(?:n\s*=\s*)?([-\u2212]?[\d \u00a0\u2007\u2009\u202f.,]*\d)\s*{_UNIT_WORDS}?\.?")
_GROUPED: Final = re.compile(r"[-\u2212]?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?")
_SERIAL_YEARS: Final = range(2000, 2041)


@lru_cache(maxsize=20_000)
def is_figure(text: str) -> bool:
    """A number, a per cent, a duration or a number with its unit (`1 204 st`, `n=45`); a sign for none is none."""
    if ":" in text:
        return parse_duration(text.removesuffix(" (tt:mm)")) is not None
    match = _NUMBER.fullmatch(text.casefold())
    return match is not None and (parse_number(match[1]) is not None or _GROUPED.fullmatch(match[1]) is not None)


@lru_cache(maxsize=20_000)
def is_period(text: str) -> bool:
    return read_period(with_century(text)) is not None


def is_month_end(text: str) -> bool:
    """The last day of a month.

    >>> is_month_end("2024-02-29"), is_month_end("2023-01-30")
    (True, False)
    """
    period = read_period(text)
    return period is not None and period.kind == "day" and (period.end + timedelta(days=1)).day == 1


def is_year(text: str) -> bool:
    tidy = text.strip().removesuffix(".0")
    return tidy.isdecimal() and int(tidy) in _SERIAL_YEARS


def is_part(text: str) -> bool:
    """A month, quarter, half-year or week without its year.

    >>> is_part("sept"), is_part("Kv 1"), is_part("v. 12"), is_part("2024")
    (True, True, True, False)
    """
    return _PART.fullmatch(tidy_name(text)) is not None


def is_sex(text: str) -> bool:
    return tidy_name(text) in SEXES


def is_total(text: str, totals: Collection[str] = TOTALS) -> bool:
    """A row's or column's label that sums or averages others: `Totalt 2024`, `Samtliga deltagande regioner`.

    >>> is_total("Totalt 2024"), is_total("Samtliga deltagande regioner"), is_total("Alla regioner")
    (True, True, False)
    """
    tidy = tidy_name(text).rstrip(":")
    return tidy in totals or any(tidy.startswith((f"{word} ", f"{word},")) for word in _SUMS if word in totals)


def is_cumulative(text: str) -> bool:
    """A series that adds up the year's months so far: never the figures of a period (domain §2)."""
    return "cumulative" in said(text, catalogue()).kinds


def is_region(text: str, known: Catalogue) -> bool:
    """A region's name; a bare number is a figure, not a code."""
    return any(sign.isalpha() for sign in text) and known.region_named(text) is not None


_NATION: Final = frozenset(
    {"hela landet", "hela sverige", "nationellt", "nationell", "riket totalt", "riket (totalt)", "sweden", "nation"}
)


def region_spelt(text: str, known: Catalogue) -> str | None:
    """The code of a region under a name the catalogue does not have but that can mean no other: the nation's, or each
    word shortened with a full stop (`Jämtland Härj.`)."""
    tidy = tidy_name(text)
    if tidy in _NATION:
        return NATION
    if "." not in tidy:
        return None
    words = tidy.replace(".", " ").split()
    meant = [each.code for each in known.regions.values() if _shortens(words, tidy_name(each.short_name).split())]
    return meant[0] if len(meant) == 1 else None


def _shortens(words: list[str], own: list[str]) -> bool:
    return len(words) == len(own) and all(
        len(word) > 2 and full.startswith(word) for word, full in zip(words, own, strict=True)
    )


def joined_period(year: str, part: str, called: str = "") -> str:
    """A year and its part as one period text. `called`: the part's header, which says whether a bare 3 is a month, a
    quarter, a half-year or a week.

    >>> joined_period("2024", "3"), joined_period("2024", "kv 2"), joined_period("2024.0", "januari")
    ('2024-03', '2024 kv 2', '2024 januari')
    >>> joined_period("2024", "3", "vecka"), joined_period("2024", "3", "kvartal")
    ('2024 v 3', '2024 kv 3')
    """
    year, part = year.strip().removesuffix(".0"), part.strip().removesuffix(".0")
    if is_period(part) and not part.isdecimal():
        return part  # the part says its own year: "2024-03" beside "2024"
    if not part.isdecimal():
        return f"{year} {part}"
    sign = next((sign for pattern, sign in _PART_SIGNS if re.search(pattern, called)), "")
    return f"{year} {sign}{int(part)}" if sign else f"{year}-{int(part):02d}"


@dataclass(frozen=True)
class Embedded:
    """A period inside a longer text: the text as `read_period` knows it, and the words around it."""

    period: str
    rest: str


def period_inside(text: str) -> Embedded | None:
    """The one period a title or header names among other words; None for none or several.

    >>> found = period_inside("NKI 1177 på telefon, hösten 2023")
    >>> found.period, found.rest
    ('2023', 'NKI 1177 på telefon, hösten {period}')
    >>> period_inside("2024-01-01 – 2024-03-31").period, period_inside("2016–2023")
    ('2024 kv1', None)
    """
    if span := _RANGE.search(text):
        start, end = f"{span[2]}-{span[3]}", f"{span[5]}-{span[6]}"
        whole = _WHOLE.get((start, end)) if span[1] == span[4] else None
        months = span[2] == span[5] and span[3] == "01" and int(span[6]) >= 28 and span[1] == span[4]
        period = whole.format(y=span[1]) if whole else f"{span[1]}-{span[2]}" if months else ""
        return Embedded(period, text.replace(span[0], "{period}")) if period else None
    found = list(_EMBEDDED.finditer(text))
    if any(_OPEN_RANGE.search(text[: match.start()]) for match in found):
        return None  # "januari–maj 2024" is no month
    texts = {tidy_name(match[0]) for match in found}
    if len(texts) != 1 or read_period(found[0][0]) is None:
        return None
    return Embedded(found[0][0], text[: found[0].start()] + "{period}" + text[found[0].end() :])


def region_inside(text: str, known: Catalogue) -> str:
    """The name of the one region a title speaks of ("" for none or several)."""
    tidy = f" {tidy_name(text)} "
    codes: dict[str, tuple[int, str]] = {}
    for region in known.regions.values():
        for name in (region.name, region.short_name, *region.synonyms):
            plain = tidy_name(name)
            if plain.isdecimal() or len(plain) < 3 or not re.search(rf"(?<!\w){re.escape(plain)}s?(?!\w)", tidy):
                continue
            if len(plain) > codes.get(region.code, (0, ""))[0]:
                codes[region.code] = (len(plain), region.name)
    return next(iter(codes.values()))[1] if len(codes) == 1 else ""
