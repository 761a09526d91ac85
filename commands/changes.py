"""`changes`: what has been published, withdrawn and restored, and which figures each event changed."""

from datetime import datetime
from typing import Annotated, Final

import polars as pl
import typer

from analysis import change_log
from analysis.choices import chosen_indicator
from commands.options import AsOf, Json, help_text, startup_language
from commands.terminal import Terminal, aligned, terminal
from exports.changelog import event_header, events_table
from exports.documents import event_told
from exports.records import holds_records
from locales import text
from locales.json_text import records
from locales.numbers import format_moment

Only = Annotated[str | None, typer.Option("--indicator", help=help_text("indicator"))]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help=text("changelog.help.since", startup_language())),
]
_SHOWN: Final = ("event", "at", "kind", "file", "new", "changed", "gone", "same", "note")
_TO_THE_RIGHT: Final = (0, 4, 5, 6, 7)


def register(app: typer.Typer) -> None:
    app.command("changes", help=text("changelog.help.changes", startup_language()))(changes)


def changes(
    ctx: typer.Context, indicator: Only = None, since: Since = None, as_of: AsOf = None, as_json: Json = False
) -> None:
    with terminal(ctx, as_json) as out:
        if indicator is not None:
            chosen_indicator(indicator)
        store = out.store()
        after, until = (day.date() if day else None for day in (since, as_of))
        log = change_log(store, indicator=indicator, since=after, as_of=until)
        if log.is_empty():
            out.answer([], text("changelog.none", out.language))
        if as_json:
            out.answer([event_told(store, event, indicator) for event in records(log)], "")
        out.answer(None, described(log, out))


def described(log: pl.DataFrame, out: Terminal) -> str:
    """The events as a plain table."""
    names = (*_SHOWN, "records") if holds_records(log) else _SHOWN
    table = events_table(log, out.language).select(event_header(name, out.language) for name in names)
    moments = [format_moment(datetime.fromisoformat(at), out.language) for at in log["at"]]
    shown = table.with_columns(pl.Series(event_header("at", out.language), moments)).cast(pl.String)
    return aligned(shown.columns, [[cell or "" for cell in row] for row in shown.iter_rows()], _TO_THE_RIGHT)
