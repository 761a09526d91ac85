"""What words, titles and cells are taken to mean; a guess that could give a wrong number is not made."""

import io

import pytest
from openpyxl import Workbook

from indicators import catalogue
from loaders.formats import read_document
from loaders.mapping import Figures, Given, TableSpec, propose, propose_with_header, try_mapping
from loaders.mapping.indicator_words import indicator_of
from loaders.mapping.spec import Mapping
from loaders.tables.cells import period_inside, region_spelt
from loaders.tables.scales import in_unit

KNOWN = catalogue()


@pytest.mark.parametrize(
    ("words", "around", "indicator"),
    [
        ("Inkomna samtal", "", "calls_offered"),
        ("Ink. samtal", "", "calls_offered"),
        ("Calls offered", "", "calls_offered"),
        ("Besvarade samtal", "", "calls_answered"),
        ("Besv. samtal", "", "calls_answered"),
        ("Svarsfrekvens", "inkomna samtal", "calls_share_answered"),
        ("Svarsfrekvens", "NKI 1177 på telefon, enkät", None),  # the survey's response rate
        ("Andel besvarade (%)", "", "calls_share_answered"),
        ("Answer rate", "calls", "calls_share_answered"),
        ("Besvarade inom 3 min / inkomna", "samtal", "calls_within_target_of_offered"),
        ("(Besvarade + tappade inom 8 min) / inkomna", "", "calls_within_target_or_abandoned_of_offered"),
        ("Answered within 540 seconds / answered", "calls", "calls_within_target_of_answered"),
        ("Andel besvarade inom 3 min", "samtal", None),  # of what: three shares go by that name
        ("Servicenivå (besvarade + tappade inom 8 min)", "samtal", None),
        ("Service level", "calls offered", None),
        ("Handlagda samtal", "", "calls_handled"),  # not the same as answered
        ("Tappade samtal", "", "calls_abandoned"),
        ("Andel tappade samtal", "", None),
        ("Medelväntetid", "", "calls_mean_wait"),
        ("ASA", "calls offered", "calls_mean_wait"),
        ("Medianväntetid", "", "calls_median_wait"),
        ("Längsta väntetid", "", None),
        ("Inloggningar", "", "logins"),
        ("Unika invånare som loggat in", "", None),  # people are not logins
        ("Agents logged in (avg)", "calls", None),
        ("Besök", "statistik 1177.se", "web_visits"),
        ("Unika besökare", "1177.se", None),
        ("Besök på mottagning", "1177.se", None),
        ("NKI", "1177 på telefon", "nki_phone"),
        ("NKI", "1177:s e-tjänster", "nki_eservices"),
        ("Bemötande", "nöjd kund-index 1177 på telefon", "nki_phone_treatment"),
        ("Bemötande", "nöjd kund-index e-tjänster", None),  # another service's sub-index
        ("Bemötande", "patientenkät", None),
        ("Bemötande och kommunikation", "nki 1177 på telefon", None),  # both together is neither
        ("NKI bemötande", "1177 på telefon", "nki_phone_treatment"),
        ("NKI bemötande och tid", "1177 på telefon", None),
        ("NKI waiting time", "1177 by phone", "nki_phone_waiting"),  # the time one waits is no time of the call
        ("NKI bemötande", "1177.se", None),
        ("Förtroende för 1177 på telefon och webb", "", None),
        ("Förändring inkomna samtal", "", None),
        ("Antal ärenden", "", None),
        ("Andel med konto", "", "accounts_share"),
        ("Antal konton", "", None),
        ("Inkomna samtal fg år", "", None),
        ("Inkomna samtal, plan", "", None),
        ("Inloggningar R12", "", None),  # twelve months added up
        ("Inloggningar per 1 000 invånare", "", None),
        ("Besök per 1000 inv", "1177.se", None),
        ("Inloggningar från appen", "", None),  # a part of them
        ("Inkomna samtal, snitt per dag", "", None),
        ("Medelväntetid chatt", "", None),
        ("Helhetsbetyg (1-5)", "1177 på telefon", None),  # a mark is no index
    ],
)
def test_words_mean_an_indicator_or_none(words: str, around: str, indicator: str | None):
    found = indicator_of(words, around, KNOWN)
    assert (found.indicator if found else None) == indicator


