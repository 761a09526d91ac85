"""Which region, period, weekday and hour a row speaks of, or why it cannot be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from analysis.phone.week import ALL_DAYS, WHOLE_DAY
from indicators import Period
from loaders.problems import ERROR, SHOWN_PER_RULE, WARNING
from loaders.records.phone.findings import Findings
from loaders.records.phone.heads import Table
from loaders.records.phone.words import hour_of, weekday_of
from loaders.tables.addresses import cell
from loaders.tables.periods import FUTURE, not_over, read_period

_ABSENT: Final = ("", "-", "–")


@dataclass(frozen=True)
class Key:
    """What a row is about. `whole`: neither of a weekday nor of an hour, which is no part of a profile."""

    region: str
    period: Period
    weekday: int
    hour: int

    @property
    def whole(self) -> bool:
        return self.weekday == ALL_DAYS and self.hour == WHOLE_DAY


@dataclass
class Row:
    """One row's texts by role, and where its faults are told."""

    table: Table
    number: int
    texts: Mapping[str, str]
    findings: Findings
    today: date

    def key(self) -> Key | None:
        """None where any part is missing or wrong; every wrong part is told."""
        region, period, weekday, hour = self.region, self.period, self.weekday, self.hour
        if region is None or period is None or weekday is None or hour is None:
            return None
        return Key(region, period, weekday, hour)

    @cached_property
    def region(self) -> str | None:
        known = self.findings.known
        asked = {role: self.texts[role] for role in ("region", "region_code") if self.texts[role] not in _ABSENT}
        found = {role: known.region_named(text) for role, text in asked.items()}
        if unknown := next((role for role, region in found.items() if region is None), None):
            near = self._near(asked[unknown])
            self._wrong("unknown_region", unknown, variant="unknown_region_near" if near else "", near=near)
            return None
        codes = {region.code for region in found.values() if region}
        if len(codes) != 1:
            self._wrong("region_disagrees" if codes else "no_region", "region")
            return None
        return codes.pop()

    def _near(self, printed: str) -> str:
        """The known name most like a misspelt one; looked for only while it is told, for it takes a millisecond."""
        told = self.findings.counted["unknown_region"] < SHOWN_PER_RULE
        named = told and any(sign.isalpha() for sign in printed)
        return (self.findings.known.nearest_region(printed) or "") if named else ""

    @cached_property
    def period(self) -> Period | None:
        printed = self.texts["period"]
        period = read_period(printed)
        if period is None:
            self._wrong("no_period" if printed in _ABSENT else "unreadable_period", "period")
            return None
        fault = not_over(period.start, period.end, self.today)
        if fault == FUTURE:
            self._wrong(FUTURE, "period")
            return None
        if fault and not self.findings.counted[fault]:  # one for the file: every row has it
            self._wrong(fault, "period", severity=WARNING)
        return period

    @cached_property
    def weekday(self) -> int | None:
        if "weekday" not in self.table.columns:
            return ALL_DAYS
        printed = self.texts["weekday"]
        found = weekday_of(printed)
        if found is None:
            self._wrong("unknown_weekday" if printed else "no_weekday", "weekday")
        return found

    @cached_property
    def hour(self) -> int | None:
        if "hour" not in self.table.columns:
            return WHOLE_DAY
        printed = self.texts["hour"]
        found, fault = hour_of(printed)
        if fault:
            self._wrong(fault if printed else "no_hour", "hour")
        return found

    def _wrong(self, rule: str, role: str, *, variant: str = "", severity: str = ERROR, **values: str) -> None:
        """Tells the fault of the role's cell."""
        column = self.table.columns.get(role)
        place = cell(self.number, column) if column else ""
        self.findings.say(
            rule, self.table.sheet.name, place, self.texts[role], variant=variant, severity=severity, **values
        )
