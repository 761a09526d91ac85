"""The desk's four steps for one file: where it is, what each came to, what is next; and the pages an upload changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analysis import Preview
from analysis.status import indicators_of
from indicators import catalogue
from loaders import CheckedFile
from locales import text
from locales.numbers import format_number
from views.area_pages import page_of
from views.parts import Reader
from wording.records import contents_in_words

STEPS: Final = ("choose", "review", "changes", "publish")
_TOLD: Final = ("new", "changed", "gone")
_RECORDS: Final = {"care_unit": "supply", "service_offer": "supply", "phone_profile": "phone", "reply": "followup"}
"""Kind of record → the page that shows it."""


@dataclass(frozen=True)
class Step:
    """A step: its name, what it came to ("" before it is reached), and whether it is "done", "now" or "next"."""

    name: str
    said: str
    state: str


def no_file_yet(language: str) -> tuple[Step, ...]:
    """The steps before any file is chosen."""
    return _steps("choose", {"choose": text("upload_desk.step_said.choose", language)}, language)


def steps_of(
    checked: CheckedFile, preview: Preview | None, language: str, *, reasons_left: int, lacks_note: bool
) -> tuple[Step, ...]:
    """The steps of a checked file. `reasons_left`: warnings that nobody has answered; `lacks_note`: the note is
    required and not written."""
    said = {"choose": checked.file, "review": review_in_words(checked, language)}
    if preview is None:
        return _steps("review", said, language)
    said |= {"changes": changes_in_words(preview, language)}
    if lacks_note:
        said["publish"] = text("upload_desk.step_said.note", language)
    return _steps("review" if reasons_left else "publish", said, language)


def review_in_words(checked: CheckedFile, language: str) -> str:
    """`0 fel, 2 att bekräfta`; of a repeat that the file is there already."""
    if checked.repeat:
        return text("upload_desk.short.repeat", language, upload=checked.repeat_of)
    if checked.mappable:
        return text("upload_desk.step_said.unknown", language)
    errors, warnings = (format_number(len(found), 0, language) for found in (checked.errors, checked.warnings))
    return text("upload_desk.step_said.review", language, errors=errors, warnings=warnings)


def read_in_words(checked: CheckedFile, language: str) -> str:
    """`66 siffror läses`, and what records there are."""
    held = {kind: rows.height for kind, rows in checked.records.items()}
    contents = contents_in_words(checked.observations.height, held, language)
    return text("upload_desk.read", language, contents=contents)


def changes_in_words(preview: Preview, language: str) -> str:
    """`63 nya, 3 ändrade`, of figures and records together; that nothing changes."""
    counts, records = preview.counts(), preview.records.counts
    sums = {kind: int(sum(each[kind].sum() for each in (counts, records) if kind in each.columns)) for kind in _TOLD}
    told = [
        text(
            f"upload_desk.step_said.{kind}{'_one' if count == 1 else ''}",
            language,
            count=format_number(count, 0, language),
        )
        for kind, count in sums.items()
        if count
    ]
    return ", ".join(told) or text("upload_desk.step_said.same", language)


def _steps(now: str, said: Mapping[str, str], language: str) -> tuple[Step, ...]:
    place = STEPS.index(now)
    return tuple(
        Step(
            text(f"upload_desk.four_steps.{name}", language),
            said.get(name, ""),
            "done" if at < place else "now" if at == place else "next",
        )
        for at, name in enumerate(STEPS)
    )


def changed_pages(reader: Reader, upload: int, records: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """The pages that show what an upload holds (title, address), each with its first indicator chosen, and the change
    log. `records`: how many of each kind it holds (analysis.held_records)."""
    found = indicators_of(reader.store, upload)
    choices: dict[str, dict[str, str]] = {"overview": {}} if found else {}
    for indicator in (each for each in catalogue().indicators.values() if each.id in found):
        choices.setdefault(page_of(indicator) or "indicator", {"indicator": indicator.id})
    for kind in records:
        choices.setdefault(_RECORDS[kind], {})
    choices["changes"] = {}
    return tuple(
        (text(f"pages.{page}.title", reader.language), reader.link(page, **chosen)) for page, chosen in choices.items()
    )
