"""What does a column's header say? Period, sex, unit or a comparison, from header cells over one to three rows."""

from dataclasses import dataclass
from typing import Final

from indicators import tidy_name
from loaders.layouts.footnotes import parted
from loaders.tables.periods import read_period

SEXES: Final = frozenset({"totalt", "total", "kvinnor", "män", "women", "men", "båda könen", "kvinna", "man"})
DEFAULT_SEX: Final = "T"  # of a header that says none
_UNITS: Final = frozenset(
    {"%", "procent", "andel", "andel (%)", "andel i %", "index", "nki", "antal", "mm:ss", "percent"}
)
_NEUTRAL: Final = frozenset(
    {"värde", "utfall", "resultat", "medelvärde", "value", "period", "år", "månad", "mätperiod"}
)
_COMPARISONS: Final = ("förändring", "avvikelse", "differens", "skillnad", "diff", "rang", "change", "jämfört med")
_CODES: Final = frozenset({"länskod", "landstingskod", "regionkod", "kod", "regions-kod", "code"})
_SEX_HEADERS: Final = frozenset({"kön", "kön/totalt", "sex"})
REGION_HEADERS: Final = frozenset({"region", "regioner", "landsting", "län", "landsting/region", "område", "regions"})


@dataclass(frozen=True)
class Header:
    """`kind`: figures, code, sex, comparison or unknown. `places`: field → index of the header row it stands in.
    `mark` points at a footnote; `label` is the header as it is printed."""

    kind: str
    period: str = ""
    sex: str = DEFAULT_SEX
    unit: str = ""
    label: str = ""
    places: tuple[tuple[str, int], ...] = ()
    mark: str = ""


def contributes(text: str) -> bool:
    """Whether a header cell by itself says something of the figures below: a period or half of one, a sex, a unit."""
    plain, tidy = parted(text)[0], tidy_name(parted(text)[0])
    if tidy in SEXES or tidy in _UNITS or tidy in _NEUTRAL or tidy in _CODES or tidy in _SEX_HEADERS:
        return True
    if tidy.startswith(_COMPARISONS) or "relativ" in tidy:
        return True
    return any(read_period(each) is not None for each in (plain, f"2020 {plain}", f"{plain} 2020"))


def _period_of(texts: list[tuple[int, str]]) -> tuple[str, list[int]]:
    """The period a header's cells give, one cell alone or month and year in two, and the rows they stand in."""
    for row, text in reversed(texts):
        if read_period(text):
            halves = [(other, rest) for other, rest in reversed(texts) if other != row]
            # A bare year under or over "jan", "Kv1" or "H2" is half of a period, not a year's figure.
            for other, rest in halves:
                for joined in (f"{rest} {text}", f"{text} {rest}"):
                    if read_period(rest) is None and read_period(joined):
                        return joined, [other, row]
            return text, [row]
    return "", []


def understood(texts: list[tuple[int, str]]) -> Header:
    """What the header cells (row index, text) above one column say, read together."""
    present = [(row, text) for row, text in texts if text]
    label = " ".join(dict.fromkeys(text for _, text in present))
    mark = next((mark for _, text in present if (mark := parted(text)[1])), "")
    present = [(row, parted(text)[0]) for row, text in present]
    tidy = [(row, tidy_name(text)) for row, text in present]
    if any(text in _CODES for _, text in tidy):
        return Header("code", label=label)
    if any(text in _SEX_HEADERS for _, text in tidy):
        return Header("sex", label=label)
    if any(text.startswith(_COMPARISONS) or "relativ" in text for _, text in tidy):
        return Header("comparison", label=label)
    period, rows = _period_of(present)
    sex, unit = DEFAULT_SEX, ""
    places = [("period", rows[0])] if rows else []
    for row, text in tidy:
        if row in rows or text in _NEUTRAL or text in REGION_HEADERS or read_period(text):
            continue
        if text in SEXES:
            sex = text
            places.append(("sex", row))
        elif text in _UNITS:
            unit = text
            places.append(("unit", row))
        else:
            return Header("unknown", label=label)
    # Two different periods over one column ("2019" over "2020") would be a guess.
    others = {text for row, text in tidy if row not in rows and read_period(text)}
    if not period or others - {tidy_name(period)}:
        return Header("unknown", label=label)
    return Header("figures", period, sex, unit, label, tuple(places), mark)
