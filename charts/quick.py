"""Altair's chart without what makes it slow for ready records: guessing what a channel is, copying, validating.

Measured on altair 6.3: a string or a dict as a channel is matched against every class of the schema, each hashed anew
(over 1 ms a channel), and a layered chart copies its layers several times, every record with them. The specifications
are the same to the letter.
"""

from typing import Any, Self

import altair as alt


class Records(alt.Data):
    """Inline records that copies of a chart share, for nobody changes them. The tests validate whole charts."""

    _class_is_valid_at_instantiation = False

    def __deepcopy__(self, _memo: object = None) -> Self:
        return self


class Chart(alt.Chart):
    """alt.Chart whose channels are made by their names: `x="at:Q"` is alt.X, a value for `color` alt.ColorValue."""

    def encode(self, *args: Any, **channels: Any) -> Self:
        """As alt.Chart.encode."""
        return super().encode(*args, **{name: _typed(name, given) for name, given in channels.items()})


def _typed(name: str, given: Any) -> Any:
    kind = name[0].upper() + name[1:]
    if isinstance(given, str):
        return getattr(alt, kind)(given)
    if isinstance(given, list):
        return [_typed(name, each) for each in given]
    if isinstance(given, dict) and "value" in given:
        return getattr(alt, f"{kind}Value")(**given)
    return given
