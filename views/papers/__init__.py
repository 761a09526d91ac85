"""Papers for a meeting: what the pages say, for who reads it away from them; one view for every kind of file."""

from views.papers.blocks import Paper
from views.papers.measure import measure_in_short
from views.papers.region import region_in_short, region_report
from views.papers.six import six_regions

__all__ = ["Paper", "measure_in_short", "region_in_short", "region_report", "six_regions"]
