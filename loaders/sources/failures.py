"""Why nothing came of asking a publisher's API, in words for the person who asked."""

from typing import Final

from locales.refused import RefusedFor

_USAGE: Final = ("no_indicators", "not_in_kolada", "years")


class FetchFailed(RefusedFor):
    """Nothing was fetched and nothing was stored. Wrong usage: nobody was asked anything."""

    texts = "fetching.failed"

    def __init__(self, reason: str, /, **values: object) -> None:
        super().__init__(reason, **values)
        self.wrong_usage = reason in _USAGE
