"""Which upload of the desk's tables is open: the address alone says it, and the step taken with it closes it."""

from collections.abc import Collection
from urllib.parse import urlencode

from ui.address import read
from ui.desk.outcomes import is_told
from ui.frame import Frame

_NAME = "upload"


def opened(frame: Frame, known: Collection[int]) -> int | None:
    """The upload that the address asks for, of those on the desk; None where there is none, and when what a step led to
    is about to be told: then the question it answered is closed."""
    asked = read(frame, _NAME, [str(each) for each in known], "")
    if not asked or is_told():
        return None
    frame.choices[_NAME] = asked
    return int(asked)


def opens(frame: Frame, upload: int) -> str:
    """The link that opens an upload."""
    return f"?{urlencode(frame.linked(**{_NAME: str(upload)}))}"


def closes(frame: Frame) -> str:
    """The link that closes what is open."""
    return f"?{urlencode(frame.linked())}"
