"""Region names where there is little room: two lines in a cell, and where each stands on the tile map."""

from typing import Final

LINES: Final[dict[str, tuple[str, ...]]] = {
    "01": ("Stock-", "holm"), "03": ("Uppsala",), "04": ("Sörm-", "land"), "05": ("Öster-", "götland"),
    "06": ("Jön-", "köping"), "07": ("Krono-", "berg"), "08": ("Kalmar",), "09": ("Gotland",), "10": ("Blek-", "inge"),
    "12": ("Skåne",), "13": ("Halland",), "14": ("Västra", "Götaland"), "17": ("Värm-", "land"), "18": ("Örebro",),
    "19": ("Väst-", "manland"), "20": ("Dalarna",), "21": ("Gävle-", "borg"), "22": ("Väster-", "norrland"),
    "23": ("Jämtland", "Härjed."), "24": ("Väster-", "botten"), "25": ("Norr-", "botten"), "00": ("Riket",),
}  # fmt: skip
"""Short names divided as Swedish divides words, at most 8 letters a line: 51 pixels, a seventh of a telephone."""

NARROW: Final = {"23": "Jämtland Härj."}
"""Short names that do not fit in a third of a telephone."""

TILES: Final[dict[str, tuple[int, int]]] = {
    "25": (3, 0),
    "23": (1, 1), "24": (2, 1),
    "20": (1, 2), "22": (2, 2),
    "17": (0, 3), "18": (1, 3), "21": (2, 3), "03": (3, 3),
    "14": (0, 4), "19": (1, 4), "04": (2, 4), "01": (3, 4),
    "13": (0, 5), "06": (1, 5), "05": (2, 5), "09": (4, 5),
    "12": (0, 6), "07": (1, 6), "08": (2, 6),
    "10": (1, 7),
}  # fmt: skip
"""Column and row of each region's tile, west to east and north to south. Equal tiles, because an area map would show
Norrbotten 30 times as large as Blekinge for a fifth more people; neighbours stay neighbours where a grid allows it, the
coast runs down the right-hand side and Gotland lies off it."""
