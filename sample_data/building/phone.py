"""SYNTHETIC example data about calls to 1177 by phone beyond the monthly counts: what was abandoned and handled, median
waits and the three service levels month by month, and one month by weekday and hour.

Made up, seeded, and built on the same made-up months as the counts (sample_data/building/synthetic.py), so that all of
it hangs together: nothing is abandoned that was not offered, and each level is its counts' quotient.
"""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from indicators import Region
from sample_data.building.synthetic import SEED, SOURCE, Row, call_rows, row, six_regions, template_csv

LEVELS_FILE: Final = "syntetisk_1177_servicenivaer_2018_2023.csv"
PROFILE_FILE: Final = "syntetisk_1177_samtal_veckodag_timme.csv"
PROFILE_PERIOD: Final = "2023-10"
TARGET: Final = "Svarsmål 9 minuter"
WEEKDAYS: Final = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
DAY_WEIGHTS: Final = (1.22, 1.06, 1.02, 1.00, 1.04, 0.86, 0.88)
HOUR_WEIGHTS: Final = (
    0.9, 0.7, 0.6, 0.5, 0.5, 0.6, 1.0, 2.6, 5.6, 6.2, 5.9, 5.2, 4.8, 4.9, 4.9, 5.2, 5.9, 6.1, 5.9, 5.6, 4.8, 3.6, 2.3,
    1.4,
)  # fmt: skip
PROFILE_HEADER: Final = (
    "Region",
    "Period",
    "Veckodag",
    "Timme",
    "Inkomna samtal",
    "Besvarade samtal",
    "Tappade samtal",
    "Andel besvarade samtal",
    "Medelväntetid på telefon",
    "Källa",
)


@dataclass(frozen=True)
class Month:
    """What the counts' file says of a region's month: calls, and the mean wait in seconds."""

    region: Region
    period: str
    offered: int
    answered: int
    wait: int


def made_up_months() -> list[Month]:
    """The months of the counts' file, as its own dice give them."""
    rows = list(call_rows(random.Random(SEED)))
    regions = {region.name: region for region in six_regions()}
    months = []
    for offered, answered, wait in zip(rows[::4], rows[1::4], rows[3::4], strict=True):
        numbers = (int(each["value"]) for each in (offered, answered, wait))
        months.append(Month(regions[str(offered["region"])], str(offered["period"]), *numbers))
    return months


def level_rows(months: Sequence[Month], dice: random.Random) -> Iterator[Row]:
    """Per region and month: abandoned, handled, median wait in seconds, and the three levels with their counts."""
    for month in months:
        region, period, offered, answered = month.region, month.period, month.offered, month.answered
        # A few calls are neither answered nor given up: refused, or moved to another queue.
        abandoned = round((offered - answered) * dice.uniform(0.93, 1.0))
        in_time = round(answered * min(0.97, max(0.05, 1.02 - month.wait / 1500 + dice.uniform(-0.03, 0.03))))
        gave_up_in_time = round(abandoned * dice.uniform(0.35, 0.5))
        yield row("calls_abandoned", region, period, abandoned)
        yield row("calls_handled", region, period, round(answered * dice.uniform(0.95, 0.99)))
        yield row("calls_median_wait", region, period, round(month.wait * dice.uniform(0.6, 0.75)))
        parts = (
            ("calls_within_target_of_offered", in_time, offered),
            ("calls_within_target_or_abandoned_of_offered", in_time + gave_up_in_time, offered),
            ("calls_within_target_of_answered", in_time, answered),
        )
        for indicator, part, whole in parts:
            share = round(100 * part / whole, 1)
            yield {**row(indicator, region, period, share, numerator=part, denominator=whole), "comment": TARGET}


def profile_rows(months: Sequence[Month], dice: random.Random) -> Iterator[list[str | int]]:
    """Per region, weekday and hour of one month: its calls divided over the week so that they add up to the month's."""
    for month in months:
        if month.period != PROFILE_PERIOD:
            continue
        weights = [day * hour * dice.uniform(0.9, 1.1) for day in DAY_WEIGHTS for hour in HOUR_WEIGHTS]
        offered = divided(month.offered, weights)
        # Where most ring, most give up: the pressure on a cell is its calls against the mean cell's.
        lost = divided(month.offered - month.answered, [weight**1.5 for weight in weights])
        lost = [min(part, calls) for part, calls in zip(lost, offered, strict=True)]
        for place, (calls, gone) in enumerate(zip(offered, lost, strict=True)):
            day, hour = divmod(place, 24)
            share = f"{100 * (calls - gone) / calls:.1f}".replace(".", ",") if calls else ""
            pressure = (gone / calls) / (1 - month.answered / month.offered) if calls else 0
            seconds = round(month.wait * (0.4 + 0.6 * pressure))
            yield [
                month.region.name,
                month.period,
                WEEKDAYS[day],
                f"{hour:02d}–{(hour + 1) % 24:02d}",
                calls,
                calls - gone,
                round(gone * 0.97),
                share,
                f"{seconds // 60}:{seconds % 60:02d}",
                SOURCE,
            ]


def divided(total: int, weights: Sequence[float]) -> list[int]:
    """A whole number divided by weights into whole parts that add up to it (largest remainders first)."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: parts[place] - exact[place])
    for place in by_rest[: total - sum(parts)]:
        parts[place] += 1
    return parts


def profile_csv(rows: Iterator[list[str | int]]) -> bytes:
    """The long table by weekday and hour: BOM, CRLF, `;`, decimal comma, m:ss; every row names itself synthetic."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(PROFILE_HEADER)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def phone_files() -> dict[str, bytes]:
    """The two files by name."""
    months = made_up_months()
    return {
        LEVELS_FILE: template_csv(level_rows(months, random.Random(SEED))),
        PROFILE_FILE: profile_csv(profile_rows(months, random.Random(SEED))),
    }
