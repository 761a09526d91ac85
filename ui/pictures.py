"""The picture that a reader takes from a card, of a chart or of a table that is one; made when it is asked for."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

import polars as pl

from analysis.figures import figures_of
from analysis.moments import today_in_sweden
from charts.context import Context, Said, context_of, said_of
from exports import pictures
from exports.pictures import Drawing, Shape
from indicators import NATION, Indicator, catalogue, period_of
from ui.cache import kept, view_key
from ui.sharing import short_link
from ui.show import download, file_name
from ui.visit import Visit
from views.permalinks import check_of
from wording.figures import publisher_in_words

_SHAPES: Final = (pictures.WIDE, pictures.COLUMN)
_KINDS: Final[dict[str, tuple[str, Callable[[str], bytes]]]] = {
    "png": ("image/png", pictures.as_png),
    "svg": ("image/svg+xml", pictures.as_svg),
}


Of = tuple[Sequence[str], Sequence[str]]
"""The indicators of a picture, and its first and last period (keys)."""


class Taken(NamedTuple):
    """A picture to be made: the words around it, the same in words for who cannot see it, the drawing itself, and the
    file's name without its ending; `label` tells those of one menu apart."""

    said: Said
    alt: str
    drawing: Drawing
    name: str
    label: str = ""


def buttons(visit: Visit, taken: Taken) -> None:
    """To copy it, and in both shapes and kinds."""
    visit.pictures.append(taken.name)
    place, address = len(visit.pictures), short_link(visit)
    told = (address, f"{visit.say('checking.title')} {check_of(address)}")
    copied, name = partial(_made, taken, pictures.WIDE, "png", *told), file_name(visit, taken.name, "png")
    # By this key ui/assets/pictures.js knows that the picture is to be copied, not saved.
    download(visit.say("pictures.copy"), copied, name, mime=_KINDS["png"][0], key=f"picture {place} copied")
    for shape in _SHAPES:
        for ending, (mime, _) in _KINDS.items():
            label = visit.say(f"pictures.{shape.name}", kind=ending.upper())
            name = file_name(visit, f"{taken.name}_{visit.say(f'pictures.file.{shape.name}')}", ending)
            key = f"picture {place} {shape.name} {ending}"
            download(label, partial(_made, taken, shape, ending, *told), name, mime=mime, key=key)


def _made(taken: Taken, shape: Shape, ending: str, address: str, check: str) -> bytes:
    drawn = pictures.picture(taken.said, taken.alt, taken.drawing, shape, link=address, check=check)
    return _KINDS[ending][1](drawn)


def named(visit: Visit, content: str, periods: Sequence[str]) -> str:
    """A picture's file name: its content, the regions that the page is about, and its periods (the first and last)."""
    regions = visit.choices.get("region") or visit.choices.get("regions") or visit.choices.get("group", "")
    return pictures.file_name(content, regions, *dict.fromkeys(periods))


def of_table(
    visit: Visit, heading: tuple[str, str], drawing: Drawing, of: Of, *, synthetic: bool, assumed: bool, name: str
) -> Taken:
    """The picture of a table that is one: `heading` is its finding, and what it shows of whom; `assumed`: some figure
    of it rests on an assumed base; `name`: its content, in the file's name."""
    (title, subtitle), (indicators, periods) = heading, of
    around = context(visit, tuple(sorted(set(indicators))), periods, synthetic=synthetic)
    marks = {"synthetic": synthetic, "only_synthetic": False, "assumed": assumed, "periods": list(periods)}
    said = said_of(title, subtitle, marks, around, visit.language)
    return Taken(said, f"{title}. {subtitle}", drawing, named(visit, name, periods))


def context(visit: Visit, indicators: tuple[str, ...], periods: Sequence[str], *, synthetic: bool) -> Context:
    """Source, as-of and assumption of the indicators in these periods (keys, the first and the last)."""
    sex = visit.choices.get("sex", "T")
    key = view_key(visit, "context", sex, tuple(periods), indicators, str(synthetic))
    return kept(key, partial(_made_context, visit, indicators, periods, sex, synthetic))


def _made_context(
    visit: Visit, indicators: tuple[str, ...], periods: Sequence[str], sex: str, synthetic: bool
) -> Context:
    known = [catalogue().indicators[one] for one in indicators]
    sources = dict.fromkeys(publisher_in_words(one.source) for one in known)
    bases = _assumed_bases(visit, known, sex, periods)
    return context_of(sources, visit.as_of or today_in_sweden(), bases, visit.language, synthetic=synthetic)


def _assumed_bases(visit: Visit, known: Sequence[Indicator], sex: str, periods: Sequence[str]) -> list[float]:
    """The answers assumed behind the regions' figures of these periods, each number once."""
    if not periods:
        return []
    first, last = (period_of(key) for key in periods)
    inside = (pl.col("period_start") >= first.start) & (pl.col("period_end") <= last.end)
    found: set[float] = set()
    for one in known:
        rows = figures_of(visit.store, one, visit.as_of, sex=sex)
        found |= set(rows.filter(inside, pl.col("code") != NATION)["assumed_base"].drop_nulls())
    return sorted(found)
