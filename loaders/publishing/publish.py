"""Stage, publish, reject: each in one transaction with its line in the audit log, or nothing.

An upload is `staged` (stored, seen by nobody), then `published`, then perhaps `withdrawn`; or `rejected` before it was
published. What readers see follows from the sequence of publications alone (models.publications).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy import text as sql

from access import Actor, Event, log_event, require
from loaders.check import stored_within
from loaders.checked import CheckedFile, DeskRefused, RejectedFile
from loaders.publishing.statuses import (
    of_status,
    publication_moment,
    refuse_other_regions,
    require_note,
    set_status,
    uploaded_by,
)
from loaders.publishing.storing import go_on, insert_row, overtaking_records, same_records, store_upload
from models import Publication, Store, settings
from models.digests import stored_digest
from models.seals import ROWS, seals

_FIGURES = sql("SELECT indicator, region, care_unit, period, sex, value FROM observation WHERE upload_id = :id")
_NEWER = sql("SELECT 1 FROM publication WHERE id > :seen AND upload_id <> :id")
_OVERTAKEN = sql("""
SELECT DISTINCT u.file FROM publication p
JOIN upload u ON u.id = p.upload_id
JOIN observation theirs ON theirs.upload_id = p.upload_id
JOIN observation ours ON ours.upload_id = :id AND ours.indicator = theirs.indicator AND ours.region = theirs.region
 AND ours.care_unit = theirs.care_unit AND ours.period = theirs.period AND ours.sex = theirs.sex
 AND ours.age = theirs.age
