"""figures_1177.csv: which scattered figures can go into the store, as what, and why the others stay out.

A row is kept when its period is dated, its number is a number (no bound, no "about"), and it measures exactly what an
indicator of the catalogue measures.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indicators import parse_period

FIGURES: Final = "figures_1177.csv"

# The reference's key → the catalogue's id. A key that is missing here has no indicator.
INDICATORS: Final = {
    "nki_telefon": "nki_phone",
    "nki_telefon_vantetid": "nki_phone_waiting",
    "nki_telefon_bemotande": "nki_phone_treatment",
    "nki_telefon_trovardighet": "nki_phone_credibility",
    "nki_telefon_tid": "nki_phone_time",
    "nki_etjanster": "nki_eservices",
    "nki_webb": "nki_web",
    "samtal_inkomna": "calls_offered",
    "samtal_besvarade": "calls_answered",
    "andel_besvarade": "calls_share_answered",
    "medelvantetid": "calls_mean_wait",
    "inloggningar": "logins",
    "andel_konto": "accounts_share",
    "besok_1177se": "web_visits",
    "kannedom_telefon": "awareness_1177_phone",
    "kannedom_webb": "awareness_1177_web",
}
# Brand surveys in web panels ask other people another question than the barometer does.
OTHER_SURVEY: Final = ("varumarke_fortroende", "varumarke_kannedom")
ABOUT: Final = re.compile(
    r"\b(ca|cirka|nära|drygt|över|nästan|knappa|knappt|oklart|avrundat|större än|intervall|normalt)\b", re.IGNORECASE
)
ANSWERS: Final = re.compile(r"(\d{1,3}(?: \d{3})*) svar\b")
SECONDS_A_MINUTE: Final = 60


@dataclass(frozen=True)
class Figure:
    """One kept figure, as the row of our own template. `value` is in the indicator's unit."""

    indicator: str
    region: str
    period: str
    value: float
    base_n: int | None
    source: str
    comment: str


@dataclass(frozen=True)
class LeftOut:
    """A row that stays out of the store, and why."""

    row: dict[str, str]
    reason: str


def why_left_out(row: dict[str, str]) -> str | None:
    """The reason a row cannot be stored, or None. The first that holds is given."""
    key, printed = row["indicator_key"], row["indicator_text_sv"]
    if key == "fortroende_1177_telefon":
        return "comes from the SKR layout (fortroende_1177_telefon_2017_skr.csv)"
    if key == "nki_telefon_antal_svar":
        return "not a figure of its own: stands as the number of answers (Antal svar) of the NKI 2020"
    if key in OTHER_SURVEY:
        return "brand survey in a web panel: another survey, no indicator in the catalogue"
    if key not in INDICATORS:
        return "no indicator in the catalogue"
    if parse_period(row["period"]) is None:
        return "no dated period"
    if ABOUT.search(printed) or ABOUT.search(row["unit"]):
        return "a bound, an interval or an approximate number in the source"
    if key == "nki_telefon_bemotande" and " och " in printed:
        return "a combined sub-index: neither treatment nor communication alone"
    if key == "samtal_besvarade" and "handlagda" in printed.casefold():
        return "calls handled (handlagda), which is another count than calls answered"
    return None


def in_unit(row: dict[str, str]) -> float:
    """The value in the indicator's unit: minutes and mm:ss become seconds, everything else stays as printed."""
    if row["unit"] == "mm:ss":
        minutes, seconds = row["value"].split(":")
        return float(int(minutes) * SECONDS_A_MINUTE + int(seconds))
    if row["unit"] == "minuter":
        return float(row["value"]) * SECONDS_A_MINUTE
    return float(row["value"])


def without_person(title: str) -> str:
    """A source's title without the name of the person behind it; the date stays.

    >>> without_person("Vårdens e-tjänster allt mer populära (Förnamn Efternamn 2018-01-29)")
    'Vårdens e-tjänster allt mer populära (2018-01-29)'
    """
    return re.sub(r"\([A-ZÅÄÖ][a-zåäö]+ [A-ZÅÄÖ][a-zåäö]+ (\d{4}-\d\d-\d\d)\)", r"(\1)", title)


def as_figure(row: dict[str, str]) -> Figure:
    printed, title = row["indicator_text_sv"], without_person(row["source_title"])
    answers = ANSWERS.search(printed)
    converted = f", tryckt {row['value']} {row['unit']}" if row["unit"] in ("mm:ss", "minuter") else ""
    return Figure(
        indicator=INDICATORS[row["indicator_key"]],
        region=row["region"],
        period=row["period"],
        value=in_unit(row),
        base_n=int(answers[1].replace(" ", "")) if answers else None,
        source=f"{title} {row['source_url']}",
        comment=f"Som i källan: {printed}{converted}",
    )


def read_figures(reference: Path) -> tuple[list[Figure], list[LeftOut]]:
    """The kept figures and the left-out rows, both in the reference's order."""
    kept: list[Figure] = []
    left_out: list[LeftOut] = []
    with (reference / FIGURES).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            reason = why_left_out(row)
            if reason is None:
                kept.append(as_figure(row))
            else:
                left_out.append(LeftOut(row, reason))
    return kept, left_out
