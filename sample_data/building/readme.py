"""sample_data/README.md: what each file is, where it comes from, and which known figures stay out."""

from collections.abc import Sequence
from typing import Final

from sample_data.building.figures import LeftOut, without_person

FIGURES_FILE: Final = "nki_och_anvandning_1177.xlsx"

# One line a file: name, source, what is real, what is synthetic, terms as far as they are known.
FILES: Final = (
    (
        "barometern_2016_2023_kolada.json",
        "Kolada (RKA), API v3; Hälso- och sjukvårdsbarometern (SKR)",
        "all: 9 series, 21 regions and Riket, per cent, totals only, as published",
        "nothing; the JSON is put together again from the published values",
        "open data, the source is to be named",
    ),
    (
        "barometern_2024_kolada.json",
        "Kolada (RKA), API v3; Hälso- och sjukvårdsbarometern (SKR)",
        "all: 9 series, 21 regions and Riket, per cent, totals only, rounded to one decimal; overall trust and trust "
        "in hospitals are nearly the same number in every region, one is probably wrong at the source, and both carry "
        "a remark that keeps them out of judgement",
        "nothing; the JSON is put together again from the published values",
        "open data, the source is to be named",
    ),
    (
        "barometern_2025_kolada.json",
        "Kolada (RKA), API v3; Hälso- och sjukvårdsbarometern (SKR)",
        "all: 8 series, 21 regions and Riket, per cent, totals only, rounded to one decimal; care at home is left out, "
        "for the publisher served a copy of waiting times in hospital in its place",
        "nothing; the JSON is put together again from the published values",
        "open data, the source is to be named",
    ),
    (
        "fortroende_1177_telefon_2017_skr.csv",
        "SKL, Excelbilaga till Hälso- och sjukvårdsrapporten 2018 (saved as CSV)",
        "all 22 rows, bytes as published",
        "nothing",
        "no licence is printed; short facts with the source named",
    ),
    (
        "vardbarometern_vardcentral_2013_2015_vis.csv",
        "Vården i siffror, Dataexport 2019-03-27; Vårdbarometern (SKL)",
        "all 189 rows (total, women, men; with numerator, denominator and interval), bytes as published",
        "nothing",
        "open export, no licence is printed; the source is to be named",
    ),
    (
        "primarvard_telefon_2010_2018_vis.csv",
        "Vården i siffror, Dataexport 2019-03-27; Väntetider i vården (SKL)",
        "all 784 rows of 8 regions (months and H1/H2 measurements, UNK included), bytes as published",
        "nothing",
        "open export, no licence is printed; the source is to be named",
    ),
    (
        "patientenkat_tillganglighet_2015_2017_vis.csv",
        "Vården i siffror, Dataexport 2019-03-27; Nationell patientenkät (SKL)",
        "all 52 rows, bytes as published",
        "nothing",
        "open export, no licence is printed; the source is to be named",
    ),
    (
        FIGURES_FILE,
        "press releases, reports and articles; title and address stand in each row",
        "all; mm:ss and minutes are written as seconds, the comment says what was printed",
        "nothing",
        "single facts with the source named",
    ),
    (
        "syntetisk_1177_samtal_2018_2023.csv",
        "made by this project (seed 1177)",
        "nothing",
        "ALL: calls offered and answered, share answered, mean wait; six regions, every month 2018–2023",
        "free to use",
    ),
    (
        "syntetisk_1177_servicenivaer_2018_2023.csv",
        "made by this project (seed 1177)",
        "nothing",
        "ALL: calls abandoned and handled, median wait, the three service levels with their counts; six regions, every "
        "month 2018–2023, on the same made-up months as the calls",
        "free to use",
    ),
    (
        "syntetisk_1177_samtal_veckodag_timme.csv",
        "made by this project (seed 1177)",
        "nothing",
        "ALL: calls, share answered and mean wait by weekday and hour in October 2023; six regions, adding up to the "
        "made-up month",
        "free to use",
    ),
    (
        "syntetisk_1177_inloggningar_konton_2018_2023.csv",
        "made by this project (seed 1177)",
        "nothing",
        "ALL: logins every month and accounts every year 2018–2023; six regions",
        "free to use",
    ),
    (
        "syntetisk_vardenheter.csv",
        "made by this project (seed 1177)",
        "the names of the municipalities",
        "ALL units, names, HSA-ids, areas and days: 16–21 units in each of six regions, one merger, one new name, one "
        "closure",
        "free to use",
    ),
    (
        "syntetisk_utbud_etjanster_2023_2025.csv",
        "made by this project (seed 1177)",
        "the names of the municipalities and of the e-services; two service names nobody knows are made up too",
        "ALL: what every made-up unit offers in June 2023, 2024 and 2025, and the cases of two services",
        "free to use",
    ),
)

HEAD: Final = """# Sample data

Written by `python sample_data/rebuild.py PATH_TO_REFERENCE`, which turns the reference folder into the publishers' own
layouts. The results are committed: the project needs the reference folder neither to run nor to test, and a rebuild
gives the same bytes. `python cli.py sample` loads every file.

Synthetic files are named `syntetisk_…`, every row of them says "SYNTETISKA EXEMPELDATA", and their figures carry the
flag `x` wherever they are shown. They exist because no open source has monthly figures per region or e-services per
care unit, and they say nothing about any region or unit.

| file | source | real | synthetic | terms as far as known |
|---|---|---|---|---|
"""

LEFT_OUT_HEAD: Final = """
## Figures that are known but left out

Rows of `figures_1177.csv` that are not loaded, with the reason. (The 22 rows of trust in 1177 by phone 2017 are loaded
from the SKR layout instead and are not repeated here.)

| period as printed | region | figure as printed | value | unit | source | why it stays out |
|---|---|---|---|---|---|---|
"""


def readme(left_out: Sequence[LeftOut]) -> bytes:
    """The whole README as bytes."""
    files = "".join(f"| `{name}` | " + " | ".join(rest) + " |\n" for name, *rest in FILES)
    shown = [row for row in left_out if row.row["indicator_key"] != "fortroende_1177_telefon"]
    return (HEAD + files + LEFT_OUT_HEAD + "".join(table_row(row) for row in shown)).encode()


def table_row(left_out: LeftOut) -> str:
    row = left_out.row
    cells = (
        row["period"],
        row["region"],
        row["indicator_text_sv"],
        row["value"],
        row["unit"],
        f"[{without_person(row['source_title'])}]({row['source_url']})",
        left_out.reason,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
