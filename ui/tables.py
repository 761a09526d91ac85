"""Tables a keyboard and a screen reader can use: plain HTML, a caption, header cells, every name escaped.

st.dataframe is drawn on a canvas whose column menu no keyboard reaches, and st.table reads its cells as markdown.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import polars as pl
import streamlit as st

from ui.escape import as_html

_LONG: Final = 64  # letters; longer texts are wrapped, so that one comment does not push the figures off the screen
# Drawn as blocks, a table's parts are no longer a table's to a screen reader unless they say so.
_ROLES: Final = (' role="table"', ' role="row"', ' role="rowheader"', ' role="cell"')
_LONG_NAME: Final = 44  # the same for a row's name, which every other column stands beside


def table(frame: pl.DataFrame, caption: str, *, numbers: Collection[str] = ()) -> None:
    """The frame as text cells under its own column names; columns in `numbers` are set right."""
    st.html(table_html(frame, caption, numbers=numbers))


def table_html(
    frame: pl.DataFrame,
    caption: str,
    *,
    numbers: Collection[str] = (),
    links: Mapping[str, Sequence[str]] | None = None,
    marks: Mapping[str, Sequence[str]] | None = None,
    stacked: bool = False,
) -> str:
    """The table as HTML; its region can be scrolled sideways by keyboard where it is wider than the screen. `links`:
    column → where each of its cells leads, "" for nowhere; our own addresses only, never one from a file. `marks`:
    column → the style (ui/assets/style.css) of each of its cells, never alone in saying something. `stacked`: for few
    rows of many words; on a telephone each row is a block, each cell under its column's name."""
    leading, marked = links or {}, marks or {}
    aligned = {name: "number" if name in numbers else "" for name in frame.columns}
    head = "".join(f'<th scope="col"{_class(aligned[name])}>{as_html(name)}</th>' for name in frame.columns)
    roles = dict(zip(("table", "row", "rowheader", "cell"), _ROLES if stacked else ("",) * 4, strict=True))
    body = "".join(
        f"<tr{roles['row']}>"
        + "".join(
            _cell(
                cell,
                marked[name][number] if name in marked else aligned[name],
                place,
                leading[name][number] if name in leading else "",
                roles["cell" if place else "rowheader"] + (f' data-column="{as_html(name)}"' if stacked else ""),
            )
            for place, (name, cell) in enumerate(row.items())
        )
        + "</tr>"
        for number, row in enumerate(frame.iter_rows(named=True))
    )
    region = _class("wide-table", "stacked" if stacked else "")
    return (
        f'<div{region} role="region" tabindex="0" aria-label="{as_html(caption)}"><table{roles["table"]}>'
        f"<caption>{as_html(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(cell: object, style: str, place: int, link: str, more: str) -> str:
    text = as_html("" if cell is None else cell)
    printed = f'<a href="{as_html(link)}">{text}</a>' if link and text else text
    styled = _class(style, "long" if len(text) > (_LONG if place else _LONG_NAME) else "") + more
    return f"<td{styled}>{printed}</td>" if place else f'<th scope="row"{styled}>{printed}</th>'


def _class(*names: str) -> str:
    given = " ".join(filter(None, names))
    return f' class="{given}"' if given else ""
