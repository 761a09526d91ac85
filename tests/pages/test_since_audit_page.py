"""The page Sedan granskningen: the regions over the measures, the answers, and one region alone."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_CLI, Actor
from entries.statements import confirm_group
from models import Store

Open = Callable[..., AppTest]


def html(at: AppTest) -> str:
    return unescape("\n".join(box.proto.body for box in at.get("html")))


def regions(at: AppTest) -> list[str]:
    """The regions of the table, row by row."""
    return re.findall(r'<th scope="row" role="rowheader"><a [^>]*>([^<]*)</a>', html(at))


def test_the_page_answers_for_every_audited_region(opened: Open, sample_store: Store) -> None:
    at = opened("since-audit")
    assert not at.exception
    assert (
        at.title[0]
        .value.replace("\\", "")
        .endswith("sedan granskningen: sämre i Norrbotten, två svar för Västerbotten")
    )
    assert regions(at) == [
        "Norrbotten",
        "Västerbotten",
        "Västernorrland",
        "Jämtland Härjedalen",
        "Gävleborg",
        "Dalarna",
    ]
    page = html(at)
    assert page.count('class="step"') == 30  # a step a cell, two where the wave before the audit is hard to compare
    for leads_to in ("supply?", "targets?", "followup?", "method?", "indicator?indicator=access_needed_care"):
        assert f'href="{leads_to}' in page
    assert "Bara Västerbotten och Norrbotten nämns" in at.caption[0].value  # four of the six are an assumption


def test_one_region_stands_alone_and_in_the_address(opened: Open, sample_store: Store) -> None:
    at = opened("since-audit", region="25")
    assert at.query_params["region"] == "25"
    assert regions(at) == ["Norrbotten"]
    assert "två svar" not in at.title[0].value
    assert "Västerbotten" not in "".join(
        box.proto.body for box in at.get("html") if "figures since-audit" in box.proto.body
    )


def test_a_region_that_was_not_audited_is_said(opened: Open, sample_store: Store) -> None:
    at = opened("since-audit", region="01")
    assert ["01" in one.value for one in at.warning] == [True]
    assert len(regions(at)) == 6


def test_a_confirmed_group_is_the_pages(opened: Open, own_sample_store: Store) -> None:
    codes = ("25", "24", "23", "22", "21", "01")
    confirm_group(own_sample_store, LOCAL_CLI, group="six", regions=codes, source="rapporten, sidan 4")
    at = opened("since-audit")
    assert regions(at)[-1] == "Stockholm"
    assert "Dalarna" not in regions(at)
    assert "rapporten, sidan 4" in at.caption[0].value


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_overview_leads_there(opened: Open, sample_store: Store, language: str) -> None:
    words = {"sv": "Vad som har ändrats sedan dess →", "en": "What has changed since then →"}[language]
    assert re.search(
        rf'<a href="since-audit\?lang={language}[^"]*">{words}</a>', html(opened("overview", lang=language))
    )


@pytest.mark.parametrize(("region", "leads"), [("25", True), ("01", False)])
def test_an_audited_regions_profile_leads_to_its_own(
    opened: Open, sample_store: Store, region: str, leads: bool
) -> None:
    assert (f'href="since-audit?region={region}&lang=sv"' in html(opened("profile", region=region))) == leads


def test_the_evidence_file_is_for_who_may_see_the_originals_and_of_one_region(
    opened: Open, sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def buttons(**address: str) -> list[str]:
        labels = [one.proto.label for one in opened("since-audit", **address).get("download_button")]
        return [one for one in labels if one.startswith("Granskningsakt")]

    both = ["Granskningsakt (inte för publicering)", "Granskningsakt för utlämnande"]
    assert (buttons(), buttons(region="25")) == ([], both)
    for role, found in {"lasare": [], "revisor": both, "administrator": []}.items():
        actor = Actor("user:9", "Test", frozenset({role}))
        monkeypatch.setattr("ui.who._acting", lambda _number, actor=actor: actor)
        assert buttons(region="25") == found
