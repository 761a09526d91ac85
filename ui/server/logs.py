"""The server's log: for people by default, a line of JSON for each event where DASHBOARD_LOG_FORMAT is json.

What people choose, type or hand in is in no line: of a request the kind of address, of an error its type and where it
was raised. A message that carries values is logged without them, save the web server's own.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Final

from models import settings

_OWN_WORDS: Final = ("uvicorn",)
"""Loggers whose messages hold ports and process numbers only."""


def in_json() -> bool:
    return settings().log_format == "json"


def told(event: str, **values: object) -> None:
    """One event of ours; nothing where the log is for people. Values are numbers and words of the program's."""
    if in_json():
        _write({"level": "info", "event": event, **values})


def said(sentence: str) -> None:
    """A sentence for whoever runs the server."""
    if in_json():
        _write({"level": "warning", "event": "said", "message": sentence})
    else:
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()


def _record(_handler: logging.Handler, record: logging.LogRecord) -> str:
    """Any logger's record as one of our lines."""
    own = record.name.partition(".")[0] in _OWN_WORDS
    line = {"level": record.levelname.lower(), "event": "log", "logger": record.name}
    line["message"] = record.getMessage() if own else str(record.msg)
    error = record.exc_info[1] if record.exc_info else None
    return _line({**line, **({} if error is None else _where(error))})


def _where(error: BaseException) -> dict[str, Any]:
    """An error without its words, which may quote a file or a person."""
    frames = traceback.extract_tb(error.__traceback__)
    return {"error": type(error).__name__, "at_lines": [f"{one.name}:{one.lineno}" for one in frames[-5:]]}


def _line(values: dict[str, Any]) -> str:
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    return json.dumps({"at": moment, **values}, ensure_ascii=False)


def _write(values: dict[str, Any]) -> None:
    sys.stderr.write(f"{_line(values)}\n")
    sys.stderr.flush()


def prepare_logs() -> None:
    """Have every handler write our lines, those too that libraries make later with a format of their own."""
    if in_json():
        logging.Handler.format = _record  # type: ignore[assignment, method-assign]
