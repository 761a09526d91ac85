"""SYNTHETIC example data for what no open source has: monthly calls, waits and logins, yearly accounts.

Made up, seeded, and said to be so in every row. The shape is plausible (seasons, more calls than nurses in the
pandemic, accounts growing towards nearly everyone), the numbers mean nothing.
"""

import csv
import io
import random
from collections.abc import Iterator
from typing import Final

from indicators import Region, catalogue
from indicators.template import TEMPLATE_COLUMNS

SEED: Final = 1177
SOURCE: Final = "SYNTETISKA EXEMPELDATA, genererade av projektet (frö 1177)"
YEARS: Final = range(2018, 2024)
CALLS_FILE: Final = "syntetisk_1177_samtal_2018_2023.csv"
USE_FILE: Final = "syntetisk_1177_inloggningar_konton_2018_2023.csv"

CALLS_PER_PERSON: Final = 0.041  # a month: about five million calls a year in a nation of ten million
SEASON: Final = (1.10, 1.06, 1.04, 0.97, 0.96, 0.98, 1.05, 1.00, 0.95, 0.97, 0.97, 1.00)  # January first
PANDEMIC_CALLS: Final = {
    "2020-02": 1.10, "2020-03": 1.75, "2020-04": 1.35, "2020-05": 1.20, "2020-06": 1.40, "2020-07": 1.25,
    "2020-08": 1.30, "2020-09": 1.40, "2020-10": 1.45, "2020-11": 1.60, "2020-12": 1.50, "2021-01": 1.40,
    "2021-02": 1.30, "2021-03": 1.35, "2021-04": 1.35, "2021-05": 1.25, "2021-08": 1.20, "2021-09": 1.25,
    "2021-10": 1.15, "2021-11": 1.20, "2021-12": 1.40, "2022-01": 1.55, "2022-02": 1.15,
}  # fmt: skip
LOGINS_PER_PERSON: Final = {2018: 0.42, 2019: 0.52, 2020: 0.85, 2021: 1.75, 2022: 1.60, 2023: 1.45}  # a month
PANDEMIC_LOGINS: Final = {"2020-03": 1.15, "2020-06": 1.20, "2021-06": 1.30, "2021-12": 1.25, "2022-01": 1.50}
ACCOUNTS: Final = {2018: 0.53, 2019: 0.61, 2020: 0.72, 2021: 0.86, 2022: 0.89, 2023: 0.91}

Row = dict[str, str | int | float]


def months() -> Iterator[str]:
    return (f"{year}-{month:02d}" for year in YEARS for month in range(1, 13))


def people(region: Region, year: int) -> int:
    counted = region.population_at(year)
    if counted is None:
        raise ValueError(f"no population for {region.name} in {year}")
    return counted


def row(indicator: str, region: Region, period: str, value: float, **more: int) -> Row:
    return {"indicator": indicator, "region": region.name, "period": period, "sex": "T", "value": value, **more}


def call_rows(dice: random.Random) -> Iterator[Row]:
    """Per region and month: offered, answered, share answered (with its counts) and mean wait in seconds."""
    for region in six_regions():
        demand, staff = dice.uniform(0.9, 1.1), dice.uniform(0.86, 0.96)
        for period in months():
            year, month = int(period[:4]), int(period[5:])
            pressure = SEASON[month - 1] * PANDEMIC_CALLS.get(period, 1.0) * dice.uniform(0.96, 1.04)
            offered = round(people(region, year) * CALLS_PER_PERSON * demand * pressure)
            # Nurses are about as many as an ordinary month needs: the more calls above that, the more give up.
            share = min(0.98, max(0.45, staff - 0.55 * (pressure - 1.0) + dice.uniform(-0.015, 0.015)))
            answered = round(offered * share)
            wait = round(150 + 5200 * (1 - answered / offered) ** 1.5 + dice.uniform(-20, 20))
            yield row("calls_offered", region, period, offered)
            yield row("calls_answered", region, period, answered)
            printed_share = round(100 * answered / offered, 1)
            yield row("calls_share_answered", region, period, printed_share, numerator=answered, denominator=offered)
            yield row("calls_mean_wait", region, period, wait)


def use_rows(dice: random.Random) -> Iterator[Row]:
    """Per region: logins a month, and the share with an account on 31 December of each year."""
    for region in six_regions():
        habit = dice.uniform(0.85, 1.15)
        for period in months():
            year = int(period[:4])
            summer = 0.8 if period.endswith("-07") else 1.0
            often = LOGINS_PER_PERSON[year] * habit * summer * PANDEMIC_LOGINS.get(period, 1.0)
            yield row("logins", region, period, round(people(region, year) * often * dice.uniform(0.95, 1.05)))
        for year in YEARS:
            everyone = people(region, year)
            accounts = round(everyone * min(0.95, ACCOUNTS[year] * dice.uniform(0.95, 1.03)))
            share = round(100 * accounts / everyone)
            yield row("accounts_share", region, str(year), share, numerator=accounts, denominator=everyone)


def six_regions() -> tuple[Region, ...]:
    known = catalogue()
    return tuple(known.regions[code] for code in known.default_group.regions)


def template_csv(rows: Iterator[Row]) -> bytes:
    """Our own template as CSV: BOM, CRLF, `;`, decimal comma; every row names itself synthetic."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.header for column in TEMPLATE_COLUMNS])
    for made_up in rows:
        cells = {**made_up, "source": SOURCE}
        writer.writerow(
            [
                str(cells.get(column.field, "")).replace(".", ",")
                if column.field == "value"
                else cells.get(column.field, "")
                for column in TEMPLATE_COLUMNS
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def synthetic_files() -> dict[str, bytes]:
    """The two synthetic files by name; each has its own dice, so that one can change without the other."""
    return {
        CALLS_FILE: template_csv(call_rows(random.Random(SEED))),
        USE_FILE: template_csv(use_rows(random.Random(SEED))),
    }