def test_a_bare_nki_is_a_guess_and_says_so():
    found = indicator_of("NKI", "", KNOWN)
    assert (found.confidence, found.why) == (0.4, "nki_without_channel")


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Månadsrapport mars 2024", "mars 2024"),
        ("2024-01-01 – 2024-03-31", "2024 kv1"),
        ("2024-02-01 – 2024-02-29", "2024-02"),
        ("Ackumulerat januari–maj 2024", None),  # not May
        ("1177 statistik", None),
        ("2016–2023", None),
        ("Jämförelse 2022 och 2023", None),
    ],
)
def test_a_title_says_one_period_or_none(title: str, period: str | None):
    found = period_inside(title)
    assert (found.period if found else None) == period


@pytest.mark.parametrize(
    ("name", "code"), [("Jämtland Härj.", "23"), ("Hela landet", "00"), ("V. Götaland", None), ("Norra regionen", None)]
)
def test_a_region_spelt_otherwise(name: str, code: str | None):
    assert region_spelt(name, KNOWN) == code


@pytest.mark.parametrize(
    ("printed", "scale", "decimal", "read"),
    [
        ("0,9165", "share", "", "91.65"),
        ("63,4 %", "share", "", "63,4 %"),  # its own sign says the scale
        ("1540.6", "thousands", "", "1540600"),
        ("2,5", "minutes", "", "150"),
        ("0.25", "hours", "", "900"),
        ("0.5", "day", "", "43200"),
        ("2:31 (tt:mm)", "clock", "", "2:31"),
        ("2:31 (tt:mm)", "as_is", "", "2:31 (tt:mm)"),  # the check refuses it until a person has said
        ("1.234,5", "as_is", ",", "1234,5"),
        ("1,234", "as_is", "", "1,234"),  # nobody has said which: the check refuses it
        ("95 sek", "as_is", "", "95"),
        ("cirka 5", "share", "", "cirka 5"),
    ],
)
def test_figures_come_in_the_indicators_unit(printed: str, scale: str, decimal: str, read: str):
    assert in_unit(printed, scale, decimal) == read


def tried(text: str):
    document = read_document(text.encode())
    proposal = propose(document, KNOWN)
    return proposal, try_mapping(document, proposal.mapping, KNOWN) if proposal.mapping else None


def test_a_file_of_care_units_without_an_indicator_says_so_and_reads_nothing():
    rows = "SE2321000230-E01;Björknäs;Norrbotten;Ja;17\nSE2321000230-E02;Sand;Norrbotten;Nej;9\n"
    text = f"HSA-id;Enhet;Region;Förnya recept;Ärenden\n{rows}"
    proposal, trial = tried(text)

    assert proposal.about(0, "figures").why == "no_indicator_units"
    assert (trial.observations.height, [each.rule for each in trial.problems]) == (0, ["mapping_reads_nothing"])
    assert [(each.cell, each.key) for each in trial.ignored] == [("A1:E3", "other_sheet")]


def test_a_unit_of_a_region_keeps_its_id_and_another_organisations_needs_a_region():
    rows = "SE2321000230-E01;2024-01;5\nSE2321000230-E02;2024-01;6\nSE5560000001-A1;2024-01;7\n"
    text = f"HSA-id;Period;Inloggningar\n{rows}"
    _, trial = tried(text)
    units = trial.observations.select("region", "care_unit", "value").rows()

    assert units[:2] == [("25", "SE2321000230-E01", 5.0), ("25", "SE2321000230-E02", 6.0)]  # no duplicates
    assert [(each.rule, each.cell) for each in trial.problems] == [("unknown_region", "A4")]


