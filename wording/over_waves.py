"""A region against riket over the surveys, in sentences: what is certain, what is only a sign, and the mean."""

from collections import Counter

from analysis.over_waves import OverWaves
from indicators import catalogue, period_label
from locales import text
from locales.numbers import format_number
from wording.sentences import benchmark_name

_MARKED = ("worse", "better", "lower", "higher")


def counted_in_words(found: OverWaves, language: str = "sv") -> str:
    """`Sämre än riket i 8 av 8 mätningar 2016–2023`, without a full stop."""
    first, last = (period_label(found.periods[place], language) for place in (0, -1))
    return text("over_waves.span", language, counted=_counted(found, language), first=first, last=last).rstrip(".")


def over_waves_in_words(found: OverWaves, language: str = "sv") -> str:
    """`Sämre än riket i 8 av 8 mätningar 2016–2023. I genomsnitt 7,8 procentenheter under riket (mellan 5,7 och
    10,0). …`, and the same again without the waves that are compared with care."""
    benchmark = against(found, language)
    said = [f"{counted_in_words(found, language)}."]
    if sum(word in _MARKED for word in found.words) < found.judged:
        side = "below" if found.below >= found.above else "above"
        count = max(found.below, found.above)
        said.append(text(f"over_waves.{side}", language, count=count, judged=found.judged, benchmark=benchmark))
    said.append(_mean(found, language))
    if found.without:
        careful = ", ".join(period_label(period, language) for period in found.disturbed)
        rest = f"{_counted(found.without, language)}. {_mean(found.without, language)}"
        said.append(text("over_waves.without", language, periods=careful, said=rest))
    said += [f"x: {text('flags.x', language)}."] if found.synthetic else []
    return " ".join(said)


def against(found: OverWaves, language: str = "sv") -> str:
    """What the region was compared with: `riket` only in the surveys where somebody printed it."""
    names = dict.fromkeys(benchmark_name("riket", language, made=made) for made in found.made)
    return text("judgements.benchmark.or", language).join(names)


def titled(found: OverWaves, language: str = "sv", *, by: str = "indicator") -> str:
    """What the sentence is about: the indicator's title on a region's page, the region's name on an indicator's."""
    if by == "region":
        return catalogue().regions[found.region].name
    return found.indicator.title.in_language(language)


def _counted(found: OverWaves, language: str) -> str:
    """`Sämre än riket i 5 av 8 mätningar, bättre i 1`; none of them marked: `Ingen säker skillnad mot riket i någon av
    8 mätningar`."""
    benchmark = against(found, language)
    counts = Counter(word for word in found.words if word in _MARKED)
    if not counts:
        return text("over_waves.unmarked", language, judged=found.judged, benchmark=benchmark)
    (most, count), *others = sorted(counts.items(), key=lambda one: (-one[1], _MARKED.index(one[0])))
    said = text(f"over_waves.marked.{most}", language, count=count, judged=found.judged, benchmark=benchmark)
    return "".join([said, *(text(f"over_waves.also.{word}", language, count=more) for word, more in others)])


def _mean(found: OverWaves, language: str) -> str:
    mean, unit = found.mean, found.indicator.unit
    size, low, high = (format_number(part, 1, language) for part in (abs(mean.mean), mean.low, mean.high))
    level = round(abs(mean.mean), 1) == 0
    side = "mean_none" if level else "mean_below" if mean.mean < 0 else "mean_above"
    points = text(f"sentences.points_{unit}", language, number=size)
    said = text(f"over_waves.{side}", language, points=points, low=low, high=high, benchmark=against(found, language))
    return f"{said} {text('over_waves.random', language)}" if mean.random else said
