"""What goes between the server and the process that checks files: JSON, with frames as Arrow and bytes as they are
beside it. Never pickle: only the classes named here are made, whatever the other side says."""

import io
import json
import struct
from dataclasses import fields
from datetime import date
from typing import IO, Any, Final

import polars as pl
from pydantic import BaseModel

from analysis import Preview
from analysis.history.record_fields import RecordChanges
from loaders.checked import CheckedFile
from loaders.mapping.proposal import Proposal, Reasoned
from loaders.mapping.spec import Mapping
from loaders.problems import Ignored, Problem
from loaders.surroundings import Excerpt
from loaders.tables.document import Document, Sheet

_CLASSES: Final[dict[str, type[Any]]] = {
    each.__name__: each
    for each in (
        CheckedFile,
        Document,
        Sheet,
        Proposal,
        Reasoned,
        Ignored,
        Problem,
        Preview,
        RecordChanges,
        Excerpt,
    )
}
_LENGTH: Final = struct.Struct(">Q")
_LARGEST: Final = 4_000_000_000  # bytes in one message: a file may have 500 MB and be cells and figures at once


def send(pipe: IO[bytes], value: object) -> None:
    """One message: its JSON, then each part beside it, every one after its length."""
    beside: list[bytes] = []
    told = json.dumps(_plain(value, beside), ensure_ascii=False).encode("utf-8", "surrogatepass")
    for part in (_LENGTH.pack(len(beside)), told, *beside):
        pipe.write(_LENGTH.pack(len(part)) + part)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """EOFError where the other side has ended; ValueError for what is no message."""
    count = _LENGTH.unpack(_part(pipe))[0]
    told = _part(pipe)
    beside = [_part(pipe) for _ in range(count)]
    return _made(json.loads(told.decode("utf-8", "surrogatepass")), beside)


def _part(pipe: IO[bytes]) -> bytes:
    size = _LENGTH.unpack(_read(pipe, _LENGTH.size))[0]
    if size > _LARGEST:
        raise ValueError(size)
    return _read(pipe, size)


def _read(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _plain(value: object, beside: list[bytes]) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        return [_plain(each, beside) for each in value]
    if isinstance(value, tuple):
        return {"tuple": [_plain(each, beside) for each in value]}
    if isinstance(value, dict):
        return {"dict": [[_plain(key, beside), _plain(each, beside)] for key, each in value.items()]}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, BaseModel):
        return {"mapping": value.model_dump_json()}
    if type(value).__name__ in _CLASSES:
        kept = ((each.name, getattr(value, each.name)) for each in fields(value) if each.init)  # type: ignore[arg-type]
        return {"is": type(value).__name__, "with": {name: _plain(each, beside) for name, each in kept}}
    kind, data = _apart(value)
    beside.append(data)
    return {kind: len(beside) - 1}


def _apart(value: object) -> tuple[str, bytes]:
    if isinstance(value, bytes):
        return "bytes", value
    if isinstance(value, pl.Series):
        return "series", _arrow(value.to_frame())
    if isinstance(value, pl.DataFrame):
        return "frame", _arrow(value)
    raise TypeError(type(value))


def _arrow(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_ipc(out)
    return out.getvalue()


def _made(told: Any, beside: list[bytes]) -> Any:
    if isinstance(told, list):
        return [_made(each, beside) for each in told]
    if not isinstance(told, dict):
        return told
    kind, value = next(iter(told.items()))
    if kind == "tuple":
        return tuple(_made(each, beside) for each in value)
    if kind == "dict":
        return {_made(key, beside): _made(each, beside) for key, each in value}
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "mapping":
        return Mapping.model_validate_json(value)
    if kind == "is":
        return _CLASSES[value](**{name: _made(each, beside) for name, each in told["with"].items()})
    if kind == "bytes":
        return beside[value]
    frame = pl.read_ipc(io.BytesIO(beside[value]))
    return frame if kind == "frame" else frame.to_series()
