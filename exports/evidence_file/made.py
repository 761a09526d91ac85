"""Granskningsakt: the report, the workbook, the originals and what ties them together, in one zip.

A stranger opens it years later with nothing but Python: verify.py follows every figure from the cell of its original to
what the report prints, and finds a changed byte in any file.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any, Final

import polars as pl
from openpyxl.utils import get_column_letter

from access import logged_events, shown_actor
from analysis import original_file, series_over_time
from analysis.benchmarks import WHOLE_MEAN, population_weights
from analysis.history.changelog import publication_log
from analysis.origin.sample import with_printed
from exports.about import program_version
from exports.csvs import csv_table
from exports.data import everything_sheet
from exports.evidence_file.verify import cells, number
from exports.moments import now_in_sweden
from exports.papers import paper_file
from exports.safety import csv_text
from exports.tables import header_of, in_words
from exports.workbooks import comparisons_workbook
from indicators import NATION, catalogue, period_of
from locales import text
from locales.refused import RefusedFor
from models.log import SEALED
from views.evidence_file import EvidenceFile
from views.method import sections
from views.parts import Reader

VERIFY: Final = Path(__file__).with_name("verify.py")
STEPS: Final = (
    "original", "made", "converted", "unread", "ours", "withheld", "workbook", "report", "difference", "change",
    "unchecked",
)  # fmt: skip
"""What is done with a figure. original: its number is read in its original's cell; made: a riket nobody has printed is
the regions' mean by their people; converted: the cell holds a text that is no number by itself; unread: the original is
of a kind that Python alone does not read; ours: we computed it of what is no figure here; withheld: the original is
left out; workbook, report, difference, change: what these say is the same number; unchecked: the report prints it in
another unit."""
_EXACT: Final = 1e-9
_PACKAGES: Final = ("openpyxl", "polars", "sqlalchemy", "typst")
_WAYS: Final = tuple(product(("utf-8-sig", "cp1252", "utf-16"), (";", ",", "\t")))
_FIGURES: Final = ("indicator", "region", "code", "period", "sex", "flags", "upload", "sheet", "cell", "record")
_STEPS: Final = ("figure", "step", "minus", "file", "sheet", "cell", "printed", "within")


class EvidenceRefused(RefusedFor):
    """An evidence file that cannot be made, or read."""

    texts = "evidence_file.refused"


@dataclass(frozen=True)
class _Original:
    """An upload's file: its name in the zip, how verify.py reads it, and what it then finds in each (sheet, cell);
    nothing where it does not."""

    name: str
    content: bytes
    how: Mapping[str, str] | None = None
    held: Mapping[tuple[str, str], Any] = field(default_factory=dict)


def evidence_zip(reader: Reader, view: EvidenceFile, *, public: bool = False, log: bool = True) -> bytes:
    """The file as a zip. `public`: without originals, log and what has no value, each named with its reason. `log`:
    whether whoever gets the file may read the log."""
    if not view.comparisons:
        raise EvidenceRefused("nothing", region=catalogue().regions[view.region].name)
    figures = _with_places(reader, view)
    originals = _originals(reader, figures)
    files = dict(_files(reader, view, figures, originals, public=public, log=log and not public))
    own = VERIFY.read_bytes()
    manifest = _manifest(reader, view, originals, public=public, log=log and not public) | {
        "readers": {
            **({} if public else {one.name: one.how for one in originals.values() if one.how}),
            "workbook.xlsx": {"kind": "xlsx"},
        },
        "files": {name: sha256(content).hexdigest() for name, content in {**files, "verify.py": own}.items()},
    }
    told = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    files["manifest.json"] = told
    files["verify.py"] = own.replace(b'MANIFEST = ""', f'MANIFEST = "{sha256(told).hexdigest()}"'.encode(), 1)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name, content)
    return into.getvalue()


def _with_places(reader: Reader, view: EvidenceFile) -> pl.DataFrame:
    """The figures, numbered, with `printed` and the cell of the workbook's data that each value stands in; null for one
    that stands in none."""
    sheet = everything_sheet(_judged(view), reader.language)
    letters = get_column_letter(sheet.frame.get_column_index(header_of("value", None, reader.language)) + 1)
    return with_printed(reader.store, view.figures).with_columns(
        figure=pl.int_range(1, pl.len() + 1).cast(pl.String),
        workbook=pl.when(pl.int_range(pl.len()) < sheet.frame.height).then(
            pl.concat_str(pl.lit(letters), pl.int_range(2, pl.len() + 2).cast(pl.String))
        ),
        workbook_sheet=pl.lit(sheet.title),
    )


def _judged(view: EvidenceFile) -> pl.DataFrame:
    return pl.concat([one.rows for one in view.comparisons], how="vertical_relaxed")


def _originals(reader: Reader, figures: pl.DataFrame) -> dict[int, _Original]:
    found = {}
    for (upload,), own in figures.drop_nulls("upload").sort("upload").group_by("upload", maintain_order=True):
        stored = original_file(reader.store, int(str(upload)))
        assert stored is not None, upload
        plain = re.sub(r"[^\w.-]", "_", stored[0])
        found[int(str(upload))] = _read(f"originals/{upload}_{plain}", stored[1], own)
    return found


def _read(name: str, content: bytes, figures: pl.DataFrame) -> _Original:
    """The original as verify.py reads it: of the ways of reading, the one that finds most of the figures."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            ways = [{"kind": "xlsx"}] if "xl/workbook.xml" in book.namelist() else []
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        ways = [{"kind": "json"}]
    else:
        ways = [{"kind": "csv", "encoding": one, "delimiter": other} for one, other in _WAYS]
    read = [_Original(name, content, how, held) for how in ways if (held := _held(content, how)) is not None]
    return max(
        read, key=lambda one: sum(_found(one, row) for row in figures.to_dicts()), default=_Original(name, content)
    )


