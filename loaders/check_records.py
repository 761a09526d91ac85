"""A file of records, checked: read by its layout, then compared with the records published now.

A change of published records is one warning per kind, which asks for a revision note.
"""

from dataclasses import replace
from typing import Final

from analysis.records import Records, compared_records
from indicators import Catalogue
from loaders.checked import CheckedFile
from loaders.checks import check_persons, names_people
from loaders.mapping.supply.read import read_mapped_supply
from loaders.problems import ERROR, WARNING, Problem, errors_first
from loaders.records.layouts import RECORD_LAYOUTS
from loaders.records.reading import RecordLayout
from loaders.tables.document import Document
from models import Store

_REVISED: Final = ("care_unit", "service_offer", "phone_profile")
"""A new reply is the next step of the same matter, no correction of the one before."""


def check_records(store: Store | None, outcome: CheckedFile, document: Document, known: Catalogue) -> CheckedFile:
    """The outcome with the records its layout reads. Never raises for a bad file."""
    layout = _layout_of(outcome)
    if persons := check_persons(document, free_text=layout.free_text, units=layout.units):
        return replace(outcome, problems=tuple(persons), screened=False)
    outcome = replace(outcome, screened=not names_people(document))
    reading = layout.read(document, known, store)
    problems = [*document.problems, *reading.problems, *_said_once(outcome)]
    rows = sum(frame.height for frame in reading.records.values())
    refused = any(problem.severity == ERROR for problem in problems)
    if not rows and not refused:
        problems.append(Problem(ERROR, "nothing_left"))
    if store and rows and not refused and not outcome.repeat:
        problems += check_record_revisions(store, reading.records)
    return replace(
        outcome,
        records=reading.records,
        ignored=(*document.ignored, *reading.ignored),
        problems=errors_first(problems),
        synthetic=reading.synthetic,
    )


def _said_once(outcome: CheckedFile) -> list[Problem]:
    """A period that a saved mapping says of every file: the headers cannot tell whether it is true of this one."""
    mapping = outcome.mapping
    period = mapping.supply.constants.get("period") if mapping and mapping.supply and mapping.name else None
    values = {"name": mapping.name} if mapping else {}
    return [Problem(WARNING, "mapping_same_period", found=period, values=values)] if period else []


def _layout_of(outcome: CheckedFile) -> RecordLayout:
    """The layout that reads the file, or what a mapping says in its stead."""
    supply = outcome.mapping.supply if outcome.mapping else None
    if supply is None:
        return RECORD_LAYOUTS[str(outcome.layout)]
    return RecordLayout(
        lambda _: True, lambda document, known, store: read_mapped_supply(document, supply, known, store), units=True
    )


def check_record_revisions(store: Store, records: Records) -> list[Problem]:
    """A warning for each kind of which published records would be another."""
    problems = []
    for kind in _REVISED:
        if kind not in records:
            continue
        changed = compared_records(store, kind, records[kind]).filter(change="changed").height
        if changed:
            values = {"count": changed}
            problems.append(Problem(WARNING, "revision", variant=f"revision_{kind}", values=values, area="records"))
    return problems
