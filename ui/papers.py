"""The papers that a reader takes to a meeting from a page: each kind of file a button, made when it is asked for."""

from collections.abc import Callable
from functools import partial

from exports import PAPER_KINDS, paper_file
from ui.sharing import short_link
from ui.show import download, file_name
from ui.visit import Visit
from views.papers import Paper


def buttons(visit: Visit, sort: str, of: str, paper: Callable[[], Paper]) -> None:
    """A button for each kind of file. `sort`: which paper (a key of papers.toml); `of`: whom, in the file's name."""
    address = short_link(visit)
    for ending, kind in PAPER_KINDS.items():
        label = visit.say("papers.button", kind=visit.say(f"papers.{sort}.kind"), format=kind.name)
        name = file_name(visit, "_".join(filter(None, (visit.say(f"papers.{sort}.file"), of))), ending)
        make = partial(_made, visit, ending, paper, address)
        download(label, make, name, mime=kind.mime, key=f"paper {sort} {ending}")


def _made(visit: Visit, ending: str, paper: Callable[[], Paper], address: str) -> bytes:
    return paper_file(paper(), ending, data_version=visit.store.data_version(), link=address)
