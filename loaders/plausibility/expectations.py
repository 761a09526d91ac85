"""What `expectations.toml` says, read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from indicators import Indicator

_FILE = Path(__file__).with_suffix(".toml")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Pair(_Part):
    """Two indicators whose gap is steady."""

    indicators: tuple[str, str]


class Nation(_Part):
    """Points by survey."""

    tolerance: dict[str, Annotated[float, Field(gt=0)]]


class Expectations(_Part):
    """The whole file."""

    nation: Nation
    pair: tuple[Pair, ...]

    def tolerance_of(self, indicator: Indicator) -> float | None:
        """How far the nation may be from its regions' weighted mean; None where that mean says nothing."""
        if indicator.unit != "percent" or indicator.survey is None:
            return None
        return self.nation.tolerance.get(indicator.survey)

    def partners_of(self, indicators: set[str]) -> frozenset[str]:
        """Every indicator paired with one of these."""
        return frozenset(each for pair in self.pair if indicators & set(pair.indicators) for each in pair.indicators)


@cache
def expectations() -> Expectations:
    """ValidationError where the file says something unknown."""
    return Expectations(**tomllib.loads(_FILE.read_text(encoding="utf-8")))
