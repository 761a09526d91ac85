"""One region's page: tested statements only, strongest first, the same as the analysis says; what is unknown has its
reason; synthetic figures only where a reader switched them on."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from analysis import region_findings
from locales import LANGUAGES, text
from models import Store
from ui.cache import view_key
from ui.escape import plain
from ui.profile.page import Profile
from ui.visit import Visit
from wording.change import change_sentences
from wording.sentences import judgement_sentence, why_not

Open = Callable[..., AppTest]
SPOKEN = pytest.mark.parametrize("language", LANGUAGES)


def paragraphs(at: AppTest) -> str:
    return "\n".join(box.value for box in at.markdown).replace("*", "")


def charts(at: AppTest) -> list[str]:
    """The alternative texts of the page's charts, in order."""
    return [chart.proto.alt for chart in at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")]


def tables(at: AppTest) -> list[str]:
    return [box.proto.body for box in at.get("html") if "<table" in box.proto.body]


@SPOKEN
def test_every_finding_of_the_analysis_stands_on_the_page(opened: Open, sample_store: Store, language: str) -> None:
    at = opened("profile", lang=language)
    assert not at.exception
    said, findings = paragraphs(at), region_findings(sample_store, "25")
    assert findings.worse
    for one in findings.all:
        assert plain(judgement_sentence(one.comparison, one.row, language)) in said
    for change in (*findings.changed, *findings.unchanged, *findings.older_changes, *findings.unknown_change):
        first, *rest = (plain(one) for one in change_sentences(change, language, level=99.8))
        assert all(one in said for one in (first, *(one.partition(": ")[2][1:] for one in rest)))


def test_the_worst_finding_is_the_first_in_the_list(opened: Open, sample_store: Store) -> None:
    strongest = region_findings(sample_store, "25").worse[0]
    at = opened("profile")
    listed = next(box.value for box in at.markdown if box.value.startswith("- ▽"))
    assert listed.splitlines()[0].startswith(f"- ▽ **{strongest.comparison.indicator.title.sv}**")
    first = tables(at)[0].partition("<tbody")[2].partition("</tr>")[0]
    assert f">{strongest.comparison.indicator.short_title.sv}</a>" in first


def test_the_region_in_the_address_decides(opened: Open, sample_store: Store) -> None:
    at = opened("profile", region="22")
    assert at.selectbox(key="pick:region").value == "22"
    assert at.title[0].value == "Region Västernorrland"
    assert "Alla mått mot riket" in tables(at)[0]


def test_an_unknown_region_is_told_and_norrbotten_is_shown(opened: Open, sample_store: Store) -> None:
    at = opened("profile", region="99")
    assert "99" in at.warning[0].value
    assert at.selectbox(key="pick:region").value == "25"


def test_a_stricter_level_marks_fewer(opened: Open, sample_store: Store) -> None:
    def marked(at: AppTest) -> int:
        return sum(line.startswith("- ▽ ") for box in at.markdown for line in box.value.splitlines())

    usual, strict = opened("profile"), opened("profile", level="99.8")
    found = region_findings(sample_store, "25")
    worse = [one for one in found.all if one.row["judgement"] == "worse" and _hollow(one)]
    assert marked(usual) == len(worse)
    assert marked(strict) == marked(usual) - 2  # 1177 by phone and its e-services hold at 95 % only
    assert plain("Inte skilt från riket på 99,8 %-nivån (3)") in [box.label for box in strict.expander]


def _hollow(finding: object) -> bool:
    return finding.row["evidence"] == "assumed"  # type: ignore[attr-defined]


def test_what_cannot_be_assessed_has_its_reason(opened: Open, sample_store: Store) -> None:
    said = paragraphs(opened("profile", region="22"))
    unknown = region_findings(sample_store, "22").not_assessable
    assert unknown
    for one in unknown:
        assert plain(why_not(one.comparison.indicator, one.row)) in said


def test_synthetic_figures_only_where_they_are_switched_on(opened: Open, sample_store: Store) -> None:
    quiet, asked = opened("profile"), opened("profile", synthetic="1")
    mark = plain(f"x: {text('flags.x')}.")
    assert not quiet.warning
    assert mark not in paragraphs(quiet)
    assert asked.warning[0].value == text("ui.synthetic")
    assert mark in paragraphs(asked)


def test_a_monthly_series_names_the_rule_that_fired(opened: Open, sample_store: Store) -> None:
    assert plain(text("judgements.rule.seven_one_side")) in paragraphs(opened("profile", region="23"))
    assert any(
        alt.startswith("Primärvårdens tillgänglighet per telefon, Region Norrbotten.")
        for alt in charts(opened("profile"))
    )


def test_how_sure_speaks_with_the_pages_own_numbers(opened: Open, sample_store: Store) -> None:
    found = region_findings(sample_store, "25")
    assessed = len([one for one in found.current if one.row["judgement"] != "not_assessable"])
    assert assessed < len(found.all)  # older measurements are in no count
    assert plain(f"Antal jämförelser mot riket: {assessed}.") in paragraphs(opened("profile"))


def test_the_key_names_every_choice(sample_store: Store) -> None:
    visit = Visit("sv", sample_store)
    views = [
        Profile(visit, "25", 95, False),
        Profile(visit, "24", 95, False),
        Profile(visit, "25", 99.8, False),
        Profile(visit, "25", 95, True),
        Profile(Visit("en", sample_store), "25", 95, False),
    ]
    assert len({view.key for view in views}) == len(views)
    assert view_key(visit)[:2] == (sample_store.url, sample_store.data_version())


def test_the_weighted_mean_is_not_called_riket(opened: Open, sample_store: Store) -> None:
    at = opened("profile")
    lines = [line for box in at.markdown for line in box.value.replace("*", "").splitlines()]
    (old,) = [line for line in lines if line.startswith(f"- ▼ {plain('Förtroende för vårdcentraler')}")]
    assert plain("lägre än regionernas vägda medelvärde.") in old
    assert plain("Sämre än regionernas vägda medelvärde.") in old
    assert "riket" not in old
    against = "Region Norrbotten mot regionernas vägda medelvärde eller riket, äldre mätningar"
    standing = next(html for html in tables(at) if "Förtroende för vårdcentraler" in html)
    assert against in standing
    assert f'<caption class="unseen">{against}</caption>' in tables(at)[1]


def test_older_measurements_are_told_and_counted_apart(opened: Open, sample_store: Store) -> None:
    at = opened("profile")
    tally = (
        "Region Norrbotten mot riket, senaste värdet i varje indikator: sämre 7, bättre 0, högre eller lägre utan att "
        "det ena är bättre 1, ingen säker skillnad 1 (därav likvärdiga, prövade: 0), kan inte bedömas 0. Ändrat över "
        "tid: 7. Äldre mätningar, som inte räknas med: 4."
    )
    assert plain(tally) in [box.value for box in at.markdown]
    assert plain("Äldre mätningar (4)") in [box.value for box in at.subheader]
    boxes = [box.value for box in at.markdown]
    about = max(place for place, box in enumerate(boxes) if box.startswith("Mätningar som tog slut"))
    assert "2025" in boxes[about]
    assert [line.count("2015") for line in boxes[about + 1].splitlines()[:2]] == [2, 0]
    worse = next(box for box in boxes if box.startswith("- ▽"))
    assert "2015" not in worse
    assert "2017" not in worse


def test_a_place_without_a_field_is_not_given_and_the_reason_is(opened: Open, sample_store: Store) -> None:
    said = paragraphs(opened("profile", region="22"))
    assert plain("Ingen plats: ingen annan region har ett värde.") in said
    assert plain("Ingen plats: bara 2 regioner har ett värde.") in said
    assert plain("av 1, osäker") not in said


def test_rules_that_fired_earlier_are_told_apart_from_the_latest_month(opened: Open, sample_store: Store) -> None:
    quiet = plain("Regler har slagit till vid tidigare mätningar, senast augusti 2015, men inte för den senaste.")
    assert quiet in paragraphs(opened("profile", region="23"))
