"""Answers for machines: rows as objects, and the one way they are written as JSON."""

import json
import math
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # every command passes here: it must cost next to nothing to import
    import polars as pl


def as_json_text(document: object) -> str:
    """One JSON document: text as it is, days as ISO, and never NaN (a ValueError: it would be a bug)."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2, default=_iso)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def records(frame: "pl.DataFrame") -> list[dict[str, Any]]:
    """A frame's rows as objects; a number that is none becomes null."""
    return [
        {name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()}
        for row in frame.iter_rows(named=True)
    ]
