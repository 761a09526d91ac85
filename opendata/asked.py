"""What may be asked: one table of parameters, which says what is taken, refuses the rest in words, and is the OpenAPI
document's."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from analysis.benchmarks import chosen_benchmark
from analysis.choices import UnknownChoice, chosen_indicator, chosen_regions
from analysis.moments import day_from, today_in_sweden
from indicators import NATION, catalogue, parse_period
from locales import LANGUAGES, text
from locales.refused import Refused, RefusedFor
from models import settings

FORMATS: Final = ("json", "csv", "parquet")
_NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
Schema = Callable[[], dict[str, Any]]


class ParameterRefused(RefusedFor):
    """A parameter that is unknown, missing, given twice or not what it must be: answered 400. `parameter`: its name."""

    texts: ClassVar[str] = "open_api.wrong"
    wrong_usage = True

    def __init__(self, reason: str, /, **values: object) -> None:
        super().__init__(reason, **values)
        self.parameter = str(values.get("name", ""))


@dataclass(frozen=True)
class Parameter:
    """`read` gives the value of a text and refuses what is none; `schema` is JSON Schema's word for the same; `many`:
    several with commas between; `default` is read as if it were given, None for no value."""

    name: str
    read: Callable[[str], Any]
    schema: Schema
    default: str | None = None
    many: bool = False


def _one_of(name: str, known: Callable[[], Iterable[str]]) -> tuple[Callable[[str], str], Schema]:
    def read(given: str) -> str:
        if given not in (choices := tuple(known())):
            raise ParameterRefused("not_one_of", name=name, found=given, known=", ".join(choices))
        return given

    return read, lambda: {"type": "string", "enum": list(known())}


def _day(name: str) -> tuple[Callable[[str], date], Schema]:
    def read(given: str) -> date:
        day = day_from(given)
        if day is None:
            raise ParameterRefused("not_a_day", name=name, found=given)
        if day > today_in_sweden():
            raise ParameterRefused("day_to_come", name=name, found=given)
        return day

    return read, lambda: {"type": "string", "format": "date"}


def _indicator(given: str) -> str:
    return chosen_indicator(given).id


def _region(given: str) -> str:
    return NATION if given == NATION else next(iter(chosen_regions([given])), NATION)


def _period(given: str) -> str:
    if (period := parse_period(given)) is None:
        raise UnknownChoice("unreadable_period", given)
    return period.key


def _number(given: str) -> float:
    if not _NUMBER.fullmatch(given):
        raise ParameterRefused("not_a_number", name="value", found=given)
    return float(given)


def _benchmark(given: str) -> str:
    return chosen_benchmark(given).text


def _text(example: str) -> Schema:
    return lambda: {"type": "string", "examples": [example]}


PARAMETERS: Final[Mapping[str, Parameter]] = {
    one.name: one
    for one in (
        Parameter("indicator", _indicator, lambda: {"type": "string", "enum": list(catalogue().indicators)}),
        Parameter("region", _region, lambda: {"type": "string", "enum": list(catalogue().regions)}, many=True),
        Parameter("period", _period, _text("2025")),
        Parameter("sex", *_one_of("sex", lambda: ("T", "K", "M"))),
        Parameter("benchmark", _benchmark, _text("group:six"), default="riket"),
        Parameter("level", *_one_of("level", lambda: ("95", "99.8")), default="95"),
        Parameter("value", _number, lambda: {"type": "number"}),
        Parameter("since", *_day("since")),
        Parameter("as_of", *_day("as_of")),
        Parameter("synthetic", *_one_of("synthetic", lambda: ("true", "false")), default="true"),
        Parameter("format", *_one_of("format", lambda: FORMATS), default="json"),
        Parameter("lang", *_one_of("lang", lambda: LANGUAGES)),
    )
}
"""Every parameter of the plain API. Its words stand in locales (`open_api.parameter.<name>`)."""


EMBEDDED: Final = ("indicator", "region", "period", "sex", "benchmark", "level", "as_of", "synthetic", "lang")
CHECKED: Final = ("indicator", "region", "period", "sex", "as_of", "value", "format", "lang")
"""What the embedded charts and the check take."""


@dataclass(frozen=True)
class Asked:
    """A question that was understood: parameter → value, None where nothing was said or
    the address does not take it."""

    values: tuple[tuple[str, Any], ...]

    def __getitem__(self, name: str) -> Any:
        return dict(self.values).get(name)

    @property
    def language(self) -> str:
        return str(self["lang"] or settings().language)


def understood(names: Iterable[str], given: Iterable[tuple[str, str]], *, needed: Iterable[str] = ()) -> Asked:
    """The question that `given` (name, text) asks of an address that takes the parameters `names` and cannot do without
    those `needed`. ParameterRefused for what it does not take; ChoiceRefused for what does not exist."""
    taken = [PARAMETERS[name] for name in names]
    said: dict[str, str] = {}
    for name, value in given:
        if name not in {one.name for one in taken}:
            raise ParameterRefused("unknown", name=name, known=", ".join(one.name for one in taken))
        if name in said:
            raise ParameterRefused("twice", name=name)
        said[name] = value
    if missing := next((name for name in needed if name not in said), None):
        raise ParameterRefused("missing", name=missing)
    return Asked(tuple((one.name, _value(one, said.get(one.name, one.default))) for one in taken))


def _value(one: Parameter, said: str | None) -> Any:
    if said is None:
        return None
    try:
        if not one.many:
            return one.read(said)
        return tuple(dict.fromkeys(one.read(part.strip()) for part in said.split(",")))
    except UnknownChoice as refused:
        raise ChoiceRefused(one.name, refused) from refused


class ChoiceRefused(Refused):
    """A choice that does not exist, in a parameter. The list of measures is another here than in the terminal."""

    wrong_usage = True

    def __init__(self, parameter: str, refused: UnknownChoice) -> None:
        super().__init__(parameter, refused)
        self.parameter = parameter
        self.refused = refused

    def message(self, language: str = "sv") -> str:
        if self.refused.kind != "indicator":
            return self.refused.message(language)
        near = [text("choices.near", language, near=self.refused.near)] if self.refused.near else []
        return " ".join([text("open_api.wrong.no_indicator", language, found=self.refused.found), *near])


def spoken(given: Iterable[tuple[str, str]]) -> str:
    """The language that a question asks for, whatever else is wrong with it."""
    asked = next((value for name, value in given if name == "lang"), "")
    return asked if asked in LANGUAGES else settings().language
