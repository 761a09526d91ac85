"""Utbud av e-tjänster: who reaches the minimum level, which unit lacks which service, all of it in the address."""

import html
import re
from collections.abc import Callable
from io import BytesIO
from urllib.parse import parse_qs

import pytest
import streamlit as st
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from locales import LANGUAGES
from models import Store
from tests.analysis.supply_data import NO, NOT_APPLICABLE, UNKNOWN, YES, offers, register, supply, unit
from tests.pages.test_wording import Tables

Open = Callable[..., AppTest]
NB = "\N{NO-BREAK SPACE}"
SECTIONS = ("regions", "within", "matrix", "gaps", "change", "mend")
COUNTED = ("Andel", "Når nivån", "Av (når eller når inte)", "Når inte nivån", "Okänt", "Ej tillämpligt", "Alla enheter")
FIVE = ("renew_prescription", "contact_me", "send_message", "self_referral", "request_certificate")


def five(*statuses: str) -> dict[str, str]:
    return dict(zip(FIVE, statuses, strict=True))


@pytest.fixture
def served(store: Store) -> Store:
    """Norrbotten: one unit at the level, one below it, one unknown, one with nothing applicable, a filial that counts
    only when asked for; Västerbotten: one at the level. January, and December before it."""
    register(
        store,
        unit("A", "Kiruna hälsocentral", municipality="Kiruna"),
        unit("B", "Boden <b>mottagning</b>", municipality="Boden", kind="clinic"),
        unit("C", "Piteå hälsocentral", municipality="Piteå"),
        unit("D", "Luleå hälsocentral", municipality="Luleå"),
        unit("F", "Arjeplog filial", municipality="Arjeplog", kind="branch", parent="A"),
        unit("V", "Umeå hälsocentral", municipality="Umeå", region="24"),
    )
    for month, a in (("2023-12", NO), ("2024-01", YES)):
        told = {"period": month, "printed": "så i filen"}
        rows = [
            *offers("A", five(YES, YES, YES, a, NO), **told),
            *offers("B", five(YES, NO, NO, NO, NOT_APPLICABLE), **told),
            *offers("C", five(YES, YES, YES, UNKNOWN, NO), **told),
            *offers("D", five(*[NOT_APPLICABLE] * 5), **told),
            *offers("F", five(*[YES] * 5), **told),
            *offers("V", five(*[YES] * 5), region="24", **told),
        ]
        supply(store, rows)
    return store


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What the page's buttons hand out: file name → the file, made when it is asked for."""
    found: dict[str, Callable[[], bytes]] = {}

    def button(_label: str, content: Callable[[], bytes], *, file_name: str, **_more: object) -> None:
        found[file_name] = content

    monkeypatch.setattr(st, "download_button", button)
    return found


def tables(at: AppTest) -> list[list[dict[str, str]]]:
    """The rows of every table, header → cell."""
    return [Tables(box.proto.body).rows for box in at.get("html") if "<table" in box.proto.body]


def table(at: AppTest, header: str) -> list[dict[str, str]]:
    return next(rows for rows in tables(at) if rows and header in rows[0])


def words(at: AppTest) -> str:
    boxes = (at.title, at.markdown, at.info, at.warning, at.success, at.caption)
    said = [element.value for boxed in boxes for element in boxed]
    return "\n".join([*said, *(box.proto.body for box in at.get("html"))]).replace("\\", "")


