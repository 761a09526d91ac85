"""Every pair of colours that stands on another is readable, light and dark (WCAG AA)."""

import re

import pytest

from tests.charts.test_theme import contrast
from ui.server.shell import ASSETS

_PAIR = re.compile(r"--([a-z-]+): (?:light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(#[0-9a-f]{6}));")


def colours(scheme: int) -> dict[str, str]:
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
    known = colours(scheme)
    assert contrast(known[ink], known[ground]) >= least


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_white_is_read_on_the_masthead(scheme: int) -> None:
    assert contrast("#ffffff", colours(scheme)["head"]) >= 4.5


def test_no_meaning_hangs_on_how_light_a_tint_is() -> None:
    """In grey the tints of better, worse and no sure difference cannot be told apart: symbol and word say it."""
    known = colours(0)
    tints = [known[name] for name in ("better-fill", "worse-fill", "neutral-fill", "other-fill")]
    assert max(contrast(one, other) for one in tints for other in tints) < 1.15
