"""Every sample file is read by its layout without a single remark, and all of its rows become figures."""

import pytest

from loaders import check_file
from models.settings import PROJECT

FOLDER = PROJECT / "sample_data"

# File, layout, figures, whether made up, sheets that are there to be read by people.
# Files of records: layout, records by kind, the warnings that are meant (rule, cell).
RECORD_FILES = [
    ("syntetisk_1177_samtal_veckodag_timme.csv", "phone_profile", {"phone_profile": 5040}, []),
    ("syntetisk_vardenheter.csv", "care_units", {"care_unit": 112}, []),
    (
        "syntetisk_utbud_etjanster_2023_2025.csv",
        "supply_wide",
        {"service_offer": 4620},
        [("unknown_service", "R1"), ("unknown_service", "S1")],
    ),
]
FILES = [
    ("barometern_2016_2023_kolada.json", "kolada_json", 1320, False, set()),
    ("barometern_2024_kolada.json", "kolada_json", 198, False, set()),
    ("barometern_2025_kolada.json", "kolada_json", 176, False, set()),
    ("fortroende_1177_telefon_2017_skr.csv", "skr_appendix", 22, False, set()),
    ("vardbarometern_vardcentral_2013_2015_vis.csv", "vardenisiffror", 189, False, set()),
    ("primarvard_telefon_2010_2018_vis.csv", "vardenisiffror", 784, False, set()),
    ("patientenkat_tillganglighet_2015_2017_vis.csv", "vardenisiffror", 52, False, set()),
    ("nki_och_anvandning_1177.xlsx", "template", 38, False, {"Om filen"}),
    ("syntetisk_1177_samtal_2018_2023.csv", "template", 1728, True, set()),
    ("syntetisk_1177_inloggningar_konton_2018_2023.csv", "template", 468, True, set()),
    ("syntetisk_1177_servicenivaer_2018_2023.csv", "template", 2592, True, set()),
]


def test_every_sample_file_is_tried() -> None:
    assert sorted(name for name, *_ in (*FILES, *RECORD_FILES)) == sorted(
        file.name for file in FOLDER.iterdir() if file.suffix in (".csv", ".json", ".xlsx")
    )


@pytest.mark.parametrize(("name", "layout", "figures", "synthetic", "help_sheets"), FILES)
def test_every_sample_file_loads(name: str, layout: str, figures: int, synthetic: bool, help_sheets: set[str]) -> None:
    checked = check_file(None, name, (FOLDER / name).read_bytes())
    assert checked.problems == ()
    assert (checked.layout, checked.accepted, checked.synthetic) == (layout, True, synthetic)
    assert checked.observations.height == figures
    assert {ignored.sheet for ignored in checked.ignored} == help_sheets


@pytest.mark.parametrize(("name", "layout", "records", "warnings"), RECORD_FILES)
def test_every_sample_file_of_records_loads(
    name: str, layout: str, records: dict[str, int], warnings: list[tuple[str, str]]
) -> None:
    checked = check_file(None, name, (FOLDER / name).read_bytes())
    assert [(problem.rule, problem.cell) for problem in checked.problems] == warnings
    assert (checked.layout, checked.accepted, checked.synthetic) == (layout, True, True)
    assert {kind: frame.height for kind, frame in checked.records.items()} == records
    assert {ignored.key for ignored in checked.ignored} == {"unknown_column"}  # Källa


def test_no_figure_stands_in_two_sample_files() -> None:
    seen: dict[tuple[str, str, str, str], str] = {}
    for name, *_ in FILES:
        observations = check_file(None, name, (FOLDER / name).read_bytes()).observations
        for key in observations.select("indicator", "region", "period", "sex").iter_rows():
            assert seen.setdefault(key, name) == name
    assert len(seen) == sum(figures for _, _, figures, *_ in FILES)
