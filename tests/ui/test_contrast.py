"""Every pair of colours that stands on another is readable, light and dark (WCAG AA)."""

import re
from datetime import date

import pytest

from charts import colours
from charts.judgement_marks import LOOKS
from charts.small import spark
from tests.charts.test_theme import contrast
from ui.server.shell import ASSETS
from views.parts import Line, Point

_PAIR = re.compile(r"--([a-z0-9-]+): (?:light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(#[0-9a-f]{6}));")


def of_the_page(scheme: int) -> dict[str, str]:
    """The names of ui/assets/style.css with their colours; scheme 0 light, 1 dark."""
    found = _PAIR.findall((ASSETS / "style.css").read_text(encoding="utf-8"))
    return {name: (light, dark)[scheme] or one for name, light, dark, one in found}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "ground", 4.5), ("ink", "card", 4.5), ("muted", "ground", 4.5), ("muted", "card", 4.5),
        ("link", "ground", 4.5), ("link", "card", 4.5), ("link", "neutral-fill", 4.5),
        ("better", "better-fill", 4.5), ("worse", "worse-fill", 4.5), ("neutral", "neutral-fill", 4.5),
        ("other", "other-fill", 4.5), ("better", "card", 4.5), ("worse", "card", 4.5), ("neutral", "card", 4.5),
        ("other", "card", 4.5), ("ink", "neutral-fill", 4.5), ("edge", "card", 3), ("edge", "ground", 3),
    ],
)  # fmt: skip
def test_what_is_read_stands_out_from_its_ground(scheme: int, ink: str, ground: str, least: float) -> None:
    known = of_the_page(scheme)
    assert contrast(known[ink], known[ground]) >= least


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_white_is_read_on_the_masthead(scheme: int) -> None:
    assert contrast("#ffffff", of_the_page(scheme)["head"]) >= 4.5


def test_no_meaning_hangs_on_how_light_a_tint_is() -> None:
    """In grey the tints of better, worse and no sure difference cannot be told apart: symbol and word say it."""
    known = of_the_page(0)
    tints = [known[name] for name in ("better-fill", "worse-fill", "neutral-fill", "other-fill")]
    assert max(contrast(one, other) for one in tints for other in tints) < 1.15


SCHEMES = pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
TEXTS = ("ink", "muted", "link", "better", "worse", "neutral", "higher", "lower", "second", "third", "fourth", "fifth",
         "sixth", "made-up")  # fmt: skip
"""What a chart writes with: values and names take the colour of their mark."""
MARKS = (*TEXTS, "edge", "break")
GROUNDS = ("line", "card", "ground", *(name for name in colours.COLOURS if name.endswith("-fill") or "shade" in name))


def test_the_charts_colours_are_the_pages_by_name() -> None:
    for scheme in (0, 1):
        known = of_the_page(scheme)
        assert {name: known[name] for name in colours.COLOURS} == {
            name: pair[scheme] for name, pair in colours.COLOURS.items()
        }
    assert sorted((*MARKS, *GROUNDS)) == sorted(colours.COLOURS)  # each is tested below as what it is


def test_no_two_names_have_one_light_colour() -> None:
    """A rule finds a mark by its light colour."""
    assert len({light for light, _ in colours.COLOURS.values()}) == len(colours.COLOURS)


@SCHEMES
@pytest.mark.parametrize("name", MARKS)
def test_a_charts_marks_stand_out_from_the_card_and_its_words_are_read(scheme: int, name: str) -> None:
    card = colours.COLOURS["card"][scheme]
    assert contrast(colours.COLOURS[name][scheme], card) >= (4.5 if name in TEXTS else 3)
    if name in ("ink", "muted", "edge", "better"):  # drawn on a panel of small multiples and on the pandemic too
        grounds = [colours.COLOURS[ground][scheme] for ground in ("ground", "neutral-fill")]
        assert min(contrast(colours.COLOURS[name][scheme], ground) for ground in grounds) >= 3


@SCHEMES
@pytest.mark.parametrize(("mark", "opacity"), [("better", 0.7), ("second", 0.7), ("fifth", 0.7)])
def test_an_interval_that_lets_its_ground_through_stands_out(scheme: int, mark: str, opacity: float) -> None:
    """charts.rank_intervals, charts.supply.trend"""
    over, ground = colours.COLOURS[mark][scheme], colours.COLOURS["card"][scheme]
    parts = (
        round(opacity * int(over[at : at + 2], 16) + (1 - opacity) * int(ground[at : at + 2], 16)) for at in (1, 3, 5)
    )
    assert contrast("#" + "".join(f"{part:02x}" for part in parts), ground) >= 3


@SCHEMES
@pytest.mark.parametrize("step", range(len(colours.SHADES)))
def test_figures_are_read_on_every_shade(scheme: int, step: int) -> None:
    assert contrast(colours.COLOURS["ink"][scheme], colours.COLOURS[f"shade-{step}"][scheme]) >= 4.5


@SCHEMES
def test_words_are_read_on_their_judgements_ground(scheme: int) -> None:
    of = {pair[0]: pair[scheme] for pair in colours.COLOURS.values()}
    assert min(contrast(of[look.ink], of[look.fill]) for look in LOOKS.values()) >= 4.5
    inside = contrast(of[colours.BACKGROUND], of[LOOKS["better"].ink])  # a number in the bar of what is reached
    assert inside >= 4.5


@SCHEMES
def test_a_small_drawing_has_the_pages_inks(scheme: int) -> None:
    line = (Point(date(2020, 1, 1), 1.0, 0), Point(date(2021, 1, 1), 2.0, 0))
    light, dark = spark(Line(line, line)).split("@media(prefers-color-scheme:dark)")
    drawn = re.findall(r"(?:stroke|fill):(#[0-9a-f]{6})", (light, dark)[scheme])
    assert drawn == [colours.COLOURS[name][scheme] for name in ("ink", "ink", "muted")]


def test_the_page_gives_every_mark_its_own_colour() -> None:
    rules = colours.on_the_page(".chart")
    assert '.chart [fill="#0b5c8a"]{fill:var(--better)}' in rules
    assert '.chart [stroke="#ffffff"]{stroke:var(--card)}' in rules
    assert rules.startswith(".chart svg{background-color:var(--card)!important}")
    assert rules.count("}") == 1 + 2 * len(colours.COLOURS)
