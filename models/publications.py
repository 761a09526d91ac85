"""Which uploads count, and in which order: the one place that reads the sequence of publications.

An upload counts while its latest event is `published` or `restored`. Its rank is the place of its one `published`
event, for good: a withdrawal that is itself withdrawn brings back exactly what was there before.
"""

from typing import Final

_LAST: Final = "(SELECT upload_id, max(id) AS id FROM publication WHERE {bound} GROUP BY upload_id)"
LAST_EVENTS: Final = _LAST.format(bound="at < :until")
"""A subquery with upload_id and id: each upload's latest event, which says how it stands."""

_COUNTING: Final = f"""(
SELECT first.upload_id, first.id AS publication_id, first.at AS published_at, first.replace_evidence
FROM {_LAST} AS last
JOIN publication state ON state.id = last.id AND state.action <> 'withdrawn'
JOIN publication first ON first.upload_id = last.upload_id AND first.action = 'published'
)"""  # noqa: S608 (our own text)

COUNTING_UPLOADS: Final = _COUNTING.format(bound="at < :until")
"""A subquery with upload_id, publication_id (the rank), published_at and replace_evidence; `:until` is the first moment
that is too late (FOREVER for now). Where rows are asked for by what they say, whichever upload they are of, write
`FROM observation o CROSS JOIN {COUNTING_UPLOADS} AS p`: SQLite then reads each row once by its index, and not once for
every upload (PostgreSQL takes it for an ordinary join)."""

COUNTING_BEFORE: Final = _COUNTING.format(bound="id < :event")
"""The same as it was just before the publication, withdrawal or restoration `:event`."""

FOREVER: Final = "9999"
"""Later than every moment the store writes."""
