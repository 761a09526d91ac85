"""`remark`, `base` and `group`: stated, listed, withdrawn, and followed by --as-of."""

import pytest

SOURCE = ("--source", "SKR, e-post 2026-11-30")


def evidence(run, *more):
    rows = run("compare", "trust_primary_care", "--period", "2025", "--json", *more).document["rows"]
    return next(row for row in rows if row["code"] == "25")


def test_a_number_of_answers_for_a_region_is_computed_and_never_a_cell(run, own_sample_store):
    assert evidence(run)["evidence"] == "assumed"
    key = run("base", "add", "barometer", "2025", "1850", "--region", "Norrbotten", *SOURCE, "--json").document["key"]

    row = evidence(run)
    assert (row["evidence"], row["base_n"], row["n_eff"], row["base_origin"], row["base_source"]) == (
        "computed",
        1850,
        1850 / 1.2,
        "typed",
        SOURCE[1],
    )
    assert "a" not in row["flags"]
    run("base", "withdraw", key, "--note", "Fel fil")
    assert evidence(run)["evidence"] == "assumed"


def test_a_number_for_the_wave_stays_an_assumption(run, own_sample_store):
    run("base", "add", "barometer", "2025", "1500", *SOURCE)
    document = run("compare", "trust_primary_care", "--period", "2025", "--json").document
    assert document["assumption"]["base_per_region"] == 1500
    assert "angivet av medarbetare" in document["assumption"]["reason"]
    assert evidence(run)["assumed_base"] == 1500
    assert run("base", "list", "--json").document[0]["key"] == "barometer-alla-T-2025-1"


def test_a_remark_keeps_a_period_out_and_can_be_withdrawn(run, own_sample_store):
    told = ("remark", "add", "trust_primary_care", "2025", "--effect", "not_judged", "--reason", "Fel fråga", *SOURCE)
    key = run(*told, "--json").document["key"]
    assert (evidence(run)["judgement"], evidence(run)["unassessed"]) == ("not_assessable", "remark")
    assert run(*told).code == 1  # the very same remark stands already
    listed = {row["key"]: row for row in run("remark", "list", "--json").document}
    assert {"trust_overall-2024", key} <= set(listed)  # the catalogue's own too
    run("remark", "withdraw", key, "--note", "Källan har svarat")
    assert evidence(run)["judgement"] == "worse"
    events = [event["action"] for event in run("log", "--json").document["events"][-2:]]
    assert events == ["remark.entered", "remark.withdrawn"]


def test_a_remark_of_the_catalogue_can_be_withdrawn(run, own_sample_store):
    def judged():
        rows = run("compare", "trust_overall", "--period", "2024", "--json").document["rows"]
        return next(row["judgement"] for row in rows if row["code"] == "25")

    assert judged() == "not_assessable"
    assert run("remark", "withdraw", "trust_overall-2024", "--note", "Källan har rättat").code == 0
    assert judged() == "worse"
    assert run("remark", "withdraw", "trust_overall-2024", "--note", "En gång till").code == 1


def test_the_audited_group_is_an_assumption_until_it_is_stated(run, own_sample_store):
    assert run("group", "list", "--json").document["confirmed"] is False
    six = "Norrbotten,Västerbotten,Dalarna,Skåne,Halland,Kalmar"
    assert run("group", "add", six, *SOURCE).code == 0
    document = run("group", "list", "--json").document
    assert (document["confirmed"], set(document["regions"])) == (True, {"25", "24", "20", "12", "13", "08"})
    assert run("group", "add", "Norrbotten,Västerbotten", *SOURCE).code == 1  # the audit covered six
    run("group", "withdraw", "--note", "Fel lista")
    assert run("group", "list", "--json").document["confirmed"] is False


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("base", "add", "barometer", "2042", "1500", *SOURCE), 1),  # not begun
        (("base", "add", "nki_phone", "2023", "1500", *SOURCE), 1),  # an index has no share
        (("base", "add", "barometer", "2025", "0", *SOURCE), 1),
        (("base", "add", "barometer", "2025", "1500", "--source", " "), 1),
        (("base", "add", "barometer", "2025", "1500", "--region", "Skåna", *SOURCE), 2),
        (("remark", "add", "trust_overal", "2025", "--effect", "note", "--reason", "x", *SOURCE), 2),
        (("remark", "add", "trust_overall", "igår", "--effect", "note", "--reason", "x", *SOURCE), 1),
        (("remark", "withdraw", "finns-inte", "--note", "x"), 1),
    ],
)
def test_what_cannot_be_stated_is_refused(run, own_sample_store, words, code):
    before = run("log", "--json").document["events"]
    assert run(*words).code == code
    assert run("log", "--json").document["events"] == before
