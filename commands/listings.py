"""`uploads` and `indicators`: what has come in, and what can be measured."""

from datetime import datetime

import typer

from analysis import uploads_list
from analysis.held_records import held_records
from commands.options import AsOf, Json, help_text
from commands.terminal import aligned, terminal
from exports import contents_in_words
from exports.documents import defined
from indicators import catalogue
from indicators.file_layouts import layout_name
from locales import text
from locales.json_text import records
from locales.numbers import format_moment, format_number
from locales.stored import stored_words


def register(app: typer.Typer) -> None:
    app.command("uploads", help=help_text("uploads"))(uploads)
    app.command("indicators", help=help_text("indicators"))(indicators)


def uploads(ctx: typer.Context, as_of: AsOf = None, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        store = out.store()
        held = held_records(store)
        found = [
            one | ({"records": held[one["id"]]} if one["id"] in held else {})
            for one in records(uploads_list(store, as_of.date() if as_of else None))
        ]
        if not found:
            out.answer([], out.said("uploads_none"))
        headers = ("id", "file", "status", "layout", "synthetic", "observations", "published_at", "note")
        # An upload counts figures and records together; the records have a column of their own.
        rows = [
            [
                str(one["id"]),
                one["file"],
                text(f"desk.statuses.{one['status']}", out.language),
                layout_name(one["layout"], out.language),
                out.said("yes" if one["synthetic"] else "no"),
                format_number(one["observations"] - sum(one.get("records", {}).values()), 0, out.language),
                _moment(one["published_at"], out.language),
                stored_words(one["note"], out.language),
            ]
            for one in found
        ]
        named = [out.said(f"uploads_{name}") for name in headers]
        if held:
            named.append(text("record_words.columns.held", out.language))
            for one, row in zip(found, rows, strict=True):
                row.append(contents_in_words(0, one.get("records", {}), out.language))
        out.answer(found, aligned(named, rows, right=[0, 5]))


def _moment(stored: str | None, language: str) -> str:
    return format_moment(datetime.fromisoformat(stored), language) if stored else ""


def indicators(ctx: typer.Context, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        known = catalogue().indicators.values()
        rows = [
            [
                one.id,
                one.title.in_language(out.language),
                text(f"areas.{one.area}", out.language),
                text(f"exports.unit.{one.unit}", out.language),
            ]
            for one in known
        ]
        headers = [out.said(f"indicators_{name}") for name in ("id", "title", "area", "unit")]
        out.answer([defined(one) for one in known], aligned(headers, rows))
