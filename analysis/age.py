"""Does a figure say how things stand, or how they once were? One rule, for every page that counts or sorts figures.

Series end: an indicator last measured in 2015 has its latest figure there. Beside the newest barometer that can be
judged such a figure is an older measurement, and is never counted among those that say how things stand.
"""

from datetime import date
from typing import Final

from analysis.figures import figures_of
from analysis.status import indicators_with_figures
from analysis.waves import latest_judged
from indicators import Period, catalogue
from models import Store

OLDER_THAN: Final = 2
"""Years. A figure whose period ends more than this before the newest judged barometer's is an older measurement."""
_BAROMETER: Final = "barometer"


def newest_barometer(store: Store, as_of: date | None = None, *, include_synthetic: bool = False) -> date | None:
    """The last day of the newest period in which a barometer figure can be judged; without a barometer, any figure."""
    known = [catalogue().indicators[used] for used in indicators_with_figures(store, as_of)]
    for asked in ([one for one in known if one.survey == _BAROMETER], known):
        found = (
            latest_judged(figures_of(store, one, as_of, sex="T", include_synthetic=include_synthetic)) for one in asked
        )
        if ends := [period.end for period in found if period]:
            return max(ends)
    return None


def is_older(period: Period, newest: date | None) -> bool:
    """Whether a period ends more than OLDER_THAN years before `newest`.

    >>> from indicators import period_of
    >>> [is_older(period_of(key), date(2023, 12, 31)) for key in ("2015", "2020", "2021", "2023-05")]
    [True, True, False, False]
    """
    if newest is None:
        return False
    return (newest.year - period.end.year) * 12 + newest.month - period.end.month > 12 * OLDER_THAN
