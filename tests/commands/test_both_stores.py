"""The whole way on SQLite and on PostgreSQL: files in, figures compared, the original back byte for byte."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import compare_regions, original_file, uploads_list
from loaders.sample import publish_samples
from models import Store
from models.settings import PROJECT
from models.transfer import copy_rows
from tests.commands.conftest import Ran


@pytest.mark.slow
def test_sample_data_reads_the_same_from_either_store(any_store: Store) -> None:
    published = publish_samples(any_store)
    rows = compare_regions(any_store, "trust_overall", "2020").rows
    assert dict(rows.filter(code="25").select("code", "value").rows()) == {"25": 62.9}
    assert rows.height == 22
    phone = compare_regions(any_store, "trust_1177_phone", "2017").rows.sort("value")
    assert phone.select("region", "value").row(0) == ("Region Norrbotten", 57.7)
    assert uploads_list(any_store)["status"].unique().to_list() == ["published"]
    for one in published:
        assert original_file(any_store, one.upload) == (one.file, (PROJECT / "sample_data" / one.file).read_bytes())
    assert all(again.repeat for again in publish_samples(any_store))


QUESTIONS = [
    ["uploads"],
    ["compare", "trust_overall", "--period", "2020"],
    ["compare", "calls_share_answered"],
    ["compare", "accounts_share"],
    ["trend", "trust_1177_phone", "--region", "Norrbotten"],
    ["supply"],
    ["export", "csv", "--all", "--out"],
]


@pytest.mark.slow
@pytest.mark.postgresql
def test_both_engines_give_the_same_answers_in_the_same_order(
    sample_store: Store, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The samples published into PostgreSQL by the loaders, and moved to SQLite: what a reader asks is answered letter
    for letter alike, and so are the rows themselves."""
    other = f"sqlite:///{tmp_path / 'moved.sqlite3'}"
    held = copy_rows(sample_store, other)
    assert held["observation"].rows > 7_000
    answers = []
    for place in (sample_store.url, other):
        monkeypatch.setenv("DATABASE_URL", place)
        out = tmp_path / ("figures.csv" if place == other else "figures_too.csv")
        asked = [run(*words, out) if words[-1] == "--out" else run(*words, "--json") for words in QUESTIONS]
        assert [ran.code for ran in asked] == [0] * len(QUESTIONS), [ran.err for ran in asked]
        answers.append([ran.out for ran in asked[:-1]] + [out.read_bytes()])
    assert answers[0] == answers[1]
