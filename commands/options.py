"""The arguments and options that commands share, with their help in the reader's language."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from locales import DEFAULT_LANGUAGE, LANGUAGES, text


def startup_language() -> str:
    """The language of help texts, which typer fixes when the commands are built: DASHBOARD_LANGUAGE, else Swedish."""
    asked = os.environ.get("DASHBOARD_LANGUAGE", "")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def help_text(key: str) -> str:
    return text(f"cli.help.{key}", startup_language())


Sex = Literal["T", "K", "M"]
Json = Annotated[bool, typer.Option("--json", help=help_text("json"))]
AcceptWarnings = Annotated[bool, typer.Option("--accept-warnings", help=help_text("accept_warnings"))]
ReplaceEvidence = Annotated[bool, typer.Option("--replace-evidence", help=help_text("replace_evidence"))]
Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True, help=help_text("files"))]
Out = Annotated[Path, typer.Option("--out", dir_okay=False, help=help_text("out"))]
Period = Annotated[str | None, typer.Option("--period", help=help_text("period"))]
Benchmark = Annotated[str, typer.Option("--benchmark", help=help_text("benchmark"))]
Regions = Annotated[str | None, typer.Option("--regions", help=help_text("regions"))]
SexOption = Annotated[Sex, typer.Option("--sex", help=help_text("sex"))]
RankIntervals = Annotated[
    Literal["marginal", "simultaneous"], typer.Option("--rank-intervals", help=help_text("ranks"))
]
Level = Annotated[Literal["95", "99.8"], typer.Option("--level", help=help_text("level"))]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help=help_text("as_of"))]


def listed(regions: str | None) -> list[str] | None:
    """The regions of `--regions a,b`; None for all.

    >>> listed("Norrbotten, 24"), listed(None)
    (['Norrbotten', '24'], None)
    """
    return None if regions is None else [name.strip() for name in regions.split(",") if name.strip()]