def _held(content: bytes, how: dict[str, str]) -> dict[tuple[str, str], Any] | None:
    try:
        return cells(content, how)
    except (ValueError, KeyError, csv.Error):
        return None


def _found(original: _Original, row: Mapping[str, Any]) -> bool:
    """Whether the number stands, as it is, in the cell. A sheet whose name a spreadsheet would run is another in
    steps.csv, and is not looked for."""
    try:
        stands = number(original.held[row["sheet"], row["cell"]])
    except (ValueError, KeyError):
        return False
    return row["value"] is not None and csv_text(row["sheet"]) == row["sheet"] and abs(stands - row["value"]) <= _EXACT


def _files(
    reader: Reader,
    view: EvidenceFile,
    figures: pl.DataFrame,
    originals: Mapping[int, _Original],
    *,
    public: bool,
    log: bool,
) -> Iterator[tuple[str, bytes]]:
    store, language = reader.store, reader.language
    series = [series_over_time(store, one.indicator.id, as_of=reader.as_of) for one in view.comparisons]
    yield "README.txt", _readme(public=public, language=language).encode()
    yield "report.pdf", paper_file(view.report, "pdf", data_version=store.data_version())
    book = comparisons_workbook(reader, view.beside, view.comparisons, series, chosen=[view.region], ranks="marginal")
    yield "workbook.xlsx", book
    shown = figures.filter(pl.col("value").is_not_null())
    yield "figures.csv", csv_table(_figures_table(shown, language), "en")
    yield "steps.csv", csv_table(_steps_table(reader, view, shown, originals, public=public), "en")
    yield "publications.csv", csv_table(_publications(reader, originals), "en")
    yield "method.txt", _method(language).encode()
    if not public:
        without = figures.filter(pl.col("value").is_null())
        yield "without_value.csv", csv_table(_without_table(without, language), "en")
        yield from ((one.name, one.content) for one in originals.values())
    if log:
        yield "log.json", json.dumps(_log(reader, originals), ensure_ascii=False, indent=1).encode()


def _figures_table(shown: pl.DataFrame, language: str) -> pl.DataFrame:
    """A row per figure with the cell it stands in; its number, which the cell's text is, last."""
    told = in_words(shown, language).with_columns(pl.col("upload").cast(pl.String))
    return told.select("figure", *(pl.col(name) for name in _FIGURES), "printed", "value")


def _without_table(without: pl.DataFrame, language: str) -> pl.DataFrame:
    return in_words(without, language).select("indicator", "region", "code", "period", "sex", "reason")


def _steps_table(
    reader: Reader, view: EvidenceFile, shown: pl.DataFrame, originals: Mapping[int, _Original], *, public: bool
) -> pl.DataFrame:
    """Every figure's way, a row per step: where its number stands again (a cell of a file, or what is printed), less
    which other figure, and how far from each other the two may be."""
    rows = shown.to_dicts()
    known = {(row["indicator"], row["code"], row["period"], row["sex"]): row for row in rows}
    steps = [step for row in rows for step in (*_of_files(row, originals, public=public), *_made(row, known))]
    for one in view.printed:
        if one.number != "–" and (less := known.get(one.less) if one.less else {}) is not None:
            number = one.number.replace(",", "") if reader.language == "en" else one.number
            steps.append(_of_report(known[one.figure], less, number))
    return pl.DataFrame(steps, schema=dict.fromkeys(_STEPS, pl.String), orient="row")


def _of_files(row: Mapping[str, Any], originals: Mapping[int, _Original], *, public: bool) -> Iterator[tuple[str, ...]]:
    figure, original = row["figure"], originals.get(row["upload"])
    if original and not public and _found(original, row):
        yield (figure, "original", "", original.name, row["sheet"], row["cell"], "", str(_EXACT))
    else:
        kept = "withheld" if public else "converted" if original and original.how else "unread"
        if original or row["comment"] != WHOLE_MEAN:
            yield (figure, kept if original else "ours", *("",) * 5, "0")
    if row["workbook"]:
        yield (figure, "workbook", "", "workbook.xlsx", row["workbook_sheet"], row["workbook"], "", str(_EXACT))


