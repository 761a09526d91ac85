"""What stands around every page: navigation, language, the state of the store, the page's foot."""

from base64 import b64encode
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from access import Actor, Forbidden, allowed
from analysis.moments import today_in_sweden
from analysis.status import waiting_uploads
from exports import program_version
from indicators import catalogue
from locales import text
from locales.numbers import format_date
from locales.refused import Refused
from models import Store, StoreRefused
from models.settings import PROJECT
from models.troubles import in_words
from models.versions import one_run
from ui import ahead, menu, remarks, sharing, vintage, who
from ui.address import asked_first, complete, link
from ui.escape import as_html, plain
from ui.language import chosen_language, language_switch
from ui.notes import tab_title
from ui.server.local import local_mode
from ui.server.measures import run_of
from ui.stores import store
from ui.visit import Visit, drawn

# As a text: from a file, Streamlit reads and recodes the picture at every run (1–4 ms).
_DRAWN: Final = (Path(__file__).parent / "assets" / "icon.png").read_bytes()
_ICON: Final = f"data:image/png;base64,{b64encode(_DRAWN).decode()}"


def draw(pages: Mapping[str, str]) -> None:
    """The whole frame with the asked-for page in it. Navigation comes first: whatever fails later, the frame stands."""
    language = chosen_language()
    actor = who.actor()
    st.set_page_config(page_title=text("ui.product", language), page_icon=_ICON, layout="wide")
    found = {name: _page(name, file, language, actor) for name, file in pages.items()}
    page = st.navigation(list(found.values()), position="hidden")
    tab_title(language, page.title)
    st.html(_told_to_scripts(language))
    with run_of(page.url_path or menu.PAGES[0]):
        _inside(page, found, language, actor)


def _inside(page: st.Page, found: Mapping[str, Any], language: str, actor: Actor) -> None:
    with st.container(key="masthead", horizontal=True, vertical_alignment="center"):
        st.html(_menus(found, page.url_path, language, _waiting(actor)))
        who.header(language, page.url_path)
        language_switch(language)
    who.ended(language)
    # Who works with files and accounts acts on what stands at that very moment.
    once = nullcontext() if page.url_path in vintage.ALWAYS_NOW else one_run()
    try:
        with once:
            _with_store(page, language, actor)
    except StoreRefused as refused:
        st.error(refused.message(language))
        _foot(language, None)


def _with_store(page: st.Page, language: str, actor: Actor) -> None:
    """The page and what stands under it. StoreRefused where the store is missing, out of reach or another file."""
    opened = store()
    day = vintage.chosen_day(language, page.url_path)
    names = who.names_for(opened, actor)
    visit = Visit(language, opened, actor, names, as_of=day)
    visit.choices.update(visit.linked())
    with drawn(visit), vintage.told(visit, page.url_path):
        try:
            with in_words(opened.place):
                page.run()
        except Refused as refused:  # a sign-in that ended or a role that was taken meanwhile, a disk that is full
            st.error(plain(refused.message(language)))
    remarks.told(visit, page.url_path)
    if page.url_path not in vintage.ALWAYS_NOW:
        vintage.picker(visit)
    sharing.draw(visit, page.url_path)
    _foot(language, opened, visit)
    asked = asked_first()
    if visit.found and asked is not None and not visit.as_of:  # an earlier day's figures never stand without their date
        ahead.remember(opened, page.url_path or menu.PAGES[0], asked, visit.found[0])
    complete(visit.choices)


def _waiting(actor: Actor) -> int:
    """How many uploads wait for somebody who may publish; none for others, and while the store is out of reach."""
    if not allowed(actor, "publish"):
        return 0
    with suppress(StoreRefused):
        opened = store()
        with in_words(opened.place):
            return waiting_uploads(opened)
    return 0


def _menus(pages: Mapping[str, Any], open_page: str, language: str, waiting: int) -> str:
    """The masthead's links, of the pages that this reader may see."""
    seen = [name for name, page in pages.items() if page.visibility == "visible"]
    name = open_page or next(iter(pages))
    as_of, region = (st.query_params.get(each, "") for each in ("as_of", "region"))
    return menu.menus(seen, name, region, language, as_of, catalogue().default_group.regions, waiting)


def _page(name: str, file: str, language: str, actor: Actor) -> st.Page:
    """The page as this reader gets it: where none of the permissions it needs is theirs, only the reason why not, and
    no place in the navigation. Its file is then unknown to Streamlit."""
    title = text(f"pages.{name}.title", language)
    needed = menu.NEEDS.get(name, ())
    if not needed or any(allowed(actor, permission) for permission in needed):
        # Nobody signs in in local mode, and a figure's page is reached from the figure; the addresses still work.
        hidden = name in menu.OUTSIDE or (name == "users" and actor.local)
        return st.Page(PROJECT / file, title=title, url_path=name, visibility="hidden" if hidden else "visible")

    def refused() -> None:
        st.title(title, anchor=False)
        st.info(plain(Forbidden(needed[0]).message(language)))

    return st.Page(refused, title=title, url_path=name, visibility="hidden")


def _told_to_scripts(language: str) -> str:
    """What words.js and session.js read: the page's language and session, and what stands there once the session is
    lost."""
    context = get_script_run_ctx()
    session = context.session_id if context else ""
    lost, again = (text(f"ui.session_lost.{part}", language) for part in ("told", "reload"))
    return (
        f'<span data-page-language="{language}" data-page-session="{as_html(session)}"></span>'
        f'<div class="session-lost" role="alert"><p>{as_html(lost)}</p>'
        f'<button type="button">{as_html(again)}</button></div>'
    )


def _foot(language: str, opened: Store | None, visit: Visit | None = None) -> None:
    """Which program and which data were seen, and who can see them; on paper also when, and where they stand."""
    version = opened.data_version() if opened else 0
    data = text("ui.version", language, version=version) if version else text("ui.version_none", language)
    parts = [text("ui.product", language), program_version(), data]
    if local_mode():
        parts.append(text("ui.local_mode", language))
    said = as_html(" · ".join(parts))
    if visit:
        day = format_date(today_in_sweden(), language)
        printed = text("ui.on_paper", language, day=day, link=link(visit))
        said += f'<span class="on-paper">{as_html(printed)}</span>'
    st.html(f'<div class="page-foot">{said}</div>')
