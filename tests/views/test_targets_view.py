"""What the page Mål finds: how the targets that hold or are to come stand, or that none is entered here."""

from typing import Any

import pytest

from views.targets import Finding, finding

NO_CLAIM = {
    "sv": "Det säger inget om vad regionerna har beslutat. Inget av revisionsbreven anger något mål i siffror.",
    "en": "That says nothing of what the regions have decided. Neither of the auditors' letters states a target in "
    "numbers.",
}


def target(code: str, status: str, phase: str = "in_force", *, own: bool = True) -> dict[str, Any]:
    return {"code": code, "status": status, "phase": phase, "own": own}


@pytest.mark.parametrize(
    ("targets", "indicator", "language", "headline"),
    [
        ([], "", "sv", "Inget mål är registrerat här för de visade regionerna"),
        ([], "", "en", "No target is entered here for the shown regions"),
        (
            [],
            "nki_phone",
            "sv",
            "Inget mål är registrerat här för Nöjd kund-index för 1177 på telefon i de visade regionerna",
        ),
        (
            [target("25", "reached", "ended")],
            "",
            "sv",
            "Inget mål som gäller är registrerat här i de visade regionerna",
        ),
    ],
)
def test_no_target_is_said_of_the_database(
    targets: list[dict[str, Any]], indicator: str, language: str, headline: str
) -> None:
    assert finding(targets, 6, 39, 39, indicator, language) == Finding(headline, (NO_CLAIM[language],))


def test_targets_that_hold_or_are_to_come_are_counted_and_replaced_ones_are_not() -> None:
    targets = [
        target("25", "reached"),
        target("25", "not_reached"),
        target("24", "not_reached"),
        target("23", "ahead", "later"),
        target("22", "undecided", "replaced"),
    ]
    assert finding(targets, 6, 36, 39, "", "sv") == Finding(
        "Mål i 3 av 6 regioner: nådda 1, inte nådda 2, gäller senare 1",
        ("3 av 39 indikatorer har ett mål i någon av de visade regionerna.",),
    )


def test_a_target_for_all_regions_says_how_it_is_counted() -> None:
    targets = [target(code, "reached", own=False) for code in ("25", "24")]
    found = finding(targets, 2, 38, 39, "nki_phone", "en")
    assert found == Finding(
        "Targets for Customer satisfaction index for 1177 by phone in 2 of 2 regions: reached 2",
        ("A target for all regions counts once per region.",),
    )
