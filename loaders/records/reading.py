"""What a record layout hands over: units, offers, replies, calls by hour, each with the cell it stood in."""

from collections.abc import Callable
from dataclasses import dataclass, field

from analysis.records import Records
from indicators import Catalogue
from loaders.problems import Ignored, Problem
from loaders.tables.document import Document
from models import Store


@dataclass(frozen=True)
class RecordReading:
    """What a layout made of a document, judged row by row: an error among `problems` refuses the file."""

    records: Records = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    synthetic: bool = False


@dataclass(frozen=True)
class RecordLayout:
    """`recognise` looks at headers only. `read` may ask the store for what is published (units of a supply file);
    without a store it does without. `free_text`: cells may hold long texts, which in any other file are refused.
    `units`: rows are care units, whose phone numbers are no person's."""

    recognise: Callable[[Document], bool]
    read: Callable[[Document, Catalogue, Store | None], RecordReading]
    free_text: bool = False
    units: bool = False
