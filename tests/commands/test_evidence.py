"""Granskningsakt: a stranger with Python alone follows every figure from its original, and finds a changed byte."""

import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from access import logged_events
from commands.app import build
from exports.evidence_file.made import VERIFY
from exports.evidence_file.verify import main
from models import Store
from tests.commands.conftest import Ran
from tests.hidden_figures import assert_silent, publish_hidden

pytestmark = pytest.mark.one_engine("a file that needs no store")

Run = Callable[..., Ran]


def unpacked(file: Path, folder: Path) -> Path:
    with zipfile.ZipFile(file) as book:
        book.extractall(folder)
    return folder


def verified(folder: Path, empty: Path) -> tuple[int, list[str]]:
    """verify.py by itself: nothing of ours can be imported, and nothing lies where it is run."""
    command = [sys.executable, "-I", str(folder / "verify.py")]
    done = subprocess.run(command, cwd=empty, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60)
    return done.returncode, (done.stdout or done.stderr).splitlines()


def table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / name).read_bytes().decode("utf-8-sig")), delimiter=";"))


@pytest.fixture(scope="module")
def made(read_by_all: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with akt.zip, en.zip and public.zip of Norrbotten."""
    folder = tmp_path_factory.mktemp("akt")
    app = build()
    for name, words in {"akt": [], "public": ["--public"]}.items():
        asked = ["evidence", "--region", "25", "--out", str(folder / f"{name}.zip"), *words]
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", read_by_all.url)
            done = CliRunner().invoke(app, asked, catch_exceptions=False)
        assert done.exit_code == 0
        assert ("INTE FÖR PUBLICERING" in done.stderr) == (name == "akt")
        unpacked(folder / f"{name}.zip", folder / name)
    return folder


def test_without_our_code_every_figure_is_followed_from_its_original(made: Path, tmp_path: Path) -> None:
    figures, steps = (table(made / "akt", name) for name in ("figures.csv", "steps.csv"))
    code, said = verified(made / "akt", tmp_path)
    assert code == 0, said
    assert said[-1] == "Akten är hel: allt stämmer."
    counts = dict(line.split(": ") for line in said[:-1])
    assert counts == {
        "Siffror som står i sitt original": "486",
        "Riket som ingen har tryckt, omräknat av regionernas siffror och folkmängd": "2",
        "Siffror vars text i originalet är omräknad och inte kan följas här": "0",
        "Siffror i original av ett slag som programmet inte läser": "0",
        "Siffror som är räknade här av annat än siffror och inte kan räknas om": "0",
        "Siffror vars original är utelämnat och som inte kan räknas om här": "0",
        "Siffror som är desamma i arbetsboken": "270",
        "Siffror som är desamma i rapporten": "13",
        "Skillnader mot riket som är omräknade": "12",
        "Förändringar över tid som är omräknade": "25",
        "Siffror som rapporten skriver i en annan enhet och som inte följs dit": "0",
    }
    assert len(figures) == 488
    assert {step["step"] for step in steps} == {"original", "made", "workbook", "report", "difference", "change"}


def test_what_the_report_prints_is_what_is_followed(made: Path) -> None:
    told = "".join(page.extract_text() for page in PdfReader(made / "akt" / "report.pdf").pages)
    steps = [step for step in table(made / "akt", "steps.csv") if step["step"] in ("report", "difference", "change")]
    printed = [step["printed"].lstrip("'") for step in steps]
    assert len(printed) == 50
    assert not [one for one in printed if one not in told]


def test_the_originals_are_those_of_the_store_byte_for_byte(made: Path, read_by_all: Store) -> None:
    with read_by_all.read() as connection:
        stored = {sha for (sha,) in connection.exec_driver_sql("SELECT sha256 FROM upload")}
    held = [file.read_bytes() for file in sorted((made / "akt" / "originals").iterdir())]
    assert len(held) == 7
    assert {sha256(content).hexdigest() for content in held} <= stored


MEMBERS = (
    "README.txt", "figures.csv", "log.json", "manifest.json", "method.txt", "publications.csv", "report.pdf",
    "steps.csv", "verify.py", "without_value.csv", "workbook.xlsx",
    "originals/10_fortroende_1177_telefon_2017_skr.csv", "originals/12_patientenkat_tillganglighet_2015_2017_vis.csv",
    "originals/13_primarvard_telefon_2010_2018_vis.csv", "originals/14_vardbarometern_vardcentral_2013_2015_vis.csv",
    "originals/7_barometern_2016_2023_kolada.json", "originals/8_barometern_2024_kolada.json",
    "originals/9_barometern_2025_kolada.json",
)  # fmt: skip


def test_the_table_of_members_is_the_whole_file(made: Path) -> None:
    with zipfile.ZipFile(made / "akt.zip") as book:
        assert sorted(book.namelist()) == sorted(MEMBERS)


def test_one_changed_byte_anywhere_is_found(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(made / "akt", tmp_path / "akt")
    manifest = sha256((folder / "manifest.json").read_bytes()).hexdigest()
    for name in MEMBERS:
        whole = (folder / name).read_bytes()
        for at in (0, len(whole) // 2, len(whole) - 1):
            changed = bytearray(whole)
            changed[at] ^= 1
            (folder / name).write_bytes(changed)
            try:
                found = main(folder, manifest)
            except ValueError:  # a manifest that is no JSON any more
                assert name == "manifest.json"
            else:
                assert (found, capsys.readouterr().out.splitlines()[0]) == (1, name)
        (folder / name).write_bytes(whole)
    assert main(folder, manifest) == 0


@pytest.mark.parametrize(
    "name", ["manifest.json", "verify.py", "report.pdf", "originals/9_barometern_2025_kolada.json"]
)
def test_a_stranger_and_our_own_command_find_it_too(run: Run, made: Path, tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(made / "akt", tmp_path / "akt")
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    assert verified(folder, tmp_path)[0] == 1
    assert run("verify", shutil.make_archive(str(tmp_path / "again"), "zip", folder)).code == 1


@pytest.mark.parametrize("change", ["lacking", "added"])
def test_a_file_too_few_or_too_many_is_found(made: Path, tmp_path: Path, change: str) -> None:
    folder = shutil.copytree(made / "akt", tmp_path / "akt")
    (folder / "method.txt").unlink() if change == "lacking" else (folder / "ny.txt").write_text("ny")
    code, said = verified(folder, tmp_path)
    assert (code, said[0]) == (1, "method.txt" if change == "lacking" else "ny.txt")


def resealed(folder: Path, name: str, old: str, new: str) -> None:
    """A file changed by somebody who makes every digest right again: only the figures' way, or the chain, can tell."""
    file, manifest, own = folder / name, folder / "manifest.json", folder / "verify.py"
    content, told = file.read_bytes(), manifest.read_bytes()
    assert old.encode() in content
    file.write_bytes(content.replace(old.encode(), new.encode(), 1))
    manifest.write_bytes(told.replace(*(sha256(each).hexdigest().encode() for each in (content, file.read_bytes()))))
    sums = (sha256(each).hexdigest().encode() for each in (told, manifest.read_bytes()))
    own.write_bytes(own.read_bytes().replace(*sums))


def test_a_figure_that_no_longer_agrees_is_found_though_every_digest_does(made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made / "akt", tmp_path / "akt")
    own = next(
        row for row in table(folder, "figures.csv") if row["indicator"] == "trust_overall" and row["code"] == "25"
    )
    line = f"{own['cell']};{own['record']};{own['printed']};"
    resealed(folder, "figures.csv", f"{line}{own['value']}\r", f"{line}{float(own['value']) + 1}\r")
    code, said = verified(folder, tmp_path)
    assert code == 1
    wrong = [line.split(": ")[1] for line in said if not line[-1].isdigit()]
    assert wrong[0] == "Siffror som står i sitt original"


def test_an_event_of_the_log_that_is_changed_is_found_though_every_digest_is_right(made: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(made / "akt", tmp_path / "akt")
    resealed(folder, "log.json", "Exempeldata", "Exempeldatan")
    code, said = verified(folder, tmp_path)
    assert (code, len(said[0])) == (1, 64)  # the seal that does not hold


def test_the_log_tells_of_these_files_and_of_others_the_seal_alone(made: Path, read_by_all: Store) -> None:
    events = json.loads((made / "akt" / "log.json").read_text(encoding="utf-8"))
    assert [(one["previous"], one["hash"]) for one in events] == logged_events(read_by_all).select(
        "previous", "hash"
    ).rows()
    own = {one["sealed"][3] for one in events if "sealed" in one}
    assert own == {f"upload:{number}" for number in (7, 8, 9, 10, 12, 13, 14)}
    assert len(events) > sum("sealed" in one for one in events)


def test_the_public_file_leaves_out_originals_and_says_what_it_cannot_tell(made: Path, tmp_path: Path) -> None:
    folder = made / "public"
    assert not (folder / "originals").exists()
    assert {file.name for file in folder.iterdir()} & {"log.json", "without_value.csv"} == set()
    code, said = verified(folder, tmp_path)
    assert code == 0
    assert "Siffror vars original är utelämnat och som inte kan räknas om här: 486" in said
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    left = {one["name"]: one for one in manifest["left_out"]}
    assert len(left) == 9
    assert all(one["reason"] for one in left.values())
    held = (made / "akt" / "originals" / "9_barometern_2025_kolada.json").read_bytes()
    assert left["originals/9_barometern_2025_kolada.json"]["sha256"] == sha256(held).hexdigest()


def test_a_hidden_figure_is_in_no_part_of_the_public_file(run: Run, store: Store, tmp_path: Path) -> None:
    publish_hidden(store)
    out = tmp_path / "akt.zip"
    assert run("evidence", "--region", "25", "--public", "--out", out).code == 0
    folder = unpacked(out, tmp_path / "akt")
    with zipfile.ZipFile(folder / "workbook.xlsx") as book:
        assert_silent(" ".join(book.read(name).decode() for name in book.namelist() if name.endswith("xml")))
    assert_silent("".join(page.extract_text() for page in PdfReader(folder / "report.pdf").pages))
    for file in folder.iterdir():
        if file.suffix in (".csv", ".txt", ".json"):
            assert_silent(file.read_text(encoding="utf-8-sig"))
    assert verified(folder, tmp_path)[0] == 0


def test_a_region_without_figures_is_refused(run: Run, store: Store, tmp_path: Path) -> None:
    ran = run("evidence", "--region", "25", "--out", tmp_path / "akt.zip")
    assert (ran.code, (tmp_path / "akt.zip").exists()) == (1, False)
    assert "Region Norrbotten har inga siffror att göra en akt av." in ran.err


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all"])
def test_what_is_no_file_of_ours_is_refused_in_words(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    ran = run("verify", tmp_path / "x.zip")
    assert (ran.code, ran.out) == (1, "")
    assert "kan inte läsas" in ran.err


def test_the_program_is_a_page(made: Path) -> None:
    assert len(VERIFY.read_text(encoding="utf-8").splitlines()) <= 60
