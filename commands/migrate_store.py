"""`migrate-store`: a whole store copied into an empty place, from either engine to either."""

from typing import Annotated

import typer

from access import LOCAL_CLI, Event, log_event
from commands.backup import backup_help, counted, said
from commands.options import Json
from commands.terminal import WRONG_USAGE, terminal
from models import open_store
from models.settings import store_url
from models.transfer import copy_rows


def register(app: typer.Typer) -> None:
    app.command("migrate-store", help=backup_help("migrate_store"))(migrate_store)


def migrate_store(
    ctx: typer.Context,
    source: Annotated[str, typer.Option("--from", help=backup_help("move_from"))],
    target: Annotated[str, typer.Option("--to", help=backup_help("move_to"))],
    as_json: Json = False,
) -> None:
    """{from, to, tables: {name: {rows, sha256}}}: what both stores hold, each table's rows with their ids."""
    with terminal(ctx, as_json) as out:
        if store_url(source) == store_url(target):
            out.refuse(said(out, "move_to_itself"), WRONG_USAGE)
        leaving = open_store(source)
        try:
            held = copy_rows(leaving, store_url(target))
        finally:
            leaving.close()
        arrived = open_store(target)
        try:
            places = {"from": leaving.place, "to": arrived.place}
            with arrived.write() as connection:
                log_event(connection, LOCAL_CLI, Event("store.moved", "store", after=places))
        finally:
            arrived.close()
        rows = {name: table.rows for name, table in held.items()}
        document = {**places, "tables": {name: table._asdict() for name, table in held.items()}}
        out.answer(document, said(out, "moved", **places, **counted(out, rows)))
