"""`export workbook|csv` and `template`: files that leave."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer

from analysis import Comparison, compare_regions, series_over_time
from analysis.choices import chosen_indicator, chosen_regions
from analysis.groups import audited_regions
from commands.options import AsOf, Benchmark, Json, Level, Period, Regions, SexOption, help_text, listed
from commands.terminal import WRONG_USAGE, Terminal, terminal
from exports import (
    comparison_csv,
    comparison_workbook,
    everything_csv,
    everything_workbook,
    size_in_words,
    template_workbook,
)
from locales.numbers import format_number
from models import Store
from opendata import package_files, zipped
from views.area import area
from views.parts import Reader

IndicatorOption = Annotated[str | None, typer.Option("--indicator", help=help_text("indicator"))]
Kind = Annotated[Literal["workbook", "csv", "datapackage"], typer.Argument(help=help_text("export_kind"))]
Only = Annotated[str | None, typer.Option("--only", help=help_text("only"))]
All = Annotated[bool, typer.Option("--all", help=help_text("all"))]
Place = Annotated[Path, typer.Option("--out", help=help_text("out"))]
TemplateOut = Annotated[Path | None, typer.Option("--out", dir_okay=False, help=help_text("template_out"))]


def register(app: typer.Typer) -> None:
    app.command("export", help=help_text("export"))(export)
    app.command("template", help=help_text("template"))(template)


def export(
    ctx: typer.Context,
    kind: Kind,
    out: Place,
    indicator: IndicatorOption = None,
    everything: All = False,
    only: Only = None,
    period: Period = None,
    benchmark: Benchmark = "riket",
    regions: Regions = None,
    sex: SexOption = "T",
    level: Level = "95",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as speaking:
        if kind == "datapackage":
            if everything or only is not None or period is not None or regions is not None or sex != "T":
                speaking.refuse(speaking.said("export_package_whole"), WRONG_USAGE)
            _package(out, indicator, as_of.date() if as_of else None, speaking)
        if everything == (indicator is not None):
            speaking.refuse(speaking.said("export_choose"), WRONG_USAGE)
        if everything and (period is not None or regions is not None or sex != "T"):
            speaking.refuse(speaking.said("export_all_alone"), WRONG_USAGE)
        if only is not None and not everything:
            speaking.refuse(speaking.said("export_only_of_all"), WRONG_USAGE)
        refuse_place(out, speaking)
        store, day, names = speaking.store(), as_of.date() if as_of else None, listed(regions)
        facts: dict[str, Any] = {"format": kind, "indicator": indicator, "period": None, "as_of": day}
        if indicator is None:
            make = {"workbook": everything_workbook, "csv": everything_csv}[kind]
            chosen = None if only is None else [chosen_indicator(one).id for one in listed(only) or ()]
            if kind == "workbook":
                speaking.tell(size_in_words(store, day, chosen, speaking.language))
            content = make(store, as_of=day, language=speaking.language, chosen=chosen)
        else:
            shown = compare_regions(
                store, indicator, period, regions=names, sex=sex, benchmark=benchmark, level=float(level), as_of=day
            )
            facts["period"] = shown.period.key if shown.period else None
            content = _shown(kind, store, shown, names, speaking.language)
        deliver(content, out, {**facts, "data_version": store.data_version()}, speaking)


def _package(out: Path, indicator: str | None, day: date | None, speaking: Terminal) -> NoReturn:
    """Write a data package: one file where the name ends in .zip, else a folder that does not exist yet."""
    store, packed = speaking.store(), out.suffix == ".zip"
    if indicator is not None:
        chosen_indicator(indicator)
    if not packed and out.exists():
        speaking.refuse(speaking.said("out_exists", folder=out))
    refuse_place(out, speaking)
    files = package_files(store, speaking.language, indicator=indicator, as_of=day)
    facts = {"format": "datapackage", "indicator": indicator, "as_of": day, "data_version": store.data_version()}
    if packed:
        deliver(zipped(files), out, facts, speaking)
    try:
        write_folder(files, out)
    except OSError as error:
        speaking.refuse(speaking.said("out_failed", file=out, error=error.strerror))
    size = sum(map(len, files.values()))
    document = {"folder": str(out), "files": list(files), "size": size, **facts}
    shown = speaking.said("written", file=out, size=format_number(size, 0, speaking.language))
    speaking.answer(document, shown)


def _shown(kind: str, store: Store, shown: Comparison, regions: list[str] | None, language: str) -> bytes:
    """The shown table as a file; a workbook brings its series of the same kind of period along."""
    if kind == "csv":
        return comparison_csv(shown, language=language)
    series = series_over_time(
        store,
        shown.indicator.id,
        regions=regions,
        sex=shown.sex,
        kind=shown.period.kind if shown.period else None,
        as_of=shown.as_of,
    )
    reader = Reader(language, store, shown.as_of)
    chosen = chosen_regions(regions) if regions else audited_regions(store, shown.as_of)
    return comparison_workbook(reader, area(reader, shown, series, chosen), shown, series)


def template(ctx: typer.Context, out: TemplateOut = None, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as speaking:
        file = out or Path(speaking.said("template_file"))
        if out is None and file.exists():  # it may be one that somebody has filled in
            speaking.refuse(speaking.said("template_exists", file=file))
        refuse_place(file, speaking)
        deliver(template_workbook(speaking.language), file, {"format": "template"}, speaking)


def refuse_place(file: Path, speaking: Terminal) -> None:
    """End the command where `file` cannot be written: no such folder, or something else than a file there."""
    if not file.resolve().parent.is_dir():
        speaking.refuse(speaking.said("out_no_folder", folder=file.parent), WRONG_USAGE)
    if file.exists() and not file.is_file():
        speaking.refuse(speaking.said("out_not_a_file", file=file), WRONG_USAGE)


def deliver(content: bytes, file: Path, facts: dict[str, Any], speaking: Terminal) -> NoReturn:
    """Write the file whole or not at all, and say what it is."""
    try:
        write_whole(content, file)
    except OSError as error:
        speaking.refuse(speaking.said("out_failed", file=file, error=error.strerror))
    document = {"file": str(file), "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), **facts}
    size = format_number(len(content), 0, speaking.language)
    speaking.answer(document, speaking.said("written", file=file, size=size))


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Make `folder` with these files (path → bytes) in one step: it is there whole or not at all."""
    place = folder.resolve()
    part = place.with_name(f".{os.getpid()}.part")
    try:
        for path, content in files.items():
            (part / path).parent.mkdir(parents=True, exist_ok=True)
            (part / path).write_bytes(content)
        part.rename(place)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def write_whole(content: bytes, file: Path) -> None:
    """Replace `file` by `content` in one step: a reader, or a crash, meets the old file or the new one."""
    place = file.resolve()
    part = place.with_name(f".{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
