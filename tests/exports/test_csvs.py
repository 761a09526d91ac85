import pytest

from analysis import compare_regions
from exports import comparison_csv, everything_csv

HEADER = (
    "Region;Regionkod;Period;Kön;Värde (antal);Nedre gräns;Övre gräns;Bedömning;Varför ingen bedömning;"
    "Bedömningens nivå (%);Skillnad;Skillnad, nedre gräns (95 %);Skillnad, övre gräns (95 %);Jämfört med (värde);"
    "Omdömet håller från (svar);Skillnad märks från (svar);"
    "Omdömet håller från (svar, bara den egna regionens underlag ändrat);"
    "Skillnad märks från (svar, bara den egna regionens underlag ändrat);Skillnad som syns i fyra av fem;"
    "Marginal för likvärdig;Likvärdighet;Likvärdigheten håller från (svar);"
    "Sannolikhet att vara en av de tre sämsta (modell);Plats;Plats, bästa möjliga;Plats, sämsta möjliga;"
    "Antal svar (n);Effektivt antal svar;Täljare;"
    "Nämnare;Antaget antal svar;Antal svar angivet av;Underlag för intervallet;Flaggor;Flaggor i ord;Anmärkning;"
    "Orsak till att värde saknas;Uppladdning;Fil;Blad;Cell;Post i filen;"
    "Först i uppladdning;Bekräftas av uppladdning;"
    "Radens källa;Radens kommentar\r\n"
)


def csv_of(store, indicator, language="sv"):
    return comparison_csv(compare_regions(store, indicator), language=language)


def test_swedish_csv_has_a_bom_semicolons_and_the_decimal_comma(store, publish):
    publish([{"indicator": "logins", "region": "25", "period": "2023-01", "value": 1234.5}])

    assert (
        csv_of(store, "logins")
        == (
            "\ufeff"
            + HEADER
            + "Region Norrbotten;25;januari 2023;Totalt;1234,5;;;kan ej bedömas;värdet att jämföra med saknas;;;;;;;;;"
            + ";;;;;;;;;;;;;;;inget intervall;;;;;1;a.csv;Blad1;E2;;1;;;\r\n"
        ).encode()
    )


def test_english_csv_has_the_decimal_point(store, publish):
    publish([{"indicator": "logins", "region": "25", "period": "2023-01", "value": 1234.5}])

    assert ";January 2023;Total;1234.5;" in csv_of(store, "logins", "en").decode()


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+46 920", "'+46 920"),
        ("-1", "'-1"),  # text that looks like a number is text all the same
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),  # full width, which some spreadsheets take for =
        ("a;b", '"a;b"'),  # quoted, so that it stays one cell
        ('=a"b', '"\'=a""b"'),
        ("a\x07b", "ab"),
        ("Rapport 2023", "Rapport 2023"),
    ],
)
def test_text_in_csv_is_never_run(store, publish, source, written):
    publish([{"indicator": "logins", "region": "25", "period": "2023-01", "value": 1.0, "source": source}])

    assert csv_of(store, "logins").decode().endswith(f";{written};\r\n")


def test_a_negative_number_stays_a_number(store, publish):
    publish([{"indicator": "logins", "region": "25", "period": "2023-01", "value": -4.7}])

    assert ";-4,7;" in csv_of(store, "logins").decode()


def test_all_of_it_as_csv_has_a_line_per_figure(small_store):
    lines = everything_csv(small_store, language="sv").decode("utf-8-sig").splitlines()

    assert len(lines) == 7
    assert lines[-1].startswith("calls_share_answered;Andel besvarade samtal på 1177;")
    assert lines[-1].endswith(";2023-01;månad;2023-01-01;2023-01-31;0;2026-03-01 13:00")
