"""The whole way on SQLite and on PostgreSQL: files in, figures compared, the original back byte for byte."""

import pytest

from analysis import compare_regions, original_file, uploads_list
from loaders.sample import publish_samples
from models import Store
from models.settings import PROJECT


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
