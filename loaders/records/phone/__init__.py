"""Calls by weekday and hour: a row per region, period, weekday and hour, and columns of phone indicators."""

from loaders.records.phone.layout import LAYOUT

__all__ = ["LAYOUT"]
