"""The sample files can be made anew, byte for byte, and what stays out is said with its reason."""

import csv
import io
import json
from pathlib import Path

import pytest

from models.settings import PROJECT
from sample_data.building.figures import Figure, read_figures, without_person
from sample_data.rebuild import build, main

FOLDER = PROJECT / "sample_data"
REAL_REFERENCE = PROJECT.parent / "shared" / "reference"
FIGURES_HEADER = "period,region,indicator_key,indicator_text_sv,value,unit,source_title,source_url\n"
VIS_FILES = (
    "vardbarometern_vardcentral_2013_2015_vis.csv",
    "primarvard_telefon_2010_2018_vis.csv",
    "patientenkat_tillganglighet_2015_2017_vis.csv",
)
SKR_FILE = "fortroende_1177_telefon_2017_skr.csv"
BAROMETER_FILES = {
    "barometer_kolada_2016_2023.csv": ["barometern_2016_2023_kolada.json"],
    "barometer_kolada_2024_2025.csv": ["barometern_2024_kolada.json", "barometern_2025_kolada.json"],
}


def committed(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def lines_of(name: str) -> list[bytes]:
    return committed(name).splitlines(keepends=True)


def barometer_csv(names: list[str]) -> str:
    """The reference's CSV, written back from the JSON files that were made of it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["year", "lan_code", "region", "question_key", "kolada_id", "value_percent"])
    for record in (record for name in names for record in json.loads(committed(name))["values"]):
        value = f"{record['values'][0]['value']:g}"
        writer.writerow([record["period"], record["municipality"][2:], "", "", record["kpi"], value])
    return text.getvalue()


@pytest.fixture
def tiny_reference(tmp_path: Path) -> Path:
    """A reference folder with the same rows and a few foreign ones between them."""
    folder = tmp_path / "reference"
    folder.mkdir()
    header = lines_of(VIS_FILES[0])[0]
    foreign = lines_of(VIS_FILES[0])[1].replace("Stort förtroende för vårdcentraler".encode(), "Läkarbesök".encode())
    vis = [row for name in VIS_FILES for row in (foreign, *lines_of(name)[1:])]
    (folder / "vardenisiffror_excerpt.csv").write_bytes(header + b"".join(vis))
    skr_header, *skr = lines_of(SKR_FILE)
    other = skr[0].replace("Förtroende för 1177 Vårdguiden via telefon".encode(), "Självmord".encode())
    (folder / "skl_excelbilaga_excerpt.csv").write_bytes(skr_header + other + b"".join(skr) + other)
    for name, made in BAROMETER_FILES.items():
        (folder / name).write_text(barometer_csv(made), encoding="utf-8")
    (folder / "figures_1177.csv").write_text(
        FIGURES_HEADER + "2018,Riket,nki_telefon,NKI 1177,83,index 0-100,Inera,https://example.org/\n"
        "odaterad,Norrbotten,samtal_inkomna,Samtal per dygn (cirka),300,antal per dygn,Tidning,https://example.org/x\n",
        encoding="utf-8",
    )
    return folder


def test_published_and_synthetic_files_come_back_byte_for_byte(tiny_reference: Path) -> None:
    built = build(tiny_reference)
    barometers = [name for made in BAROMETER_FILES.values() for name in made]
    same = [*VIS_FILES, SKR_FILE, *barometers, *(name for name in built if name.startswith("syntetisk_"))]
    assert len(same) == 13
    assert {name: built[name] == committed(name) for name in same} == dict.fromkeys(same, True)


def test_rebuilding_twice_gives_the_same_workbook(tiny_reference: Path) -> None:
    first, second = (build(tiny_reference)["nki_och_anvandning_1177.xlsx"] for _ in range(2))
    assert first == second
    assert b"2026-11-22T00:00:00Z" in first  # the clock's time is not in it


def test_beside_the_reference_every_committed_file_is_what_it_gives(tiny_reference: Path) -> None:
    built = build(REAL_REFERENCE if REAL_REFERENCE.is_dir() else tiny_reference)
    own = () if REAL_REFERENCE.is_dir() else ("README.md", "nki_och_anvandning_1177.xlsx")
    differing = [name for name, content in built.items() if name not in own and content != committed(name)]
    assert differing == []


def test_the_script_writes_every_file_and_refuses_a_folder_that_is_not_there(
    tiny_reference: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    assert main([str(tiny_reference)], target) == 0
    assert sorted(file.name for file in target.iterdir()) == sorted(build(tiny_reference))
    readme = (target / "README.md").read_text(encoding="utf-8")
    assert "| odaterad | Norrbotten | Samtal per dygn (cirka) | 300 |" in readme
    assert main([], target) == 2
    assert main([str(tmp_path / "nowhere")], target) == 2
    assert "usage: python sample_data/rebuild.py PATH_TO_REFERENCE" in capsys.readouterr().err


def figures_of(folder: Path, line: str) -> tuple[list[Figure], list[str]]:
    (folder / "figures_1177.csv").write_text(FIGURES_HEADER + line + "\n", encoding="utf-8")
    kept, left_out = read_figures(folder)
    return kept, [row.reason for row in left_out]


APPROXIMATE = "a bound, an interval or an approximate number in the source"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "2017,Riket,fortroende_1177_telefon,Förtroende,62.8,procent,SKL,u",
            "comes from the SKR layout (fortroende_1177_telefon_2017_skr.csv)",
        ),
        (
            "2020,Riket,nki_telefon_antal_svar,Antal svarande,4514,antal,Inera,u",
            "not a figure of its own: stands as the number of answers (Antal svar) of the NKI 2020",
        ),
        (
            "2020-12,Riket,varumarke_kannedom,Har hört talas om 1177,99,procent,Inera,u",
            "brand survey in a web panel: another survey, no indicator in the catalogue",
        ),
        ("2023,Gotland,andel_foljer_rad,Andel som följer råden,81,procent,1177,u", "no indicator in the catalogue"),
        ("publ. 2017-01,Gotland,nki_telefon,NKI,90,index 0-100,Press,u", "no dated period"),
        ("2021 (första halvåret),Gotland,medelvantetid,Medelväntetid,3,minuter,Press,u", "no dated period"),
        ("2020,Riket,inloggningar,Inloggningar (nära 100 miljoner),100000000,antal,Inera,u", APPROXIMATE),
        ("2017-05,Örebro län,andel_konto,Användare (drygt 53 procent),53,procent,Kuriren,u", APPROXIMATE),
        ("2021-04,Västmanland,medelvantetid,Medelväntetid,33,minuter (större än),Posten,u", APPROXIMATE),
        ("2019-11,Värmland,medelvantetid,Kötid (mm.ss eller decimal: oklart),20.51,minuter,SVT,u", APPROXIMATE),
        ("2022,Halland,samtal_inkomna,Samtal,115000,antal (avrundat i källan),Region,u", APPROXIMATE),
        (
            "2018,Västernorrland,nki_telefon_bemotande,NKI bemötande och kommunikation,93,index 0-100,1177,u",
            "a combined sub-index: neither treatment nor communication alone",
        ),
        (
            "2014,Dalarna,samtal_besvarade,Handlagda samtal i länet,173800,antal,Press,u",
            "calls handled (handlagda), which is another count than calls answered",
        ),
    ],
)
def test_a_figure_that_cannot_be_stored_says_why(tmp_path: Path, line: str, reason: str) -> None:
    assert figures_of(tmp_path, line) == ([], [reason])


@pytest.mark.parametrize(
    ("line", "figure"),
    [
        ('2020,Riket,nki_telefon,"NKI (hösten 2020, 4 514 svar)",81,index 0-100,Inera: Betyg,https://inera.se/x',
         Figure("nki_phone", "Riket", "2020", 81.0, 4514, "Inera: Betyg https://inera.se/x",
                "Som i källan: NKI (hösten 2020, 4 514 svar)")),
        ("2020-11,Stockholm,medelvantetid,Snittväntetid (15 minuter och 56 sekunder),15:56,mm:ss,SVT,u",
         Figure("calls_mean_wait", "Stockholm", "2020-11", 956.0, None, "SVT u",
                "Som i källan: Snittväntetid (15 minuter och 56 sekunder), tryckt 15:56 mm:ss")),
        ("2020,Västmanland,medelvantetid,Medelväntetid under året,24,minuter,Posten,u",
         Figure("calls_mean_wait", "Västmanland", "2020", 1440.0, None, "Posten u",
                "Som i källan: Medelväntetid under året, tryckt 24 minuter")),
        ("2018,Västerbotten,nki_telefon_bemotande,NKI bemötande,94,index 0-100,Högt betyg,u",  # treatment alone
         Figure("nki_phone_treatment", "Västerbotten", "2018", 94.0, None, "Högt betyg u",
                "Som i källan: NKI bemötande")),
    ],
)  # fmt: skip
def test_a_figure_that_can_be_stored_keeps_its_source(tmp_path: Path, line: str, figure: Figure) -> None:
    assert figures_of(tmp_path, line) == ([figure], [])


def test_a_persons_name_is_taken_out_of_a_title_and_a_papers_is_not() -> None:
    assert without_person("Allt mer populära (Förnamn Efternamn 2018-01-29)") == "Allt mer populära (2018-01-29)"
    assert without_person("Allt fler använder (Kuriren 2017-06-17)") == "Allt fler använder (Kuriren 2017-06-17)"
