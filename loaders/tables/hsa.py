"""HSA-ids: a care unit's national identity, `SE` + its organisation's number + a part of its own.

A region's own units carry the region's organisation number (public, in every region's HSA policy); a private unit's is
its company's, and says no region.
"""

import re
from typing import Final

HSA_ID: Final = re.compile(r"SE\d{10}-[0-9A-Z]{1,24}")
_REGION_OF: Final = {
    "2321000016": "01", "2321000024": "03", "2321000032": "04", "2321000040": "05", "2321000057": "06",
    "2321000065": "07", "2321000073": "08", "2120000803": "09", "2321000081": "10", "2321000255": "12",
    "2321000115": "13", "2321000131": "14", "2321000156": "17", "2321000164": "18", "2321000172": "19",
    "2321000180": "20", "2321000198": "21", "2321000206": "22", "2321000214": "23", "2321000222": "24",
    "2321000230": "25",
}  # fmt: skip


def is_hsa_id(text: str) -> bool:
    """Whether a text has an HSA-id's form.

    >>> is_hsa_id("SE2321000230-E000000000001"), is_hsa_id("SE 1177")
    (True, False)
    """
    return HSA_ID.fullmatch(text.strip().upper()) is not None


def region_of_unit(text: str) -> str:
    """The region code an HSA-id's organisation number says, or "".

    >>> region_of_unit("SE2321000230-E01A"), region_of_unit("SE5560000000-1")
    ('25', '')
    """
    found = text.strip().upper()
    return _REGION_OF.get(found[2:12], "") if is_hsa_id(found) else ""
