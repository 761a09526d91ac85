"""Under a page: a short address of the view as it is today, the address that says whether it still holds, and how the
figures are named as a source."""

from collections.abc import Sequence
from functools import partial
from typing import Final
from urllib.parse import urlencode, urlsplit

import polars as pl
import streamlit as st

from analysis.figures import figures_of
from analysis.moments import today_in_sweden
from indicators import catalogue
from locales.numbers import format_date
from models import settings
from ui import menu
from ui.cache import kept, view_key
from ui.escape import as_html
from ui.visit import Visit
from views.citing import cited
from views.parts import Reader
from views.permalinks import check_of, code_of

_EMBEDDED: Final = ("indicator", "period", "sex", "benchmark", "level", "lang")
_NOT_SHARED: Final = ("search", "upload", "users", "log")


def draw(visit: Visit, page: str) -> None:
    """The card, folded, under every page that shows figures."""
    page = page or menu.PAGES[0]
    if page in _NOT_SHARED or not visit.store.data_version():
        return
    day = visit.as_of or today_in_sweden()
    code = code_of(page, {**visit.choices, "as_of": day.isoformat()})
    base = site()
    key = view_key(visit, "sharing", page, code, base, tuple(sorted(visit.indicators)))
    st.html(kept(key, partial(_html, visit, page, code, base)))


def short_link(visit: Visit) -> str:
    """The short address of the view on screen, with every choice made so far, as it is today."""
    day = visit.as_of or today_in_sweden()
    return f"{site()}/p/{code_of(_here(), {**visit.choices, 'as_of': day.isoformat()})}"


def _here() -> str:
    """The page's name, from its address."""
    return urlsplit(st.context.url or "").path.rpartition("/")[2] or menu.PAGES[0]


def site() -> str:
    """The site's address without a slash at its end: the setting's, else as the reader wrote it."""
    if chosen := settings().public_url:
        return chosen
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""


def _html(visit: Visit, page: str, code: str, base: str) -> str:
    link, check = f"{base}/p/{code}", f"{base}/check/{code}"
    day = format_date(visit.as_of or today_in_sweden(), visit.language)
    data = _data(visit, base, tuple(visit.indicators))
    facts = [
        (visit.say("sharing.link", day=day), _leaving(link, link)),
        (visit.say("checking.title"), _leaving(check, check)),
        *_sources(visit, page, link),
        *([(visit.say("sharing.data"), data)] if data else []),
        *_embedded(visit, base),
    ]
    summary = as_html(visit.say("sharing.title"))
    return f'<details class="share"><summary>{summary}</summary>{_listed(facts)}</details>'


def programs(visit: Visit, indicators: Sequence[str]) -> str:
    """The figures of a card's one measure as files, as HTML; "" for several."""
    data = _data(visit, site(), indicators)
    return f"<p>{data}</p>" if data else ""


def linked(visit: Visit) -> str:
    """For a menu: the short link, where it is told whether it still holds, and how to frame the chart, as HTML; ""
    where nothing is published."""
    if not visit.store.data_version() or _here() in _NOT_SHARED:
        return ""
    link = short_link(visit)
    facts = [
        (visit.say("sharing.short"), _leaving(link, link)),
        (visit.say("checking.title"), _leaving(check_of(link), check_of(link))),
        *_embedded(visit, site()),
    ]
    return f'{_listed(facts)}<p class="said">{as_html(visit.say("sharing.more"))}</p>'


def _listed(facts: Sequence[tuple[str, str]]) -> str:
    lines = "".join(f"<dt>{as_html(name)}</dt><dd>{said}</dd>" for name, said in facts)
    return f'<dl class="facts">{lines}</dl>'


def _leaving(address: str, words: str) -> str:
    """A link to what is no page: links.js leaves it to the browser."""
    return f'<a href="{as_html(address)}" data-leaves>{as_html(words)}</a>'


def _data(visit: Visit, base: str, indicators: Sequence[str]) -> str:
    """Links to the figures of the only measure, as HTML; "" for several or none."""
    if len(indicators) != 1:
        return ""
    (name,) = indicators
    day = {"as_of": str(visit.as_of)} if visit.as_of else {}
    asked = f"{base}/api/v1/observations?{urlencode({'indicator': name, **day})}"
    whole = f"{base}/api/v1/datapackage/{name}.zip?{urlencode({'lang': visit.language, **day})}"
    ways = {"JSON": asked, "CSV": f"{asked}&format=csv", "Parquet": f"{asked}&format=parquet"}
    links = [_leaving(address, words) for words, address in ways.items()]
    return " · ".join([*links, _leaving(whole, visit.say("sharing.package"))])


def _embedded(visit: Visit, base: str) -> list[tuple[str, str]]:
    """How another site shows the page's chart, where some may."""
    indicator = visit.choices.get("indicator", "")
    if not settings().embed_origins or indicator not in catalogue().indicators:
        return []
    asked = {name: visit.choices[name] for name in _EMBEDDED if visit.choices.get(name)}
    address = f"{base}/embed/regions?{urlencode({**asked, **({'as_of': str(visit.as_of)} if visit.as_of else {})})}"
    title = catalogue().indicators[indicator].title.in_language(visit.language)
    frame = f'<iframe src="{as_html(address)}" title="{as_html(title)}" width="960" height="540"></iframe>'
    return [(visit.say("sharing.embed"), f"<pre>{as_html(frame)}</pre>")]


def _sources(visit: Visit, page: str, link: str) -> list[tuple[str, str]]:
    """The citations of the page's measures; none on a page about no measure in particular."""
    known = catalogue().indicators
    measures = [known[one] for one in known if one in visit.indicators]
    if not measures:
        return []
    rows = pl.concat([figures_of(visit.store, one, visit.as_of) for one in measures])
    one_only = len(measures) == 1
    title = measures[0].title.in_language(visit.language) if one_only else visit.say(f"pages.{page}.title")
    key = measures[0].id if one_only else page.replace("-", "_")
    found = cited(Reader(visit.language, visit.store, visit.as_of), rows, key=key, title=title, link=link)
    told = [("sharing.cite_sv", found.swedish), ("sharing.cite_en", found.english)]
    said = [(visit.say(name), as_html(words)) for name, words in told if words]
    return [*said, ("BibTeX", f"<pre>{as_html(found.bibtex)}</pre>")]
