"""What is said of a region's change: one sentence per question, naming its two ends with their values. The same words
stand on pages, in profiles, at the terminal and in files."""

from collections.abc import Sequence
from typing import Any, Final

from analysis.benchmarks import MADE
from analysis.change.questions import (
    BESIDE_NATION,
    LATEST_MONTH,
    STEADY,
    STEPS,
    STRICTEST,
    VARIED,
    Change,
    RegionChanges,
)
from analysis.change.waves import SINCE_LAST, Letter
from analysis.methods.differences import PROBED
from analysis.methods.xmr import CHANCE, XmrPhase
from analysis.methods.xmr import NEEDED as MONTHS_NEEDED
from indicators import NATION, Indicator, catalogue, period_label
from locales import has_text, text
from locales.numbers import format_date, format_number, format_value
from wording.sentences import signed

CHANGE_COLUMNS: Final = (
    "indicator", "region", "sex", "question", "from", "to", "value_from", "value_to", "difference", "low", "high",
    "slope", "highest", "lowest", "level", "verdict", "reason", "text", "notes",
)  # fmt: skip
"""What `change --json` says of each question, in this order (methods §4)."""
_WORDS: Final = {
    "higher_is_better": {"increasing": "better", "decreasing": "worse"},
    "lower_is_better": {"increasing": "worse", "decreasing": "better"},
    "none": {"increasing": "higher", "decreasing": "lower"},
}


def change_row(change: Change, language: str = "sv") -> dict[str, Any]:
    """One answer as a row of CHANGE_COLUMNS; numbers in the indicator's unit, unrounded."""
    return {
        "indicator": change.indicator.id,
        "region": change.region,
        "sex": change.sex,
        "question": change.question,
        "from": change.first,
        "to": change.last,
        **{name: getattr(change, name) for name in CHANGE_COLUMNS[6:17]},
        "text": change_text(change, language),
        "notes": change_notes(change, language),
    }


def change_sentences(changes: RegionChanges, language: str = "sv", *, level: float = 95) -> list[str]:
    """What a page says of one indicator in one region: always how it stands to the last wave; then each other step that
    is marked at `level` (99.8 in a list over several indicators), with how the nation moved; and that the series moves
    steadily, varies, or does neither."""
    told = [each for step in _steps_told(changes, level) for each in (step, *_nation_beside(changes, step))]
    told += [one for one in changes.rows if one.question in (STEADY, VARIED) and one.marked(level)]
    told += changes.of(LATEST_MONTH)
    if not any(one.question == VARIED for one in told):
        told += [one for one in changes.of(STEADY) if one.verdict == "none"]
    return told_once(told, language, level=level)


def told_once(told: Sequence[Change], language: str = "sv", *, level: float = 95) -> list[str]:
    """A sentence for each answer; the day it is counted from and what makes an end hard to compare are said at the
    first sentence they are true of."""
    said: list[str] = []
    known: set[str] = set()
    for one in told:
        more = _beside_the_ends(one, language)
        said.append(" ".join([_sentence(one, language, level), *(each for each in more if each not in known)]))
        known |= {*more}
    return said


def _steps_told(changes: RegionChanges, level: float) -> list[Change]:
    """The steps a page tells, each pair of waves once: the wave before the audit may be the one before the pandemic.
    Where the audit is counted from two waves, both are told or none."""
    marked = {one.question for one in changes.rows if one.marked(level)}
    asked = [one for one in changes.rows if one.question in STEPS and one.question in (SINCE_LAST, *marked)]
    pairs = [(one.first, one.last) for one in asked]
    return [one for at, one in enumerate(asked) if pairs[at] not in pairs[:at]]


def _nation_beside(changes: RegionChanges, step: Change) -> list[Change]:
    """How the nation moved, where a step is told as a change."""
    return beside_step(changes, step) if step.moved else []


def beside_step(changes: RegionChanges, step: Change) -> list[Change]:
    """How the region moved beside the nation between the two ends of a step; none where that cannot be told."""
    return [
        one
        for one in changes.of(BESIDE_NATION)
        if (one.first, one.last) == (step.first, step.last) and one.verdict != "not_assessable"
    ]


def change_judgement(change: Change) -> str:
    """The judgement (wording.symbols.JUDGEMENTS) that a tested step has: better or worse by the indicator's direction,
    similar where no difference is sure."""
    if change.verdict in _WORDS["none"]:
        return _WORDS[change.indicator.direction][change.verdict]
    return "similar" if change.verdict == "none" else "not_assessable"


