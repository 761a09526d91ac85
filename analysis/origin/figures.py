"""Where does a figure come from, and what has it been before?"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.choices import UnknownChoice, chosen_indicator, chosen_regions, chosen_sex
from analysis.figures import figures_of
from analysis.history.figures import CHANGES, LOG, event_changes, events_before
from analysis.moments import until
from indicators import NATION, Indicator, Period, parse_period
from models import Store
from models.tables import SHOWN_ROWS

_HOLDING: Final = f"""
SELECT o.upload_id FROM observation o
WHERE o.indicator = :indicator AND o.period = :period AND o.region = :region AND o.sex = :sex AND {SHOWN_ROWS}
"""  # noqa: S608 (our own text)
HISTORY: Final = LOG | {name: CHANGES[name] for name in CHANGES if name not in ("indicator", "code", "region")}
"""One row per event that touched the figure: the event, the value before and after it, the cell in its upload."""


@dataclass(frozen=True)
class FigureAsked:
    """A figure's place in the tables. `region` is a code, `00` for Riket."""

    indicator: Indicator
    region: str
    period: Period
    sex: str = "T"


def figure_asked(indicator: str, region: str, period: str, sex: str = "T") -> FigureAsked:
    """The figure that four texts name, published or not. UnknownChoice for an indicator, region, period or sex that
    does not exist."""
    known, when = chosen_indicator(indicator), parse_period(period)
    codes = (NATION,) if region == NATION else chosen_regions([region])
    if not codes:
        raise UnknownChoice("region", region)
    if when is None:
        raise UnknownChoice("unreadable_period", period)
    return FigureAsked(known, codes[0], when, chosen_sex(sex))


def figure_row(store: Store, asked: FigureAsked, as_of: date | None = None) -> dict[str, Any] | None:
    """The current figure (FIGURE_COLUMNS); None where there is none."""
    rows = figures_of(store, asked.indicator, as_of, sex=asked.sex)
    found = rows.filter(pl.col("code") == asked.region, pl.col("period") == asked.period.key)
    return found.row(0, named=True) if found.height else None


def figure_history(store: Store, asked: FigureAsked, as_of: date | None = None) -> pl.DataFrame:
    """What each publication, withdrawal and restoration made of the figure (HISTORY), newest first."""
    key = {"indicator": asked.indicator.id, "period": asked.period.key, "region": asked.region, "sex": asked.sex}
    holding = store.frame(_HOLDING, {"upload": pl.Int64}, **key)["upload"].to_list()
    events = events_before(store, store.data_version(), until(as_of)).filter(pl.col("upload").is_in(holding))
    rows = []
    for event in events.to_dicts():
        changes = event_changes(store, event["event"], indicator=asked.indicator.id, period=asked.period.key)
        own = changes.filter(pl.col("code") == asked.region, pl.col("sex") == asked.sex)
        rows.append({name: {**own.row(0, named=True), **event}[name] for name in HISTORY})
    return pl.DataFrame(rows, schema=HISTORY)
