"""Refusals meant for the person at a form, a page or a terminal."""

from locales import text
from locales.refused import Refused


class AccountRefused(Refused):
    """An account, a password or a one-time word that cannot be accepted. Nothing was changed."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def message(self, language: str = "sv") -> str:
        return text(f"accounts.refused.{self.key}", language, **self.values)
