"""The workbooks are read back with openpyxl, and their XML is looked at for what a reader's Excel would run."""

import io
import re
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet._writer import ALL_TEMP_FILES

from analysis import compare_regions, series_over_time
from exports import comparison_workbook, every_figure, everything_csv, everything_workbook, shown_table
from exports.data import everything_table
from exports.safety import LONGEST
from locales import text
from models import settings
from views.area import area
from views.parts import Reader

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A", "\t=1", "https://example.org", "= 1")


def workbook_of(store, indicator="calls_share_answered", language="sv", link="", **chosen):
    reader = Reader(language, store, chosen.get("as_of"))
    comparison, series = compare_regions(store, indicator, **chosen), series_over_time(store, indicator)
    view = area(reader, comparison, series, ("25", "24"))
    content = comparison_workbook(reader, view, comparison, series, link=link)
    return openpyxl.load_workbook(io.BytesIO(content)), content


def everything_of(store, **chosen):
    content = everything_workbook(store, language="sv", **chosen)
    return openpyxl.load_workbook(io.BytesIO(content)), content


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def as_written(table: pl.DataFrame):
    """A frame as a sheet holds it: headers first, "" is a blank cell; openpyxl writes 16 significant digits."""
    return [list(table.columns), *([_as_cell(value) for value in row] for row in table.iter_rows())]


def _as_cell(value):
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-15)
    return datetime.combine(value, datetime.min.time()) if type(value) is date else (value if value != "" else None)


def test_the_data_sheet_is_the_shown_table_cell_for_cell(small_store):
    book, _ = workbook_of(small_store)
    comparison = compare_regions(small_store, "calls_share_answered")

    assert cells(book["Underlag"]) == as_written(shown_table(comparison.rows, comparison.indicator, "sv"))


def test_the_trend_sheet_has_every_period_and_its_segment(small_store):
    book, _ = workbook_of(small_store)

    # Norrbotten joined the national phone service in 2018: its second stretch.
    rows = [(row[0], row[2], row[4], row[-1]) for row in cells(book["Utveckling"])]
    assert rows == [
        ("Region", "Period", "Värde (procent)", "Serieavsnitt"),
        ("Region Västerbotten", "januari 2023", None, 0),
        ("Region Norrbotten", "december 2022", 60, 1),
        ("Region Norrbotten", "januari 2023", 62.85, 1),
        ("Riket", "januari 2023", 70, 0),
    ]


def test_all_of_it_equals_every_figure_of_the_store(small_store):
    book, _ = everything_of(small_store)
    figures = every_figure(small_store)

    assert figures.height == 6
    assert cells(book["Underlag"]) == as_written(everything_table(figures, "sv"))


def test_numbers_are_numbers_in_the_format_of_their_own_indicator(small_store):
    book, _ = everything_of(small_store)
    headers, *rows = book["Underlag"].iter_rows()
    place = [cell.value for cell in headers].index("Värde")

    assert {row[0].value: (row[place].data_type, row[place].number_format) for row in rows if row[place].value} == {
        "calls_share_answered": ("n", "0.0"),
        "calls_mean_wait": ("n", "0"),
        "calls_offered": ("n", "#,##0"),
    }


def test_data_sheets_have_one_frozen_filtered_header_row_and_no_merged_cells(small_store):
    book, _ = workbook_of(small_store)

    assert {sheet.title: (sheet.freeze_panes, sheet.auto_filter.ref) for sheet in book} == {
        "Om filen": (None, None),
        "Läs": ("B2", "A1:F4"),
        "Underlag": ("B2", None),
        "Diagram": ("B2", "A1:D3"),
        "Diagram över tid": ("B2", "A1:C3"),
        "Utveckling": ("B2", None),
        "Förändring": ("C2", None),
        "Definitioner": ("B2", "A1:S2"),
        "Källor": ("C2", "A1:P2"),
        "Kontroll": ("C2", book["Kontroll"].auto_filter.ref),
        "Noter och brott": ("A2", f"A1:C{book['Noter och brott'].max_row}"),
    }
    assert {table.name: table.ref for sheet in book for table in sheet.tables.values()} == {
        "Underlag": "A1:AT4",
        "Utveckling": "A1:AB5",
        "Förändring": book["Förändring"].tables["Förändring"].ref,
    }
    assert [sheet.merged_cells.ranges for sheet in book] == [set()] * 11
    assert all(sheet["A1"].font.bold for sheet in book)
    assert book["Underlag"].column_dimensions["A"].width > len("Region Västerbotten")


