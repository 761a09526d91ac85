"""From a file's bytes to a CheckedFile: recognise → read → check. Never raises for a bad file."""

import hashlib
import json
from dataclasses import replace
from typing import Final

import polars as pl
from sqlalchemy import Connection
from sqlalchemy import text as sql

from indicators import Catalogue, catalogue
from indicators.file_layouts import MAPPED
from loaders.check_records import check_records
from loaders.checked import CheckedFile, DeskRefused
from loaders.checks import Judged, check_persons, judge, names_people
from loaders.checks.conservation import conserved
from loaders.checks.evidence import check_evidence
from loaders.checks.published import PublishedFigures
from loaders.checks.revisions import check_revisions
from loaders.file_names import file_name
from loaders.formats import Document, Unreadable, read_document
from loaders.formats.docx import as_document
from loaders.layouts import LAYOUTS, Reading, confidence_of, layout_of
from loaders.layouts.obstacles import obstacle
from loaders.mapping import Mapping, find_mapping, read_mapped, without_totals
from loaders.plausibility import screen
from loaders.problems import ERROR, SHOWN_PER_RULE, WARNING, Problem, errors_first
from loaders.records import RECORD_LAYOUTS, record_layouts_of
from loaders.tables.document import says_synthetic
from models import Store, settings

_MEGABYTE: Final = 1_000_000
_LIKELY: Final = 0.5  # under this a saved mapping with the very headers is believed before a layout's shape
_LOCKS: Final = ("~$", ".~lock.")
"""How Excel, Word and LibreOffice begin the name of what they put beside an open file."""
_LARGEST_LOCK: Final = 2_000  # bytes
_STORED: Final = sql("SELECT file, content, layout, report FROM upload WHERE id = :id")
_SAME_FILE: Final = "SELECT min(id) FROM upload WHERE sha256 = :sha256 AND status IN ('staged', 'published')"


def stored_as(store: Store, sha256: str) -> int | None:
    """The upload that holds these very bytes, staged or published; None after a withdrawal."""
    with store.read() as connection:
        return stored_within(connection, sha256)


def check_staged(store: Store, upload_id: int) -> CheckedFile:
    """A staged upload's stored bytes, checked again against what is published now. DeskRefused for no such upload."""
    with store.read() as connection:
        found = connection.execute(_STORED, {"id": upload_id}).one_or_none()
    if found is None:
        raise DeskRefused("unknown_upload", upload=upload_id)
    file, content, layout, report = found
    if mapped := json.loads(report).get("mapping"):
        mapping = Mapping.model_validate(mapped)
        return check_file(store, file, bytes(content), staged_as=upload_id, mapping=mapping)
    return check_file(
        store,
        file,
        bytes(content),
        staged_as=upload_id,
        layout=layout if layout in LAYOUTS or layout in RECORD_LAYOUTS else None,
    )


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
    return any(says_synthetic(part.cast(pl.String).unique()) for part in told)


def _nothing_left(judged: Judged, problems: list[Problem]) -> list[Problem]:
    """A file of which no figure remains is refused, unless an error already says why."""
    if judged.observations.height or any(problem.severity == ERROR for problem in problems):
        return []
    return [Problem(ERROR, "nothing_left")]


