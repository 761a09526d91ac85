"""Errors meant for a person who runs the dashboard: shown without a traceback."""

from locales import text
from locales.refused import Refused


class StoreRefused(Refused):
    """The store cannot be opened or written as asked. `message(language)` says why and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def message(self, language: str = "sv") -> str:
        return text(f"store.{self.key}", language, **self.values)