def test_region_printed_once_and_region_on_a_line_of_its_own():
    skane = "Skåne;2024-01;8\n;2024-02;9\n;2024-03;1\n"
    once = f"Region;Månad;Inkomna samtal\nDalarna;2024-01;5\n;2024-02;6\n;2024-03;7\n{skane}"
    line = "Månad;Inkomna samtal\nDalarna;\n2024-01;5\n2024-02;6\nSkåne;\n2024-01;8\n2024-02;9\n"
    for text, count in ((once, 3), (line, 2)):
        _, trial = tried(text)
        assert trial.observations["region"].to_list() == ["20"] * count + ["12"] * count
        assert trial.problems == ()


def test_cumulative_tables_are_not_read():
    proposal, _ = tried("Ackumulerat januari–maj 2024;\nRegion;Inkomna samtal\nDalarna;5\nSkåne;6\n")
    assert (proposal.confidence, proposal.about(0, "figures").why) == (0.0, "cumulative")


def test_one_group_of_a_breakdown_is_read_and_the_others_listed():
    rows = ["Region;År;Grupp;Mått;Värde", "Dalarna;2023;Alla;NKI e-tjänster;70", "Dalarna;2023;18–34;NKI e-tjänster;60"]
    _, trial = tried("\n".join([*rows, "Skåne;2023;Alla;NKI e-tjänster;71", "Skåne;2023;18–34;NKI e-tjänster;61"]))

    assert trial.observations["value"].to_list() == [70.0, 71.0]
    assert [(each.cell, each.key) for each in trial.ignored] == [("A3:E3", "mapped_group"), ("A5:E5", "mapped_group")]


def test_two_tables_one_above_the_other_are_two_and_the_median_is_no_mean():
    table = "Vecka;Dalarna;Skåne\nv. 1 2024;{};10:00\nv. 2 2024;7:00;8:00\n"
    text = "Medelväntetid;;\n" + table.format("6:45") + ";;\nMedianväntetid;;\n" + table.format("3:00")
    _, trial = tried(text)

    means, medians = (trial.observations.filter(indicator=each) for each in ("calls_mean_wait", "calls_median_wait"))
    assert means["value"].to_list() == [405.0, 600.0, 420.0, 480.0]
    assert medians["value"].to_list() == [180.0, 600.0, 420.0, 480.0]
    assert trial.problems == ()


def test_two_tables_side_by_side_keep_their_own_regions():
    head = "Besök på 1177.se;;;Inloggningar;\nLän;2023;;Län;2023\n"
    _, trial = tried(head + "Dalarna;50;;Skåne;7\nSkåne;60;;Dalarna;8\n")
    figures = {(row[0], row[1]): row[2] for row in trial.observations.select("indicator", "region", "value").rows()}

    assert figures == {("web_visits", "20"): 50, ("web_visits", "12"): 60, ("logins", "12"): 7, ("logins", "20"): 8}


def test_a_total_that_was_never_calculated_touches_no_figure():
    book = Workbook()
    page = book.active
    for row in (["Region", "Månad", "Inkomna samtal"], ["Dalarna", "2024-01", 5], ["Totalt", None, "=SUM(C2:C2)"]):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    document = read_document(out.getvalue())
    trial = try_mapping(document, propose(document, KNOWN).mapping, KNOWN)

    assert (trial.observations.height, trial.problems) == (1, ())


def test_a_problem_names_the_cell_of_the_file_and_the_text_in_it():
    document = read_document("Region;År;Andel med konto\nDalarna;2023;0,4\nSkåne;2023;1,2\nX-land;2023;0,5\n".encode())
    share = Figures(column="andel med konto", indicator="accounts_share", scale="share")
    spec = TableSpec(columns={"region": "region", "period": "år"}, figures=(share,))
    trial = try_mapping(document, Mapping(tables=(spec,)), KNOWN)

    assert [(each.rule, each.cell, each.found) for each in trial.problems] == [
        ("unknown_region", "A4", "X-land"),
        ("out_of_range", "C3", "1,2"),
    ]
    assert trial.observations.select("value", "printed").row(0) == (40.0, "0,4")


