"""The sample data: every file of `sample_data/`, published into a store that holds nothing else."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from access import SYSTEM
from loaders.check import check_file, stored_as
from loaders.publishing.publish import publish_file
from locales import text
from locales.refused import Refused
from models import Store
from models.settings import PROJECT

SAMPLE_FOLDER: Final = PROJECT / "sample_data"
_KINDS: Final = (".csv", ".json", ".xlsx")


@dataclass(frozen=True)
class SampleFile:
    """One sample file in the store. `repeat`: it stood there already."""

    file: str
    upload: int
    repeat: bool


class SamplesRefused(Refused):
    """The store holds files of its own. Nothing was changed."""

    def __init__(self, files: tuple[str, ...]) -> None:
        super().__init__(files)
        self.files = files

    def message(self, language: str = "sv") -> str:
        return text("cli.sample.refused", language, files=", ".join(self.files))


def publish_samples(store: Store, *, note: str = "Exempeldata", folder: Path = SAMPLE_FOLDER) -> list[SampleFile]:
    """Publish every sample file that the store lacks; a second run changes nothing. Files that call themselves
    synthetic go first, so that a real figure of the same key, published later, is the current one.

    Raises SamplesRefused where the store holds any other upload, and RejectedFile for a sample file with an error.
    """
    contents = {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.suffix in _KINDS}
    _refuse_other_files(store, {hashlib.sha256(content).hexdigest() for content in contents.values()})
    there = {name: stored_as(store, hashlib.sha256(content).hexdigest()) for name, content in contents.items()}
    known = [SampleFile(name, upload, repeat=True) for name, upload in there.items() if upload is not None]
    checked = [check_file(None, name, contents[name]) for name, upload in there.items() if upload is None]
    new = []
    for one in sorted(checked, key=lambda one: (not one.synthetic, one.file)):
        done = publish_file(store, one, by=SYSTEM, note=note, accept_warnings=True)
        new.append(SampleFile(one.file, done.upload_id, repeat=False))
    return sorted([*known, *new], key=lambda one: one.upload)


def _refuse_other_files(store: Store, samples: set[str]) -> None:
    held = store.frame(
        "SELECT file, sha256 FROM upload WHERE status <> 'rejected'", {"file": pl.String, "sha256": pl.String}
    )
    others = held.filter(~pl.col("sha256").is_in(list(samples)))["file"]
    if others.len():
        raise SamplesRefused(tuple(others.unique(maintain_order=True)))
