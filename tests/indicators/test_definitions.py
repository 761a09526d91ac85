"""Every definition of the catalogue is whole, in both languages, and says what its sources say."""

import re
from pathlib import Path

import pytest

from indicators import NATION, Indicator, catalogue, period_of
from indicators.catalogue import FOLDER, load_indicators

KNOWN = catalogue()
EVERY = list(KNOWN.indicators.values())

REQUIRED = [
    "access_needed_care", "digital_care_positive", "eservices_1177_positive", "home_care_digital_positive",
    "trust_hospital", "trust_overall", "trust_primary_care", "wait_hospital_reasonable", "wait_primary_reasonable",
    "trust_1177_phone", "trust_1177_web", "trust_1177_eservices", "trust_vardcentral", "equal_care_vardbarometern",
    "wait_vardcentral_vardbarometern", "equal_care", "awareness_1177_phone", "awareness_1177_web", "nki_phone",
    "nki_phone_waiting", "nki_phone_information", "nki_phone_treatment", "nki_phone_communication",
    "nki_phone_credibility", "nki_phone_time", "nki_eservices", "nki_web", "npe_accessibility_primary_care",
    "calls_offered", "calls_answered", "calls_share_answered", "calls_mean_wait", "calls_abandoned",
    "calls_handled", "calls_median_wait",
    "calls_within_target_of_offered", "calls_within_target_or_abandoned_of_offered", "calls_within_target_of_answered",
    "logins", "accounts_share",
    "web_visits", "primary_care_phone_share", "eservice_supply_share",
]  # fmt: skip

each = pytest.mark.parametrize("indicator", EVERY, ids=lambda indicator: indicator.id)


def test_every_indicator_of_the_first_set_is_there() -> None:
    assert sorted(KNOWN.indicators) == sorted(REQUIRED)


def test_an_indicator_is_one_file_and_the_stem_is_its_id() -> None:
    stems = {file.stem for file in (FOLDER / "definitions").glob("*.toml")}
    assert stems == set(KNOWN.indicators)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", stem) for stem in stems)


def test_adding_an_indicator_is_adding_a_file(tmp_path: Path) -> None:
    one = (FOLDER / "definitions" / "logins.toml").read_text(encoding="utf-8")
    (tmp_path / "unique_residents.toml").write_text(one, encoding="utf-8")
    assert list(load_indicators(tmp_path)) == ["unique_residents"]


@each
def test_texts_are_in_both_languages_and_fit_their_place(indicator: Indicator) -> None:
    for words in (indicator.title, indicator.short_title, *indicator.caveats):
        assert words.sv != words.en
    assert len(indicator.short_title.sv) <= 32  # an axis label on a narrow screen
    assert len(indicator.short_title.en) <= 32


@each
def test_what_was_measured_is_said(indicator: Indicator) -> None:
    assert indicator.question_sv
    assert indicator.source
    assert indicator.caveats
    shares = indicator.unit == "percent"
    assert (indicator.numerator_sv is not None, indicator.denominator_sv is not None) == (shares, shares)
    assert indicator.next_review > indicator.reviewed


@each
def test_a_design_effect_brings_its_reason(indicator: Indicator) -> None:
    assert (indicator.design_effect > 1) == (indicator.design_effect_reason is not None)


@each
def test_a_predecessor_exists_and_is_not_a_circle(indicator: Indicator) -> None:
    seen = {indicator.id}
    step = indicator
    while step.predecessor is not None:
        step = KNOWN.indicators[step.predecessor.id]
        assert step.id not in seen
        seen.add(step.id)


def test_no_publisher_name_or_guid_belongs_to_two_indicators() -> None:
    names = [
        (publisher, name)
        for indicator in EVERY
        for publisher in ("kolada", "vardenisiffror", "skr")
        for name in getattr(indicator.publisher_ids, publisher)
    ]
    guids = [guid for indicator in EVERY for guid in indicator.guids]
    assert len(names) == len(set(names))
    assert len(guids) == len(set(guids))
    assert all(name == name.strip() for _, name in names)


def test_no_person_is_named_as_owner() -> None:
    assert {indicator.owner for indicator in EVERY} == {"Indikatoransvarig för regionjämförelsen"}


