"""A store in which one figure is hidden today and was in the open yesterday, and a reader who looks for it."""

import re

from indicators import catalogue
from models import Store
from tests.publishing import publish

SECRET = ("13.37", "13,37", "14.41", "14,41", "91.73", "91,73", "1337", "1441")
"""What 25 was and is, and its neighbour that is hidden with it."""


def publish_hidden(store: Store) -> Store:
    """Norrbotten's trust in 2023: 7 answers today, 400 yesterday; Västerbotten's is hidden with it."""
    codes = [code for code in catalogue().region_codes if code not in ("25", "24")]

    def wave(period: str, own: float, base: int, beside: float) -> list[dict[str, object]]:
        told = {"indicator": "trust_overall", "period": period}
        return [
            {**told, "region": "25", "value": own, "base_n": base, "numerator": 3.0},
            {**told, "region": "24", "value": beside, "base_n": 40},
            *({**told, "region": code, "value": 60.5, "base_n": 400} for code in codes),
            {**told, "region": "00", "value": 61.0, "base_n": 400 * len(codes) + 40 + base},
        ]

    for year in range(2016, 2023):
        publish(store, [{**row, "period": str(year), "base_n": 400.0} for row in wave(str(year), 60.0, 400, 62.0)])
    publish(store, wave("2023", 13.37, 400, 91.73), day="2026-01-01")
    publish(store, wave("2023", 14.41, 7, 91.73), day="2026-02-01")
    return store


def assert_silent(told: str) -> None:
    """No secret is told. The digests of files are left aside: they are other ones at every run, and one in some hundred
    stores has `1337` between two of its letters."""
    open_words = re.sub(r"\b[0-9a-f]{64}\b", "", told)
    found = [word for word in SECRET if re.search(rf"(?<![\d.,]){re.escape(word)}(?!\d)", open_words)]
    assert not found, found
