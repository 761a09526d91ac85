"""`compare`: the issue's own figures, the shape of the document, and every way to choose wrongly."""

import json

import pytest

from analysis import REACH_COLUMNS
from exports.documents import ROW


def test_the_barometers_2020_figures_are_those_the_issue_names(run, sample_store):
    ran = run("compare", "trust_overall", "--period", "2020", "--json")
    values = {row["code"]: row["value"] for row in ran.document["rows"]}

    assert ran.code == 0
    assert {code: values[code] for code in ("25", "24", "22", "00")} == {"25": 62.9, "24": 75.9, "22": 55.7, "00": 69.4}
    assert len(values) == 22


def test_trust_by_phone_2017_has_norrbotten_last_and_vasterbotten_first(run, sample_store):
    rows = run("compare", "trust_1177_phone", "--period", "2017", "--json").document["rows"]
    ordered = sorted((row["value"], row["region"]) for row in rows if row["code"] != "00")

    assert len(ordered) == 21
    assert (ordered[0], ordered[-1]) == ((57.7, "Region Norrbotten"), (71.2, "Region Västerbotten"))


def test_the_document_has_the_issues_names(run, good_file):
    run("load", good_file)
    ran = run("compare", "logins", "--regions", "25", "--json")
    document = ran.document
    [row] = document.pop("rows")

    assert document == {
        "indicator": "logins",
        "title": "Inloggningar på 1177",
        "unit": "count",
        "period": "2023-01",
        "benchmark": "riket",
        "as_of": None,
        "sex": "T",
        "synthetic": False,
        "data_version": 1,
        "level": 95.0,
        "assumption": None,
        "comparability": None,
        "assessed": 0,
        "marked_by_chance": [0.0, 0.0],
        "reliability": None,
        "lowest_three_missing": "beräknas bara när alla 21 regioner har ett värde med intervall",
    }
    assert tuple(row) == ROW
    figure = {
        "code": "25",
        "region": "Region Norrbotten",
        "period": "2023-01",
        "period_start": "2023-01-01",
        "period_end": "2023-01-31",
        "period_kind": "month",
        "sex": "T",
        "value": 5.0,
        "numerator": None,
        "denominator": None,
        "base_n": None,
        "n_eff": None,
        "ci_low": None,
        "ci_high": None,
        "evidence": "none",
        "flags": "",
        "missing": "",
        "upload": 1,
        "file": "inloggningar.csv",
        "sheet": "",
        "cell": "D2",
        "source": "Rapport 1",
        "comment": "",
        "judgement": "not_assessable",
        "level": None,
        "unassessed": "no_whole",
        "reason": "värdet att jämföra med saknas",
        "rank": None,
        "rank_low": None,
        "rank_high": None,
        "ranked": 2,
    }
    assert {name: row[name] for name in figure} == figure


@pytest.mark.parametrize("printed", ["2018 H2", "2018-H2", "h2 2018"])
def test_a_period_may_be_written_as_the_publishers_do(run, tmp_path, printed):
    file = tmp_path / "matning.csv"
    file.write_text("Indikator;Region;Period;Värde\nprimary_care_phone_share;Norrbotten;2018 H2;88\n", encoding="utf-8")
    assert run("load", file, "--accept-warnings").code == 0

    assert run("compare", "primary_care_phone_share", "--period", printed, "--json").document["period"] == "2018-H2"


def test_months_may_be_written_in_swedish(run, good_file):
    run("load", good_file)

    assert run("compare", "logins", "--period", "2023 januari", "--json").document["period"] == "2023-01"


def test_a_person_reads_the_table_with_riket_last_and_the_flags_explained(run, sample_store):
    out = run("compare", "trust_overall", "--period", "2020", "--regions", "Norrbotten, 24").out
    lines = out.splitlines()

    assert lines[0] == "Förtroende för hälso- och sjukvården i sin helhet, 2020"
    assert [line.split("  ")[0] for line in lines[4:7]] == ["Region Västerbotten", "Region Norrbotten", "Riket"]
    assert "62,9\N{NO-BREAK SPACE}%" in lines[5]
    assert "a = antaget underlag" in lines
    assert "slumpfelet" in lines[-1]


