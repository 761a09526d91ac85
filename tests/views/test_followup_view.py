"""How the recommendations stand in short, and the audited regions over the themes."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.followup import FollowedAudit, followed_audits
from entries.recommendation_file import enter_letters
from models import Store
from views.followup import Held, compiled, finding
from views.parts import Reader

TODAY = date(2026, 1, 31)
SIX = ("25", "24", "22", "23", "21", "20")


@pytest.fixture
def audits(store: Store) -> tuple[FollowedAudit, ...]:
    enter_letters(store)
    return followed_audits(store, TODAY)


def answered(audit: FollowedAudit, **statuses: str) -> FollowedAudit:
    """The audit with a reply of a status per number (`r1`)."""
    told = tuple(
        replace(one, replies=({"status": statuses[f"r{one.number}"], "replied": None},))
        if f"r{one.number}" in statuses
        else one
        for one in audit.recommendations
    )
    return replace(audit, recommendations=told)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "Norrbotten och Västerbotten: 7 rekommendationer från granskningen, inget svar är inläst här"),
        ("en", "Norrbotten and Västerbotten: 7 recommendations from the audit, no reply is loaded here"),
    ],
)
def test_what_is_not_loaded_is_said_of_the_database(
    audits: tuple[FollowedAudit, ...], language: str, said: str
) -> None:
    assert finding(audits, (), TODAY, language).headline == said


def test_the_finding_counts_each_status_the_best_known_first(audits: tuple[FollowedAudit, ...]) -> None:
    north, west = audits
    shown = (answered(north, r1="implemented", r2="partly"), answered(west, r3="rejected"))
    found = finding(shown, SIX, TODAY, "sv")
    assert found.headline == (
        "Norrbotten och Västerbotten: 7 rekommendationer från granskningen, avvisade 1, genomförda 1, "
        "delvis genomförda 1, utan inläst svar 4"
    )
    assert found.lead == (
        "Inget svar och ingen åtgärd som är inläst eller antecknad här är försenad den 31 januari 2026.",
        "Granskningsbrevet är inte inläst för Västernorrland, Jämtland Härjedalen, Gävleborg och Dalarna. Där vet "
        "databasen inget om rekommendationer eller svar.",
    )


def test_one_audit_is_told_alone(audits: tuple[FollowedAudit, ...]) -> None:
    found = finding(audits[1:], (), TODAY, "sv")
    assert found.headline == "Västerbotten: 3 rekommendationer från granskningen, inget svar är inläst här"
    assert len(found.lead) == 1


def test_every_audited_region_stands_in_the_table(store: Store, audits: tuple[FollowedAudit, ...]) -> None:
    found = compiled(Reader("sv", store), audits, SIX)
    assert found.themes[:2] == ("Uppföljning och utvärdering", "Mål")
    assert [(one.name, one.loaded) for one in found.regions] == [
        ("Norrbotten", True),
        ("Västerbotten", True),
        ("Västernorrland", False),
        ("Jämtland Härjedalen", False),
        ("Gävleborg", False),
        ("Dalarna", False),
    ]
    north, west, *others = (one.cells for one in found.regions)
    assert north[1] == (
        Held(2, "–", "Inget svar är inläst här", "followup?audit=norrbotten-2021&view=each&lang=sv", False),
    )
    assert west[1] == ()
    assert all(cells == ((),) * len(found.themes) for cells in others)
