"""Mål beside the figures: which of the shown regions have a decided target and how it stands, or that there is none.

Each line is made once for a store's figures and targets, the day and the reader's language.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from analysis.targets.decided import targets_version
from analysis.targets.shares import followed_indicators
from analysis.targets.standing import PHASES, STATUSES, attained_targets, this_day
from indicators import catalogue
from ui.cache import Key, kept, view_key
from ui.escape import plain
from ui.notes import bullets
from ui.visit import Visit
from wording.targets import figure_in_words, status_reason, status_word, target_in_words, title_of

_MOST_NAMES: Final = 6
Rows = list[dict[str, Any]]


def targets_key(visit: Visit, *choices: str | tuple[str, ...]) -> Key:
    """The question about targets as scalars: everything an answer depends on."""
    targets = targets_version(visit.store)
    return ("targets", targets, this_day(visit.as_of).isoformat(), *view_key(visit, *choices))


def state_line(visit: Visit, indicator_id: str, codes: Sequence[str]) -> None:
    """One line: which of these regions have a decided target for the indicator and how it stands, else that none is
    registered here."""
    st.markdown(line_of(visit, indicator_id, codes))


def state_lines(visit: Visit, indicator_ids: Sequence[str], codes: Sequence[str], *, synthetic: bool = True) -> None:
    """The same for several indicators: those with a target by name, the others in one sentence. Without `synthetic` no
    target is told by an example figure."""
    key = targets_key(visit, "lines", tuple(indicator_ids), tuple(codes), str(synthetic))
    bullets(kept(key, partial(_lines, visit, tuple(indicator_ids), tuple(codes), synthetic)))


def region_line(visit: Visit, code: str, *, synthetic: bool = True) -> None:
    """A region's targets over all indicators, each with how it stands; without any, that is said."""
    bullets(kept(targets_key(visit, "region", code, str(synthetic)), partial(_region, visit, code, synthetic)))


def line_of(visit: Visit, indicator_id: str, codes: Sequence[str]) -> str:
    """The line of state_line, as markdown."""
    chosen = tuple(codes)
    make: Callable[[], str] = partial(_one, visit, indicator_id, chosen)
    return kept(targets_key(visit, "line", indicator_id, chosen), make)


def _one(visit: Visit, indicator_id: str, codes: Sequence[str], synthetic: bool = True) -> str:
    rows = leading(_attained(visit, codes, synthetic, indicator_id))
    if not rows:
        key = "none_one" if len(codes) == 1 else "none"
        return visit.say(f"targets.line.{key}", region=_name(codes[0]) if codes else "", link=link(visit, indicator_id))
    lacking = [code for code in codes if code not in {row["code"] for row in rows}]
    told = visit.say("targets.line.lacking", names=_names(visit, lacking)) if lacking else ""
    said = visit.say("targets.line.some", said=_told(visit, rows), lacking=told, link=link(visit, indicator_id))
    return said.replace("  ", " ")


def _attained(visit: Visit, codes: Sequence[str], synthetic: bool, indicator: str | None = None) -> Rows:
    found = attained_targets(visit.store, codes, indicator=indicator, as_of=visit.as_of, include_synthetic=synthetic)
    return found.to_dicts()


def leading(rows: Rows) -> Rows:
    """Of each region and indicator the target that counts: the one in force, else the first that is decided for
    later."""
    live = sorted((row for row in rows if row["phase"] in ("in_force", "later")), key=_place)
    found = {(row["code"], row["indicator"]): row for row in reversed(live)}
    return [row for row in live if found[row["code"], row["indicator"]] is row]


def _place(row: Mapping[str, Any]) -> tuple[int, Any]:
    return PHASES.index(row["phase"]), row["valid_from"]


def _told(visit: Visit, rows: Rows) -> str:
    """`minst 70 %: ▼ inte nått (Norrbotten), ● kan inte avgöras (Gävleborg)`, one part per target."""
    targets: dict[str, dict[tuple[int, str], Rows]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        place = STATUSES.index(row["status"])
        said = (status_word(row, visit.language), status_reason(row, visit.language))
        targets[target_in_words(row, visit.language)][place, ", ".join(filter(None, said))].append(row)
    parts = [
        visit.say(
            "targets.line.target", target=plain(target), told=", ".join(_status(visit, *one) for one in told.items())
        )
        for target, told in sorted(targets.items())
        for told in [dict(sorted(told.items()))]
    ]
    return "; ".join(parts)


def _status(visit: Visit, word: tuple[int, str], rows: Rows) -> str:
    if len(rows) == 1 and (figure := figure_in_words(rows[0], visit.language)):
        return f"{plain(word[1])} ({_name(rows[0]['code'])} {plain(figure)})"
    return f"{plain(word[1])} ({_names(visit, [row['code'] for row in rows])})"


def _names(visit: Visit, codes: Sequence[str]) -> str:
    if len(codes) > _MOST_NAMES:
        return visit.say("targets.line.regions", count=len(codes))
    return ", ".join(_name(code) for code in codes)


def _name(code: str) -> str:
    return plain(catalogue().regions[code].short_name)


def link(visit: Visit, indicator_id: str = "") -> str:
    """A way to the page Mål; markdown."""
    query = urlencode(visit.linked(**({"indicator": indicator_id} if indicator_id else {})))
    return f"[{visit.say('pages.targets.title')}](targets?{query})"


def _lines(visit: Visit, indicator_ids: Sequence[str], codes: tuple[str, ...], synthetic: bool) -> list[str]:
    shown = leading([row for row in _attained(visit, codes, synthetic) if row["indicator"] in indicator_ids])
    with_target = [one for one in indicator_ids if any(row["indicator"] == one for row in shown)]
    if not with_target:
        return [visit.say("targets.line.none_of_all", link=link(visit))]
    said = [f"**{plain(title_of(one, visit.language))}:** {_one(visit, one, codes, synthetic)}" for one in with_target]
    without = len(indicator_ids) - len(with_target)
    return [*said, *([visit.say("targets.line.others", count=without)] if without else [])]


def _region(visit: Visit, code: str, synthetic: bool) -> list[str]:
    rows = leading(_attained(visit, (code,), synthetic))
    every = [one.id for one in followed_indicators()]
    known = [row for row in rows if row["indicator"] in every]
    if not rows:
        return [visit.say("targets.line.region_none", region=_name(code), every=len(every), link=link(visit))]
    said = visit.say("targets.line.region", region=_name(code), count=len(known), every=len(every), link=link(visit))
    return [said, *(f"**{plain(title_of(row['indicator'], visit.language))}:** {_told(visit, [row])}." for row in rows)]
