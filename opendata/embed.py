"""`/embed/…`: one chart for somebody else's page. Drawn here, an SVG with everything a picture must say inside it; no
script, no session, no cookie. Who may frame it is a setting (ui/server/headers.py)."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Final

import polars as pl
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from analysis import Comparison, TimeSeries, compare_regions, series_over_time
from analysis.groups import audited_regions
from analysis.methods.flags import has_flag
from analysis.moments import today_in_sweden
from charts import trend_lines
from charts.context import Context, context_of, marks_of, said_of
from charts.drawn_tables import strips_drawn
from exports import pictures
from indicators import NATION
from locales import text
from models import Store
from opendata.asked import EMBEDDED, Asked, understood
from opendata.plain_api import Standing, standing
from opendata.replies import Ready, base_of, kept, sent
from views.area import Area, area
from views.area_pages import page_of
from views.parts import Reader
from views.permalinks import code_of
from wording.figures import publisher_in_words

KINDS: Final = ("regions", "trend")
_STYLE: Final = "body{margin:0}svg{display:block;width:100%;height:auto}a{display:block}"


def routes(store: Callable[[], Store]) -> list[Route]:
    def chart(request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in KINDS:
            raise HTTPException(404)
        asked = understood(EMBEDDED, request.query_params.multi_items(), needed=("indicator",))
        opened = store()
        return sent(request, _ready(opened, standing(opened), kind, asked, base_of(request)))

    return [Route("/embed/{kind}", chart)]


@kept
def _ready(store: Store, _standing: Standing, kind: str, asked: Asked, base: str) -> Ready:
    """The page with its chart, which leads to the view it is taken from, as it was that day."""
    language, reader = asked.language, Reader(asked.language, store, asked["as_of"])
    comparison, series, chosen = _answers(store, asked)
    if comparison.period is None:
        raise HTTPException(404)
    view = area(reader, comparison, series, chosen)
    choices = {
        "indicator": comparison.indicator.id,
        "period": comparison.period.key,
        "sex": comparison.sex,
        "benchmark": comparison.benchmark,
        "level": asked["level"],
        "lang": language,
        "as_of": (asked["as_of"] or today_in_sweden()).isoformat(),
    }
    link = f"{base}/p/{code_of(page_of(comparison.indicator) or 'indicator', choices)}"
    drawn = _regions(view, comparison, asked) if kind == "regions" else _trend(series, chosen, asked)
    svg = pictures.as_svg(drawn(link)).decode()
    title = escape(f"{view.headline} – {text('ui.product', language)}")
    html = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<style>{_STYLE}</style></head><body><a href="{escape(link)}" target="_blank" rel="noopener">{svg}</a>'
        "</body></html>"
    )
    return Ready(html.encode(), "text/html; charset=utf-8")


def _answers(store: Store, asked: Asked) -> tuple[Comparison, TimeSeries, tuple[str, ...]]:
    """The comparison of all regions, the series, and the regions that stand out: those asked for, else the audited."""
    chosen = tuple(code for code in asked["region"] or audited_regions(store, asked["as_of"]) if code != NATION)
    sex, made_up = asked["sex"] or "T", asked["synthetic"] == "true"
    comparison = compare_regions(
        store,
        asked["indicator"],
        asked["period"],
        sex=sex,
        benchmark=asked["benchmark"],
        level=float(asked["level"]),
        as_of=asked["as_of"],
        include_synthetic=made_up,
    )
    kind = comparison.period.kind if comparison.period else None
    series = series_over_time(
        store, asked["indicator"], regions=chosen, sex=sex, kind=kind, as_of=asked["as_of"], include_synthetic=made_up
    )
    return comparison, series, chosen


def _regions(view: Area, comparison: Comparison, asked: Asked) -> Callable[[str], str]:
    """The regions on one scale: the picture, given the address it leads to."""
    assert comparison.period is not None
    key = comparison.period.key
    marks = {
        "synthetic": comparison.synthetic,
        "only_synthetic": not comparison.rows.filter(~has_flag(pl.col("flags"), "x"))["value"].count(),
        "assumed": any(one.cell.verdict.assumed for one in view.strips),
        "periods": [key, key],
    }
    subtitle = " · ".join((comparison.indicator.title.in_language(asked.language), *view.notes))
    around = _context(comparison, comparison.rows, asked)
    said = said_of(view.headline, subtitle, marks, around, asked.language)
    return lambda link: pictures.picture(
        said, f"{view.headline}. {subtitle}", partial(strips_drawn, view), pictures.WIDE, link=link
    )


def _trend(series: TimeSeries, chosen: Sequence[str], asked: Asked) -> Callable[[str], str]:
    """The regions over time."""
    spec = trend_lines(series, asked.language, chosen=chosen).to_dict(validate=False)
    heading = spec["title"]
    around = _context(series, series.rows, asked)
    said = said_of(heading["text"], heading.get("subtitle") or "", marks_of(spec), around, asked.language)
    return lambda link: pictures.picture(
        said, f"{said.title}. {said.subtitle}", pictures.chart(spec), pictures.WIDE, link=link
    )


def _context(answer: Comparison | TimeSeries, rows: pl.DataFrame, asked: Asked) -> Context:
    """Source, as-of and assumption under the chart, as under the page's own pictures."""
    bases = rows.filter(pl.col("code") != NATION)["assumed_base"].drop_nulls().unique().sort()
    source = publisher_in_words(answer.indicator.source)
    day = asked["as_of"] or today_in_sweden()
    return context_of([source], day, bases, asked.language, synthetic=answer.synthetic)
