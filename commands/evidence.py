"""`evidence`: everything behind a region's report in one zip; `verify`: whether such a zip is as it was made."""

import contextlib
import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Annotated

import typer

from access import LOCAL_CLI, require
from commands.export import deliver, refuse_place
from commands.options import AsOf, Json, Level, Out, startup_language
from commands.terminal import DONE, REFUSED, terminal
from exports.evidence_file.made import EvidenceRefused, evidence_zip
from exports.evidence_file.verify import main as verified
from locales import text
from models import settings
from views.evidence_file import evidence_file
from views.parts import Reader

_LANGUAGE = startup_language()
RegionOption = Annotated[str, typer.Option("--region", help=text("papers.help.region", _LANGUAGE))]
Public = Annotated[bool, typer.Option("--public", help=text("evidence_file.help.public", _LANGUAGE))]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=text("evidence_file.help.file", _LANGUAGE))]


def register(app: typer.Typer) -> None:
    app.command("evidence", help=text("evidence_file.help.evidence", _LANGUAGE))(evidence)
    app.command("verify", help=text("evidence_file.help.verify", _LANGUAGE))(verify)


def evidence(
    ctx: typer.Context,
    region: RegionOption,
    out: Out,
    public: Public = False,
    level: Level = "95",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as speaking:
        refuse_place(out, speaking)
        if not public:
            require(LOCAL_CLI, "originals")
            speaking.tell(text("evidence_file.readme.not_public", speaking.language))
        store, day = speaking.store(), as_of.date() if as_of else None
        reader = Reader(speaking.language, store, day)
        view = evidence_file(reader, region, level=float(level))
        content = evidence_zip(reader, view, public=public)
        facts = {"format": "evidence", "region": view.region, "public": public, "as_of": day}
        deliver(content, out, {**facts, "data_version": store.data_version()}, speaking)


def verify(ctx: typer.Context, file: File, as_json: Json = False) -> None:
    """Our own verify.py is run on what the zip holds, never the zip's."""
    with terminal(ctx, as_json) as speaking, tempfile.TemporaryDirectory() as folder, io.StringIO() as said:
        try:
            with zipfile.ZipFile(file) as book:
                if sum(one.file_size for one in book.infolist()) > settings().max_file_mb * 2**20:
                    raise EvidenceRefused("large", mb=settings().max_file_mb)
                book.extractall(folder)
            own = (Path(folder) / "verify.py").read_text(encoding="utf-8", errors="replace")
            manifest = re.search(r'^MANIFEST = "(\w*)"', own, re.MULTILINE)
            with contextlib.redirect_stdout(said):
                wrong = verified(Path(folder), manifest[1] if manifest else "")
        except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
            raise EvidenceRefused("unreadable", file=file, error=error) from error
        lines = said.getvalue().splitlines()
        speaking.answer({"whole": not wrong, "said": lines}, "\n".join(lines), REFUSED if wrong else DONE)
