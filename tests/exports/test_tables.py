import pytest

from analysis import compare_regions
from exports import formatted_table, shown_table
from exports.tables import header_of, number_format
from indicators import catalogue

NBSP = "\N{NO-BREAK SPACE}"


def shown(store, indicator, language="sv"):
    comparison = compare_regions(store, indicator)
    return shown_table(comparison.rows, comparison.indicator, language)


def test_the_shown_table_has_localised_headers_and_numbers_as_published(small_store):
    table = shown(small_store, "calls_share_answered")

    assert table.row(1, named=True) == {
        "Region": "Region Norrbotten",
        "Regionkod": "25",
        "Period": "januari 2023",
        "Kön": "Totalt",
        "Värde (procent)": 62.85,
        "Nedre gräns": table["Nedre gräns"][1],  # Wilson's interval: tested where it is computed
        "Övre gräns": table["Övre gräns"][1],
        "Bedömning": "sämre",
        "Varför ingen bedömning": "",
        "Bedömningens nivå (%)": 99.8,
        "Skillnad": table["Skillnad"][1],  # tested in tests/analysis/test_judgement.py
        "Skillnad, nedre gräns (95 %)": table["Skillnad, nedre gräns (95 %)"][1],
        "Skillnad, övre gräns (95 %)": table["Skillnad, övre gräns (95 %)"][1],
        "Jämfört med (värde)": 70.0,
        # tests/analysis/test_reach.py
        "Omdömet håller från (svar)": None,  # its base is counted
        "Skillnad märks från (svar)": None,
        "Omdömet håller från (svar, bara den egna regionens underlag ändrat)": None,
        "Skillnad märks från (svar, bara den egna regionens underlag ändrat)": None,
        "Skillnad som syns i fyra av fem": table["Skillnad som syns i fyra av fem"][1],
        "Marginal för likvärdig": 3.0,
        "Likvärdighet": "",  # told apart
        "Likvärdigheten håller från (svar)": None,
        "Sannolikhet att vara en av de tre sämsta (modell)": None,  # not all 21 have a value
        "Plats": None,  # a place among one region is none
        "Plats, bästa möjliga": None,
        "Plats, sämsta möjliga": None,
        "Antal svar (n)": None,
        "Effektivt antal svar": 10000.0,
        "Täljare": 6285.0,
        "Nämnare": 10000.0,
        "Antaget antal svar": None,
        "Antal svar angivet av": "",
        "Underlag för intervallet": "beräknat intervall",
        "Flaggor": "",
        "Flaggor i ord": "",
        "Anmärkning": "",
        "Orsak till att värde saknas": "",
        "Uppladdning": 1,
        "Fil": "samtal.csv",
        "Blad": "Blad1",
        "Cell": "E2",
        "Post i filen": "",
        "Först i uppladdning": 1,
        "Bekräftas av uppladdning": "",
        "Radens källa": "",
        "Radens kommentar": "",
    }
    assert table["Regionkod"].to_list() == ["24", "25", "00"]


def test_a_missing_value_is_null_with_its_reason_and_flag_in_words(small_store):
    row = shown(small_store, "calls_share_answered", "en").row(0, named=True)

    assert (row["Value (per cent)"], row["Flags"], row["Flags in words"], row["Why there is no value"]) == (
        None,
        "m",
        "not reported",
        "not reported",
    )


def test_both_languages_show_the_same_numbers(small_store):
    swedish, english = (shown(small_store, "calls_share_answered", language) for language in ("sv", "en"))

    for place, kind in enumerate(swedish.dtypes):
        if kind.is_numeric():
            assert swedish.to_series(place).to_list() == english.to_series(place).to_list()


def test_the_screens_table_is_the_shown_table_in_words(small_store):
    comparison = compare_regions(small_store, "calls_share_answered")
    table = formatted_table(comparison.rows, comparison.indicator, "sv")

    assert table.select("Region", "Värde", "Nedre gräns", "Täljare", "Uppladdning").rows() == [
        ("Region Västerbotten", "–", "–", "", "1"),
        ("Region Norrbotten", f"62,9{NBSP}%", f"61,9{NBSP}%", f"6{NBSP}285", "1"),
        ("Riket", f"70,0{NBSP}%", f"69,0{NBSP}%", "", "1"),
    ]


@pytest.mark.parametrize(("language", "strict"), [("sv", "99,8"), ("en", "99.8")])
def test_the_judgements_level_has_the_languages_decimal_mark(store, publish, language, strict):
    shares = {"00": 70.0, "25": 40.0, "24": 66.5, "23": 70.0}
    publish(
        [
            {"indicator": "trust_overall", "region": code, "period": "2020", "value": value}
            for code, value in shares.items()
        ]
    )
    comparison = compare_regions(store, "trust_overall")
    table = formatted_table(comparison.rows, comparison.indicator, language)
    header = header_of("level", None, language)

    assert dict(zip(comparison.rows["code"], table[header], strict=True)) == {
        "23": "",
        "24": "95",
        "25": strict,
        "00": "",
    }


def test_waits_are_seconds_in_files_and_minutes_on_screen(small_store):
    comparison = compare_regions(small_store, "calls_mean_wait")

    assert shown(small_store, "calls_mean_wait")["Värde (sekunder)"].to_list() == [151.0]
    assert formatted_table(comparison.rows, comparison.indicator, "sv")["Värde"].to_list() == ["2:31"]


def test_an_indicator_without_figures_has_an_empty_table_with_all_headers(store):
    assert shown(store, "trust_overall").shape == (0, 46)


def test_every_unit_has_a_number_format():
    formats = {(one.unit, number_format(one.unit, one.decimals)) for one in catalogue().indicators.values()}

    assert formats <= {
        ("percent", "0.0"),
        ("percent", "0"),
        ("index", "0"),
        ("index", "0.0"),
        ("count", "#,##0"),
        ("seconds", "0"),
    }