def test_the_person_says_where_the_header_is_and_what_the_file_is_about():
    document = read_document("a;b\nRegion;Samtal\nDalarna;5\nSkåne;6\n".encode())
    proposal = propose_with_header(document, KNOWN, "", 2, 1)
    assert (proposal.about(0, "header").why, proposal.lacking[0][1]) == ("by_hand", "figures")
    told = {
        "figures": (Figures(column="samtal", indicator="calls_offered"),),
        "period": Given(kind="constant", text="2024-03"),
    }
    spec = proposal.mapping.tables[0].model_copy(update=told)
    trial = try_mapping(document, Mapping(tables=(spec,)), KNOWN)

    assert trial.observations.select("region", "period", "value").rows() == [("20", "2024-03", 5), ("12", "2024-03", 6)]


def test_running_text_is_no_table():
    assert propose(read_document(b"Bara en mening utan tabell\n"), KNOWN).mapping is None


def proposed(*lines: str):
    document = read_document("\n".join(lines).encode())
    proposal = propose(document, KNOWN)
    rows = try_mapping(document, proposal.mapping, KNOWN).observations
    return proposal, rows.select("indicator", "region", "period", "value").rows()


@pytest.mark.parametrize(
    "title", ["Samtal till växeln 2023", "Hälsocentralernas telefontillgänglighet 2023", "Chatt 2023"]
)
def test_calls_to_another_service_are_not_read(title: str):
    proposal, rows = proposed(
        title, "", "Region;Inkomna samtal;Besvarade samtal", "Gävleborg;530;470", "Dalarna;510;450"
    )
    assert (rows, proposal.lacking) == ([], ((0, "figures"), (0, "indicator")))


def test_calls_of_1177_are_read_though_another_service_is_named_too():
    _, rows = proposed("1177 på telefon och chatt 2023", "", "Region;Inkomna samtal", "Gävleborg;530", "Dalarna;510")
    assert rows == [("calls_offered", "21", "2023", 530.0), ("calls_offered", "20", "2023", 510.0)]


@pytest.mark.parametrize(
    ("header", "printed", "period"),
    [("Vecka", "3", "2024-W03"), ("Kvartal", "3", "2024-Q3"), ("Månad", "3", "2024-03")],
)
def test_the_header_says_what_a_bare_number_is_a_part_of(header: str, printed: str, period: str):
    lines = ("1177 på telefon 2024, Region Gävleborg", "", f"{header};Inkomna", "1;500", "2;510", f"{printed};520")
    assert proposed(*lines)[1][2] == ("calls_offered", "21", period, 520.0)


def test_numbers_behind_a_month_that_are_its_days_are_no_years():
    days = ";".join(f"jan-{day}" for day in range(15, 31))
    figures = ";".join(str(300 + day) for day in range(15, 31))
    _, in_header = proposed(
        "Inkomna samtal 1177 på telefon",
        "",
        f"Region;{days}",
        *[f"{name};{figures}" for name in ("Gävleborg", "Dalarna")],
    )
    in_rows, _ = proposed(
        "1177 på telefon Region Gävleborg", "", "Dag;Inkomna", *[f"jan-{day};3{day}" for day in range(15, 31)]
    )
    assert (in_header, in_rows.lacking) == ([], ((0, "period"),))


def test_the_last_day_of_every_month_means_the_month():
    _, rows = proposed(
        "1177 på telefon", "", "Region;Period;Inkomna", "Gävleborg;2024-01-31;500", "Gävleborg;2024-02-29;510"
    )
    assert rows == [("calls_offered", "21", "2024-01", 500.0), ("calls_offered", "21", "2024-02", 510.0)]


