"""How a recommendation's status looks: a sign, a word and a colour that say the same (ui/assets/style.css)."""

from ui.escape import as_html
from wording.followup import SIGNS, status_word


def marked(status: str, language: str) -> str:
    """The status in a table's cell: `◐ Delvis genomförd`."""
    return f"{SIGNS[status]} {status_word(status, language)}"


def status_html(status: str, language: str, more: str = "") -> str:
    """The status as a line of HTML; `more` is said after it."""
    said = f" <span>{as_html(more)}</span>" if more else ""
    sign = f'<span aria-hidden="true">{SIGNS[status]}</span>'
    return f'<p class="standing is-{status}"><strong>{sign} {as_html(status_word(status, language))}</strong>{said}</p>'
