"""What the page Mål shows: how much has a target, every decided target and how it stands, what has none, the
history."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.targets.shares import followed_indicators
from analysis.targets.standing import attained_targets
from exports.targets import targets_workbook, without_target
from indicators import catalogue
from ui import take
from ui.address import pick, read
from ui.cache import Key, kept
from ui.notes import bullets, finding, synthetic_warning
from ui.parts import card_head
from ui.pickers import group
from ui.sharing import short_link
from ui.show import File, file_name
from ui.tables import table_html
from ui.targets.beside import targets_key
from ui.visit import Visit
from views.targets import TARGET_COLUMNS, Finding, targets_in_words
from views.targets import finding as finding_of
from wording.targets import title_of

_ALL: Final = "all"


@dataclass(frozen=True)
class Targets:
    """A view: region codes, and the indicator whose targets are shown ("" for all)."""

    visit: Visit
    codes: tuple[str, ...]
    indicator: str

    @property
    def key(self) -> Key:
        return targets_key(self.visit, "page", self.codes, self.indicator)

    @property
    def every(self) -> pl.DataFrame:
        return attained_targets(self.visit.store, self.codes, as_of=self.visit.as_of)

    @property
    def shown(self) -> list[dict[str, Any]]:
        return [row for row in self.every.to_dicts() if self.indicator in ("", row["indicator"])]

    def say(self, key: str, **values: object) -> str:
        return self.visit.say(f"targets.{key}", **values)


def chosen(visit: Visit) -> Targets:
    """Which regions, and one indicator or all. A region that the address names comes first."""
    known = list(catalogue().indicators)

    def shown(key: str) -> str:
        return visit.say("targets.page.all_indicators") if key == _ALL else title_of(key, visit.language)

    pinned = read(visit, "region", ["", *catalogue().region_codes], "")
    visit.choices["region"] = pinned
    with take.controls(visit):
        codes = group(visit)
        label = visit.say("targets.page.indicator")
        indicator = pick(visit, "indicator", [_ALL, *known], label=label, shown=shown)
    visit.indicators.update([indicator] if indicator != _ALL else [])
    own = tuple(code for code in codes if code != pinned)
    return Targets(visit, (pinned, *own) if pinned else codes, "" if indicator == _ALL else indicator)


def head(view: Targets) -> None:
    """How the targets stand, as the page's finding."""
    found = kept(("finding", *view.key), partial(_finding, view))
    finding(view.visit, "targets", found.headline, found.lead)
    if kept(("synthetic", *view.key), lambda: any(row["synthetic"] for row in view.shown)):
        synthetic_warning(view.visit)


def _finding(view: Targets) -> Finding:
    lacking, followed = len(without_target(view.every)), len(followed_indicators())
    return finding_of(view.shown, len(view.codes), lacking, followed, view.indicator, view.visit.language)


def targets(view: Targets) -> None:
    """Every target of the regions and how it stands; how that is judged, folded."""
    if kept(("any", *view.key), lambda: bool(view.shown)):
        with st.container(border=True, key="card targets"):
            st.html(card_head(view.say("page.targets")))
            st.html(kept(("table", "targets", *view.key), partial(_targets_html, view)))
    with st.expander(view.say("page.how")):
        bullets([view.say("page.about"), view.say("page.several"), view.say("page.entered")])


def _targets_html(view: Targets) -> str:
    told = targets_in_words(view.shown, view.visit.language)
    table = [{name: getattr(one, name) for name in TARGET_COLUMNS} for one in told]
    marks = [f"is-{one.standing}" for one in told]
    return f'<div class="targets whole">{targets_html(view, table, "targets_table", (), marks={"status": marks})}</div>'


def workbook(view: Targets) -> None:
    visit, address = view.visit, short_link(view.visit)

    def content() -> bytes:
        return targets_workbook(
            visit.store, view.codes, visit.language, as_of=visit.as_of, link=address, names=visit.names
        )

    excel = File(visit.say("ui.excel"), content, file_name(visit, view.say("page.file")))
    take.menu(visit, excel=[excel], indicators=tuple(visit.indicators), page=True)


def targets_html(
    view: Targets, rows: list[dict[str, str]], caption: str, numbers: tuple[str, ...], **more: dict[str, list[str]]
) -> str:
    headed = [{view.say(f"columns.{name}"): cell for name, cell in row.items()} for row in rows]
    marks = {view.say(f"columns.{name}"): cells for name, cells in more.get("marks", {}).items()}
    named = [view.say(f"columns.{name}") for name in numbers]
    return table_html(pl.DataFrame(headed), view.say(f"page.{caption}"), numbers=named, marks=marks, stacked=True)
