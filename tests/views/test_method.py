"""The page of method says what the program does: its numbers are the program's own, its example a figure of today."""

import string
from dataclasses import replace

import pytest

from analysis.against import FEWEST_UNITS
from analysis.age import OLDER_THAN
from analysis.methods import reliability, trends, xmr
from analysis.methods.flags import FLAGS
from analysis.methods.ranks import FEWEST_RANKED
from indicators import catalogue
from locales import texts
from models import Store
from tests.publishing import publish
from views import method as method_view
from views.method import Method, Section, method
from views.parts import Reader, Verdict
from wording.symbols import JUDGEMENTS

NBSP = "\N{NO-BREAK SPACE}"


def view(store: Store, language: str = "sv") -> Method:
    return method(Reader(language, store))


def section(of: Method, title: str) -> Section:
    (found,) = (one for one in of.sections if one.title == title)
    return found


def judged(store: Store) -> None:
    half = {"ci_low": 47.0, "ci_high": 53.0}
    publish(
        store,
        [
            {"indicator": "trust_overall", "region": "24", "period": "2025", "value": 50.0, **half},
            {"indicator": "trust_overall", "region": "00", "period": "2025", "value": 60.0},
        ],
    )


def test_every_mark_is_shown_with_its_word(store: Store) -> None:
    marks = view(store).marks
    assert [one.verdict.judgement for one in marks] == [*JUDGEMENTS[:2], "similar", *JUDGEMENTS[2:], "worse"]
    assert marks[2].verdict == Verdict("similar", "●", "likvärdig (prövad)", False)
    assert marks[-1].verdict == Verdict("worse", "▽", "sämre", True)
    assert len({one.means for one in marks}) == len(marks)


def test_levels_and_limits_are_said_as_they_are(store: Store) -> None:
    of = view(store)
    assert section(of, "Skillnaden").said[1] == (
        f"Märkningen görs vid 95{NBSP}%. Väljer du 99,8{NBSP}% märks färre, och de som märks är säkrare. Även om alla "
        f"regioner vore lika skulle slumpen märka ungefär 5 av hundra jämförelser vid 95{NBSP}%, och 0,2 vid "
        f"99,8{NBSP}%."
    )
    assert section(of, "Antaget underlag").said[0] == (
        "Hälso- och sjukvårdsbarometern anger inte hur många som svarade i varje region. Här antas "
        f"1{NBSP}000 svar, och 500 för ett kön. Antalet delas med 1,2 (designeffekten), för urvalet är mindre säkert "
        "än en ren lottning."
    )
    assert (
        f"ett 90{NBSP}% intervall för skillnaden ligger helt inom 3,0 procentenheter"
        in (section(of, "Ingen säker skillnad, eller likvärdig").said[0])
    )


@pytest.mark.parametrize(
    ("where", "name", "value", "title", "said"),
    [
        ("views.method.OLDER_THAN", OLDER_THAN, 7, "Äldre mätningar", "mer än {} år"),
        ("views.method.FEWEST_UNITS", FEWEST_UNITS, 9, "Små tal", "färre än {} vårdenheter"),
        ("views.method.FEWEST_RANKED", FEWEST_RANKED, 4, "Platser", "Färre än {} regioner"),
        ("views.method.WAVES_NEEDED", trends.NEEDED, 6, "Stadig förändring", "minst {} mätningar"),
        ("views.method.MONTHS_NEEDED", xmr.NEEDED, 14, "Månad för månad (XmR)", "minst {} månader"),
        ("views.method.PROBED", 700, (800, 900), "Antaget underlag", "räknas för {} "),
    ],
)
def test_a_number_is_the_codes_own(
    store: Store, monkeypatch: pytest.MonkeyPatch, where: str, name: int, value: object, title: str, said: str
) -> None:
    assert said.format(name) in " ".join(section(view(store), title).said)
    monkeypatch.setattr(where, value)
    changed = value[0] if isinstance(value, tuple) else value
    assert said.format(changed) in " ".join(section(view(store), title).said)


def test_the_thresholds_of_small_numbers_are_the_settings(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "färre än 10 svar visas inte. Med färre än 30 svar" in section(view(store), "Små tal").said[0]
    monkeypatch.setenv("DASHBOARD_HIDE_BELOW", "12")
    monkeypatch.setenv("DASHBOARD_UNCERTAIN_BELOW", "40")
    assert "färre än 12 svar visas inte. Med färre än 40 svar" in section(view(store), "Små tal").said[0]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_number_is_typed_into_the_texts(language: str) -> None:
    """But for the names of methods, with their years, and the hundred that shares are counted in."""
    digits = set(string.digits)
    typed = [
        key
        for key, words in texts(language).items()
        if key.startswith("method.") and any(digits & set(said) for said, *_ in string.Formatter().parse(words))
    ]
    assert typed == [f"method.{name}.named" for name in ("evidence", "difference", "equivalence", "ranks", "funnel")]


def test_breaks_and_hard_years_are_the_catalogues(store: Store) -> None:
    said = section(view(store), "Brott och pandemi").more
    reasons = {one.reason.sv for one in catalogue().breaks} | {
        one.comparability.sv for one in catalogue().waves if one.comparability
    }
    assert {line.split(": ", 1)[1] for line in said} == reasons
    assert said[0] == "Från 2010: Vårdbarometern fick ny metod 2010. Resultat före 2010 är inte jämförbara."


def test_the_assumption_is_the_barometers_latest(monkeypatch: pytest.MonkeyPatch) -> None:
    latest = method_view.assumption()
    assert latest.period == max(one.period for one in catalogue().waves if one.survey == "barometer")
    other = latest.model_copy(update={"survey": "vardbarometern", "period": "2099"})
    unknown = latest.model_copy(update={"assumed_base": None, "period": "2098"})
    with_more = replace(catalogue(), waves=(*catalogue().waves, other, unknown))
    monkeypatch.setattr(method_view, "catalogue", lambda: with_more)
    assert method_view.assumption() == latest


def test_the_example_is_the_first_audited_region_that_can_be_judged(store: Store) -> None:
    assert view(store).example is None
    judged(store)
    example = view(store).example
    assert example is not None
    assert example.lead == (
        "Förtroende för hälso- och sjukvården i sin helhet: så bedöms Region Västerbotten mot riket."
    )
    assert example.verdict == Verdict("worse", "▼", "sämre", False)
    assert [step.name for step in example.steps] == ["printed", "other", "difference", "bounds", "bounds", "verdict"]
    assert example.steps[2].gives == "−10"
    assert example.address == "figure?indicator=trust_overall&region=24&period=2025&sex=T&lang=sv"


def test_made_up_figures_are_no_example(store: Store) -> None:
    row = {"indicator": "trust_overall", "region": "25", "period": "2025", "value": 50.0}
    publish(store, [{**row, "ci_low": 47.0, "ci_high": 53.0}, {**row, "region": "00"}], synthetic=True)
    assert view(store).example is None


def test_every_flag_has_its_word(store: Store) -> None:
    assert list(view(store).flags) == list(FLAGS)
    assert view(store, "en").flags["x"] == "synthetic example data"
    assert f"under {reliability.RELIABLE}".replace(".", ",") in section(view(store), "Tillförlitlighet").said[0]
