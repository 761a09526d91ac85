"""From a file's bytes to a CheckedFile: recognise → read → check. Never raises for a bad file."""

import hashlib
from dataclasses import replace
from pathlib import PurePath
from typing import Final

import polars as pl
from sqlalchemy import Connection
from sqlalchemy import text as sql

from indicators import Catalogue, catalogue
from loaders.checked import CheckedFile
from loaders.checks import Judged, check_persons, judge
from loaders.checks.revisions import check_revisions
from loaders.formats import Document, Unreadable, read_document
from loaders.layouts import LAYOUTS, Reading, lacks_periods, layout_of
from loaders.problems import ERROR, SHOWN_PER_RULE, Problem, errors_first
from models import Store, settings

_SYNTHETIC: Final = "syntetisk"
_MEGABYTE: Final = 1_000_000
_SAME_FILE: Final = "SELECT min(id) FROM upload WHERE sha256 = :sha256 AND status IN ('staged', 'published')"


def stored_as(store: Store, sha256: str) -> int | None:
    """The upload that holds these very bytes, staged or published; None after a withdrawal."""
    with store.read() as connection:
        return stored_within(connection, sha256)


def stored_within(connection: Connection, sha256: str) -> int | None:
    """`stored_as` inside the caller's transaction."""
    found = connection.execute(sql(_SAME_FILE), {"sha256": sha256}).scalar_one()
    return None if found is None else int(found)


def _says_synthetic(document: Document, reading: Reading) -> bool:
    """Whether a source, comment or note of the file calls the figures "syntetisk" (any case)."""
    told = [claims.frame[name] for claims in reading.claims for name in ("source", "comment") if name in claims.frame]
    told += [pl.Series([cell for _, texts in sheet.top(10) for cell in texts]) for sheet in document.sheets]
    if isinstance(document.tree, dict):
        told.append(pl.Series([value for value in document.tree.values() if isinstance(value, str)], dtype=pl.String))
    return any(
        part.cast(pl.String).unique().str.to_lowercase().str.contains(_SYNTHETIC, literal=True).any() for part in told
    )


def _nothing_left(judged: Judged, problems: list[Problem]) -> list[Problem]:
    """A file of which no figure remains is refused, unless an error already says why."""
    if judged.observations.height or any(problem.severity == ERROR for problem in problems):
        return []
    return [Problem(ERROR, "nothing_left")]


def check_file(store: Store | None, name: str, content: bytes) -> CheckedFile:
    """Recognise, read and check a file. A hopeless one is a CheckedFile with an error; nothing is stored.

    With a store, a repeat is recognised and changes to published figures are listed.
    """
    file, known = PurePath(name.replace("\\", "/")).name, catalogue()
    sha256 = hashlib.sha256(content).hexdigest()
    outcome = CheckedFile(file, sha256, len(content), content, repeat_of=stored_as(store, sha256) if store else None)
    try:
        if len(content) > settings().max_file_mb * _MEGABYTE:
            found = str(len(content) // _MEGABYTE)
            raise Unreadable(Problem(ERROR, "too_large", found=found, values={"limit": settings().max_file_mb}))
        document = read_document(content)
    except Unreadable as unreadable:
        return replace(outcome, problems=(unreadable.problem,))
    persons = check_persons(document)
    layout = layout_of(document)
    if persons or layout is None:
        variant = "no_period" if not persons and lacks_periods(document, known) else ""
        unknown = Problem(ERROR, "unknown_layout", variant=variant)
        return replace(outcome, layout=layout, problems=tuple(persons) or (unknown,))
    documents = [document]
    del document
    return _judged(store, outcome, layout, documents.pop(), known)


def _judged(
    store: Store | None, outcome: CheckedFile, layout: str, document: Document, known: Catalogue
) -> CheckedFile:
    reading = LAYOUTS[layout].read(document, known)
    read_sheets = {claims.sheet for claims in reading.claims}
    # What is hidden or uncalculated in a sheet that is not read touches no figure.
    problems = [problem for problem in document.problems if not problem.sheet or problem.sheet in read_sheets]
    problems += reading.problems
    ignored = (*document.ignored, *reading.ignored)
    synthetic = _says_synthetic(document, reading)
    claimed = [reading]
    # The cells are many times the observations: nothing may hold them through the checks.
    del document, reading
    judged = judge(claimed.pop(), known)
    uncalculated = {(problem.sheet, problem.cell) for problem in problems if problem.rule == "formula_without_value"}
    # A formula never calculated is an empty cell too: told once, by its cause. The row that counts those not listed
    # has no cell, and is left out with them.
    uncalculated |= {("", "")} if len(uncalculated) > SHOWN_PER_RULE else set()
    problems += [
        problem
        for problem in judged.problems
        if problem.rule != "empty_value" or (problem.sheet, problem.cell) not in uncalculated
    ]
    problems += _nothing_left(judged, problems)
    # A refused file's figures may lack region or period; a repeat's are its own earlier ones.
    if store and not outcome.repeat and all(problem.severity != ERROR for problem in problems):
        problems += check_revisions(store, layout, judged.observations, known)
    return replace(
        outcome, layout=layout, ignored=(*ignored, *judged.ignored), problems=errors_first(problems),
        observations=judged.observations, synthetic=synthetic,
    )  # fmt: skip
