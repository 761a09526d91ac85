"""Which upload of the desk's tables is open: the address alone says it, and the step taken with it closes it."""

from collections.abc import Collection
from urllib.parse import urlencode

from ui.address import read
from ui.desk.outcomes import is_told
from ui.visit import Visit

_NAME = "upload"


def opened(visit: Visit, known: Collection[int]) -> int | None:
    """The upload that the address asks for, of those on the desk; None where there is none, and when what a step led to
    is about to be told: then the question it answered is closed."""
    asked = read(visit, _NAME, [str(each) for each in known], "")
    if not asked or is_told():
        return None
    visit.choices[_NAME] = asked
    return int(asked)


def opens(visit: Visit, upload: int) -> str:
    """The link that opens an upload."""
    return f"?{urlencode(visit.linked(**{_NAME: str(upload)}))}"


def closes(visit: Visit) -> str:
    """The link that closes what is open."""
    return f"?{urlencode(visit.linked())}"
