"""`targets`: list, add, withdraw; the document a machine reads."""

from collections.abc import Callable
from typing import Any

import pytest

from analysis.targets.shares import followed_indicators
from models import Store
from tests.publishing import publish

ADD = (
    "targets", "add", "trust_overall", "--region", "Norrbotten", "--kind", "at_least", "--value", "65", "--from",
    "2022-01-01", "--body", "Provorgan", "--decided", "2021-11-17", "--document", "Prov 1",
)  # fmt: skip
FIGURE = {
    "indicator": "trust_overall",
    "region": "25",
    "period": "2023",
    "value": 49.9,
    "ci_low": 46.5,
    "ci_high": 53.3,
}
Run = Callable[..., Any]


def test_without_a_subcommand_the_targets_are_listed_with_every_regions_share(store: Store, run: Run) -> None:
    publish(store, [FIGURE])
    assert run(*ADD, "--json").document == {"target": "trust_overall-25-1"}
    said = run("targets", "--regions", "25,24", "--json").document
    every = len(followed_indicators())
    assert (said["indicators"], said["shares"]) == (
        every,
        [
            {
                "region": "25",
                "region_name": "Region Norrbotten",
                "goals": 1,
                "indicators": every,
                "share": 100 / every,
            },
            {"region": "24", "region_name": "Region Västerbotten", "goals": 0, "indicators": every, "share": 0.0},
        ],
    )
    (target,) = said["targets"]
    entered = target.pop("entered_at")
    assert entered.endswith("Z")
    assert target == {
        "target": "trust_overall-25-1",
        "indicator": "trust_overall",
        "title": "Förtroende för hälso- och sjukvården i sin helhet",
        "region": "25",
        "region_name": "Region Norrbotten",
        "shared": False,
        "kind": "at_least",
        "value": 65.0,
        "valid_from": "2022-01-01",
        "valid_to": None,
        "by_date": None,
        "body": "Provorgan",
        "decided": "2021-11-17",
        "document": "Prov 1",
        "phase": "in_force",
        "status": "not_reached",
        "reason": "",
        "stands": "",
        "period": "2023",
        "value_now": 49.9,
        "ci_low": 46.5,
        "ci_high": 53.3,
        "usual_low": None,
        "usual_high": None,
        "evidence": "published",
        "synthetic": False,
        "entered_by": "local:cli",
        "note": "",
        "attainment": "inte nått",
        "why": None,
    }
    assert run("targets", "list", "--regions", "25,24", "--json").document["targets"][0]["target"] == target["target"]


def test_a_person_reads_that_there_is_no_target(store: Store, run: Run) -> None:
    said = run("targets", "--regions", "25").out
    assert said.splitlines() == [
        "Inget mål är registrerat här för de valda regionerna.",
        "",
        f"Region Norrbotten: mål för 0 av {len(followed_indicators())} indikatorer",
    ]


def test_a_person_reads_target_verdict_figure_and_who_decided(store: Store, run: Run) -> None:
    publish(store, [FIGURE])
    run(*ADD)
    line = run("targets", "--regions", "25").out.splitlines()[2].replace("\N{NO-BREAK SPACE}", " ")
    assert [part.strip() for part in line.split("  ") if part.strip()] == [
        "trust_overall-25-1",
        "Region Norrbotten",
        "Förtroende för hälso- och sjukvården i sin helhet",
        "minst 65,0 %",
        "▼ inte nått",
        "49,9 % (46,5 % till 53,3 %), 2023",
        "gäller",
        "Provorgan",
    ]


def test_one_for_all_regions_and_one_withdrawn(store: Store, run: Run) -> None:
    added = run(*(word.replace("Norrbotten", "alla") for word in ADD), "--json").document
    assert added == {"target": "trust_overall-alla-1"}
    assert [target["region"] for target in run("targets", "--json").document["targets"]][:2] == ["01", "03"]
    done = run("targets", "withdraw", "trust_overall-alla-1", "--note", "Upphävt", "--json")
    assert done.document == {"target": "trust_overall-alla-1", "withdrawn": True}
    assert run("targets", "--json").document["targets"] == []


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((*ADD, "--to", "2021-01-01"), 1, "upphör"),
        ((*ADD[:-8], "--from", "2022-01-01", "--body", " ", "--decided", "2021-11-17", "--document", "x"), 1, "Fyll i"),
        (("targets", "withdraw", "x-1", "--note", "Fel"), 1, "finns inte"),
        (("targets", "--indicator", "trust_overal"), 2, "trust_overall"),
        (("targets", "--regions", "Norbotten"), 2, "Norrbotten"),
        (tuple(word.replace("trust_overall", "trust") for word in ADD), 2, "trust"),
        (tuple(word.replace("Norrbotten", "Norbotten") for word in ADD), 2, "Norrbotten"),
        (tuple(word.replace("Norrbotten", "Riket") for word in ADD), 1, "21 regionernas"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_entered(
    store: Store, run: Run, words: tuple[str, ...], code: int, told: str
) -> None:
    ran = run(*words)
    assert ran.code == code
    assert told in ran.err
    assert run("targets", "--json").document["targets"] == []


def test_compare_against_the_target_says_which_regions_have_none(store: Store, run: Run) -> None:
    publish(store, [FIGURE, {**FIGURE, "region": "24", "value": 62.5, "ci_low": 59.0, "ci_high": 66.0}])
    run(*ADD)
    document = run("compare", "trust_overall", "--benchmark", "target", "--json").document
    assert {row["code"]: (row["judgement"], row["reason"]) for row in document["rows"]} == {
        "24": ("not_assessable", "inget mål är registrerat här"),
        "25": ("worse", None),
    }
    shown = run("compare", "trust_overall", "--benchmark", "target").out
    assert "når inte målet" in shown
    assert "inget mål registrerat här" in shown
