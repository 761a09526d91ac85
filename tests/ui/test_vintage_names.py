"""A workbook of an old day's figures says so in its name."""

from datetime import date

from models import Store
from ui.show import file_name
from ui.visit import Visit


def test_file_name_tells_the_day_whose_figures_it_holds(store: Store) -> None:
    assert file_name(Visit("sv", store), "trust_overall_2023") == "trust_overall_2023.xlsx"
    old = Visit("sv", store, as_of=date(2026, 3, 1))
    assert file_name(old, "trust_overall_2023") == "trust_overall_2023_som_publicerat_2026-03-01.xlsx"
    assert old.linked(region="25") == {"region": "25", "lang": "sv", "as_of": "2026-03-01"}