def test_a_later_file_with_another_day_is_not_made_a_month():
    dates = ("Region;Period;Inkomna", "Gävleborg;2024-01-31;500", "Gävleborg;2024-02-29;510")
    mapping = proposed("1177 på telefon", "", *dates)[0].mapping
    later = "\n".join(["1177 på telefon", "", dates[0], "Gävleborg;2024-03-28;500"])
    rows = try_mapping(read_document(later.encode()), mapping, KNOWN).observations
    assert rows["period"].to_list() == ["2024-03-28"]


def test_a_title_up_to_and_with_a_month_says_no_period():
    proposal, _ = proposed(
        "Inloggningar 1177 till och med mars 2024", "", "Region;Inloggningar", "Gävleborg;500", "Dalarna;510"
    )
    assert proposal.lacking == ((0, "period"),)


def test_two_columns_for_one_indicator_are_told_of():
    proposal, rows = proposed("1177 2023", "", "Region;Inloggningar dator;Inloggningar webb", "Gävleborg;5;400")
    assert rows == [("logins", "21", "2023", 400.0)]
    assert proposal.about(0, "figures:inloggningar webb").reason("en") == (
        'Both "inloggningar webb" and "inloggningar dator" can be the indicator; the first is proposed.'
    )
    assert proposal.confidence == 0.5


def test_a_scorecards_quarters_take_the_titles_year_though_another_column_has_its_own():
    header = "Mått;Mål 2024;Kv1;Kv2;Ack jan–sep;Utfall 2023"
    _, rows = proposed("Region Gävleborg, styrkort 1177, 2024", "", header, "Andel besvarade samtal;90;84,2;85,1;84;82")
    assert rows == [
        ("calls_share_answered", "21", "2024-Q1", 84.2),
        ("calls_share_answered", "21", "2024-Q2", 85.1),
    ]


def test_a_wait_of_few_without_a_unit_is_taken_for_minutes_and_doubted():
    proposal, rows = proposed("1177 på telefon mars 2024", "", "Region;Medelväntetid", "Gävleborg;7,5", "Dalarna;8,5")
    assert rows == [("calls_mean_wait", "21", "2024-03", 450.0), ("calls_mean_wait", "20", "2024-03", 510.0)]
    assert proposal.confidence == 0.4


def test_another_surveys_index_is_not_read_beside_those_of_1177():
    _, rows = proposed(
        "Undersökning;År;Region;Område;Resultat",
        "1177 på telefon;2023;Gävleborg;NKI;80",
        "1177.se;2023;Gävleborg;NKI;70",
        "Ambulans;2023;Gävleborg;NKI;90",
    )
    assert rows == [("nki_phone", "21", "2023", 80.0), ("nki_web", "21", "2023", 70.0)]


@pytest.mark.parametrize(
    "places", [("Gävleborg sjukhus", "Gävleborg tandvård"), ("Hofors", "Bollnäs", "1177 Gävleborg")]
)
def test_places_within_a_region_are_no_regions(places: tuple[str, ...]):
    proposal, _ = proposed("1177 på telefon 2023", "", "Plats;Inkomna", *[f"{place};500" for place in places])
    assert "region" not in proposal.mapping.tables[0].columns