def _made(row: Mapping[str, Any], known: Mapping[Any, Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    """A riket that nobody has printed is the regions' mean by their people: it less the parts is nothing."""
    if row["comment"] != WHOLE_MEAN:
        return
    parts = [known[row["indicator"], code, row["period"], row["sex"]] for code in catalogue().region_codes]
    people = population_weights([one["code"] for one in parts], period_of(row["period"]))
    weights = people / people.sum()
    minus = " ".join(f"{one['figure']}:{weight!r}" for one, weight in zip(parts, weights.tolist(), strict=True))
    rounded = any(map(_is_rounded, parts))
    within = _half(catalogue().indicators[row["indicator"]].decimals) if rounded else _EXACT
    yield (row["figure"], "made", minus, "", "", "", "0", str(within))


def _is_rounded(row: Mapping[str, Any]) -> bool:
    """Whether we count on a share with more decimals than the publisher prints."""
    return row["share"] is not None and abs(row["share"] * 100 - row["value"]) > _EXACT


def _of_report(row: Mapping[str, Any], less: Mapping[str, Any], printed: str) -> tuple[str, ...]:
    """What the report prints, rounded to its last decimal, of a figure or of how much it is more than another; that is
    counted on what a share is made of, where the publisher has rounded it."""
    indicator = catalogue().indicators[row["indicator"]]
    if indicator.unit == "seconds":
        return (row["figure"], "unchecked", *("",) * 5, "0")
    if not less:
        return (row["figure"], "report", "", "", "", "", printed, str(_half(indicator.decimals)))
    rounded = sum(map(_is_rounded, (row, less)))
    within = _half(max(indicator.decimals, 1)) + rounded * _half(indicator.decimals)
    step = "difference" if less["code"] == NATION else "change"
    return (row["figure"], step, f"{less['figure']}:1", "", "", "", printed, str(within))


def _half(decimals: int) -> float:
    return float(0.5 * 10.0**-decimals + _EXACT)


def _publications(reader: Reader, originals: Mapping[int, _Original]) -> pl.DataFrame:
    """Every publication, withdrawal and restoration of these files, oldest first."""
    events = publication_log(reader.store, as_of=reader.as_of).filter(pl.col("upload").is_in(list(originals)))
    by = {one: shown_actor(one, reader.language) for one in events["by"].unique()}
    names = {one: each.name for one, each in originals.items()}
    told = events.sort("event").with_columns(
        pl.col("by").replace_strict(by, default="", return_dtype=pl.String),
        pl.col("event", "upload").cast(pl.String),
        original=pl.col("upload").replace_strict(names, default="", return_dtype=pl.String),
    )
    return told.select("event", "at", "action", "upload", "original", "file", "by", "note")


def _log(reader: Reader, originals: Mapping[int, _Original]) -> list[dict[str, Any]]:
    """The log's chain from its first event on: of these files what is sealed, of the others the seals alone."""
    own = {f"upload:{one}" for one in originals}
    return [
        {"id": row["id"], "previous": row["previous"], "hash": row["hash"]}
        | ({"sealed": [row[name] for name in SEALED]} if row["subject"] in own else {})
        for row in logged_events(reader.store).to_dicts()
    ]


def _method(language: str) -> str:
    return "\n\n".join("\n".join((one.title, *one.said)) for one in sections(language)) + "\n"


def _readme(*, public: bool, language: str) -> str:
    kind = "public" if public else "not_public"
    names = (kind, "contents", "verify", "anchor")
    return "\n\n".join(text(f"evidence_file.readme.{name}", language) for name in names) + "\n"


def _manifest(
    reader: Reader, view: EvidenceFile, originals: Mapping[int, _Original], *, public: bool, log: bool
) -> dict[str, Any]:
    language = reader.language
    reasons = {name: text(f"evidence_file.left_out.{name}", language) for name in ("original", "log", "without_value")}
    sums = {one.name: sha256(one.content).hexdigest() for one in originals.values() if public}
    left = [{"name": name, "sha256": digest, "reason": reasons["original"]} for name, digest in sums.items()]
    left += [] if log else [{"name": "log.json", "reason": reasons["log"]}]
    left += [{"name": "without_value.csv", "reason": reasons["without_value"]}] if public else []
    return {
        "title": text("evidence_file.title", language, region=catalogue().regions[view.region].name),
        "publication": text(f"evidence_file.readme.{'public' if public else 'not_public'}", language),
        "region": view.region,
        "level": view.level,
        "as_of": reader.as_of.isoformat() if reader.as_of else None,
        "made": now_in_sweden().isoformat(timespec="seconds"),
        "language": language,
        "data_version": reader.store.data_version(),
        "versions": {"program": program_version(), **{name: version(name) for name in _PACKAGES}},
        "left_out": left,
        "steps": {name: text(f"evidence_file.steps.{name}", language) for name in STEPS},
        "outcome": [text(f"evidence_file.outcome.{name}", language) for name in ("whole", "wrong")],
    }