WHERE p.id > :seen AND p.upload_id <> :id ORDER BY u.file
""")
"""Files published or withdrawn after the version the publisher has seen, that hold a key of this upload."""


@dataclass(frozen=True)
class Published:
    """Where the file went. A repeat points at the upload that already holds the same bytes."""

    upload_id: int
    publication_id: int | None
    repeat: bool


@dataclass(frozen=True)
class Confirmed:
    """What a person answered: the revision note, and a reason per warning (`Problem.key` → reason). `all_warnings`:
    every warning is confirmed with the note as its reason (the terminal's `--accept-warnings`). `replace_evidence`: the
    file's rows stand even where published ones say the same with more evidence; no other answer does that."""

    note: str = ""
    reasons: Mapping[str, str] | None = None
    all_warnings: bool = False
    replace_evidence: bool = False

    def of(self, checked: CheckedFile) -> list[dict[str, str]]:
        """Each warning with its reason, as the publication keeps it; RejectedFile where one is not confirmed."""
        given = self.reasons or {}
        answered = []
        for warning in checked.warnings:
            reason = given.get(warning.key, "").strip() or (self.note.strip() if self.all_warnings else "")
            if not reason and not self.all_warnings:
                raise RejectedFile(checked, "warnings")
            answered.append({"rule": warning.rule, "message": warning.message(), "reason": reason})
        return answered


def stage_file(
    store: Store,
    checked: CheckedFile,
    *,
    by: Actor,
    note: str = "",
    reasons: Mapping[str, str] | None = None,
    synthetic: bool = False,
    halt: Callable[[], None] = go_on,
) -> Published:
    """Store a checked file without publishing it. Note and reasons go to whoever publishes, through the log.

    Raises RejectedFile for errors, Forbidden without the permission, and whatever `halt` raises: it is called between
    the parts of the work, and what it raises undoes them all."""
    require(by, "upload")
    _refuse(checked)
    refuse_other_regions(checked, by)
    with store.write() as connection:
        if (same := stored_within(connection, checked.sha256)) is not None:
            return Published(same, None, repeat=True)
        upload_id, rows = store_upload(
            store, connection, checked, status="staged", by=by, synthetic=synthetic, halt=halt
        )
        told = {**_facts(checked, rows), "reasons": dict(reasons or {})}
        log_event(connection, by, Event("upload.staged", f"upload:{upload_id}", after=told, reason=note.strip()))
        halt()
    return Published(upload_id, None, repeat=False)


def publish_file(
    store: Store,
    checked: CheckedFile,
    *,
    by: Actor,
    note: str = "",
    accept_warnings: bool = False,
    reasons: Mapping[str, str] | None = None,
    synthetic: bool = False,
    replace_evidence: bool = False,
    halt: Callable[[], None] = go_on,
) -> Published:
    """Store and publish a checked file at once. The same bytes, staged or published, change nothing (`repeat`).

    Raises RejectedFile for errors (nothing in it is one), unconfirmed warnings and a revision without a note;
    DeskRefused where another person must publish (four eyes) or somebody published the same figures since the check;
    Forbidden; and whatever `halt` raises, which is called between the parts of the work, up to the commit. The store is
    then as before.
    """
    require(by, "upload")
    require(by, "publish")
    confirmed = Confirmed(note, reasons, accept_warnings, replace_evidence)
    with store.write() as connection:
        # Asked inside the transaction: two people may publish the same file at once.
        if (same := stored_within(connection, checked.sha256)) is not None:
            return Published(same, None, repeat=True)
        _refuse(checked)
        refuse_other_regions(checked, by)
        answered = _answered(checked, confirmed)
        _refuse_same_person(by, by.key)
        upload_id, rows = store_upload(
            store, connection, checked, status="published", by=by, synthetic=synthetic, halt=halt
        )
        publication_id = _publish(connection, checked, upload_id, rows, by, confirmed, answered)
        halt()
    return Published(upload_id, publication_id, repeat=False)


def publish_staged(
    store: Store,
    upload_id: int,
    checked: CheckedFile,
    *,
    by: Actor,
    note: str = "",
    reasons: Mapping[str, str] | None = None,
    accept_warnings: bool = False,
    replace_evidence: bool = False,
    halt: Callable[[], None] = go_on,
) -> Published:
    """Publish a staged upload. `checked`: its stored bytes, checked again against what is published now.

    Raises as publish_file does, and DeskRefused where the upload is not staged."""
    require(by, "publish")
    confirmed = Confirmed(note, reasons, accept_warnings, replace_evidence)
    with store.write() as connection:
        upload = of_status(connection, upload_id, "staged")
        _refuse(checked)
        if checked.sha256 != upload["sha256"] or not _same_figures(connection, upload_id, checked):
            raise DeskRefused("other_bytes", upload=upload_id)
        answered = _answered(checked, confirmed)
        _refuse_same_person(by, upload["uploaded_by"])
        set_status(connection, upload_id, "published")
        halt()
        rows = _rows_as_sealed(connection, upload_id)
        publication_id = _publish(connection, checked, upload_id, rows, by, confirmed, answered)
        halt()
    return Published(upload_id, publication_id, repeat=False)


def _same_figures(connection: Connection, upload_id: int, checked: CheckedFile) -> bool:
    """Whether what was stored is what was checked: a later release may read the same bytes otherwise."""
    found = connection.execute(_FIGURES, {"id": upload_id})
    stored = {tuple(row[:-1]): row[-1] for row in found}
    names = ["indicator", "region", "care_unit", "period", "sex", "value"]
    figures = {row[:-1]: row[-1] for row in checked.observations.select(names).iter_rows()}
    return stored == figures and same_records(connection, upload_id, checked.records)


def reject_staged(store: Store, upload_id: int, *, by: Actor, note: str) -> None:
    """Put a staged upload aside for good; its bytes and its reason stay. The one who brought it may take it back."""
    require(by, "upload" if by.key == uploaded_by(store, upload_id) else "publish")
    require_note(note)
    with store.write() as connection:
        of_status(connection, upload_id, "staged")
        set_status(connection, upload_id, "rejected")
        log_event(connection, by, Event("upload.rejected", f"upload:{upload_id}", reason=note.strip()))


def _rows_as_sealed(connection: Connection, upload_id: int) -> str:
    """The digest of a staged upload's rows, as sealed when it was stored. DeskRefused where they are others now."""
    rows = stored_digest(connection, upload_id)
    if any(seal[ROWS] != rows for seal in seals(connection).get(upload_id, ())):
        raise DeskRefused("other_bytes", upload=upload_id)
    return rows


def _publish(
    connection: Connection,
    checked: CheckedFile,
    upload_id: int,
    rows: str,
    by: Actor,
    confirmed: Confirmed,
    answered: list[dict[str, str]],
) -> int:
    _refuse_overtaken(connection, checked, upload_id)
    note = confirmed.note.strip()
    publication_id = insert_row(
        connection,
        Publication,
        upload_id=upload_id,
        action="published",
        at=publication_moment(connection),
        by=by.key,
        note=note,
        confirmations=json.dumps(answered, ensure_ascii=False),
        replace_evidence=confirmed.replace_evidence,
    )
    told = {**_facts(checked, rows), "confirmed": answered}
    if confirmed.replace_evidence:
        told["replace_evidence"] = True
    log_event(connection, by, Event("upload.published", f"upload:{upload_id}", after=told, reason=note))
    return publication_id


def _facts(checked: CheckedFile, rows: str) -> dict[str, object]:
    """What the log keeps of an upload; with the original's hash and the digest of its rows it is their seal."""
    return {
        "file": checked.file,
        "sha256": checked.sha256,
        "layout": checked.layout,
        "observations": checked.rows,
        ROWS: rows,
    }


def _refuse(checked: CheckedFile) -> None:
    if checked.errors:
        raise RejectedFile(checked, "errors")


def _answered(checked: CheckedFile, confirmed: Confirmed) -> list[dict[str, str]]:
    answered = confirmed.of(checked)
    replaced = confirmed.replace_evidence and any(one.rule == "evidence_kept" for one in checked.warnings)
    if (checked.needs_note or replaced) and not confirmed.note.strip():
        raise RejectedFile(checked, "no_note")
    return answered


def _refuse_same_person(by: Actor, uploaded_by: str) -> None:
    if settings().four_eyes_in_force and not by.local and by.key == uploaded_by:
        raise DeskRefused("four_eyes")


def _refuse_overtaken(connection: Connection, checked: CheckedFile, upload_id: int) -> None:
    """The loser of two who publish the same figures at once is told; other figures are nobody's business."""
    if checked.data_version is None:
        return
    seen = {"id": upload_id, "seen": checked.data_version}
    if connection.execute(_NEWER, seen).first() is None:
        return  # nobody has published anything since: a million keys need not be looked up
    found = set(connection.execute(_OVERTAKEN, seen).scalars())
    found |= overtaking_records(connection, checked.records, seen)
    if found:
        raise DeskRefused("overtaken", files=", ".join(sorted(found)))
