"""Whose figures are these? The source line, and what is assumed of a figure from another file than the publisher's."""

import polars as pl

from analysis import Comparison, TimeSeries, uploads_list
from analysis.figures import FIGURE_COLUMNS
from exports.origins import origins, part_in_words
from indicators.file_layouts import file_of, is_own
from ui.cache import kept
from ui.escape import plain
from ui.visit import Visit


def source_line(visit: Visit, *answers: Comparison | TimeSeries) -> str:
    """`Kolada (filen a.json): 20 regioner och riket 2020; egen fil b.xlsx: Region Norrbotten 2020`."""
    rows = pl.concat([answer.rows.select(FIGURE_COLUMNS) for answer in answers])
    said = [f"{one.file}: {one.part}" for one in origins(rows, _layouts(visit), visit.language)]
    made = rows.filter(pl.col("upload").is_null())
    if made.height:
        said.append(visit.say("origins.computed", part=part_in_words(made, visit.language)))
    return "; ".join(said)


def assumed_elsewhere(visit: Visit, comparison: Comparison) -> list[str]:
    """Where the survey wave's assumed base stands behind a figure that is not from the publisher's own file."""
    assumed = comparison.rows.filter(pl.col("evidence") == "assumed", pl.col("upload").is_not_null())
    layouts = _layouts(visit)
    own = {upload for upload in assumed["upload"].unique() if is_own(layouts.get(upload, ""))}
    others = assumed.filter(pl.col("upload").is_in(own)).partition_by("upload", maintain_order=True)
    return [
        plain(
            visit.say(
                "origins.assumed_elsewhere",
                part=part_in_words(part, visit.language),
                file=file_of(part["file"][0], layouts[part["upload"][0]], visit.language),
            )
        )
        for part in others
    ]


def _layouts(visit: Visit) -> dict[int, str]:
    """Upload → layout."""

    def asked() -> dict[int, str]:
        uploads = uploads_list(visit.store)
        return dict(zip(uploads["id"], uploads["layout"], strict=True))

    return kept(("layouts", visit.store.url, visit.store.data_version()), asked)
