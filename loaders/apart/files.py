"""The checks of loaders.check, done apart: what their process does not survive is a fault of the file."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from analysis.status import original_file
from loaders.apart import Job, Stopped
from loaders.checked import CheckedFile
from loaders.file_names import file_name
from loaders.mapping import Mapping
from loaders.problems import ERROR, Problem
from models import Store, settings


class FileJob:
    """A check whose outcome is a CheckedFile in any case. `result` is called once, in a thread of its own."""

    def __init__(self, job: Job, name: str, read: Callable[[], bytes]) -> None:
        self._job, self._name, self._read = job, name, read
        self.stop = job.stop

    def result(self) -> CheckedFile:
        try:
            checked = self._job.result()
        except Stopped as stopped:
            content = self._read()
            why = f"{settings().read_seconds} s" if stopped.late else "–"
            sha256 = hashlib.sha256(content).hexdigest()
            told = (Problem(ERROR, "judging_failed", variant="judging_limits", found=why),)
            return CheckedFile(file_name(self._name), sha256, len(content), content, problems=told)
        assert isinstance(checked, CheckedFile)
        return checked if checked.content else replace(checked, content=self._read())


def file_job(
    store: Store | None, name: str, content: bytes, *, layout: str | None = None, mapping: Mapping | None = None
) -> FileJob:
    """loaders.check.check_file, apart."""
    job = Job(store, "check_file", name, content, layout=layout, mapping=mapping)
    return FileJob(job, name, lambda: content)


def staged_job(store: Store, upload_id: int, name: str) -> FileJob:
    """loaders.check.check_staged, apart."""
    return FileJob(Job(store, "check_staged", upload_id), name, lambda: _original(store, upload_id))


def _original(store: Store, upload_id: int) -> bytes:
    found = original_file(store, upload_id)
    return found[1] if found else b""
