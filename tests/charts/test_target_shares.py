"""Share of what is followed that has a target: a bar per region, as wide as its share, and its words."""

import pytest

from charts.target_shares import target_shares_chart, target_shares_in_words
from locales import LANGUAGES

ROWS = [
    {"code": "25", "region": "Region Norrbotten", "targets": 1, "indicators": 20, "share": 5.0},
    {"code": "24", "region": "Region Västerbotten", "targets": 0, "indicators": 20, "share": 0.0},
]
SAID = {
    "sv": "Region Norrbotten: 1 av 20 (5,0\N{NO-BREAK SPACE}%).",
    "en": "Region Norrbotten: 1 of 20 (5.0%).",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_bar_is_as_wide_as_its_share_and_says_it(language: str):
    layers = target_shares_chart(ROWS, language).to_dict()["layer"]
    bars = [layer for layer in layers if layer["mark"]["type"] == "rect"]
    assert [layer["encoding"]["x2"]["field"] for layer in bars] == ["whole", "part"]
    records = bars[1]["data"]["values"]
    assert [(each["none"], each["part"], each["whole"]) for each in records] == [(0, 0.05, 1), (0, 0.0, 1)]
    assert records[0]["said"] == SAID[language]
    assert SAID[language] in target_shares_in_words(ROWS, language)
