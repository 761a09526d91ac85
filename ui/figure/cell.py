"""A figure's or record's cell among its neighbours in the stored original, marked, and the file itself."""

import streamlit as st

from access import allowed, require
from analysis import original_file
from loaders.surroundings import LARGEST, Surroundings, surroundings
from ui.cache import kept
from ui.escape import as_html
from ui.figure.page import Place
from ui.parts import card_head
from ui.show import download


def cell(walk: Place) -> None:
    """The cell among its neighbours in the stored original, and the original itself. They hold what suppression hides
    elsewhere, so they are for those who may see the originals."""
    with st.container(border=True, key="card cell"):
        st.html(card_head(walk.say("around")))
        _cell(walk)


def _cell(walk: Place) -> None:
    if not allowed(walk.visit.actor, "originals"):
        st.info(walk.say("not_allowed"))
        return
    found = _window(walk)
    if found is None:
        st.info(walk.say("too_large" if walk.upload["size"] > LARGEST else "not_shown"))
    else:
        st.html(_lines_html(walk, found) if found.lines else _sheet_html(walk, found))
    upload, visit = walk.upload, walk.visit

    def content() -> bytes:
        original = original_file(visit.store, upload["id"])
        return original[1] if original else b""

    download(
        visit.say("ui.uploads.download"),
        content,
        upload["file"],
        mime="application/octet-stream",
        key="original file",
        permission="originals",
    )


def _window(walk: Place) -> Surroundings | None:
    """What stands around the cell; a stored file never changes, so it is read again once per cell."""
    upload, row, store = walk.upload, walk.row, walk.visit.store
    if upload["size"] > LARGEST:
        return None

    def read() -> Surroundings | None:
        require(walk.visit.actor, "originals")
        original = original_file(store, upload["id"])
        return surroundings(original[1], row["sheet"], row["cell"]) if original else None

    return kept(("window", store.url, upload["sha256"], row["sheet"], row["cell"]), read)


def _sheet_html(walk: Place, found: Surroundings) -> str:
    caption = as_html(walk.say("sheet_caption", cell=walk.row["cell"], file=walk.upload["file"]))
    head = "".join(f'<th scope="col">{letters}</th>' for letters in ("", *found.columns))
    body, before = "", 0
    for at, (number, texts) in enumerate(found.rows):
        if before and number != before + 1:
            body += f'<tr><td colspan="{len(found.columns) + 1}">⋮</td></tr>'
        cells = "".join(
            _marked(walk, text) if (at, column) == found.marked else f"<td>{as_html(text)}</td>"
            for column, text in enumerate(texts)
        )
        body += f'<tr><th scope="row">{number}</th>{cells}</tr>'
        before = number
    return (
        f'<div class="wide-table original" role="region" tabindex="0" aria-label="{caption}"><table>'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _marked(walk: Place, text: str) -> str:
    here = as_html(f"{walk.row['cell']}: {walk.say('here')}")  # the cell stays in sight when the table is scrolled
    return f'<td class="marked"><mark>▶ {as_html(text)}</mark><span class="told"> ({here})</span></td>'


def _lines_html(walk: Place, found: Surroundings) -> str:
    caption = as_html(walk.say("object_caption", cell=walk.row["cell"], file=walk.upload["file"]))
    here = as_html(walk.say("here"))
    lines = "\n".join(
        f'<mark>▶ {as_html(line)}</mark><span class="told"> ({here})</span>'
        if at == found.marked[0]
        else f"  {as_html(line)}"
        for at, line in enumerate(found.lines)
    )
    return f'<p>{caption}</p><pre class="original" role="region" tabindex="0" aria-label="{caption}">{lines}</pre>'