def test_the_cover_names_every_choice(small_store):
    book, _ = workbook_of(small_store, link="https://example.org/?a=1", as_of=date(2026, 4, 1), regions=["25"])
    cover = dict(cells(book["Om filen"])[1:])

    assert book["Om filen"]["A1"].value == "Regionjämförelse 1177: Andel besvarade samtal på 1177"
    assert {name: cover[name] for name in ("Indikator-id", "Period", "Kön", "Jämförs med", "Regioner", "Läge")} == {
        "Indikator-id": "calls_share_answered",
        "Period": "januari 2023",
        "Kön": "Totalt",
        "Jämförs med": "Riket",
        "Regioner": "Region Norrbotten",
        "Läge": "Som publicerat till och med 1 april 2026",
    }
    assert cover["Länk till vyn"] == "https://example.org/?a=1"
    assert cover["Tidsserie"] == "Periodslag månad, december 2022 till januari 2023"
    assert cover["Dataversion"] == 1
    assert "slumpfelet" in cover["Vad intervallet täcker"]
    assert re.fullmatch(r"\d+ \w+ \d{4} \d\d:\d\d", cover["Filen skapades (svensk tid)"])


def test_a_long_line_of_the_cover_has_room_for_all_its_text(small_store):
    book, _ = workbook_of(small_store)
    heights = {row[0].value: book["Om filen"].row_dimensions[row[0].row].height for row in book["Om filen"]}

    assert (heights["Period"], heights["Vad intervallet täcker"]) == (15, 45)  # a line, and three of 90 letters


def test_sources_tell_the_file_its_digest_who_when_and_why(small_store):
    book, _ = workbook_of(small_store)

    assert cells(book["Källor"])[1:] == [
        [
            1,
            "samtal.csv",
            7,
            "Region Västerbotten, Region Norrbotten och riket december 2022–januari 2023",
            "Enstaka uppgifter. Källan står vid varje värde och ska anges.",
            "1" * 64,
            3,
            "tabell med regioner och perioder",
            "nej",
            6,
            1,
            datetime(2026, 3, 1, 13),
            "Anna",
            datetime(2026, 3, 1, 13),
            "Bo",
            "första inläsningen",
        ],
    ]


def test_what_we_wrote_ourselves_is_said_in_the_readers_language(store, publish):
    publish([{"indicator": "calls_offered", "region": "25", "period": "2023-01", "value": 5.0}], note="Exempeldata")
    book, _ = workbook_of(store, "calls_offered", language="en")
    headers, facts = cells(book["Sources"])
    sheet = dict(zip(headers, facts, strict=True))

    assert (sheet["Kind of file"], sheet["Note"]) == ("table of regions and periods", "Sample data")


def test_notes_explain_blanks_every_flag_and_the_waves_assumption(store, publish):
    publish([{"indicator": "trust_overall", "region": "25", "period": "2020", "value": 62.9}])
    book, _ = workbook_of(store, "trust_overall")
    notes = cells(book["Noter och brott"])[1:]

    assert [about for kind, about, _ in notes if kind == "Tomma celler"] == ["Kolumnen Värde", "Övriga kolumner"]
    assert "".join(about for kind, about, _ in notes if kind == "Flagga") == "abcdemprsuxz"
    assumption = [said for kind, about, said in notes if kind == "Mätomgång" and about.endswith("2020")]
    assert assumption
    assert assumption[0].startswith("Antaget antal svar per region: 1")
    assert any(kind == "Brott i tidsserien" and about.endswith("2016") for kind, about, _ in notes)
    assert any(kind == "Jämförbarhet" for kind, _, _ in notes)


def test_a_predecessor_and_one_regions_own_break_are_told_with_their_reasons(store, publish):
    publish([{"indicator": "eservices_1177_positive", "region": "25", "period": "2020", "value": 60.0}])
    publish([{"indicator": "calls_offered", "region": "25", "period": "2018-01", "value": 60.0}])
    book, _ = everything_of(store)
    notes = cells(book["Noter och brott"])
    headers, *cards = cells(book["Definitioner"])
    replaced = {card[0]: card[headers.index("Föregångare")] for card in cards}

    assert replaced["eservices_1177_positive"].startswith("Ersätter Förtroende för 1177 via e-tjänsterna. ")
    assert replaced["calls_offered"] is None
    assert [said for kind, _, said in notes if kind == "Föregångare"] == [replaced["eservices_1177_positive"]]
    assert any(kind == "Brott i tidsserien" and about.endswith(", Region Norrbotten") for kind, about, _ in notes)


def test_synthetic_figures_are_announced_first_on_the_cover_and_in_the_notes(store, publish):
    publish([{"indicator": "logins", "region": "25", "period": "2023-01", "value": 5.0}], synthetic=True)

    for book, _ in (workbook_of(store, "logins"), everything_of(store)):
        assert cells(book["Om filen"])[1] == [
            "Syntetiska exempeldata",
            text("exports.cover.synthetic", "sv"),
        ]
        assert cells(book["Noter och brott"])[1][:2] == ["Syntetiska exempeldata", "x"]


