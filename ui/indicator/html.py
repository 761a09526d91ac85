"""The indicator's figures as a shaded table: regions down, periods across, a line over time beside each name."""

from locales import text
from ui.escape import as_html
from ui.overview.html import legend
from ui.parts import drawn_line, link, looks_of
from views.indicator import Figure, Table


def figures_table(table: Table, caption: str, language: str) -> str:
    """It is scrolled sideways where it is wider than the screen, the regions' names in sight."""
    heads = "".join(f'<th scope="col">{as_html(period)}</th>' for period in table.periods)
    first = "".join(
        f'<th scope="col">{as_html(text(key, language))}</th>' for key in ("area.region", "area.development")
    )
    rows = "".join(
        f'<tr><th scope="row">{link(row.name, row.address) if row.address else as_html(row.name)}</th>'
        f"<td>{drawn_line(row.over_time)}</td>{''.join(_cell(one) for one in row.cells)}</tr>"
        for row in table.rows
    )
    shaded = legend(table.assumed, language) if table.judged else ""
    return (
        f'<div class="sideways" role="region" tabindex="0" aria-label="{as_html(caption)}">'
        f'<table class="heat periods"><caption>{as_html(caption)}</caption><thead><tr>{first}{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{shaded}"
    )


def _cell(one: Figure) -> str:
    shown = link(one.shown, one.address) if one.address else as_html(one.shown)
    if one.verdict is None:
        return f'<td class="number">{shown}</td>'
    sign = (
        f'<span aria-hidden="true">{one.verdict.symbol}</span><span class="unseen">{as_html(one.verdict.word)}</span>'
    )
    return f'<td class="judged {looks_of(one.verdict)}" title="{as_html(one.said)}">{shown} {sign}</td>'
