"""The words and numbers that all of the analyst's commands share."""

from commands.terminal import Terminal
from locales import text
from locales.numbers import format_number


def said(out: Terminal, key: str, **values: object) -> str:
    """A text of the analyst's commands."""
    return text(f"analyst.{key}", out.language, **values)


def heads(out: Terminal, *columns: str) -> list[str]:
    return [said(out, f"column.{name}") for name in columns]


def number(out: Terminal, value: float | None, decimals: int = 4) -> str:
    return "–" if value is None else format_number(value, decimals, out.language)
