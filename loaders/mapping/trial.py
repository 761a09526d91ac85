"""What a mapping would give of a document, tried without a store: figures, problems, and the cells that are left."""

from dataclasses import dataclass

import polars as pl

from indicators import Catalogue
from loaders.checks import judge
from loaders.checks.conservation import conserved
from loaders.mapping.read import read_mapped, without_totals
from loaders.mapping.spec import Mapping
from loaders.problems import Ignored, Problem, errors_first
from loaders.tables.document import Document


@dataclass(frozen=True)
class Trial:
    """`observations`: columns of loaders.checks.OBSERVATION, those of a refused file too."""

    observations: pl.DataFrame
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]


def try_mapping(document: Document, mapping: Mapping, known: Catalogue) -> Trial:
    """Read and judge the document by the mapping; what is published is not asked."""
    reading = conserved(read_mapped(document, mapping, known), known)
    sheets = {claims.sheet for claims in reading.claims}
    own = [each for each in without_totals(document, reading).problems if not each.sheet or each.sheet in sheets]
    judged = judge(reading, known)
    problems = errors_first([*own, *reading.problems, *judged.problems])
    return Trial(judged.observations, problems, (*document.ignored, *reading.ignored, *judged.ignored))