HEARD = [
    (("Inkomna samtal 1177 2023", "Tusental", "Region;Antal", "Gävleborg;530", "Dalarna;510"), [], 530_000.0, "T"),
    (("Medelväntetid 1177 2023 (timmar)", "", "Region;Värde", "Gävleborg;0,5", "Dalarna;1,5"), [], 1800.0, "T"),
    (("Inloggningar 1177 2023", "Kön: kvinnor", "Region;Antal", "Gävleborg;53", "Dalarna;51"), [], 53.0, "K"),
    (("Inloggningar 1177 2023;;Personer 18–29 år", "", "Region;Antal", "Gävleborg;53", "Dalarna;51"),
     [("figures_other", "C1")], 53.0, "T"),
    (("Inloggningar 1177 2023", "", "Kommun;Antal", "Gävleborg;53", "Dalarna;51"),
     [("figures_other", "A3")], 53.0, "T"),
    (("Inloggningar 1177 2023", "", "Region;Antal;Fåglar", "Gävleborg;53;7", "Dalarna;51;8"),
     [("numbers_unread", "C4:C5")], 53.0, "T"),
    (("Inloggningar 1177 2023", "", "Region;Antal;Mål", "Gävleborg;53;7", "Dalarna;51;8"), [], 53.0, "T"),
    (("Inloggningar 1177 2023", "", "Region;Antal;Urval", "Gävleborg;53;utrikes födda", "Dalarna;51;utrikes födda"),
     [("figures_other", "C4")], 53.0, "T"),
    (("Inloggningar 1177 2023", "Humlesamlingen", "Region;Antal", "Gävleborg;53", "Dalarna;51"),
     [("words_unknown", "A2")], 53.0, "T"),
    (("Inloggningar 1177 2023", "", "Region;Antal", "Gävleborg;53", "Dalarna;51", "Endast patienter"),
     [("figures_other", "A6")], 53.0, "T"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "problems", "value", "sex"), HEARD)
def test_the_words_around_a_mapped_table_are_heard_as_those_of_any_layout(
    lines: tuple[str, ...], problems: list[tuple[str, str]], value: float, sex: str
):
    _, trial = tried("\n".join(lines))
    assert [(each.rule, each.cell) for each in trial.problems] == problems
    assert trial.observations.select("value", "sex").row(0) == (value, sex)


def test_a_surveys_share_is_never_a_share_of_calls():
    proposal, rows = proposed(
        "Nationell patientenkät – Dimensionen helhetsintryck",
        "Andel positiva svar (%)",
        "Region;2021;2022",
        "Dalarna;62;63",
    )
    assert (rows, proposal.lacking[0], proposal.lacking[-1]) == ([], (0, "figures"), (0, "indicator"))
    for words in ("Andel positiva svar (%)", "Andel svar", "Andel besvarade enkäter"):
        assert indicator_of(words, "Invånarbarometern, förtroende", KNOWN) is None


def test_a_proposal_says_its_indicator_in_words():
    proposal, _ = proposed("Förtroende för sjukhus", "", "Region;2021;2022", "Dalarna;62;63", "Skåne;61;60")
    (why,) = {part.reason("sv") for part in proposal.parts if part.part.startswith("figures")}
    assert "Förtroende för sjukhus" in why
    assert "trust_hospital" not in why


def test_titles_beside_each_other_over_years_are_no_header():
    title = "Tabell 7.1:;Inloggningar;Siffrorna är viktade."
    _, rows = proposed(title, "Region;2021;2022", "Dalarna;62;63", "Skåne;6;7")
    assert len(rows) == 4


@pytest.mark.parametrize("word", ["Sjukhus", "Tandvård", "16–29", "Nordic regions", "Preliminärt", "Nettotal"])
def test_what_a_column_that_is_not_read_says_of_the_figures_is_told(word: str):
    _, trial = tried(
        f"Inloggningar på 1177\n\nRegion;År;Antal inloggningar;Urval\nDalarna;2021;6;{word}\nSkåne;2021;7;{word}\n"
    )
    assert [each.cell for each in trial.problems] == ["D4"]


@pytest.mark.parametrize(
    "more", ["per kommun", "sjukhus", "nattetid", "exkl. Gotland", "tandvård", "bortfall", "16–29"]
)
def test_what_a_measures_header_says_beside_its_name_is_not_taken_or_told(more: str):
    document = read_document(f"1177\n\nRegion;År;Antal inloggningar, {more}\nDalarna;2021;6\nSkåne;2021;7\n".encode())
    proposal = propose(document, KNOWN)
    trial = try_mapping(document, proposal.mapping, KNOWN)
    assert trial.observations.is_empty() or [each.cell for each in trial.problems] == ["C3"]