def check_file(
    store: Store | None,
    name: str,
    content: bytes,
    *,
    staged_as: int | None = None,
    layout: str | None = None,
    mapping: Mapping | None = None,
) -> CheckedFile:
    """Recognise, read and check a file. A hopeless one is a CheckedFile with an error; nothing is stored.

    With a store, a repeat is recognised and changes to published figures are listed. `staged_as`: the upload these
    bytes are, which is no repeat of itself. `layout` (of LAYOUTS or RECORD_LAYOUTS) or `mapping`: how a person says to
    read it.
    """
    file, known = file_name(name), catalogue()
    sha256 = hashlib.sha256(content).hexdigest()
    same = stored_as(store, sha256) if store else None
    outcome = CheckedFile(
        file,
        sha256,
        len(content),
        content,
        repeat_of=None if same == staged_as else same,
        data_version=store.newest_publication() if store else None,
    )
    try:
        if len(content) > settings().max_file_mb * _MEGABYTE:
            found = str(len(content) // _MEGABYTE)
            raise Unreadable(Problem(ERROR, "too_large", found=found, values={"limit": settings().max_file_mb}))
        if file.startswith(_LOCKS) and len(content) < _LARGEST_LOCK and not content.startswith(b"PK"):
            raise Unreadable(Problem(ERROR, "refused_format", variant="refused_lock_file"))
        document = read_document(content)
    except Unreadable as unreadable:
        return replace(outcome, problems=(as_document(file, unreadable.problem),))
    fitting = () if mapping else record_layouts_of(document)
    if layout in fitting or (layout is None and fitting):
        readings = (*fitting, *(name for name, each in LAYOUTS.items() if each.recognise(document)))
        outcome = replace(outcome, layout=layout or fitting[0], confidence=1.0, readings=readings)
        return check_records(store, outcome, document, known)
    if document.format == "docx":
        return replace(outcome, problems=(Problem(ERROR, "docx_no_form", area="followup_file"),))
    persons = check_persons(document)
    outcome = replace(outcome, screened=not persons and not names_people(document))
    outcome = _recognised(store, outcome, document, known, layout, mapping)
    if outcome.mapping and outcome.mapping.supply:
        return check_records(store, outcome, document, known)
    if persons or outcome.layout is None:
        unknown = Problem(ERROR, "unknown_layout")
        if not persons and (way := obstacle(document, known)):
            unknown = replace(
                unknown, variant=way.variant, sheet=way.sheet, cell=way.cell, found=way.found, values=way.values
            )
        return replace(outcome, problems=tuple(persons) or (as_document(file, unknown),))
    documents = [document]
    del document
    try:
        return _judged(store, outcome, documents.pop(), known, saved=mapping is None)
    except (pl.exceptions.PanicException, pl.exceptions.PolarsError) as panic:
        # A panic is a BaseException: it would end the session that reads the file.
        return replace(outcome, problems=(Problem(ERROR, "judging_failed", found=str(panic)),))


def _recognised(
    store: Store | None,
    outcome: CheckedFile,
    document: Document,
    known: Catalogue,
    layout: str | None,
    mapping: Mapping | None,
) -> CheckedFile:
    """The outcome with layout, confidence and mapping: what a person says, else a layout known by its headers, else a
    saved mapping with these headers, else a table that looks like one of a layout's."""
    if mapping:
        return replace(outcome, layout=MAPPED, confidence=1.0, mapping=mapping)
    if layout:
        fits = layout in LAYOUTS and LAYOUTS[layout].recognise(document)
        return replace(outcome, layout=layout if fits else None, confidence=1.0)
    found = layout_of(document)
    sure = confidence_of(found, document, known) if found else None
    if store and (sure is None or sure < _LIKELY) and (saved := find_mapping(store, document)):
        return replace(outcome, layout=MAPPED, confidence=1.0, mapping=saved)
    return replace(outcome, layout=found, confidence=sure)


def _read(document: Document, outcome: CheckedFile, known: Catalogue, saved: bool) -> tuple[Document, Reading]:
    """The claims, and the document without the faults of what a mapping leaves."""
    if outcome.mapping is None:
        return document, LAYOUTS[str(outcome.layout)].read(document, known)
    reading = read_mapped(document, outcome.mapping, known)
    constant = [spec.period.text for spec in outcome.mapping.tables if spec.period.kind == "constant"]
    if saved and constant:
        # Written once for another file: the headers cannot tell whether it is true of this one.
        said = Problem(WARNING, "mapping_same_period", found=", ".join(constant), values={"name": outcome.mapping.name})
        reading = replace(reading, problems=(*reading.problems, said))
    return without_totals(document, reading), reading


def _judged(
    store: Store | None, outcome: CheckedFile, document: Document, known: Catalogue, saved: bool
) -> CheckedFile:
    document, reading = _read(document, outcome, known, saved)
    reading = conserved(reading, known)
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
        regional, of_regions = judged.observations, pl.col("care_unit") == ""
        if not regional.select(of_regions.all()).item():
            regional = regional.filter(of_regions)
        published = PublishedFigures(store, regional, synthetic=synthetic)
        problems += check_revisions(published, str(outcome.layout), regional, known)
        problems += check_evidence(store, published, regional, known, synthetic=synthetic)
        problems += screen(regional, published, known)
    return replace(
        outcome,
        ignored=(*ignored, *judged.ignored),
        problems=errors_first(problems),
        observations=judged.observations,
        synthetic=synthetic,
    )
