"""How a command speaks: one JSON document or readable text on stdout, messages on stderr, an exit code.

Exit 0 done, 1 refused with reasons, 2 wrong usage (design §4). With --json a refusal too is one document:
`{"error": "…"}`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

import typer

from locales import text
from locales.json_text import as_json_text
from locales.refused import Refused

if TYPE_CHECKING:  # every command passes here: it must cost next to nothing to import
    from models import Store

DONE: Final = 0
REFUSED: Final = 1
WRONG_USAGE: Final = 2


class Terminal:
    """One run of one command: its language, its way of answering, the store it has opened."""

    def __init__(self, language: str, as_json: bool) -> None:
        self.language = language
        self.as_json = as_json
        self._store: Store | None = None

    def said(self, key: str, **values: object) -> str:
        """A text of `locales/<language>/cli.toml`."""
        return text(f"cli.{key}", self.language, **values)

    def store(self, *, create: bool = False) -> "Store":
        """The store `DATABASE_URL` names; a missing one is made when `create`, and that is said."""
        from models import open_store

        self._store = open_store(create=create)
        if self._store.created:
            self.tell(self.said("store_created", place=self._store.place))
        return self._store

    def tell(self, message: str) -> None:
        """A message to the person, never part of the answer."""
        typer.echo(message, err=True)

    def answer(self, document: object, shown: str, code: int = DONE) -> NoReturn:
        """End the command with its answer: `document` for machines, `shown` for people."""
        typer.echo(as_json_text(document) if self.as_json else shown)
        raise typer.Exit(code)

    def refuse(self, message: str, code: int = REFUSED) -> NoReturn:
        """End the command without an answer, with the reason."""
        self.tell(message)
        if self.as_json:
            typer.echo(as_json_text({"error": message}))
        raise typer.Exit(code)

    def close(self) -> None:
        if self._store is not None:
            self._store.close()


@contextmanager
def terminal(ctx: typer.Context, as_json: bool) -> Iterator[Terminal]:
    """A command's terminal: refusals meant for a person become a message and an exit code, the store is closed."""
    out = Terminal(ctx.obj, as_json)
    try:
        yield out
    except Refused as refused:
        out.refuse(refused.message(out.language), WRONG_USAGE if refused.wrong_usage else REFUSED)
    except OSError as error:
        from models.troubles import refusal_of

        refused_by_disk = refusal_of(error, "")
        if refused_by_disk is None:
            raise
        out.refuse(refused_by_disk.message(out.language))
    finally:
        out.close()


def aligned(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A plain table: columns two blanks apart, those numbered in `right` set to the right.

    >>> print(aligned(["Region", "n"], [["Norrbotten", "5"]], right=[1]))
    Region      n
    ----------  -
    Norrbotten  5
    """
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    ruled = ["-" * width for width in widths]

    def line(cells: Sequence[str]) -> str:
        set_ = (
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join(set_).rstrip()

    return "\n".join(map(line, (headers, ruled, *rows)))
