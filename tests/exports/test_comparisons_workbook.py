"""Several comparisons in one workbook: every row judged as the analysis says, every choice on the cover."""

import io

import openpyxl

from analysis import compare_regions, series_over_time
from analysis.told import told_word
from exports import comparisons_workbook
from indicators import catalogue
from models import Store
from views.area import area
from views.compare import several
from views.parts import Reader


def book_of(store: Store, indicators: list[str], benchmark: str) -> openpyxl.Workbook:
    comparisons = [compare_regions(store, one, "2022", benchmark=benchmark) for one in indicators]
    over_time = [series_over_time(store, one) for one in indicators]
    reader, chosen = Reader("sv", store), ("25", "24")
    view = (
        area(reader, comparisons[0], over_time[0], chosen)
        if len(indicators) == 1
        else several(reader, comparisons, catalogue().region_codes, chosen, 95, synthetic=True)
    )
    content = comparisons_workbook(reader, view, comparisons, over_time, chosen=chosen, ranks="marginal")
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_judgement_column_is_the_analysis(sample_store: Store) -> None:
    data = book_of(sample_store, ["trust_overall", "trust_hospital"], "group:norr")["Underlag"]
    head, *rows = data.iter_rows(values_only=True)
    found = {
        (row[head.index("Indikator-id")], row[head.index("Region")]): (
            row[head.index("Bedömning")],
            row[head.index("Plats")],
        )
        for row in rows
    }
    expected = {
        (one, row["region"]): (row["judgement"] and told_word(row), row["rank"])
        for one in ("trust_overall", "trust_hospital")
        for row in compare_regions(sample_store, one, "2022", benchmark="group:norr").rows.to_dicts()
    }
    assert {key: (word or None, place) for key, (word, place) in found.items()} == expected


def test_the_cover_names_every_choice(sample_store: Store) -> None:
    cover = dict(list(book_of(sample_store, ["trust_overall", "trust_hospital"], "region:24")["Om filen"].values)[1:])
    named = {name: cover[name] for name in ("Jämförs med", "Nivå för märkning", "Platsernas intervall", "Regioner")}
    assert named == {
        "Jämförs med": "Region Västerbotten",
        "Nivå för märkning": "95\N{NO-BREAK SPACE}%",
        "Platsernas intervall": "en region i taget",
        "Regioner": "Alla 21 regioner",
    }
    assert "Förtroende för sjukhus (2022)" in cover["Indikator"]


def test_the_trend_stands_beside_a_single_indicator(sample_store: Store) -> None:
    series = series_over_time(sample_store, "trust_overall")
    book = book_of(sample_store, ["trust_overall"], "riket")
    assert book.sheetnames == [
        "Om filen",
        "Läs",
        "Underlag",
        "Diagram",
        "Diagram över tid",
        "Utveckling",
        "Förändring",
        "Definitioner",
        "Källor",
        "Kontroll",
        "Noter och brott",
    ]
    assert book["Utveckling"].max_row == 1 + series.rows.height
