"""A table as HTML: every cell escaped, its mark kept however long its words, and readable as blocks on a telephone."""

import polars as pl

from ui.tables import table_html

LONG = "inte nått: " + "månadernas vanliga variation omfattar målet " * 2


def test_a_cell_keeps_its_mark_when_its_words_are_long() -> None:
    html = table_html(pl.DataFrame({"Region": ["Norrbotten"], "Mål": [LONG]}), "Mål", marks={"Mål": ["is-not_reached"]})
    assert f'<td class="is-not_reached long">{LONG}</td>' in html


def test_a_stacked_table_names_the_column_in_every_cell_and_is_still_a_table_to_a_screen_reader() -> None:
    html = table_html(pl.DataFrame({"Region": ["A<b"], "Antal": ["3"]}), "Två", numbers=["Antal"], stacked=True)
    assert html == (
        '<div class="wide-table stacked" role="region" tabindex="0" aria-label="Två"><table role="table">'
        '<caption>Två</caption><thead><tr><th scope="col">Region</th><th scope="col" class="number">Antal</th></tr>'
        '</thead><tbody><tr role="row"><th scope="row" role="rowheader" data-column="Region">A&lt;b</th>'
        '<td class="number" role="cell" data-column="Antal">3</td></tr></tbody></table></div>'
    )


def test_a_link_leads_from_its_own_cell_and_an_empty_one_leads_nowhere() -> None:
    html = table_html(
        pl.DataFrame({"Region": ["A", "B"], "Antal": ["3", ""]}), "Två", links={"Antal": ["?x=1", "?x=2"]}
    )
    assert html.count("<a ") == 1
    assert '<td><a href="?x=1">3</a></td>' in html
