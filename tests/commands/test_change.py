"""`change`: one row per question, the same sentences as the pages."""

import pytest

KEYS = [
    "indicator", "region", "sex", "question", "from", "to", "value_from", "value_to", "difference", "low", "high",
    "slope", "highest", "lowest", "level", "verdict", "reason", "text", "notes",
]  # fmt: skip


def asked(run, *words):
    return run("change", "trust_overall", "--region", *words, "--json").document


def test_the_rows_have_the_promised_keys_and_norrbotten_its_letter(run, sample_store):
    rows = asked(run, "25")
    assert all(list(row) == KEYS for row in rows)
    since = [row for row in rows if row["question"] == "since_audit"]
    assert [(row["from"], row["to"], row["verdict"], row["level"]) for row in since] == [
        ("2020", "2025", "decreasing", 99.8),
        ("2019", "2025", "decreasing", 95.0),
    ]
    assert all("20 maj 2021" in row["text"] for row in since)


def test_the_decisions_day_goes_before_the_day_of_the_reply(run, sample_store):
    since = next(row for row in asked(run, "24") if row["question"] == "since_audit")
    assert "daterat 26 mars 2021" in since["text"]


def test_the_readers_own_day_goes_before_the_letter(run, sample_store):
    since = [row for row in asked(run, "25", "--audit-date", "2018-05-01") if row["question"] == "since_audit"]
    assert [(row["from"], "Räknat från 1 maj 2018" in row["text"]) for row in since] == [("2017", True)]


def test_another_regions_letter_is_never_borrowed(run, sample_store):
    (since,) = [row for row in asked(run, "01") if row["question"] == "since_audit"]
    assert (since["verdict"], since["reason"]) == ("not_assessable", "no_audit_date")


def test_riket_is_not_beside_itself(run, sample_store):
    beside = [row for row in asked(run, "00") if row["question"] == "beside_nation"]
    assert {(row["verdict"], row["reason"]) for row in beside} == {("not_assessable", "is_nation")}


def test_a_monthly_series_is_one_row(run, sample_store):
    (row,) = run("change", "primary_care_phone_share", "--region", "25", "--json").document
    assert (row["question"], row["verdict"], row["to"]) == ("latest_month", "none", "2018-12")
    assert any("autokorrelation 0,53" in note for note in row["notes"])


def test_without_json_each_question_is_a_line(run, sample_store):
    lines = run("change", "trust_overall", "--region", "Norrbotten").out.splitlines()
    assert lines[0].startswith("Förtroende för hälso- och sjukvården i sin helhet: ingen säker skillnad i Region Norr")
    assert sum("har varierat mer än slumpen ger" in line for line in lines) == 1


def test_the_trend_speaks_with_the_same_words(run, sample_store):
    told = run("trend", "trust_overall", "--region", "25", "--json").document["sentence"]
    assert told == next(row["text"] for row in asked(run, "25") if row["question"] == "steady")
    assert run("trend", "trust_overall", "--region", "14", "--json").document["verdict"] == "none"


@pytest.mark.parametrize(
    "words",
    [
        ["trust_overall"],
        ["trust_overal", "--region", "25"],
        ["trust_overall", "--region", "Skåna"],
        ["trust_overall", "--region", "25", "--audit-date", "i fjol"],
    ],
)
def test_wrong_choice_is_wrong_usage(run, sample_store, words):
    assert run("change", *words).code == 2


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([500, 500, 500, 600, 600, 600], "åren följer ingen rät linje"),
        ([500, 500, 500, 500, 620], "riktningen hänger på ett enda år"),
    ],
)
def test_a_file_of_ones_own_follows_the_same_conditions(run, tmp_path, counts, reason):
    file = tmp_path / "egen.csv"
    lines = "".join(f"{2010 + at},{count},1000\n" for at, count in enumerate(counts))
    file.write_text(f"year,count,denominator\n{lines}", encoding="utf-8")
    assert run("trend", "--csv", file, "--json").document["verdict"] == "none"
    assert reason in run("trend", "--csv", file).out
