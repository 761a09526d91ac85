"""Every colour can be told from its ground, and lines from each other, by those who see colours otherwise."""

import itertools

import pytest

from charts import colours, theme

TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.2 AA: 1.4.3 for text, 1.4.11 for what a chart is read from
# Machado, Oliveira & Fernandes 2009, severity 1.0, applied to linear RGB.
SIGHT = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def linear(colour: str) -> tuple[float, ...]:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def luminance(rgb: tuple[float, ...]) -> float:
    return sum(part * weight for part, weight in zip(rgb, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(linear(one)), luminance(linear(other))))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "colour", [colours.INK, colours.MUTED_INK, colours.NATION, colours.CHOSEN, colours.HIGHLIGHT, *colours.SERIES]
)
def test_every_text_colour_reaches_aa_on_white(colour: str) -> None:
    assert contrast(colour, colours.BACKGROUND) >= TEXT


@pytest.mark.parametrize("colour", [colours.OTHER, colours.BREAK, colours.CHOSEN, colours.NATION])
def test_every_line_and_outline_reaches_aa_on_white(colour: str) -> None:
    assert contrast(colour, colours.BACKGROUND) >= GRAPHIC


def seen(colour: str, sight: str) -> tuple[float, ...]:
    rgb = linear(colour)
    return tuple(sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in SIGHT[sight])


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    x, y, z = (
        sum(part * weight for part, weight in zip(rgb, row, strict=True)) / white
        for row, white in (
            ((0.4124, 0.3576, 0.1805), 0.9505),
            ((0.2126, 0.7152, 0.0722), 1.0),
            ((0.0193, 0.1192, 0.9505), 1.089),
        )
    )
    fx, fy, fz = (max(part, 0) ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("sight", SIGHT)
def test_lines_differ_for_the_colour_blind_in_colour_or_in_shape(sight: str) -> None:
    for one, other in itertools.combinations(range(len(colours.SERIES)), 2):
        first, second = (lab(seen(colours.SERIES[place], sight)) for place in (one, other))
        distance = sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5
        # 10 in CIELAB is told apart side by side; below that the shape at every point must tell.
        assert distance >= 10 or theme.SHAPES[one] != theme.SHAPES[other]


@pytest.mark.parametrize(
    ("unit", "span", "values"),
    [
        ("percent", (0, 120), [0, 20, 40, 60, 80, 100]),  # room for labels gets no tick over 100 per cent
        ("percent", (46.2, 78), [50, 60, 70]),
        ("index", (70, 110), [70, 80, 90, 100]),
        ("seconds", (0, 1300), [0, 300, 600, 900, 1200]),  # whole minutes, as on a clock
    ],
)
def test_axis_ticks_stand_where_values_can_be(unit: str, span: tuple[float, float], values: list[int]) -> None:
    assert theme.value_axis(unit, "sv", span).to_dict()["values"] == values
