"""Whose figures are these? The source line, and what is assumed of a figure from another file than the publisher's."""

import polars as pl

from analysis import Comparison, TimeSeries, uploads_list
from analysis.figures import FIGURE_COLUMNS
from exports.origins import origins, part_in_words
from indicators.file_layouts import file_of, is_own
from ui.cache import kept
from ui.escape import plain
from ui.frame import Frame


def source_line(frame: Frame, *answers: Comparison | TimeSeries) -> str:
    """`Kolada (filen a.json): 20 regioner och riket 2020; egen fil b.xlsx: Region Norrbotten 2020`."""
    rows = pl.concat([answer.rows.select(FIGURE_COLUMNS) for answer in answers])
    said = [f"{one.file}: {one.part}" for one in origins(rows, _layouts(frame), frame.language)]
    made = rows.filter(pl.col("upload").is_null())
    if made.height:
        said.append(frame.say("origins.computed", part=part_in_words(made, frame.language)))
    return "; ".join(said)


def assumed_elsewhere(frame: Frame, comparison: Comparison) -> list[str]:
    """Where the survey wave's assumed base stands behind a figure that is not from the publisher's own file."""
    assumed = comparison.rows.filter(pl.col("evidence") == "assumed", pl.col("upload").is_not_null())
    layouts = _layouts(frame)
    own = {upload for upload in assumed["upload"].unique() if is_own(layouts.get(upload, ""))}
    others = assumed.filter(pl.col("upload").is_in(own)).partition_by("upload", maintain_order=True)
    return [
        plain(
            frame.say(
                "origins.assumed_elsewhere",
                part=part_in_words(part, frame.language),
                file=file_of(part["file"][0], layouts[part["upload"][0]], frame.language),
            )
        )
        for part in others
    ]


def _layouts(frame: Frame) -> dict[int, str]:
    """Upload → layout."""

    def asked() -> dict[int, str]:
        uploads = uploads_list(frame.store)
        return dict(zip(uploads["id"], uploads["layout"], strict=True))

    return kept(("layouts", frame.store.url, frame.store.data_version()), asked)
