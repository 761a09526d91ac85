"""`change`: what may be said of one region's change, question by question (methods §4)."""

from datetime import datetime
from typing import Annotated

import typer

from analysis.change.questions import region_changes
from analysis.change.waves import Letter
from analysis.choices import chosen_regions
from analysis.followup.letters import letter_of
from commands.options import AsOf, Json, SexOption, help_text
from commands.terminal import terminal
from commands.trend import Kind
from indicators import NATION
from wording.change import change_notes, change_row, change_text

AuditDate = Annotated[datetime | None, typer.Option("--audit-date", formats=["%Y-%m-%d"], help=help_text("audit_date"))]


def register(app: typer.Typer) -> None:
    app.command("change", help=help_text("change"))(change)


def change(
    ctx: typer.Context,
    indicator: Annotated[str, typer.Argument(help=help_text("indicator"))],
    region: Annotated[str, typer.Option("--region", help=help_text("region"))],
    audit_date: AuditDate = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help=help_text("kind"))] = None,
    sex: SexOption = "T",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        store, day = out.store(), as_of.date() if as_of else None
        code = next(iter(chosen_regions([region])), NATION)
        letter = Letter(audit_date.date(), "given") if audit_date else letter_of(store, code, day)
        found = region_changes(store, indicator, code, sex=sex, kind=kind, as_of=day, letter=letter)
        notes = dict.fromkeys(note for one in found.rows for note in change_notes(one, out.language))
        lines = [change_text(one, out.language) for one in found.rows]
        out.answer([change_row(one, out.language) for one in found.rows], "\n".join([*lines, *notes]))
