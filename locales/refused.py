"""What every refusal has in common, whoever makes it: words for the person who asked."""

from typing import ClassVar

from locales import text


class Refused(Exception):
    """Something that was asked for and not done. Nothing was changed. Shown in words, without a traceback."""

    wrong_usage: bool = False
    """Whether the question itself was wrong, so that asking again as it stands is of no use."""

    def message(self, language: str = "sv") -> str:
        """What was refused, why, and what to do."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.message()


class RefusedFor(Refused):
    """One that a single text tells: `reason` is its key under `texts`, `values` what stands in it."""

    texts: ClassVar[str]

    def __init__(self, reason: str, /, **values: object) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values

    def message(self, language: str = "sv") -> str:
        return text(f"{self.texts}.{self.reason}", language, **self.values)
