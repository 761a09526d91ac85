"""The sample files hold the publishers' own numbers, and the made-up ones say that they are."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.settings import PROJECT

FOLDER = PROJECT / "sample_data"
SYNTHETIC = "SYNTETISKA EXEMPELDATA, genererade av projektet (frö 1177)"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def barometer() -> dict[tuple[str, str, int], float]:
    answer = json.loads((FOLDER / "barometern_2016_2023_kolada.json").read_text(encoding="utf-8"))
    return {(r["kpi"], r["municipality"], r["period"]): r["values"][0]["value"] for r in answer["values"]}


def template_rows() -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(FOLDER / "nki_och_anvandning_1177.xlsx")["Data"]
    header, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in body]


def data_files() -> list[Path]:
    return sorted(file for file in FOLDER.iterdir() if file.suffix in (".csv", ".json", ".xlsx"))


@pytest.mark.parametrize(
    ("kpi", "region", "year", "value"),
    [
        ("U70447", "0025", 2020, 62.9),  # trust overall, Norrbotten
        ("U70447", "0024", 2020, 75.9),
        ("U70447", "0022", 2020, 55.7),
        ("U70447", "0000", 2020, 69.4),  # Riket
        ("U71458", "0000", 2016, 60.0),  # published as a whole number
        ("U70450", "0024", 2018, 62.0),
        ("N70465", "0003", 2020, 82.5),  # Uppsala, highest attitude to the e-services 2020
        ("U70449", "0006", 2023, 91.9),
    ],
)
def test_the_barometer_says_what_kolada_published(kpi: str, region: str, year: int, value: float) -> None:
    assert barometer()[kpi, region, year] == value


def test_the_barometer_is_whole() -> None:
    figures = barometer()
    assert len({kpi for kpi, _, _ in figures}) == 9
    assert len({region for _, region, _ in figures}) == 22
    # Six series from 2016 and three from 2020, 21 regions and Riket.
    assert len(figures) == 22 * (6 * 8 + 3 * 4)


def test_trust_in_1177_by_phone_ranks_the_two_audited_regions_as_the_letters_say() -> None:
    regions = {r["Landsting och regioner"]: float(r["Värde"].replace(",", ".")) for r in rows(SKR)}
    nation = regions.pop("Riket")
    ranked = sorted(regions, key=lambda name: regions[name], reverse=True)
    assert (nation, len(ranked)) == (62.8, 21)
    assert (ranked[0], regions[ranked[0]]) == ("Västerbotten", 71.2)
    assert (ranked[-1], regions[ranked[-1]]) == ("Norrbotten", 57.7)


SKR = "fortroende_1177_telefon_2017_skr.csv"


def test_the_appendix_keeps_its_bytes() -> None:
    content = (FOLDER / SKR).read_bytes()
    assert content.startswith("\ufeffHuvud_ID;Område ;Indikatornamn;".encode())
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == content.count(b"\n") == 23
    header = content.decode("utf-8-sig").split("\r\n")[0]
    assert ";Avvikelse riket procent ;Avvikelse riket procent ;;Måttenhet ;" in header  # twice the same, once none


def test_vardbarometern_has_base_and_interval_for_each_sex() -> None:
    found = rows("vardbarometern_vardcentral_2013_2015_vis.csv")
    assert len(found) == 3 * 21 * 3
    first = found[0]
    assert (first["Enhetsnamn"], first["Länskod"], first["Mätperiod"], first["Kön/Totalt"]) == (
        "Stockholms län",
        "1",
        "2015",
        "Totalt",
    )
    figures = tuple(first[name] for name in ("Värde", "Täljare", "Nämnare/antal fall", "KI-Låg", "KI-Hög"))
    assert figures == ("63,5", "4846", "7604", "62,4", "64,7")


def test_phone_accessibility_has_months_half_years_and_unknowns() -> None:
    found = {(r["Enhetsnamn"], r["Mätperiod"]): r for r in rows("primarvard_telefon_2010_2018_vis.csv")}
    assert len(found) == 784
    assert found["Norrbotten", "2018 oktober"]["Värde"] == "89,6"
    assert found["Norrbotten", "2018 H2"]["Nämnare/antal fall"] == "69041"
    assert found["Västerbotten", "2018 december"]["Värde"] == "UNK"


def test_the_patient_survey_is_there_for_the_years_each_region_took_part() -> None:
    found = {
        (r["Enhetsnamn"], r["Mätperiod"]): r["Värde"] for r in rows("patientenkat_tillganglighet_2015_2017_vis.csv")
    }
    assert len(found) == 52
    assert found["Norrbotten", "2017"] == "80,1"
    assert ("Norrbotten", "2016") not in found


@pytest.mark.parametrize(
    ("indicator", "region", "period", "value", "answers"),
    [
        ("nki_phone", "Västernorrland", "2018", 87, None),
        ("nki_phone", "Riket", "2020", 81, 4514),  # 4 514 answers
        ("nki_phone", "Jämtland Härjedalen", "2023", 87, None),
        ("nki_phone_waiting", "Riket", "2018", 65, None),
        ("nki_phone_credibility", "Jämtland Härjedalen", "2023", 91, None),
        ("nki_web", "Riket", "2014", 80, 7710),
        ("nki_eservices", "Riket", "2015", 72, None),
        ("logins", "Riket", "2022-01", 25_700_000, None),
        ("accounts_share", "Stockholms län", "2017-12-31", 50, None),
        ("calls_share_answered", "Värmland", "2019-11", 73, None),
        ("calls_mean_wait", "Stockholm", "2020-11", 956, None),  # 15:56
        ("calls_mean_wait", "Västmanland", "2020", 1440, None),  # 24 minutes
        ("awareness_1177_phone", "Dalarna", "2013", 70, None),
    ],
)
def test_scattered_figures_are_the_sources_own(
    indicator: str, region: str, period: str, value: float, answers: int | None
) -> None:
    wanted = (indicator, region, period)
    found = [row for row in template_rows() if (row["Indikator"], row["Region"], row["Period"]) == wanted]
    assert [(row["Värde"], row["Antal svar"]) for row in found] == [(value, answers)]
    assert "http" in found[0]["Källa"]
    assert found[0]["Kommentar"].startswith("Som i källan: ")


def test_no_scattered_figure_is_approximate_or_an_indicator_twice() -> None:
    found = template_rows()
    keys = [(row["Indikator"], row["Region"], row["Period"], row["Kön"]) for row in found]
    assert len(keys) == len(set(keys)) == 38
    about = re.compile(r"\b(ca|cirka|nära|drygt|över|nästan|knapp[ta]|oklart|avrundat)\b", re.IGNORECASE)
    assert [row["Kommentar"] for row in found if about.search(row["Kommentar"])] == []
    # Trust in 1177 by phone comes from the SKR layout only.
    assert {row["Indikator"] for row in found}.isdisjoint({"trust_1177_phone", "calls_offered", "calls_answered"})


def test_synthetic_files_say_so_in_name_and_in_every_row() -> None:
    for file in data_files():
        told = [row["Källa"] for row in rows(file.name)] if file.name.startswith("syntetisk_") else []
        assert set(told) <= {SYNTHETIC}
        if not told:
            assert b"YNTETISK" not in file.read_bytes().upper()


def test_synthetic_service_levels_are_the_quotients_of_the_synthetic_counts() -> None:
    calls = {(r["Region"], r["Period"], r["Indikator"]): r for r in rows("syntetisk_1177_samtal_2018_2023.csv")}
    found = {(r["Region"], r["Period"], r["Indikator"]): r for r in rows("syntetisk_1177_servicenivaer_2018_2023.csv")}
    months = {(region, period) for region, period, _ in found}
    assert len(months) == 6 * 72
    assert len(found) == 6 * len(months)
    for month in months:
        offered, answered = (int(calls[*month, f"calls_{name}"]["Värde"]) for name in ("offered", "answered"))
        abandoned = int(found[*month, "calls_abandoned"]["Värde"])
        assert answered + abandoned <= offered
        assert int(found[*month, "calls_handled"]["Värde"]) <= answered
        assert int(found[*month, "calls_median_wait"]["Värde"]) < int(calls[*month, "calls_mean_wait"]["Värde"])
        levels = [
            found[*month, f"calls_within_target_{name}"]
            for name in ("of_offered", "or_abandoned_of_offered", "of_answered")
        ]
        assert [int(level["Nämnare"]) for level in levels] == [offered, offered, answered]
        parts = [int(level["Täljare"]) for level in levels]
        assert parts[0] == parts[2] <= parts[1] <= parts[0] + abandoned
        for level in levels:
            share = round(100 * int(level["Täljare"]) / int(level["Nämnare"]), 1)
            assert float(level["Värde"].replace(",", ".")) == share


def test_the_synthetic_week_adds_up_to_its_month() -> None:
    calls = {(r["Region"], r["Period"], r["Indikator"]): r for r in rows("syntetisk_1177_samtal_2018_2023.csv")}
    week = rows("syntetisk_1177_samtal_veckodag_timme.csv")
    assert len(week) == 6 * 7 * 24
    for region in {row["Region"] for row in week}:
        own = [row for row in week if row["Region"] == region]
        for column, indicator in (("Inkomna samtal", "calls_offered"), ("Besvarade samtal", "calls_answered")):
            total = sum(int(row[column]) for row in own)
            assert total == int(calls[region, "2023-10", indicator]["Värde"])


def test_synthetic_calls_hang_together() -> None:
    found = {(r["Region"], r["Period"], r["Indikator"]): r for r in rows("syntetisk_1177_samtal_2018_2023.csv")}
    months = {(region, period) for region, period, _ in found}
    assert len(months) == 6 * 72
    assert len(found) == 4 * len(months)
    for region, period in months:
        offered = int(found[region, period, "calls_offered"]["Värde"])
        answered = int(found[region, period, "calls_answered"]["Värde"])
        share = found[region, period, "calls_share_answered"]
        assert answered <= offered
        assert (int(share["Täljare"]), int(share["Nämnare"])) == (answered, offered)
        assert float(share["Värde"].replace(",", ".")) == round(100 * answered / offered, 1)
        assert 0 < int(found[region, period, "calls_mean_wait"]["Värde"]) < 3600


def test_synthetic_use_covers_every_month_and_year_of_the_six() -> None:
    found = rows("syntetisk_1177_inloggningar_konton_2018_2023.csv")
    kinds = [(r["Indikator"], len(r["Period"])) for r in found]
    assert kinds.count(("logins", 7)) == 6 * 72
    assert kinds.count(("accounts_share", 4)) == 6 * 6
    assert len(kinds) == 6 * 78
    for row in found:
        if row["Indikator"] == "accounts_share":
            assert int(row["Värde"]) == round(100 * int(row["Täljare"]) / int(row["Nämnare"]))


def test_no_person_is_named() -> None:
    person_and_date = re.compile(r"\([A-ZÅÄÖ][a-zåäö]+ [A-ZÅÄÖ][a-zåäö]+ \d{4}-\d\d-\d\d\)")
    texts = [row["Källa"] + row["Kommentar"] for row in template_rows()]
    texts.append((FOLDER / "README.md").read_text(encoding="utf-8"))
    assert [text for text in texts if person_and_date.search(text)] == []


def test_the_readme_has_a_line_for_each_file_and_none_for_others() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([^`]+)` \|", readme, re.MULTILINE)
    assert sorted(listed) == [file.name for file in data_files()]