def test_text_from_files_and_people_never_becomes_a_formula_an_error_or_a_link(store, publish):
    rows = [
        {
            "indicator": "logins",
            "region": "25",
            "period": f"2023-{month:02d}",
            "value": -4.5,
            "sheet": text_,
            "source": text_,
            "comment": text_,
            "path": text_,
        }
        for month, text_ in enumerate(HOSTILE, start=1)
    ]
    publish(rows, file="=cmd|' /C calc'!A0.csv", note="=2+2")
    for book, _ in (workbook_of(store, "logins", link="=3+3"), everything_of(store, link="=3+3")):
        every = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in every if cell.parent.title != "Kontroll"} <= {"s", "n", "d"}
        assert {cell.data_type for cell in every if cell.parent.title == "Kontroll"} <= {"s", "n", "f"}
        ours = [cell.value for cell in every if cell.data_type == "f"]
        assert not [one for one in ours if not re.match(r"=(COUNTIF|COUNTBLANK|ROWS|SUM|IFERROR)\(", one)]
        linked = {cell.hyperlink.target for cell in every if cell.hyperlink}
        assert linked == {settings().licence_url}

    held = {cell.value for row in book["Underlag"].iter_rows() for cell in row}
    assert set(HOSTILE) <= held  # as it was, only harmless


def test_characters_a_spreadsheet_cannot_hold_are_removed_with_a_note(store, publish):
    publish(
        [
            {"indicator": "logins", "region": "25", "period": "2023-01", "value": 1.0, "comment": "a\x01b\x1bc\ufffed"},
            {"indicator": "logins", "region": "24", "period": "2023-01", "value": 1.0, "comment": "x" * (LONGEST + 1)},
        ],
        note="bell\x07",
    )
    book, _ = everything_of(store)
    headers, *rows = cells(book["Underlag"])
    place = headers.index("Radens kommentar")

    assert [row[place] for row in rows] == ["x" * LONGEST, "abcd"]
    assert [row[2] for row in cells(book["Noter och brott"])[-2:]] == [
        "Tecken som inte kan skrivas i ett kalkylblad har tagits bort ur 2 textceller.",
        "Text som är längre än ett kalkylblads cell rymmer har kortats i 1 celler.",
    ]


def test_an_empty_store_gives_workbooks_that_open(store):
    shown, _ = workbook_of(store, "trust_overall", "en")
    everything, _ = everything_of(store)

    assert shown["Data"].max_row == 1
    assert dict(cells(shown["About"])[1:])["Period"] == "No published figures"
    assert dict(cells(everything["Om filen"])[1:])["Antal siffror"] == 0


def test_all_of_it_can_be_asked_for_as_it_was_published(small_store):
    book, _ = everything_of(small_store, as_of=date(2026, 2, 28))  # the day before the publication

    assert book["Underlag"].max_row == 1


@pytest.mark.parametrize("language", ["sv", "en"])
def test_sheet_titles_are_valid_and_the_properties_name_the_product(small_store, language):
    book, _ = workbook_of(small_store, language=language)

    assert all(re.fullmatch(r"[^:/\\?*\[\]']{1,31}", sheet.title) for sheet in book)
    assert (book.properties.creator, book.properties.title) == (
        "Regionjämförelse 1177",
        compare_regions(small_store, "calls_share_answered").indicator.title.in_language(language),
    )


def test_the_same_choice_gives_the_same_cells_again(small_store):
    first, again = (workbook_of(small_store)[0] for _ in range(2))

    assert [cells(sheet) for sheet in first.worksheets[1:]] == [cells(sheet) for sheet in again.worksheets[1:]]


@pytest.mark.parametrize("make", [everything_workbook, everything_csv], ids=["workbook", "csv"])
def test_how_far_all_of_it_has_come_is_told_and_giving_up_leaves_nothing_behind(sample_store, make):
    told = []
    make(sample_store, language="sv", chosen=["trust_overall", "logins"], told=lambda *so_far: told.append(so_far))
    rows = [written for written, _ in told]
    assert rows == sorted(rows)
    assert len({whole for _, whole in told}) == 1
    assert 0 < rows[0] < rows[-1] <= told[-1][1]

    def given_up(written, _whole):
        if written > 400:
            raise InterruptedError

    before = list(ALL_TEMP_FILES)
    with pytest.raises(InterruptedError):
        make(sample_store, language="sv", chosen=["trust_overall", "logins"], told=given_up)
    assert before == ALL_TEMP_FILES