def alts(at: AppTest) -> list[str]:
    return [chart.proto.alt for chart in at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_every_part_opens_on_the_sample_data(opened: Open, sample_store: Store, section: str, language: str) -> None:
    at = opened("supply", synthetic="1", view=section, lang=language)
    assert not at.exception
    assert at.query_params["view"] == section
    # The sample's units are made up, and every part of the page says so.
    assert at.warning[0].value.startswith(("Här visas syntetiska", "This page shows synthetic"))


def test_without_a_published_file_the_page_says_what_is_needed(opened: Open, store: Store) -> None:
    register(store, unit("A"))  # a register alone is no supply
    at = opened("supply", synthetic="1")
    assert [box.value for box in at.info] == [
        "Ingen fil om utbud är publicerad ännu. Ladda upp en förteckning över vårdenheterna och en fil som säger "
        "vilka e-tjänster varje enhet erbjuder."
    ]


def test_the_unknown_and_the_not_applicable_stand_beside_the_share(opened: Open, served: Store) -> None:
    at = opened("supply", synthetic="1", show="table")
    row = next(row for row in table(at, "Når nivån") if row["Region"] == "Region Norrbotten")
    shown = (
        "Andel",
        "Når nivån",
        "Av (når eller når inte)",
        "Når inte nivån",
        "Okänt",
        "Ej tillämpligt",
        "Alla enheter",
    )
    assert {name: row[name] for name in shown} == {
        "Andel": f"50,0{NB}%",
        "Når nivån": "1",
        "Av (når eller når inte)": "2",
        "Når inte nivån": "1",
        "Okänt": "1",
        "Ej tillämpligt": "1",
        "Alla enheter": "4",
    }
    assert row["95 % intervall"] == f"9,5–90,5{NB}%"
    assert row["Bedömning"] == "– kan ej bedömas"  # two units carry no judgement
    bars = next(alt for alt in alts(at) if alt.startswith("Alla enheter per region"))
    assert "Norrbotten: når nivån: 1, når inte nivån: 1, okänt: 1, ej tillämpligt: 1, 1 av 2" in bars
    assert "Inga uppgifter om utbud för perioden: Västernorrland, Jämtland Härjedalen, Gävleborg, Dalarna." in words(at)


def test_a_filial_counts_where_the_reader_includes_its_kind(opened: Open, served: Store) -> None:
    at = opened("supply", synthetic="1", show="table", kinds="health_centre-clinic-branch")
    row = next(row for row in table(at, "Når nivån") if row["Region"] == "Region Norrbotten")
    assert (row["Når nivån"], row["Av (når eller når inte)"], row["Alla enheter"]) == ("2", "3", "5")


@pytest.mark.parametrize(
    ("rule", "reached", "said"),
    [
        ("1", "3", "minst 1 e-tjänst."),  # the clinic's only service is enough
        ("minimum", "0", "det obligatoriska utbudet"),  # A lacks the certificate
        ("list:renew_prescription.contact_me", "2", "Förnya recept, Kontakta mig"),  # as the terminal writes it
    ],
)
def test_another_rule_is_another_answer(opened: Open, served: Store, rule: str, reached: str, said: str) -> None:
    at = opened("supply", synthetic="1", show="table", rule=rule)
    assert not at.exception
    row = next(row for row in table(at, "Når nivån") if row["Region"] == "Region Norrbotten")
    assert row["Når nivån"] == reached
    assert said in words(at)


def test_the_matrix_says_every_status_with_sign_and_word(opened: Open, served: Store) -> None:
    at = opened("supply", synthetic="1", view="matrix", region="25", sort="name")
    rows = table(at, "Begära intyg")
    assert [row["Enhet"] for row in rows] == [
        "Boden &lt;b&gt;mottagning&lt;/b&gt;".replace("&lt;", "<").replace("&gt;", ">"),
        "Kiruna hälsocentral",
        "Luleå hälsocentral",
        "Piteå hälsocentral",
    ]
    assert [row["Läge mot nivån"] for row in rows] == ["○ når inte nivån", "✓ når nivån", "– ej tillämpligt", "? okänt"]
    assert [row["Begära intyg"] for row in rows] == [
        "– ej tillämpligt",
        "○ erbjuds inte",
        "– ej tillämpligt",
        "○ erbjuds inte",
    ]
    assert [row["Egenremiss"] for row in rows] == ["○ erbjuds inte", "✓ erbjuds", "– ej tillämpligt", "? okänt"]
    assert [row["Erbjuder"] for row in rows] == ["1 av 4", "4 av 5", "0 av 0", "3 av 5"]
    assert "<b>mottagning" not in "".join(box.proto.body for box in at.get("html"))  # a name is never markup


@pytest.mark.parametrize(
    ("asked", "names", "chosen"),
    [
        ({"municipality": "Boden"}, ["Boden <b>mottagning</b>"], "Kommun: Boden"),
        ({"state": "unknown"}, ["Piteå hälsocentral"], "Läge mot nivån: okänt"),
        (
            {"service": "self_referral", "status": "not_offered"},
            ["Boden <b>mottagning</b>"],
            "Tjänst: Egenremiss, Läge för tjänsten: erbjuds inte",
        ),
        (
            {"search": "HÄLSOC"},
            ["Luleå hälsocentral", "Piteå hälsocentral", "Kiruna hälsocentral"],
            "Sök enhet: HÄLSOC",
        ),
        (
            {"sort": "most"},
            [
                "Kiruna hälsocentral",
                "Piteå hälsocentral",
                "Boden <b>mottagning</b>",
                "Luleå hälsocentral",
            ],
            None,
        ),
    ],
)
def test_the_matrix_is_filtered_searched_and_sorted(
    opened: Open,
    served: Store,
    downloads: dict[str, Callable[[], bytes]],
    asked: dict[str, str],
    names: list[str],
    chosen: str | None,
) -> None:
    at = opened("supply", synthetic="1", view="matrix", region="25", **asked)
    assert [row["Enhet"] for row in table(at, "Läge mot nivån")] == names
    cover = dict(load_workbook(BytesIO(downloads["utbud_matris_2024-01.xlsx"]()))["Om filen"].values)
    assert (cover["Enheter"], cover.get("Urval")) == (len(names), chosen)
    assert {name: at.query_params[name] for name in asked} == asked


def test_a_filter_that_nothing_fits_says_so(opened: Open, served: Store) -> None:
    at = opened("supply", synthetic="1", view="matrix", search="finns inte")
    assert "Ingen enhet stämmer med valen." in words(at)


def test_a_unit_leads_to_the_cells_of_its_files(opened: Open, served: Store) -> None:
    shown = "".join(box.proto.body for box in opened("supply", synthetic="1", view="matrix", region="25").get("html"))
    assert re.search(r'href="supply\?[^"]*view=matrix[^"]*unit=A"', shown)
    at = opened("supply", synthetic="1", view="matrix", region="25", unit="A")
    rows = table(at, "Så står det i filen")
    assert (rows[0]["Tjänst"], rows[0]["Läge"], rows[0]["Cell"]) == ("Enhetsförteckningen", "Kiruna hälsocentral", "A2")
    told = {row["Tjänst"]: (row["Läge"], row["Så står det i filen"]) for row in rows[1:]}
    assert told["Begära intyg"] == ("erbjuds inte", "så i filen")
    links = re.findall(r'href="(figure\?[^"]*)"', "".join(box.proto.body for box in at.get("html")))
    assert len(links) == 6  # the register's row, and each of the five services
    assert "Når nivån: erbjuder 4 av 5 tillämpliga tjänster, behöver 4. Okända: 0." in words(at)


def test_the_gap_list_names_unit_and_service(opened: Open, served: Store) -> None:
    at = opened("supply", synthetic="1", view="gaps", region="25")
    by_service = table(at, "Enheter som saknar tjänsten")
    assert {row["Tjänst"]: row["Enheter som saknar tjänsten"] for row in by_service} == {
        "Begära intyg": "2",
        "Egenremiss": "1",
        "Kontakta mig": "1",
        "Skicka meddelande": "1",
    }
    listed = [(row["Enhet"], row["Tjänst"], row["Läge"]) for row in table(at, "Tjänster kvar till nivån")]
    assert len(listed) == 6
    assert ("Kiruna hälsocentral", "Begära intyg", "erbjuds inte") in listed
    assert ("Piteå hälsocentral", "Egenremiss", "okänt") in listed  # nobody knows: said, not passed over
    assert "Tjänster som inte erbjuds: 5. Tjänster där det är okänt: 1. Antal enheter i listan: 3." in words(at)
    assert {button.label for button in at.get("download_button")} == {
        "Ladda ner som Excel",
        "Ladda ner som CSV",
    }
    below = opened("supply", synthetic="1", view="gaps", region="25", below="1")
    assert {row["Enhet"] for row in table(below, "Tjänster kvar till nivån")} == {"Boden <b>mottagning</b>"}


def test_the_region_of_a_link_stays_through_the_parts(opened: Open, served: Store) -> None:
    at = opened("supply", synthetic="1", region="24")
    assert at.query_params["region"] == "24"  # the comparison of regions asks for none, and keeps it
    for part in ("gaps", "within"):
        (way,) = re.findall(rf'href="\?([^"]*view={part}[^"]*)"', words(at))
        at.query_params.clear()
        at.query_params.update({name: given for name, [given] in parse_qs(html.unescape(way)).items()})
        at.run()
        assert (at.selectbox(key="pick:region").value, at.query_params["region"]) == ("24", "24")


def test_closing_the_most_frequent_gaps_is_counted_step_by_step(opened: Open, served: Store) -> None:
    at = opened("supply", synthetic="1", view="gaps", region="25")
    steps = [
        (row["Tjänster som alla enheter får"], row["Når nivån"]) for row in table(at, "Tjänster som alla enheter får")
    ]
    assert steps[0] == ("Som det är", "1 av 2")
    assert steps[1] == ("… och Begära intyg", "2 av 3")  # Piteå's unknown matters no more


def test_no_municipality_is_named_without_a_test(opened: Open, served: Store) -> None:
    said = words(opened("supply", synthetic="1", view="within", region="25"))
    assert "Lägst: Boden 0,0" in said
    assert "inte större än slumpen kan ge" in said
    assert "Sämst försörjd" not in said


def test_the_least_served_municipality_is_named_where_the_tests_carry_it(
    opened: Open, store: Store, downloads: dict[str, Callable[[], bytes]]
) -> None:
    places = {"Kiruna": (20, 0), "Boden": (20, 20), "Piteå": (20, 20)}
    units, rows = [], []
    for place, (count, reaching) in places.items():
        for number in range(count):
            units.append(unit(f"{place}-{number}", municipality=place))
            rows += offers(f"{place}-{number}", five(*[YES if number < reaching else NO] * 5))
    register(store, *units)
    supply(store, rows)
    at = opened("supply", synthetic="1", view="within", region="25", show="table")
    assert f"Sämst försörjd, prövat mot resten av regionen: Kiruna (0,0{NB}%)." in words(at)
    assert [row["Kommun"] for row in table(at, "Kommun")] == ["Kiruna", "Boden", "Piteå"]  # lowest first
    # The workbook says what the page says of its tables.
    cover = dict(load_workbook(BytesIO(downloads["utbud_inom_region_2024-01.xlsx"]()))["Om filen"].values)
    assert "Sämst försörjd, prövat mot resten av regionen: Kiruna" in cover["Skillnader mellan kommunerna"]
    assert "Gränserna är vidgade" in cover["Enheterna mot slumpen"]


def test_the_change_is_tested_and_the_units_are_named(opened: Open, served: Store) -> None:
    at = opened("supply", synthetic="1", view="change", region="25")
    row = table(at, "december 2023")[0]
    assert (row["december 2023"], row["januari 2024"]) == (f"0,0{NB}%", f"50,0{NB}%")
    assert row["Bedömning"] == "● ingen säker skillnad"
    assert row["Skillnad"] == "+50,0 procentenheter"
    said = words(at)
    assert "Har nått nivån (1): Kiruna hälsocentral (Kiruna)." in said
    assert "Har fallit under nivån (0): ingen." in said
    assert any("0 av 2, 0,0" in alt and "1 av 2, 50,0" in alt for alt in alts(at))  # the trend in words


def test_many_periods_wait_to_be_asked_for(opened: Open, store: Store) -> None:
    register(store, unit("A"))
    months = [f"{2022 + month // 12}-{month % 12 + 1:02d}" for month in range(25)]
    supply(store, [row for month in months for row in offers("A", five(*[YES] * 5), period=month)])
    assert not alts(opened("supply", synthetic="1", view="change"))
    assert "januari 2022" in alts(opened("supply", synthetic="1", view="change", trend="1"))[0]


def test_the_first_period_has_nothing_to_be_compared_with(opened: Open, served: Store) -> None:
    at = opened("supply", synthetic="1", view="change", period="2023-12")
    assert [box.value for box in at.info] == [
        "Det finns ingen tidigare period av samma slag att jämföra december 2023 med."
    ]


def test_unknown_names_and_units_in_no_register_are_listed_with_what_to_do(opened: Open, store: Store) -> None:
    register(store, unit("A", "Kiruna hälsocentral"))
    chat = [{**row, "service_printed": "Chatt med oss"} for row in offers("A", {"?chatt med oss": YES})]
    supply(store, [*offers("A", five(*[YES] * 5)), *chat, *offers("X", five(YES, YES, NO, NO, NO))])
    at = opened("supply", synthetic="1", view="mend")
    assert [row["Så står det i filen"] for row in table(at, "Så står det i filen")] == ["Chatt med oss"]
    row = table(at, "Enhet")[0]
    assert (row["Enhet"], row["Region"], row["Erbjuder"]) == ("X", "Region Norrbotten", "2")
    said = words(at)
    assert "synonym i `indicators/eservices.toml`" in said
    assert "Tjänstenamn som inte är kopplade: 1. Enheter som saknas i enhetsförteckningen: 1." in said
    unharmed = table(opened("supply", synthetic="1", show="table"), "Når nivån")[0]
    assert (unharmed["Når nivån"], unharmed["Alla enheter"]) == ("1", "1")  # neither counts


def test_unknown_choices_fall_back_with_a_word(opened: Open, served: Store) -> None:
    at = opened("supply", synthetic="1", rule="99", view="nothing", period="1999", kinds="hospital")
    assert not at.exception
    assert len(at.warning) == 4
    assert at.query_params["rule"] == "4"


def test_an_earlier_day_shows_what_was_published_then(opened: Open, store: Store) -> None:
    register(store, unit("A", "Kiruna hälsocentral"), day="2026-01-01")
    supply(store, offers("A", five(*[NO] * 5)), day="2026-01-01")
    supply(store, offers("A", five(*[YES] * 5)), day="2026-02-01")
    assert table(opened("supply", synthetic="1", show="table"), "Når nivån")[0]["Når nivån"] == "1"
    assert table(opened("supply", synthetic="1", show="table", as_of="2026-01-15"), "Når nivån")[0]["Når nivån"] == "0"


def test_example_data_stand_beside_real_ones_only_when_asked_for(opened: Open, store: Store) -> None:
    full = dict.fromkeys(("contact_me", "appointments", "prescriptions", "records"), "offered")
    register(store, unit("A"))
    supply(store, offers("A", full))
    register(store, unit("B", region="24"), synthetic=True)
    supply(store, offers("B", full, region="24"), synthetic=True)
    shown = [row["Region"] for row in table(opened("supply", show="table"), "Når nivån")]
    assert "Region Västerbotten" not in shown
    assert "Region Norrbotten" in shown
    assert not opened("supply").warning
    asked = opened("supply", synthetic="1", show="table")
    assert "Region Västerbotten" in [row["Region"] for row in table(asked, "Når nivån")]
    assert asked.warning[0].value.startswith("Här visas syntetiska")


def test_where_all_is_made_up_the_page_asks_first(opened: Open, sample_store: Store) -> None:
    at = opened("supply")
    assert [box.value for box in at.info] == [
        "Här finns bara syntetiska exempeldata, som är påhittade. De visas när du väljer "
        "”Ta med syntetiska exempeldata”."
    ]
    assert not tables(at)