def test_synthetic_figures_are_announced_to_a_person(run, sample_store):
    lines = run("--language", "en", "compare", "calls_offered", "--regions", "25").out.splitlines()

    assert lines[1].startswith("WARNING: the table holds synthetic example data.")
    assert "x = synthetic example data" in lines


def test_as_of_is_the_end_of_that_day_in_sweden(run, good_file):
    run("load", good_file)
    before = run("compare", "logins", "--as-of", "2020-01-01", "--json")

    assert (before.code, before.document["as_of"], before.document["rows"]) == (0, "2020-01-01", [])
    assert run("compare", "logins", "--as-of", "2099-12-31", "--json").document["rows"] != []


def test_an_indicator_without_figures_says_so(run, store):
    ran = run("compare", "trust_overall", "--json")

    assert (ran.code, ran.document["period"], ran.document["rows"]) == (0, None, [])
    assert ran.err == "Indikatorn trust_overall har inga publicerade siffror.\n"
    assert run("compare", "trust_overall").out == "Förtroende för hälso- och sjukvården i sin helhet\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trust_oveall"], "trust_overall"),  # unknown indicator: the nearest is named
        (["logins", "--period", "2099"], "2099"),  # readable, but nothing is published
        (["logins", "--period", "i fjol"], "i fjol"),  # nobody can read it
        (["logins", "--regions", "Skåna"], "Skåne"),
        (["logins", "--sex", "X"], "X"),
        (["logins", "--benchmark", "månen"], "månen"),
        (["logins", "--as-of", "i går"], "i går"),
        ([], "INDICATOR"),
    ],
)
def test_a_wrong_choice_is_exit_2(run, good_file, words, said):
    run("load", good_file)
    ran = run("compare", *words)

    assert (ran.code, ran.out) == (2, "")
    assert said.casefold() in ran.err.casefold()


def test_a_wrong_choice_with_json_is_still_one_document(run, good_file):
    run("load", good_file)
    ran = run("compare", "logins", "--period", "2099", "--json")

    assert ran.code == 2
    assert json.loads(ran.out) == {"error": ran.err.strip()}


@pytest.mark.parametrize("words", [["compare", "logins"], ["uploads"], ["export", "csv", "--all", "--out", "x.csv"]])
def test_a_missing_store_is_refused_and_not_created(run, tmp_path, words):
    ran = run(*words, "--json")

    assert ran.code == 1
    assert "finns inte" in ran.document["error"]
    assert not (tmp_path / "store.sqlite3").exists()


def test_a_judgement_carries_the_assumption_its_interval_rests_on(run, sample_store):
    document = run("compare", "trust_overall", "--period", "2022", "--json").document
    rows = {row["code"]: row for row in document["rows"]}

    assert {code: (rows[code]["judgement"], rows[code]["level"], rows[code]["evidence"]) for code in ("22", "25")} == {
        "22": ("worse", 99.8, "assumed"),
        "25": ("worse", 99.8, "assumed"),
    }
    numbers = [document["assumption"][name] for name in ("base_per_region", "national_answers", "design_effect")]
    assert numbers == [1000, 48304, 1.2]
    assert [rows["00"][name] for name in ("judgement", "rank", "reason")] == [None, None, None]


def test_another_question_is_said_in_words(run, sample_store):
    ran = run("compare", "eservices_1177_positive", "--period", "2020", "--benchmark", "period:2019", "--json")
    reasons = {(row["judgement"], row["reason"]) for row in ran.document["rows"] if row["code"] != "00"}

    assert ran.code == 0
    assert len(reasons) == 1
    [(judgement, reason)] = reasons
    assert judgement == "not_assessable"
    assert reason.startswith("Frågan ändrades mellan 2019 och 2020")


def test_simultaneous_rank_intervals_are_never_narrower(run, sample_store):
    def widths(kind):
        rows = run("compare", "trust_overall", "--period", "2022", "--rank-intervals", kind, "--json").document["rows"]
        return [row["rank_high"] - row["rank_low"] for row in rows if row["code"] != "00"]

    assert all(wide >= narrow for wide, narrow in zip(widths("simultaneous"), widths("marginal"), strict=True))