def titled_once(sentences: Sequence[str], indicator: Indicator, language: str = "sv") -> list[str]:
    """The sentences about one indicator, whose title stands in the first of them only."""
    title = f"{indicator.title.in_language(language)}: "
    first, *rest = sentences
    return [first, *(_capital(one.removeprefix(title)) for one in rest)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def change_text(change: Change, language: str = "sv", *, level: float = 95) -> str:
    """The sentence of one answer, with what must be said of its ends (methods §4)."""
    return " ".join([_sentence(change, language, level), *_beside_the_ends(change, language)])


def _sentence(change: Change, language: str, level: float) -> str:
    if change.verdict == "not_assessable":
        key = "unknown"
    elif change.question in (BESIDE_NATION, STEADY, VARIED, LATEST_MONTH):
        key = change.question
    else:
        key = "since"
    return _SENTENCES[key](change, language, level)


def change_notes(change: Change, language: str = "sv") -> list[str]:
    """What the answer rests on: assumed base (and how bad a line the waves are at other bases), example data, and, of a
    window, its waves that are hard to compare or left out."""
    notes = []
    if change.assumed and change.verdict != "not_assessable":
        notes.append(f"a: {text('flags.a', language)}.")
    if change.lines:
        bases = {f"n{at}": format_number(base, 0, language) for at, base in enumerate(PROBED)}
        lines = {f"p{at}": _probability(line, language) for at, line in enumerate(change.lines)}
        notes.append(text("change.lines", language, **bases, **lines))
    if change.synthetic:
        notes.append(f"x: {text('flags.x', language)}.")
    return [*notes, *cautions(change, language), *_chance(change, language)]


def _since(change: Change, language: str, level: float) -> str:
    said = _said(change, language)
    said |= {"since": text(f"change.since.{change.question}", language)}
    if not change.moved:
        said["against"] = text(f"change.against.{change.question}", language)
        return text("change.since_none", language, **said)
    word = _WORDS[change.indicator.direction][change.verdict]
    held = _held(change, language, level)
    return text("change.since_moved", language, **said, word=text(f"change.word.{word}", language), held=held)


def _beside(change: Change, language: str, level: float) -> str:
    assert change.nation is not None
    earlier, later = change.nation
    own = (later.gap + later.nation) - (earlier.gap + earlier.nation)
    nation, national = nation_moved(change, language)
    said = _said(change, language) | {
        "nation": nation,
        "national": national,
        "own": signed_in_words(own, change.indicator, language),
    }
    if not change.moved:
        return text("change.beside_none", language, **said)
    word = _WORDS[change.indicator.direction][change.verdict]
    held = _held(change, language, level)
    return text("change.beside_moved", language, **said, word=text(f"change.beside_word.{word}", language), held=held)


def nation_moved(change: Change, language: str = "sv") -> tuple[str, str]:
    """Of an answer beside the nation: what the nation is called, and how far it moved, signed (`riket`, `−8,5`)."""
    assert change.nation is not None
    earlier, later = change.nation
    made = next((one.made for one in change.nation if one.made in MADE), "riket")
    moved = signed(later.nation - earlier.nation, change.indicator, language)
    return text(f"judgements.benchmark.{made}", language), moved


def _steady(change: Change, language: str, _level: float) -> str:
    said = _said(change, language) | {"count": change.known}
    if change.moved:
        assert change.slope is not None
        slope = signed_in_words(change.slope, change.indicator, language)
        return text(f"change.steady_{change.verdict}", language, **said, slope=slope)
    if change.settled:
        return text("change.settled", language, **said)
    return text("change.not_steady", language, **said, reason=reason_in_words(change, language))


def _varied(change: Change, language: str, _level: float) -> str:
    said = _said(change, language)
    if not change.moved:
        return text(f"change.varied_{change.reason}", language, **said)
    ends = {name: _value(getattr(change, name), change.indicator, language) for name in ("highest", "lowest")}
    at = {name: period_label(getattr(change, name), language) for name in ("highest_at", "lowest_at")}
    return text("change.varied", language, **said, **ends, **at)


def _month(change: Change, language: str, _level: float) -> str:
    assert change.chart is not None
    phase = change.chart.phases[-1]
    lowest, highest = change.indicator.bounds
    within = {name: _inside(getattr(phase, name), lowest, highest) for name in ("mean", "lower", "upper")}
    said = _said(change, language) | {name: _shown(at, change.indicator, language) for name, at in within.items()}
    if change.moved:
        rule = text(f"judgements.rule.{change.reason}", language)
        return text(f"change.month_{change.verdict}", language, **said, rule=rule)
    quiet = text("change.month_none", language, **said)
    marked = [point.period for point in change.chart.points if point.rule]
    if not marked:
        return quiet
    return f"{quiet} {text('change.month_earlier', language, latest=period_label(marked[-1], language))}"


def _unknown(change: Change, language: str, _level: float) -> str:
    said = _said(change, language)
    known = change.first is not None and change.last is not None
    ends = f" ({said['ends']})" if known else ""
    return text(
        f"change.unknown.{change.question}",
        language,
        title=said["title"],
        region=said["region"],
        ends=ends,
        reason=reason_in_words(change, language),
    )


_SENTENCES: Final = {
    "since": _since,
    BESIDE_NATION: _beside,
    STEADY: _steady,
    VARIED: _varied,
    LATEST_MONTH: _month,
    "unknown": _unknown,
}


def _said(change: Change, language: str) -> dict[str, Any]:
    indicator = change.indicator
    said: dict[str, Any] = {
        "title": indicator.title.in_language(language),
        "region": region_in_sentence(change.region, language),
    }
    if change.first is not None and change.last is not None:
        said["ends"] = ends_in_words(change, language)
    if change.difference is not None and change.low is not None and change.high is not None:
        said["change"] = signed_in_words(change.difference, indicator, language)
        said |= {name: signed(getattr(change, name), indicator, language) for name in ("low", "high")}
    return said


def ends_in_words(change: Change, language: str = "sv") -> str:
    """`2022 48,3 → 2023 49,9 %`, of an answer with two ends."""
    assert change.first is not None
    assert change.last is not None
    first = f"{period_label(change.first, language)} {_value(change.value_from, change.indicator, language)}"
    last = f"{period_label(change.last, language)} {_shown(change.value_to, change.indicator, language)}"
    return f"{first} → {last}"


def region_in_sentence(code: str, language: str = "sv") -> str:
    """`Region Norrbotten`, `riket`."""
    return text("judgements.benchmark.riket", language) if code == NATION else catalogue().regions[code].name


def _held(change: Change, language: str, level: float) -> str:
    """How strictly the change holds; asked for 99.8 %, one that holds at 95 % only is said to be no mark."""
    if change.level == STRICTEST:
        return text("change.held_998", language)
    return text("change.held_95_only" if level == STRICTEST else "change.held_95", language)


def reason_in_words(change: Change, language: str = "sv") -> str:
    """Why there is no answer or no mark, in words, without a full stop."""
    code = change.reason
    if code == "other_question" and change.indicator.predecessor:
        return change.indicator.predecessor.reason.in_language(language).rstrip(".")
    if code == "break":
        touching = [one for one in catalogue().breaks_of(change.indicator) if one.region in (None, change.region)]
        return text("change.reason.break", language, why=touching[-1].reason.in_language(language).rstrip("."))
    if code == "no_interval" and change.question in (STEADY, VARIED):
        code = "no_intervals"
    where = "change.reason" if has_text(f"change.reason.{code}", language) else "judgements.trend_reason"
    needed = MONTHS_NEEDED if change.question == LATEST_MONTH else 5
    return text(
        f"{where}.{code}",
        language,
        found=change.known or change.measured,
        needed=needed,
        measured=change.measured,
        region=region_in_sentence(change.region, language),
        periods=text("change.and", language).join(period_label(one, language) for one in change.unsure),
    )


def _beside_the_ends(change: Change, language: str) -> list[str]:
    """What stands inside the sentence of a comparison: which day it is counted from, what is left out, and that an end
    is hard to compare. Of a window it stands in the notes."""
    if change.question in (STEADY, VARIED):
        return []
    return [*([counted_from(change.letter, language)] if change.letter else []), *cautions(change, language)]


def counted_from(letter: Letter, language: str = "sv") -> str:
    """Which day a region's audit is counted from."""
    return text(f"change.letter.{letter.basis}", language, day=format_date(letter.day, language))


def cautions(change: Change, language: str) -> list[str]:
    """What is passed over between the ends, and what makes an end hard to compare."""
    told = []
    if change.left_out:
        periods = ", ".join(period_label(one, language) for one in change.left_out)
        told.append(text("change.left_out", language, periods=periods))
    for period in change.noted:
        wave = catalogue().wave(change.indicator, period)
        noted = wave.comparability.in_language(language) if wave and wave.comparability else text("flags.d", language)
        told.append(f"{period_label(period, language)}: {noted}")
    return told


def _chance(change: Change, language: str) -> list[str]:
    """What chance alone gives, beside the verdict on a month."""
    if change.chart is None or not change.chart.phases:
        return []
    return xmr_notes(change.chart.phases[-1], language)


def xmr_notes(phase: XmrPhase, language: str = "sv") -> list[str]:
    """What stands beside an XmR chart: that its months follow each other, and what chance alone would mark."""
    if phase.mean is None:
        return []
    if phase.autocorrelation:
        return [text("change.autocorrelated", language, r1=format_number(phase.autocorrelation, 2, language))]
    return [text("change.chance", language, share=format_number(100 * CHANCE, 1, language))]


def _inside(value: float, lowest: float, highest: float | None) -> float:
    """A limit as it is told: no share is above 100 %."""
    return max(lowest, value if highest is None else min(value, highest))


def _probability(value: float, language: str) -> str:
    return f"< {format_number(0.001, 3, language)}" if value < 0.001 else f"= {format_number(value, 3, language)}"


def _shown(value: float | None, indicator: Indicator, language: str) -> str:
    return format_value(value, indicator.unit, indicator.decimals, language)


def _value(value: float | None, indicator: Indicator, language: str) -> str:
    """A value without its unit's sign, which stands once, at the last end."""
    if value is None or indicator.unit == "seconds":
        return _shown(value, indicator, language)
    return format_number(value, indicator.decimals, language)


def signed_in_words(value: float, indicator: Indicator, language: str = "sv") -> str:
    """The same with the word for its unit: shares differ in procentenheter."""
    return text(f"sentences.points_{indicator.unit}", language, number=signed(value, indicator, language))
