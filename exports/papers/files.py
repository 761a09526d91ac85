"""A paper in the kind of file that is asked for."""

from collections.abc import Callable
from typing import Final, NamedTuple

from exports import papers
from views.papers import Paper

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


class Kind(NamedTuple):
    """`name`: as a reader knows it; `write`: (paper, data version, link) → the file. A library is imported for its own
    kind alone: a PDF waits for no slides."""

    name: str
    mime: str
    write: Callable[[Paper, int, str], bytes]


PAPER_KINDS: Final[dict[str, Kind]] = {
    "pdf": Kind("PDF", "application/pdf", lambda *paper: papers.paper_pdf(*paper)),
    "docx": Kind("Word", f"{_OFFICE}.wordprocessingml.document", lambda *paper: papers.paper_docx(*paper)),
    "pptx": Kind("PowerPoint", f"{_OFFICE}.presentationml.presentation", lambda *paper: papers.paper_pptx(*paper)),
}
"""A file's ending → the kind of file."""


def paper_file(paper: Paper, ending: str, *, data_version: int, link: str = "") -> bytes:
    """The file. `link`: the short address of the page that tells the same (views.permalinks), "" where there is none to
    give. KeyError for an ending that PAPER_KINDS lacks."""
    return PAPER_KINDS[ending].write(paper, data_version, link)
