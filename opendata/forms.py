"""The forms that data of `/api/v2` are written in."""

from typing import Final

FORMS: Final = ("json-stat2", "csv", "xlsx", "parquet")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
