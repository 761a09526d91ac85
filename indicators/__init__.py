"""What is measured: one TOML per indicator, regions and their people, groups, survey waves, breaks, e-services."""

from indicators.catalogue import PUBLISHERS, Catalogue, catalogue
from indicators.model import (
    AREAS,
    NATION,
    ComparabilityNote,
    EService,
    FigureRemark,
    Indicator,
    Region,
    RegionGroup,
    SeriesBreak,
    SurveyWave,
    Words,
)
from indicators.names import tidy_name
from indicators.periods import Period, enclosing, parse_period, parts_of, period_label, period_of

__all__ = [
    "AREAS", "NATION", "PUBLISHERS", "Catalogue", "ComparabilityNote", "EService", "FigureRemark", "Indicator",
    "Period", "Region", "RegionGroup", "SeriesBreak", "SurveyWave", "Words", "catalogue", "enclosing", "parse_period",
    "parts_of", "period_label", "period_of", "tidy_name",
]  # fmt: skip
