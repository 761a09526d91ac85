"""Why nothing came of asking a publisher's API, in words for the person who asked."""

from typing import Final

from locales import text
from locales.refused import Refused

_USAGE: Final = ("no_indicators", "not_in_kolada", "years")


class FetchFailed(Refused):
    """Nothing was fetched and nothing was stored. Shown without a traceback."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values

    @property
    def usage(self) -> bool:
        """Whether the question itself was wrong: nobody was asked anything."""
        return self.reason in _USAGE

    def message(self, language: str = "sv") -> str:
        return text(f"fetching.failed.{self.reason}", language, **self.values)