@pytest.mark.parametrize(
    ("publisher", "printed", "meant"),
    [
        ("kolada", "U70447", "trust_overall"),
        ("kolada", "u71458", "trust_primary_care"),  # case does not count
        ("kolada", "N15428", None),  # a school KPI
        ("vardenisiffror", "Stort förtroende för vårdcentraler", "trust_vardcentral"),  # Vårdbarometern, to 2015
        ("vardenisiffror", "Förtroende för vård- eller hälsocentral", "trust_primary_care"),  # the barometer, from 2016
        # Two titles a word apart, two surveys:
        ("vardenisiffror", "Uppfattning att vård ges på lika villkor", "equal_care_vardbarometern"),
        ("vardenisiffror", "Uppfattning om vården ges på lika villkor", "equal_care"),
        ("vardenisiffror", "Upplevd rimlig väntetid till vårdcentral", "wait_vardcentral_vardbarometern"),
        ("vardenisiffror", "Rimlig väntetid till vård- eller hälsocentral", "wait_primary_reasonable"),
        ("vardenisiffror", "Läkarbesök i primärvården", None),
        ("skr", "Förtroende för 1177 Vårdguiden via telefon", "trust_1177_phone"),
        ("skr", "Tillgång till den hälso- och sjukvård man behöver ", "access_needed_care"),  # trailing space
        ("skr", "Självmord i befolkningen", None),
        ("skr", "U70447", None),  # another publisher's id
    ],
)
def test_a_publishers_name_means_one_indicator(publisher: str, printed: str, meant: str | None) -> None:
    found = KNOWN.indicator_of(publisher, printed)
    assert (found.id if found else None) == meant


def test_each_sex_has_its_own_guid_and_all_mean_the_same_indicator() -> None:
    guids = (
        "fa71c2b4-a471-4950-8ac7-c1195b31f76a",  # total
        "D3FF4470-836C-498E-9E25-2E02A31F12F0",  # women, in capitals
        " d12c61b5-4260-4947-b755-e76dded17f77 ",  # men, with spaces
    )
    assert [KNOWN.indicator_with_guid(guid).id for guid in guids] == ["trust_vardcentral"] * 3


@pytest.mark.parametrize(
    ("id", "unit", "direction", "decimals", "data"),
    [
        ("trust_overall", "percent", "higher_is_better", 1, "survey"),
        ("nki_phone", "index", "higher_is_better", 0, "mean"),  # an index, not per cent
        ("calls_mean_wait", "seconds", "lower_is_better", 0, "mean"),
        ("logins", "count", "none", 0, "none"),  # more logins are neither better nor worse
        ("calls_share_answered", "percent", "higher_is_better", 1, "complete_count"),
        ("digital_care_positive", "percent", "none", 1, "survey"),  # an attitude, not how well the region works
    ],
)
def test_units_and_directions(id: str, unit: str, direction: str, decimals: int, data: str) -> None:
    indicator = KNOWN.indicators[id]
    found = (indicator.unit, indicator.direction, indicator.decimals, indicator.data)
    assert found == (unit, direction, decimals, data)


def test_a_new_question_names_what_it_replaced() -> None:
    pairs = {indicator.id: indicator.predecessor.id for indicator in EVERY if indicator.predecessor}
    assert pairs == {
        "eservices_1177_positive": "trust_1177_eservices",
        "trust_primary_care": "trust_vardcentral",
        "equal_care": "equal_care_vardbarometern",
        "wait_primary_reasonable": "wait_vardcentral_vardbarometern",
    }


def test_the_overview_has_a_headline_in_each_area_that_has_figures() -> None:
    headlines = {indicator.area for indicator in EVERY if indicator.headline}
    assert headlines == {"trust", "satisfaction", "uptake", "phone"}


def test_survey_waves_belong_to_a_survey_that_an_indicator_names() -> None:
    surveys = {indicator.survey for indicator in EVERY}
    assert {wave.survey for wave in KNOWN.waves} <= surveys
    keys = [(wave.survey, wave.period) for wave in KNOWN.waves]
    assert len(keys) == len(set(keys))
    assert all(period_of(wave.period).kind == "year" for wave in KNOWN.waves)


