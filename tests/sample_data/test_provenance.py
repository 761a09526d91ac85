"""Every shown figure is the figure in the cell it names: followed back into the stored original by another reader."""

import csv
import io
import json
import random
import re
from typing import Any

import openpyxl
import polars as pl
from openpyxl.utils.cell import coordinate_from_string

from analysis import indicators_with_figures, original_file
from analysis.figures import figures_of
from indicators import catalogue
from models import Store

FOLLOWED = 60


def cell_of(name: str, content: bytes, sheet: str, address: str) -> Any:
    """What stands at the address, read with csv, json and openpyxl, none of which the loaders use for values."""
    if name.endswith(".json"):
        node = json.loads(content)
        for key, place in re.findall(r"\.(\w+)|\[(\d+)\]", address):
            node = node[key] if key else node[int(place)]
        return node
    if name.endswith(".csv"):
        letters, row = coordinate_from_string(address)
        column = openpyxl.utils.column_index_from_string(letters)
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[row - 1][column - 1]
    return openpyxl.load_workbook(io.BytesIO(content))[sheet][address].value


def number(printed: Any) -> float | None:
    """A printed figure as a number: decimal comma, minutes and seconds; UNK and nothing are no number."""
    if printed is None or printed == "UNK":
        return None
    if re.fullmatch(r"\d+:\d\d", str(printed)):
        minutes, seconds = str(printed).split(":")
        return int(minutes) * 60.0 + int(seconds)
    return float(str(printed).replace(",", "."))


def test_figures_drawn_at_random_are_those_in_the_cells_they_name(sample_store: Store) -> None:
    known = [catalogue().indicators[each] for each in indicators_with_figures(sample_store)]
    figures = pl.concat([figures_of(sample_store, indicator) for indicator in known]).to_dicts()
    drawn = random.Random(1177).sample(figures, FOLLOWED)
    followed = []
    for figure in drawn:
        original = original_file(sample_store, figure["upload"])
        assert original is not None
        followed.append(number(cell_of(*original, figure["sheet"], figure["cell"])))
    assert followed == [figure["value"] for figure in drawn]
