"""The matrix as a table that keyboards, screen readers and telephones can use: every cell is a sign and a word.

The header and the unit's name stay in sight while the rest scrolls inside the table's own box (ui/assets/style.css).
"""

from collections.abc import Sequence
from typing import Any

import polars as pl

from charts.supply.parts import PARTS
from locales.numbers import format_number, swedish_order
from ui.escape import as_html
from ui.supply.view import Supply
from views.supply import SIGNS


def matrix_html(view: Supply, units: pl.DataFrame, cells: pl.DataFrame, links: Sequence[str], caption: str) -> str:
    """One row per unit (UNITS) and one column per service of `cells` (OFFERS). `links`: where each unit's name leads. A
    service that a unit's region does not have at all leaves an empty cell."""
    services = sorted(cells["service"].unique(), key=lambda one: swedish_order(view.title_of(one)))
    found = {
        (row["unit"], row["service"]): row["status"] for row in cells.select("unit", "service", "status").to_dicts()
    }
    known = {status: _cell(sign, view.status_words(status), status) for status, sign in SIGNS.items()}
    heads = [view.say(f"columns.{name}") for name in ("unit", "municipality", "state", "offered")]
    head = "".join(f'<th scope="col">{as_html(name)}</th>' for name in (*heads, *map(view.title_of, services)))
    body = "".join(
        "<tr>"
        + _unit_cells(view, row, link)
        + "".join(known.get(found.get((row["unit"], service), ""), "<td></td>") for service in services)
        + "</tr>"
        for row, link in zip(units.to_dicts(), links, strict=True)
    )
    return (
        f'<div class="wide-table matrix" role="region" tabindex="0" aria-label="{as_html(caption)}"><table>'
        f"<caption>{as_html(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def sign_and_word(sign: str, word: str) -> str:
    """The sign for the eye and the word for all: `✓ erbjuds`."""
    return f'<span aria-hidden="true">{sign}</span> {as_html(word)}'


def _cell(sign: str, word: str, status: str) -> str:
    return f'<td class="is-{status}">{sign_and_word(sign, word)}</td>'


def _unit_cells(view: Supply, row: dict[str, Any], link: str) -> str:
    """The unit's name, municipality, standing and count."""
    language = view.visit.language
    mark = "\N{NO-BREAK SPACE}x" if row["synthetic"] else ""
    offered, applicable = (format_number(row[name], 0, language) for name in ("offered", "applicable"))
    state = sign_and_word(PARTS[row["state"]][1], view.say(f"states.{row['state']}"))
    return (
        f'<th scope="row"><a href="{as_html(link)}">{as_html(row["name"])}</a>{mark}</th>'
        f"<td>{as_html(row['municipality'])}</td><td>{state}</td>"
        f"<td>{as_html(view.say('matrix.of', offered=offered, applicable=applicable))}</td>"
    )
