"""Drafts on the desk: what was handed in and written, still there after a reload or a step to another page."""

import hashlib
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import asdict
from typing import Final

import streamlit as st

from loaders import CheckedFile, drafts
from loaders.drafts import OwnDraft
from loaders.mapping import Mapping
from locales.refused import Refused
from models import StoreRefused
from ui import who
from ui.desk.deciding import Answers
from ui.escape import plain
from ui.notes import moment_in_words
from ui.stores import store
from ui.visit import Visit

_IN_ZONE: Final = "desk:in the drop zone"
_CONTENT: Final = "desk:contents of drafts"
_WRITTEN: Final = "desk:written in drafts"
_TROUBLE: Final = "desk:drafts cannot be kept"
_DISCARDED: Final = "desk:draft discarded"
_PAUSE: Final = 60  # seconds: a store that is locked is not waited for at every click
File = tuple[str, bytes]


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def own(visit: Visit) -> dict[str, OwnDraft]:
    """The person's drafts by the file's sha256, oldest first."""
    with suppress(StoreRefused):  # a store that cannot be written: what is old is not shown all the same
        drafts.forget_old_drafts(visit.store)
    return {draft.sha256: draft for draft in drafts.own_drafts(visit.store, visit.actor)}


def restored(visit: Visit, kept: dict[str, OwnDraft], here: Collection[str]) -> dict[str, File]:
    """The drafts' files that are not `here` on the page already (digests), read from the store once a session."""
    held: dict[str, bytes | None] = st.session_state.get(_CONTENT, {})
    wanted = [sha256 for sha256 in kept if sha256 not in here]
    found = {each: held.get(each) or drafts.draft_content(visit.store, visit.actor, each) for each in wanted}
    st.session_state[_CONTENT] = found
    return {sha256: (kept[sha256].file, content) for sha256, content in found.items() if content is not None}


def remember_zone(dropped: Iterable[str]) -> None:
    """What lies in the drop zone (digests). It is empty after a reload too, so only its own callback says what was
    taken out."""
    st.session_state[_IN_ZONE] = set(dropped)


def taken_out() -> None:
    """The drop zone's callback: a file that the person took out of it is a draft no longer."""
    left = {digest_of(file.getvalue()) for file in st.session_state["files"]}
    for sha256 in st.session_state.get(_IN_ZONE, set()) - left:
        discard(sha256)


def discard(sha256: str) -> None:
    """Throw the acting person's draft away. One that cannot be thrown away now stays on the page, with its button."""
    with suppress(Refused):
        drafts.discard_draft(store(), who.require("upload"), sha256)


def keep(visit: Visit, checked: CheckedFile, before: OwnDraft | None, reading: str, mapping: Mapping | None) -> bool:
    """Keep the file and how it is to be read; whether it is kept. Said on the page where it cannot be."""
    if before is None:
        st.session_state.setdefault(_WRITTEN, {}).pop(checked.sha256, None)
    return _tried(
        visit, lambda: drafts.keep_draft(visit.store, visit.actor, checked, before, reading=reading, mapping=mapping)
    )


def answers_in(draft: OwnDraft | None) -> Answers:
    """What the person had written."""
    return Answers(**draft.answers) if draft else Answers()


def write(visit: Visit, sha256: str, before: Answers, answers: Answers) -> None:
    """Keep what the person has written since this page last did: another open page may have kept something later."""
    written: dict[str, Answers] = st.session_state.setdefault(_WRITTEN, {})
    if answers == written.setdefault(sha256, before):
        return

    def kept() -> bool:
        drafts.write_answers(visit.store, visit.actor, sha256, asdict(answers))
        written[sha256] = answers
        return True

    _tried(visit, kept)


def _tried(visit: Visit, step: Callable[[], bool]) -> bool:
    """What the step says; False where it is refused, which is told."""
    refused, until = st.session_state.get(_TROUBLE, (None, 0.0))
    if refused is None or time.monotonic() >= until:
        try:
            done = step()
        except Refused as found:
            refused = found
            if isinstance(found, StoreRefused):
                st.session_state[_TROUBLE] = (found, time.monotonic() + _PAUSE)
        else:
            st.session_state.pop(_TROUBLE, None)
            return done
    st.warning(visit.say("upload_desk.draft.not_kept", why=plain(refused.message(visit.language))))
    return False


def note(visit: Visit, draft: OwnDraft) -> None:
    """That this file is a draft, since when and until when, and the way to throw it away."""
    since, until = (moment_in_words(at, visit.language) for at in (draft.created_at, draft.ends_at))
    seen = visit.say(f"upload_desk.draft.seen.{'local' if visit.actor.local else 'own'}")
    st.markdown(visit.say("upload_desk.draft.restored", since=since, until=until, seen=seen))
    if not st.button(visit.say("upload_desk.draft.discard"), key=f"discard:{draft.sha256[:16]}"):
        return
    try:
        drafts.discard_draft(visit.store, who.require("upload"), draft.sha256)
    except Refused as refused:
        st.error(plain(refused.message(visit.language)))
        return
    st.session_state[_DISCARDED] = draft.file
    st.rerun()


def zone_note(visit: Visit) -> None:
    """That the file in the drop zone is kept as a draft."""
    seen = visit.say(f"upload_desk.draft.seen.{'local' if visit.actor.local else 'own'}")
    st.caption(visit.say("upload_desk.draft.kept", days=drafts.DAYS, seen=seen))


def told_discarded(visit: Visit) -> None:
    """Once, that a draft was thrown away."""
    if file := st.session_state.pop(_DISCARDED, None):
        st.success(visit.say("upload_desk.draft.discarded", file=plain(file)))
