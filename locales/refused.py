"""What every refusal has in common, whoever makes it: words for the person who asked."""

from typing import ClassVar


class Refused(Exception):
    """Something that was asked for and not done. Nothing was changed. Shown in words, without a traceback."""

    wrong_usage: ClassVar[bool] = False
    """Whether the question itself was wrong, so that asking again as it stands is of no use."""

    def message(self, language: str = "sv") -> str:
        """What was refused, why, and what to do."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.message()