def test_a_person_reads_judgement_difference_and_rank_with_what_they_rest_on(run, sample_store):
    lines = run("compare", "trust_overall", "--period", "2020", "--regions", "25").out.replace("\xa0", " ").splitlines()

    assert [part.strip() for part in lines[2].split("  ") if part][4:8] == [
        "Bedömning",
        "Skillnad (95 % intervall)",
        "Omdömet håller från (svar)",
        "Plats (95 % intervall)",
    ]
    cells = [part.strip() for part in lines[4].split("  ") if part.strip()]
    assert cells[4:8] == ["sämre", "−6,5 (−9,9 till −3,1)", "265", "20 (11–20)"]
    assert "Jämfört med riket." in lines
    [assumed] = [line for line in lines if line.startswith("Antaget underlag: ")]
    assert assumed.startswith(
        "Antaget underlag: 1 000 svar per region, 50 854 svar i riket, designeffekt 1,2. Antal svar"
    )
    assert "Mätningen gjordes bara under hösten 2020, mitt i pandemin. Jämför med andra år med försiktighet." in lines


def test_the_document_says_how_far_each_word_carries(run, sample_store):
    asked = ("compare", "trust_overall", "--period", "2023")
    usual, strict = (run(*asked, "--level", level, "--json").document for level in ("95", "99.8"))
    row = next(row for row in usual["rows"] if row["code"] == "25")
    assert (row["judgement"], row["holds_from"], row["holds_from_own"]) == ("worse", 97, 88)
    assert (row["flips_at"], row["flips_at_own"], row["equivalence"], row["margin"]) == (None, None, None, 3.0)
    assert 0.95 < row["lowest_three"] <= 1
    assert sum(one["lowest_three"] or 0 for one in usual["rows"]) == pytest.approx(3)
    assert [round(count, 1) for count in usual["marked_by_chance"]] == [0.1, 2.1]
    assert (usual["assessed"], usual["lowest_three_missing"], usual["reliability"] > 0.8) == (21, None, True)
    alike = next(row for row in usual["rows"] if row["code"] == "01")
    assert (alike["judgement"], alike["equivalence"], alike["flips_at"]) == ("similar", "not_shown", 4163)
    weak = next(row for row in strict["rows"] if row["code"] == "07")  # told apart at 95 only
    assert (weak["judgement"], weak["level"], weak["flips_at"], strict["level"]) == ("similar", None, 1487, 99.8)
    riket = next(row for row in usual["rows"] if row["code"] == "00")
    assert {riket[name] for name in REACH_COLUMNS} == {None}


def test_a_person_reads_at_which_level_and_what_chance_would_mark(run, sample_store):
    out = run("compare", "trust_overall", "--period", "2023", "--level", "99.8").out.replace("\xa0", " ")
    assert "bedömt på 99,8 %-nivån" in out.splitlines()[0]
    assert "Av dem skulle ungefär 0,1 till 2,1 markeras av slumpen" in out
    poor = run("compare", "eservices_1177_positive", "--period", "2023").out
    assert "Platserna visar mest slump" in poor


def test_a_person_reads_why_nothing_is_judged(run, sample_store):
    out = run("compare", "eservices_1177_positive", "--period", "2020", "--benchmark", "period:2019").out
    assert "\nKan inte bedömas (antal regioner: 21): Frågan ändrades mellan 2019 och 2020: " in out
    out = run("--language", "en", "compare", "trust_overall", "--benchmark", "target").out
    assert "\nCannot be assessed (number of regions: 21): no target is entered here.\n" in out


@pytest.mark.parametrize(
    ("language", "name"), [("sv", "Regionernas vägda medelvärde"), ("en", "The regions' weighted mean")]
)
def test_a_riket_nobody_printed_is_named_as_what_it_is_in_the_document_too(run, sample_store, language, name):
    ran = run("--language", language, "compare", "trust_vardcentral", "--period", "2015", "--json")

    assert [row["region"] for row in ran.document["rows"] if row["code"] == "00"] == [name]
