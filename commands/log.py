"""`log`: the audit log, oldest first, and whether its chain holds. Exit 1 where it does not."""

from datetime import datetime

import typer

from access import LOCAL_CLI, broken_at, logged_events, users
from commands.options import Json, startup_language
from commands.terminal import DONE, REFUSED, aligned, terminal
from exports.log import log_table
from locales import text
from locales.json_text import records
from locales.numbers import format_moment

_SHOWN = ("id", "at", "actor", "action", "subject", "after", "reason")


def register(app: typer.Typer) -> None:
    app.command("log", help=text("accounts.cli.log", startup_language()))(log)


def log(ctx: typer.Context, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        store = out.store()
        events, wrong = logged_events(store), broken_at(store)
        table = log_table(events, language=out.language, names=users.names(store, LOCAL_CLI))
        headers = [text(f"accounts.log.{name}", out.language) for name in _SHOWN]
        # The chain is sealed over moments in UTC; a person reads Swedish time, in the second column.
        rows = [
            [format_moment(datetime.fromisoformat(cell), out.language) if at == 1 else str(cell) for at, cell in row]
            for row in (enumerate(row) for row in table.select(headers).iter_rows())
        ]
        last = f"{events['id'][-1]} {events['hash'][-1]}" if events.height else "0"
        verdict = "chain_ok" if wrong is None else "chain_bad"
        told = text(f"accounts.cli.{verdict}", out.language, fact=last if wrong is None else wrong)
        document = {"whole": wrong is None, "broken_at": wrong, "events": records(events)}
        out.answer(document, f"{aligned(headers, rows, right=[0])}\n{told}", DONE if wrong is None else REFUSED)
