"""The page Mål, its form by role, and "inget mål är registrerat här" on every page that shows figures."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_CLI, Actor, logged_events
from analysis.targets.decided import decided_targets
from entries.targets import TargetEntry, correct_target, enter_target
from locales import text
from models import Store
from tests.publishing import publish

Open = Callable[..., AppTest]
REGIONS = ("20", "21", "22", "23", "24", "25")


@pytest.fixture
def figures(store: Store) -> Store:
    half = {"ci_low": 67.0, "ci_high": 73.0}
    rows = [
        {"indicator": "trust_overall", "region": code, "period": "2023", "value": 70.0, **half}
        for code in (*REGIONS, "00")
    ]
    publish(store, rows)
    return store


TARGET = TargetEntry(
    indicator="trust_overall",
    region="25",
    kind="at_least",
    value=65,
    valid_from=date(2020, 1, 1),
    body="Provorgan",
    decided=date(2019, 6, 1),
    document="Prov § 1",
)


def decide(store: Store, value: float = 65, **given: Any) -> str:
    return enter_target(store, LOCAL_CLI, replace(TARGET, value=value, **given))


def words(at: AppTest) -> str:
    """Everything a reader reads, without the signs of markdown."""
    said = [*at.markdown, *at.info, *at.warning, *at.get("html")]
    return "\n".join(str(getattr(one, "value", "") or one.proto.body) for one in said).replace("\\", "")


def acts_as(monkeypatch: pytest.MonkeyPatch, *roles: str) -> None:
    actor = Actor("user:9", "Test", frozenset({"lasare", *roles}))
    monkeypatch.setattr("ui.who._acting", lambda _number: actor)


def test_a_publicist_whose_role_is_taken_is_told_that_the_click_saved_nothing(
    opened: Open, figures: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "publicist")
    at = opened("targets")
    enter = next(button for button in at.button if button.label == text("targets.form.enter"))
    acts_as(monkeypatch)
    enter.click().run()
    (told,) = [error.value.replace("\\", "") for error in at.error]
    assert told == f"{text('access.taken')} {text('access.forbidden.targets')}"


def test_an_empty_page_says_that_there_is_no_target(opened: Open, figures: Store) -> None:
    at = opened("targets")
    assert not at.exception
    assert [title.value for title in at.title] == [text("targets.finding.none")]
    assert text("targets.finding.no_claim") in words(at)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_shows_who_has_decided_what_and_how_it_stands(opened: Open, figures: Store, language: str) -> None:
    decide(figures)
    decide(figures, 80, region="24")
    decide(figures, 70, region="23")
    decide(figures, 75, region="22", by_date=date(2099, 12, 31))
    at = opened("targets", lang=language)
    assert not at.exception
    page = words(at)
    for status in ("reached", "not_reached", "undecided"):
        assert f'class="is-{status}"' in page
        assert text(f"targets.status.{status}", language) in page
    assert "Provorgan" in page
    assert "Prov § 1" in page


@pytest.mark.parametrize(
    "place",
    [
        ("trust", {}),
        ("indicator", {"indicator": "trust_overall"}),
        ("profile", {}),
        ("overview", {}),
        ("compare", {"indicators": "trust_overall"}),
    ],
)
def test_every_page_says_that_there_is_no_target_until_there_is_one(
    opened: Open, figures: Store, place: tuple[str, dict[str, str]]
) -> None:
    name, address = place
    before = words(opened(name, lang="sv", **address))
    assert "**Mål:** inget mål är registrerat här" in before
    assert "(targets?" in before
    decide(figures)
    after = words(opened(name, lang="sv", **address))
    assert (
        "▲ nått (Norrbotten 70,0\N{NO-BREAK SPACE}% (67,0\N{NO-BREAK SPACE}% till 73,0\N{NO-BREAK SPACE}%), 2023)"
        in after
    )
    assert "inget mål är registrerat här" not in after


def test_an_indicator_without_targets_lists_none_of_the_others(opened: Open, figures: Store) -> None:
    decide(figures)
    at = opened("targets", indicator="trust_hospital")
    assert at.title[0].value.replace("\\", "").startswith("Inget mål är registrerat här för Förtroende")


def test_the_finding_counts_the_targets_and_a_named_region_comes_first(opened: Open, figures: Store) -> None:
    decide(figures)
    decide(figures, 80, region="24")
    at = opened("targets", region="01", show="table")
    assert at.title[0].value.replace("\\", "") == "Mål i 2 av 7 regioner: nådda 1, inte nådda 1"
    assert at.query_params["region"] == "01"
    rows = re.findall(r'role="rowheader"[^>]*>([^<]*)<', words(at))  # the targets', then a row per region
    assert rows == [
        "Region Västerbotten",
        "Region Norrbotten",
        "Region Stockholm",
        "Region Norrbotten",
        "Region Västerbotten",
        "Region Västernorrland",
        "Region Jämtland Härjedalen",
        "Region Gävleborg",
        "Region Dalarna",
    ]


def test_an_earlier_day_knows_no_later_target_and_has_no_form(opened: Open, figures: Store) -> None:
    decide(figures)
    at = opened("targets", as_of="2024-01-01")
    assert not at.exception
    assert at.title[0].value == text("targets.finding.none")
    assert text("targets.form.old_day") in [caption.value for caption in at.caption]
    assert not at.text_input


@pytest.mark.parametrize("role", ["lasare", "uppgiftslamnare", "revisor", "administrator"])
def test_others_than_a_publicist_see_no_form(
    opened: Open, figures: Store, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    acts_as(monkeypatch, role)
    at = opened("targets")
    assert not at.exception
    assert not at.text_input


def test_a_publicist_enters_corrects_and_withdraws(
    opened: Open, figures: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "publicist")
    at = opened("targets")
    at.selectbox(key="target:indicator").set_value("trust_overall").run()
    at.selectbox(key="target:region").set_value("25")
    at.number_input(key="target:value").set_value(65.0)
    at.text_input(key="target:body").set_value("Provorgan")
    at.text_input(key="target:document").set_value("Prov § 1")
    at.date_input(key="target:valid_from").set_value(date(2020, 1, 1))
    at.date_input(key="target:decided").set_value(date(2019, 6, 1))
    pressed(at, "targets.form.enter")
    assert not at.exception
    assert [one.value.replace("\\", "") for one in at.success] == ["Målet är registrerat: trust_overall-25-1"]
    first = decided_targets(figures).row(0, named=True)
    assert (first["value"], first["region"], first["entered_by"]) == (65.0, "25", "user:9")

    at.number_input(key=f"target:{first['id']}:value").set_value(80.0)
    pressed(at, "targets.form.correct")
    assert [one.value.replace("\\", "") for one in at.error] == ["Fyll i Anteckning eller skäl."]
    at.text_input(key=f"target:{first['id']}:why").set_value("Skrivfel")
    pressed(at, "targets.form.correct")
    second = decided_targets(figures).row(0, named=True)
    assert (second["value"], second["note"]) == (80.0, "Skrivfel")

    at.text_input(key=f"target:{second['id']}:why").set_value("Upphävt")
    pressed(at, "targets.form.withdraw")
    assert decided_targets(figures).is_empty()
    assert logged_events(figures).select("actor", "action").rows() == [
        ("user:9", "target.entered"),
        ("user:9", "target.corrected"),
        ("user:9", "target.withdrawn"),
    ]
    assert "borttaget" in words(at)


def test_of_two_publicists_with_the_same_target_open_the_later_is_told(
    opened: Open, figures: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "publicist")
    target = decide(figures)
    key = decided_targets(figures)["id"].item()
    first, second, third = opened("targets"), opened("targets"), opened("targets")
    for at, value in ((first, 80.0), (second, 90.0)):
        at.number_input(key=f"target:{key}:value").set_value(value)
        at.text_input(key=f"target:{key}:why").set_value("Nytt beslut")
        pressed(at, "targets.form.correct")
    assert (first.error.len, decided_targets(figures)["value"].item()) == (0, 80.0)
    (told,) = [one.value.replace("\\", "") for one in second.error]
    assert told.startswith(f"Målet {target} har ändrats av någon annan")
    assert second.number_input(key=f"target:{key}:value").value == 90.0  # nothing typed is lost

    now = decided_targets(figures)["id"].item()
    first.text_input(key=f"target:{now}:why").set_value("Upphävt")
    pressed(first, "targets.form.withdraw")
    third.text_input(key=f"target:{key}:why").set_value("Skrivfel")
    pressed(third, "targets.form.correct")
    assert [one.value.replace("\\", "") for one in third.error] == [
        f"Målet {target} finns inte eller är redan borttaget."
    ]
    assert third.run().error.len == 0  # once


def test_a_form_that_was_not_on_screen_meanwhile_is_filled_anew(
    opened: Open, figures: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "publicist")
    target = decide(figures)
    at = opened("targets").switch_page("pages/trust.py").run()
    changed = replace(TARGET, value=66.0)
    correct_target(figures, LOCAL_CLI, target, changed, reason="Skrivfel")
    at.switch_page("pages/targets.py").run()
    assert at.number_input(key=f"target:{decided_targets(figures)['id'].item()}:value").value == 66.0


def test_a_form_that_is_not_filled_in_is_refused_in_words(opened: Open, figures: Store) -> None:
    at = opened("targets")
    pressed(at, "targets.form.enter")
    assert [one.value.replace("\\", "") for one in at.error] == ["Fyll i Region.", "Fyll i Beslutsdatum."]
    assert decided_targets(figures).is_empty()


def test_who_loses_the_role_while_the_form_is_open_enters_nothing(
    opened: Open, figures: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(figures)
    at = opened("targets")
    key = decided_targets(figures)["id"][0]
    at.text_input(key=f"target:{key}:why").set_value("Upphävt")
    monkeypatch.setattr("ui.who.require", _refused)
    pressed(at, "targets.form.withdraw")
    assert decided_targets(figures).height == 1


def _refused(permission: str) -> Actor:
    from access import READER, require

    require(READER, permission)
    return READER


def pressed(at: AppTest, label: str) -> None:
    next(one for one in at.button if one.label == text(label)).click().run()