def test_the_barometers_waves_say_what_is_assumed() -> None:
    waves = {wave.period: wave for wave in KNOWN.waves if wave.survey == "barometer"}
    assert list(waves) == [str(year) for year in range(2016, 2024)]
    assert {(wave.assumed_base, wave.design_effect) for wave in waves.values()} == {(1000, 1.2)}
    answers = {period: wave.national_answers for period, wave in waves.items() if wave.national_answers}
    assert answers == {"2017": 41174, "2020": 50854, "2022": 48304}
    # The pandemic is a note beside the figure, not a break.
    assert [period for period, wave in waves.items() if wave.comparability] == ["2020", "2021"]


def test_breaks_name_indicators_and_surveys_that_exist() -> None:
    surveys = {indicator.survey for indicator in EVERY if indicator.survey}
    for known in KNOWN.breaks:
        assert known.survey in (None, *surveys)
        assert set(known.indicators) <= set(KNOWN.indicators)
        assert period_of(known.period)
        assert known.reason.sv != known.reason.en


def test_the_phone_series_breaks_in_2018_in_norrbotten_only() -> None:
    calls = KNOWN.indicators["calls_share_answered"]
    assert [(known.period, known.region) for known in KNOWN.breaks_of(calls)] == [("2018", "25")]
    primary_care = KNOWN.indicators["primary_care_phone_share"]  # the health centres' own phones, not 1177
    assert KNOWN.breaks_of(primary_care) == ()


def test_the_six_regions_are_a_choice_that_says_what_it_rests_on() -> None:
    six = KNOWN.default_group
    assert (six.id, six.regions) == ("six", ("25", "24", "22", "23", "21", "20"))
    assert six.note is not None
    assert "antagande" in six.note.sv
    assert KNOWN.group("all").regions == KNOWN.region_codes
    assert all(set(group.regions) <= set(KNOWN.regions) - {NATION} for group in KNOWN.groups.values())


def test_the_mandatory_supply_of_2016_is_eight_e_services() -> None:
    mandatory = [service.title.sv for service in KNOWN.eservices.values() if service.minimum_from]
    assert mandatory == [
        "Beställa tid",
        "Av- och omboka tid",
        "Förnya recept",
        "Kontakta mig",
        "Skicka meddelande",
        "Egenremiss",
        "Fråga om min remiss",
        "Begära intyg",
    ]


def test_no_name_means_two_e_services() -> None:
    names = [name for service in KNOWN.eservices.values() for name in (service.title.sv, *service.synonyms)]
    assert len(names) == len({name.casefold() for name in names})


def test_regions_stand_in_the_swedish_order_of_their_short_names() -> None:
    names = [catalogue().regions[code].short_name for code in catalogue().codes_by_name]
    assert names[:2] == ["Blekinge", "Dalarna"]
    assert names[-6:] == ["Västerbotten", "Västernorrland", "Västmanland", "Västra Götaland", "Örebro", "Östergötland"]
    assert sorted(catalogue().codes_by_name) == sorted(catalogue().region_codes)


def definition(heard: str) -> str:
    return (FOLDER / "definitions" / "logins.toml").read_text(encoding="utf-8").split("[[heard]]")[0] + heard


def test_parts_of_heard_words_are_written_out(tmp_path: Path) -> None:
    counted = "[counted]\nnumerator = 'a'\ndenominator = 'b{2}'\nno = '{mean}'\n"
    told = f"{counted}[[heard]]\nwords = ['{{mean}}|x']\nnear = '{{of}}'\n"
    (tmp_path / "one.toml").write_text(definition(told), encoding="utf-8")
    one = load_indicators(tmp_path)["one"]
    mean = r"medel|snitt|average|\bmean\b|\bavg\b"
    (rule,) = one.heard
    assert (rule.words, rule.near[:4], rule.limited) == ((f"{mean}|x",), r"\)? ", False)
    assert one.counted is not None
    assert (one.counted.denominator, one.counted.no) == ("b{2}", mean)


@pytest.mark.parametrize(
    ("heard", "refused"),
    [
        ("[[heard]]\nwords = ['{nothing}']\n", KeyError),  # no part is called so
        ("[[heard]]\nwords = ['(']\n", re.error),
        ("[[heard]]\nwords = []\n", ValueError),
        ("[[heard]]\nwords = ['a']\nwhere = 'b'\n", ValueError),
    ],
)
def test_heard_words_that_cannot_be_read_are_refused(tmp_path: Path, heard: str, refused: type[Exception]) -> None:
    (tmp_path / "one.toml").write_text(definition(heard), encoding="utf-8")
    with pytest.raises(refused):
        load_indicators(tmp_path)
