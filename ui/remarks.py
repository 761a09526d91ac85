"""The remarks on what a page shows: under every page, and above an earlier day's what was said later."""

import polars as pl
import streamlit as st

from analysis.groups import audited_regions, confirmed_group
from analysis.remarks import later_remarks, standing_remarks
from indicators import catalogue, period_label
from ui.escape import plain
from ui.frame import Frame
from ui.notes import bullets

_NO_FIGURES: frozenset[str] = frozenset({"upload", "users", "log"})


def told(frame: Frame, page: str) -> None:
    """Every remark on the indicators the page has shown, with its source; nothing where there is none."""
    if page in _NO_FIGURES:
        return
    _audited(frame)
    if not frame.indicators:
        return
    found = standing_remarks(frame.store, frame.as_of).filter(pl.col("indicator").is_in(list(frame.indicators)))
    later = [later_remarks(frame.store, one, frame.as_of) for one in sorted(frame.indicators)] if frame.as_of else []
    lines = [
        *_lines(frame, found),
        *(frame.say("statements.later", said=one) for rows in later for one in _lines(frame, rows)),
    ]
    if lines:
        with st.container(border=True):
            st.markdown(f"**{frame.say('statements.heading')}**")
            bullets(lines)


def _audited(frame: Frame) -> None:
    """What the group of audited regions rests on, once on a page that shows it."""
    group = catalogue().default_group
    shown = frame.choices.get("group") == group.id or f"group:{group.id}" in frame.choices.get("benchmark", "")
    if not shown:
        return
    found = confirmed_group(frame.store, frame.as_of)
    if found is None:
        said = group.note.in_language(frame.language) if group.note else ""
    else:
        names = ", ".join(catalogue().regions[code].short_name for code in audited_regions(frame.store, frame.as_of))
        said = frame.say("statements.group.confirmed", names=names, source=found.source)
    if said:
        st.caption(plain(said))


def _lines(frame: Frame, remarks: pl.DataFrame) -> list[str]:
    """`Förtroende: sjukhus, 2024 (bedöms inte): … Källa: …`, as markdown."""
    return [
        plain(
            frame.say(
                "statements.line",
                title=catalogue().indicators[row["indicator"]].short_title.in_language(frame.language),
                period=period_label(row["period"], frame.language),
                effect=frame.say(f"statements.effect.{row['effect']}"),
                reason=row[f"reason_{frame.language}"],
                source=row[f"source_{frame.language}"],
            )
        )
        for row in remarks.sort("indicator", "period", descending=[False, True]).to_dicts()
    ]
