"""A reply's own fields on screen: what the board has written, field by field, each with the cell it stands in."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.followup import reply_cell
from exports.followup.workbook import REPLIED, header
from locales.numbers import format_date
from ui.escape import as_html
from ui.figure_links import record_link
from ui.visit import Visit


def field_link(visit: Visit, reply: Mapping[str, Any] | None, field: str = "status") -> str:
    """Where the cell of a field of a reply is told; "" without a reply, and for a field left empty."""
    if not reply or not reply[field]:
        return ""
    return record_link(visit, reply["upload"], reply["sheet"], reply_cell(reply, field))


def field_said(visit: Visit, reply: Mapping[str, Any], field: str) -> str:
    """What stands in a field; a day in words."""
    value = reply[field]
    return format_date(value, visit.language) if hasattr(value, "isoformat") else str(value or "")


def fields_html(visit: Visit, reply: Mapping[str, Any], cell: Callable[[str, str], str]) -> str:
    """Every field with an answer but the status. `cell`: (field, `cell B14`) → that as HTML."""
    told = {name: said for name in REPLIED if name != "status" and (said := field_said(visit, reply, name))}
    pairs = "".join(
        f"<dt>{as_html(header(name, visit.language))}</dt>"
        f"<dd>{as_html(said)} {cell(name, as_html(visit.say('followup.cell', cell=reply_cell(reply, name))))}</dd>"
        for name, said in told.items()
    )
    return f'<dl class="reply">{pairs}</dl>'


def linked_fields_html(visit: Visit, reply: Mapping[str, Any]) -> str:
    """The fields of a published reply; each cell leads to the stored original."""

    def linked(field: str, cell: str) -> str:
        of = as_html(header(field, visit.language))
        return f'<a href="{as_html(field_link(visit, reply, field))}" aria-label="{of}, {cell}">{cell}</a>'

    return fields_html(visit, reply, linked)
