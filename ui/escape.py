"""Names from files are data, never markup: every one passes here before Streamlit or HTML sees it.

Streamlit reads labels, headings, metrics and error boxes as markdown: an image in a file name would fetch an outside
address, a link would be live (reliability §2.9).
"""

import html
import re
from typing import Final

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=\"'@/])")
_JOINER: Final = "\N{WORD JOINER}"
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v]+")  # not the no-break space of `63,4 %`
# Streamlit's markdown also makes bare addresses live after it has undone the backslashes; an invisible joiner stops it.
_ADDRESSES: Final = re.compile(r"(?i)(https?:|ftp:|mailto:|www|@)")


def plain(name: object) -> str:
    """The text as markdown that shows exactly the text, on one line.

    >>> plain("![x](https://evil)").replace(_JOINER, "")
    '\\\\!\\\\[x\\\\]\\\\(https\\\\:\\\\/\\\\/evil\\\\)'
    """
    one_line = _BLANKS.sub(" ", str(name)).strip(" ")
    return _MARKUP.sub(r"\\\1", _ADDRESSES.sub(rf"\1{_JOINER}", one_line))


def as_html(name: object) -> str:
    """The text as HTML that shows exactly the text.

    >>> as_html('<img src="x">')
    '&lt;img src=&quot;x&quot;&gt;'
    """
    return html.escape(str(name))
