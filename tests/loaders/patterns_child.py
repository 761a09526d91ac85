"""Runs every pattern of the importers, and every function of theirs that takes a text, on texts made to stop the clock.

Its own process: what takes too long is killed (test_patterns.py), and the last line printed says which it was.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import signal
import sys
import typing
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import entries
import indicators
import loaders
from indicators import Catalogue, Indicator, catalogue
from loaders.formats.child.parts import NotRead
from locales.refused import Refused

LONG: Final = 100_000
SHORT: Final = 40_000  # enough for the kill: what grows with the square takes some billion steps
SECONDS: Final = 2  # of CPU for one text: its pattern takes some milliseconds
LONGEST: Final = (" ", "\t", "\u00a0", "0", "-", "(", ")", "[", ",", " ,", "- ", "0 ", "(0) ", "a ", " 0,-(\u00a0\t[)")
MIXED: Final = (
    "\n", "1", "–", ".", ":", ";", "/", "|", "*", "%", "a", "å", "A", "_", "'", '"', "\\", "{", "¹", "1,", "1.", "1-",
    "()", "1\u00a0", "\u00a0 ", "\t ", "antal ", "20", "19 ", "a.", "a-", "a@", ".a", "1:", "12:", " - ", "|-", "kv ",
    "jan ",
    "_x", "\\u", "n=1 ", "a_", '""', "<", "SE", "1177 ", "ärenden", "dag ", "ej ", "%1", "[h]", "0#", "samtal ", "och ",
    "besvarade ", "inom ", "av ",
)  # fmt: skip
_METHODS: Final = ("match", "search", "fullmatch", "sub", "findall", "finditer", "split")
_LINEAR: Final = ("loaders.checks.persons",)  # expressions that polars' engine runs, which never goes back
_BOUNDED: Final = ("loaders.mapping.read._number",)  # takes what a pattern has found to be one to three letters
_LEFT_OUT: Final = ("loaders.sources", "loaders.sample")  # the network, and files of the project's own


def hostile() -> Iterator[str]:
    for sign in LONGEST:
        yield f"a{sign * (LONG // len(sign))}x"
    for sign in LONGEST:
        yield from (sign * (SHORT // len(sign)), f"a{sign * (SHORT // len(sign))}")
    for sign in MIXED:
        yield f"a{sign * (SHORT // len(sign))}x"


def modules() -> Iterator[ModuleType]:
    for package in (loaders, entries, indicators):
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(_LEFT_OUT):
                yield importlib.import_module(found.name)


class _Unknown(str):
    """A value that only a call knows: one letter in its place."""

    def __new__(cls) -> "_Unknown":
        return super().__new__(cls, "x")

    def __getattr__(self, _: str) -> "_Unknown":
        return self

    def __call__(self, *_: Any) -> "_Unknown":
        return self


class _Names(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        return _Unknown()


def _held(value: object, depth: int = 0) -> Iterator[re.Pattern[Any] | str]:
    """Patterns, and texts that may be some, in a module's value."""
    if isinstance(value, re.Pattern | str):
        yield value
    elif depth < 5 and isinstance(value, dict):
        for pair in value.items():
            yield from _held(pair, depth + 1)
    elif depth < 5 and isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from _held(each, depth + 1)
    elif depth < 5 and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from _held(getattr(value, name), depth + 1)


def _written(module: ModuleType) -> Iterator[str]:
    """First arguments of re.match and its like, as the module's own names make them."""
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        of = node.func.value
        if isinstance(of, ast.Name) and of.id == "re" and node.func.attr in _METHODS:
            made = eval(compile(ast.Expression(node.args[0]), "pattern", "eval"), _Names(vars(module) | {"re": re}))
            yield from (each for each in _held(made) if isinstance(each, str) and not isinstance(each, _Unknown))


def patterns() -> dict[str, tuple[str, re.Pattern[Any]]]:
    """Text of a pattern → (module, the pattern), of every module of the importers."""
    found: dict[str, tuple[str, re.Pattern[Any]]] = {}
    for module in modules():
        held = [each for name, value in list(vars(module).items()) if name[:2] != "__" for each in _held(value)]
        for each in (*held, *_written(module)):
            if isinstance(each, str):
                if module.__name__ in _LINEAR:
                    continue
                if not re.search(r"[\\\[(*+?|]", each) or len(each) > 3_000:
                    continue
                try:
                    each = re.compile(each)
                except re.error:
                    continue
            found.setdefault(f"{each.pattern!r}/{each.flags}", (module.__name__, each))
    for one in catalogue().indicators.values():
        for pattern in map(re.compile, _defined(one)):
            found.setdefault(f"{pattern.pattern!r}/{pattern.flags}", (f"indicators.definitions.{one.id}", pattern))
    return found


def _defined(one: Indicator) -> Iterator[str]:
    """The patterns that an indicator's definition holds."""
    for rule in one.heard:
        yield from (*rule.words, *filter(None, (rule.no, rule.near, rule.unless)))
    if one.counted:
        yield from (one.counted.numerator, one.counted.denominator, one.counted.no)


def functions() -> Iterator[tuple[str, Any, list[str]]]:
    """(name, function, what each of its arguments is: `text` or `known`) of every function of nothing else."""
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if (
                f"{module.__name__}.{name}" in _BOUNDED
                or function.__module__ != module.__name__
                or inspect.isgeneratorfunction(function)
            ):
                continue
            needed = [each for each in inspect.signature(function).parameters.values() if each.default is each.empty]
            try:
                hints = typing.get_type_hints(function)
            except (NameError, TypeError):
                continue
            kinds = [
                "text" if hints.get(each.name) is str else "known" if hints.get(each.name) is Catalogue else ""
                for each in needed
            ]
            if "text" in kinds and "" not in kinds:
                yield f"{module.__name__}.{name}", function, kinds


def main(part: str, known: Catalogue) -> None:
    # The kernel's clock, whose signal ends the process whatever it is at.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    texts = list(hostile())
    for name, run in _patterns() if part == "patterns" else _functions(known):
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()
        for text in texts:
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            run(text)
    signal.setitimer(signal.ITIMER_PROF, 0)
    sys.stdout.write("done\n")


def _patterns() -> Iterator[tuple[str, Callable[[str], None]]]:
    def run(pattern: re.Pattern[Any], text: str) -> None:
        subject = text.encode() if isinstance(pattern.pattern, bytes) else text
        pattern.search(subject)
        pattern.fullmatch(subject)

    for name, (module, pattern) in patterns().items():
        yield f"{module} {name}", partial(run, pattern)


def _functions(known: Catalogue) -> Iterator[tuple[str, Callable[[str], None]]]:
    def run(function: Callable[..., object], kinds: list[str], text: str) -> None:
        # What a text that is none of its kind makes a function say is not the question here.
        with suppress(ValueError, LookupError, TypeError, AttributeError, OSError, NotRead, Refused):
            function(*(known if kind == "known" else text for kind in kinds))

    for name, function, kinds in functions():
        yield name, partial(run, function, kinds)


if __name__ == "__main__":
    main(sys.argv[1], catalogue())
