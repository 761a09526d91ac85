"""What we ask Streamlit's runtime, which has no public door for it: whose session an id is, which sessions were given
a file, and the name it gives a file. Pinned to the release in requirements.txt; tests/browser/test_attacks.py fails
when they move."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

from streamlit.runtime import exists, get_instance
from streamlit.runtime.app_session import AppSessionState
from streamlit.runtime.memory_media_file_storage import _calculate_file_id

_REMEMBERED: Final = 10_000  # files; Streamlit has long dropped the oldest
_NEEDED: Final[OrderedDict[str, frozenset[str]]] = OrderedDict()


def needs_permission(content: bytes, mime: str, name: str, permission: str) -> None:
    """Whoever fetches this file, under the name Streamlit gives it, must have the permission then too."""
    file_id = _calculate_file_id(content, mime, name)
    _NEEDED[file_id] = _NEEDED.get(file_id, frozenset()) | {permission}
    _NEEDED.move_to_end(file_id)
    while len(_NEEDED) > _REMEMBERED:
        _NEEDED.popitem(last=False)


def permissions_for(file_id: str) -> frozenset[str]:
    """What it takes to fetch a file; nothing for pictures that a page shows."""
    return _NEEDED.get(file_id, frozenset())


def user_of(session_id: str) -> Mapping[str, Any] | None:
    """What `st.user` holds in a session, or None where there is no such session."""
    if not exists():
        return None
    info = get_instance()._session_mgr.get_session_info(session_id)
    return dict(info.session._user_info) if info is not None else None


def open_sessions() -> int:
    """How many pages are open in browsers."""
    return len(get_instance()._session_mgr.list_active_sessions()) if exists() else 0


def runs_under_way() -> int:
    """How many of them run now; one whose reader has gone ends by itself."""
    sessions = get_instance()._session_mgr.list_active_sessions() if exists() else []
    return sum(info.session._state == AppSessionState.APP_IS_RUNNING for info in sessions)


def sessions_with(file_id: str) -> set[str]:
    """The ids of the sessions whose page holds the file, or offers a download of its name and type: what is made when
    it is clicked belongs, for Streamlit, to no session."""
    if not exists():
        return set()
    manager = get_instance().media_file_mgr
    held = {
        session for session, files in list(manager._files_by_session_and_coord.items()) if file_id in [*files.values()]
    }
    made = manager.read_file(file_id)
    if made is None or made.filename is None:
        return held
    offers = list(manager._deferred_callables.values())
    named = (made.filename, made.mimetype)
    return held | {offer["session_id"] for offer in offers if (offer["filename"], offer["mimetype"]) == named}
