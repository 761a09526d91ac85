"""Which page compares an indicator: its area's, and for all calls to 1177 the page about the phone."""

from typing import Final

from analysis.phone.measures import FOR_PHONE
from indicators import Indicator

PAGE_OF: Final = {"trust": "trust", "satisfaction": "satisfaction", "uptake": "uptake", "phone": "phone"}
"""Area → the page that shows it, in the order of a reader's interest."""


def page_of(indicator: Indicator) -> str:
    """The page's address, "" for an area without one."""
    return "phone" if indicator.id in FOR_PHONE else PAGE_OF.get(indicator.area, "")
