"""Hämta: one menu of everything that leaves, the same on every card and page: pictures, workbooks, data, papers, link
and source, in this order and under these words.

What a card has not is not there; nothing is made before it is asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from exports import PAPER_KINDS, paper_file
from ui import sharing
from ui.escape import as_html
from ui.pictures import Taken, buttons
from ui.sharing import short_link
from ui.show import File, download, file_name
from ui.visit import Visit
from views.papers import Paper, measure_in_short
from views.parts import Reader


class PaperOf(NamedTuple):
    """A paper to be made in every kind: which (a key of papers.toml), of whom (in its files' names), how."""

    sort: str
    of: str
    make: Callable[[], Paper]


def of_measure(visit: Visit, indicator: str, level: float, *, synthetic: bool) -> PaperOf:
    """A measure on one page, in its latest period."""
    reader = Reader(visit.language, visit.store, visit.as_of)
    return PaperOf("measure", indicator, partial(measure_in_short, reader, indicator, level=level, synthetic=synthetic))


def controls(visit: Visit) -> DeltaGenerator:
    """The page's row of controls; the page's Hämta stands at its right end."""
    row = st.container(key="controls", horizontal=True, vertical_alignment="bottom")
    visit.rows.append(row)
    return row


def menu(
    visit: Visit,
    *,
    pictures: Sequence[Taken] = (),
    excel: Sequence[File] = (),
    data: Sequence[File] = (),
    papers: Sequence[PaperOf | File] = (),
    indicators: Sequence[str] = (),
    page: bool = False,
    note: str = "",
) -> None:
    """The menu of a card, at the right of where it is called; of a `page`, in its row of controls. `indicators`: whose
    figures can be fetched as they are; `note`: what must be known of the files."""
    visit.menus.append(page)
    key = "take" if page else f"take {len(visit.menus)}"
    where = visit.rows[-1] if page and visit.rows else st.container(horizontal=True, horizontal_alignment="right")
    parts: Mapping[str, tuple[str, Sequence[Callable[[], object]]]] = {
        "picture": ("", [partial(_picture, visit, one) for one in pictures]),
        "excel": ("", [partial(_files, visit, excel)] if excel else []),
        "data": (sharing.programs(visit, indicators), [partial(_files, visit, data)] if data else []),
        "paper": (
            "",
            [*(partial(_paper, visit, one) for one in papers), *([partial(st.caption, note)] if note else [])],
        ),
        "link": (sharing.linked(visit), []),
    }
    waiting = ""  # headings and links that no button divides are one piece
    with where, st.popover(visit.say("ui.take"), key=key, type="secondary" if page else "tertiary"):
        for name, (told, drawn) in parts.items():
            if told or drawn:
                waiting += f'<h3 class="take">{as_html(visit.say(f"take.{name}"))}</h3>{told}'
            if drawn:
                st.html(waiting)
                waiting = ""
            for one in drawn:
                one()
        if waiting:
            st.html(waiting)


def _picture(visit: Visit, taken: Taken) -> None:
    if taken.label:
        st.html(f"<p>{as_html(taken.label)}</p>")
    with st.container(horizontal=True):
        buttons(visit, taken)


def _files(visit: Visit, files: Sequence[File]) -> None:
    with st.container(horizontal=True):
        for one in files:
            _download(visit, one)


def _download(visit: Visit, one: File) -> None:
    key = f"file {len(visit.menus)} {one.name}"
    download(one.label, one.make, one.name, mime=one.mime, key=key, permission=one.permission)


def _paper(visit: Visit, one: PaperOf | File) -> None:
    """A button for each kind of file."""
    if isinstance(one, File):
        _download(visit, one)
        return
    address = short_link(visit)
    with st.container(horizontal=True):
        for ending, kind in PAPER_KINDS.items():
            label = visit.say("papers.button", kind=visit.say(f"papers.{one.sort}.kind"), format=kind.name)
            name = file_name(visit, "_".join(filter(None, (visit.say(f"papers.{one.sort}.file"), one.of))), ending)
            make = partial(_made, visit, ending, one.make, address)
            download(label, make, name, mime=kind.mime, key=f"paper {one.sort} {ending}")


def _made(visit: Visit, ending: str, paper: Callable[[], Paper], address: str) -> bytes:
    return paper_file(paper(), ending, data_version=visit.store.data_version(), link=address)
