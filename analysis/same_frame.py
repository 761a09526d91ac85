"""A frame as a cache key."""

import polars as pl


class SameFrame:
    """Equal only to the very same frame object: frames are immutable, and those asked for are themselves cached."""

    def __init__(self, frame: pl.DataFrame | None) -> None:
        self.frame = frame

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameFrame) and other.frame is self.frame

    def __hash__(self) -> int:
        return id(self.frame)
