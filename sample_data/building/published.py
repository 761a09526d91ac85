"""Files whose rows a publisher printed: kept byte for byte, or put back into the publisher's own JSON."""

import csv
import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

# Output file → (reference file, its years). What the publisher served for home care 2025 was a copy of waiting times in
# hospital: the reference has no such rows.
BAROMETER: Final = {
    "barometern_2016_2023_kolada.json": ("barometer_kolada_2016_2023.csv", range(2016, 2024)),
    "barometern_2024_kolada.json": ("barometer_kolada_2024_2025.csv", [2024]),
    "barometern_2025_kolada.json": ("barometer_kolada_2024_2025.csv", [2025]),
}

# Output file → (reference file, the column that names the indicator, its title as printed).
EXCERPTS: Final = {
    "fortroende_1177_telefon_2017_skr.csv": (
        "skl_excelbilaga_excerpt.csv",
        "Indikatornamn",
        "Förtroende för 1177 Vårdguiden via telefon",
    ),
    "vardbarometern_vardcentral_2013_2015_vis.csv": (
        "vardenisiffror_excerpt.csv",
        "Titel",
        "Stort förtroende för vårdcentraler",
    ),
    "primarvard_telefon_2010_2018_vis.csv": (
        "vardenisiffror_excerpt.csv",
        "Titel",
        "Primärvårdens tillgänglighet per telefon",
    ),
    "patientenkat_tillganglighet_2015_2017_vis.csv": (
        "vardenisiffror_excerpt.csv",
        "Titel",
        "Positiv upplevelse av tillgänglighet hos patienter som besökt en primärvårdsmottagning",
    ),
}


def cells_of(line: bytes) -> list[str]:
    """The cells of one line of a `;`-separated export."""
    return next(csv.reader([line.decode("utf-8-sig")], delimiter=";"))


def excerpt(reference: Path, source: str, column: str, title: str) -> bytes:
    """The header line and the rows of one indicator, bytes as published (BOM, CRLF, order)."""
    header, *lines = (reference / source).read_bytes().splitlines(keepends=True)
    place = cells_of(header).index(column)
    return header + b"".join(line for line in lines if cells_of(line)[place] == title)


def kolada_json(reference: Path, source: str, years: Collection[int]) -> bytes:
    """The barometer of some years as Kolada's API v3 answers: one record a line, `0000` = Riket, totals only."""
    with (reference / source).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if int(row["year"]) in years]
    records = [
        {
            "kpi": row["kolada_id"],
            "municipality": f"00{row['lan_code']}",
            "period": int(row["year"]),
            "values": [
                {"gender": "T", "count": 1, "status": "", "value": float(row["value_percent"]), "isdeleted": False}
            ],
        }
        for row in rows
    ]
    body = ",\n".join(json.dumps(record) for record in records)
    return f'{{"count": {len(records)}, "values": [\n{body}\n], "next_url": null}}\n'.encode()


def published_files() -> dict[str, Callable[[Path], bytes]]:
    """Output file → what makes its bytes from the reference folder."""
    files: dict[str, Callable[[Path], bytes]] = {}
    for name, part in BAROMETER.items():
        files[name] = lambda reference, part=part: kolada_json(reference, *part)  # type: ignore[misc]
    for name, wanted in EXCERPTS.items():
        files[name] = lambda reference, wanted=wanted: excerpt(reference, *wanted)  # type: ignore[misc]
    return files
