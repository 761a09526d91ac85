"""A paper in the kind of file that is asked for."""

from collections.abc import Callable
from typing import Final, NamedTuple

from exports.papers.pdf import paper_pdf
from exports.papers.slides import paper_pptx
from exports.papers.word import paper_docx
from views.papers import Paper

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


class Kind(NamedTuple):
    """`name`: as a reader knows it; `write`: (paper, data version, link) → the file."""

    name: str
    mime: str
    write: Callable[[Paper, int, str], bytes]


PAPER_KINDS: Final[dict[str, Kind]] = {
    "pdf": Kind("PDF", "application/pdf", paper_pdf),
    "docx": Kind("Word", f"{_OFFICE}.wordprocessingml.document", paper_docx),
    "pptx": Kind("PowerPoint", f"{_OFFICE}.presentationml.presentation", paper_pptx),
}
"""A file's ending → the kind of file."""


def paper_file(paper: Paper, ending: str, *, data_version: int, link: str = "") -> bytes:
    """The file. `link`: the short address of the page that tells the same (views.permalinks), "" where there is none to
    give. KeyError for an ending that PAPER_KINDS lacks."""
    return PAPER_KINDS[ending].write(paper, data_version, link)
