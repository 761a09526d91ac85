"""`followup`: the audits, the replies and what is late; the reply form out; recommendations in."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from access import LOCAL_CLI
from analysis.followup import (
    FollowedAudit,
    FollowedFigure,
    FollowedRecommendation,
    figures_since,
    followed_audit,
    followed_audits,
    late_recommendations,
    reply_cell,
    today_in_sweden,
)
from commands.options import AsOf, Json, startup_language
from commands.terminal import WRONG_USAGE, Terminal, terminal
from entries.audits import NoReplyEntry, state_no_reply, withdraw_no_reply
from entries.recommendation_file import import_recommendations
from exports.followup.form import followup_form_xlsx
from exports.followup.form_docx import followup_form_docx
from exports.followup.workbook import followup_workbook
from indicators import catalogue
from indicators.followup_form import FORM_FIELDS
from locales import text
from models import Store
from wording.followup import figure_sentence, lateness, status_word

FORMS: Final = {".xlsx": followup_form_xlsx, ".docx": followup_form_docx}


def _help(key: str) -> str:
    return text(f"followup.cli.{key}", startup_language())


def register(app: typer.Typer) -> None:
    family = typer.Typer(help=_help("followup"), rich_markup_mode=None)
    family.callback(invoke_without_command=True)(listed)
    family.command("form", help=_help("form"))(form)
    family.command("import", help=_help("import"))(import_file)
    family.command("no-reply", help=_help("no_reply"))(no_reply)
    app.add_typer(family, name="followup")


def listed(
    ctx: typer.Context,
    region: Annotated[str | None, typer.Option("--region", help=_help("region"))] = None,
    out_file: Annotated[Path | None, typer.Option("--out", dir_okay=False, help=_help("out"))] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    if ctx.invoked_subcommand:
        return
    with terminal(ctx, as_json) as out:
        store, day = out.store(), as_of.date() if as_of else None
        today = day or today_in_sweden()  # as it was then: what was late that day, not since
        code = _region(out, region)
        audits = [one for one in followed_audits(store, today, as_of=day) if code in (None, one.region)]
        if out_file:
            out_file.write_bytes(followup_workbook(store, audits, out.language, today=today, as_of=day))
            out.answer({"file": str(out_file)}, _said(out, "written", file=out_file))
        if as_json:
            out.answer(document(store, audits, today, day, out.language), "")
        out.answer(None, described(audits, out))


def _region(out: Terminal, printed: str | None) -> str | None:
    if printed is None:
        return None
    found = catalogue().region_named(printed)
    if found is None:
        out.refuse(text("choices.region", out.language, found=printed), WRONG_USAGE)
    return found.code


def document(store: Store, audits: list[FollowedAudit], today: Any, as_of: Any, language: str) -> dict[str, Any]:
    """What `followup --json` says. `today` is the day lateness is told on, in Stockholm; days are `2021-05-20`."""
    late = late_recommendations(audits)
    return {
        "today": today,
        "audits": [_audit(store, audit, as_of, language) for audit in audits],
        "overdue": [
            {
                "audit": audit.audit,
                "region": audit.region,
                "number": one.number,
                "what": one.late.what,
                "due": one.late.due,
                "days_late": one.late.days,
            }
            for audit, one in late
            if one.late
        ],
    }


def _audit(store: Store, audit: FollowedAudit, as_of: Any, language: str) -> dict[str, Any]:
    names = ("audit", "region", "title", "report", "auditor", "decided", "reply_due", "source")
    told = {name: getattr(audit, name) for name in names}
    return told | {
        "recommendations": [_recommendation(store, audit, one, as_of, language) for one in audit.recommendations]
    }


def _recommendation(
    store: Store, audit: FollowedAudit, one: FollowedRecommendation, as_of: Any, language: str
) -> dict[str, Any]:
    figures = figures_since(store, audit, one.indicators, as_of=as_of)
    return {
        "number": one.number,
        "text": one.text,
        "addressed_to": one.addressed_to,
        "theme": one.theme,
        "status": one.status,
        "overdue": one.late.what if one.late else None,
        "days_late": one.late.days if one.late else 0,
        "replied_days_late": one.came_late.days if one.came_late else 0,
        "reply": _reply(one.reply),
        "no_reply": {name: one.none_came[name] for name in ("known_on", "source")} if one.none_came else None,
        "history": [_reply(reply) for reply in one.replies[:-1]],
        "indicators": [_figure(found, language) for found in figures],
    }


def _reply(reply: dict[str, Any] | None) -> dict[str, Any] | None:
    if reply is None:
        return None
    named = (*FORM_FIELDS, "upload", "file", "sheet", "published_at", "synthetic")
    cells = {name: reply_cell(reply, name) for name in FORM_FIELDS}
    return {name: reply[name] for name in named} | {"cell": reply_cell(reply), "cells": cells}


def _figure(found: FollowedFigure, language: str) -> dict[str, Any]:
    judged = found.judged or {}
    return {
        "indicator": found.indicator.id,
        "title": found.indicator.title.in_language(language),
        "before": _point(found.before),
        "latest": _point(found.latest),
        "verdict": found.verdict,
        **{name: judged.get(name) for name in ("difference", "diff_low", "diff_high")},
        "sentence": figure_sentence(found, language),
        "synthetic": found.synthetic,
    }


def _point(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return {name: row[name] for name in ("period", "value", "upload", "file", "cell")} if row else None


def described(audits: list[FollowedAudit], out: Terminal) -> str:
    """The audits as text: each recommendation with its status, and what is late."""
    if not audits:
        return text("followup.none", out.language)
    lines = []
    for audit in audits:
        lines.append(f"{audit.region_name}: {audit.report} ({audit.audit})")
        for one in audit.recommendations:
            late = f" – {late}" if (late := lateness(one, out.language)) else ""
            lines.append(f"  {one.number}. [{status_word(one.status, out.language)}{late}] {one.text}")
    return "\n".join(lines)


def form(
    ctx: typer.Context,
    audit: Annotated[str, typer.Argument(help=_help("audit"))],
    file: Annotated[Path, typer.Argument(dir_okay=False, help=_help("form_file"))],
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        make = FORMS.get(file.suffix.lower())
        if make is None:
            out.refuse(_said(out, "suffix", file=file.name), WRONG_USAGE)
        found = followed_audit(followed_audits(out.store(), today_in_sweden()), audit)
        file.write_bytes(make(found, out.language))
        told = {"audit": audit, "file": str(file), "recommendations": len(found.recommendations)}
        out.answer(told, _said(out, "form_written", file=file, count=len(found.recommendations)))


def import_file(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help=_help("import_file"))],
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        done = import_recommendations(out.store(), file.read_bytes(), file.name, LOCAL_CLI)
        out.answer(vars(done), _said(out, "imported", **vars(done)))


def no_reply(
    ctx: typer.Context,
    audit: Annotated[str, typer.Argument(help=_help("audit"))],
    number: Annotated[int, typer.Argument(help=_help("number"))],
    day: Annotated[datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help=_help("day"))] = None,
    source: Annotated[str, typer.Option("--source", help=_help("source"))] = "",
    note: Annotated[str, typer.Option("--note", help=_help("note"))] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help=_help("withdraw"))] = False,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        told = {"audit": audit, "number": number}
        if withdraw:
            withdraw_no_reply(out.store(), LOCAL_CLI, audit, number, note=note)
            out.answer({**told, "withdrawn": True}, _said(out, "no_reply_withdrawn", **told))
        if day is None or not source:
            out.refuse(_said(out, "no_reply_lacks"), WRONG_USAGE)
        entry = NoReplyEntry(audit, number, day.date(), source)
        stated = state_no_reply(out.store(), LOCAL_CLI, entry, note=note)
        out.answer({**told, "stated": stated}, _said(out, "no_reply_stated", **told))


def _said(out: Terminal, key: str, **values: object) -> str:
    return text(f"followup.cli.{key}", out.language, **values)
