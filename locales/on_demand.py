"""A package's names, each imported when it is first asked for: a terminal command pays only for what it uses.

A package lists what it offers as ordinary imports that only type checkers and editors follow:

    if TYPE_CHECKING:
        from analysis.comparison import compare_regions
    else:
        __getattr__ = on_demand(__name__, __file__)

`from analysis import compare_regions` then imports `analysis.comparison` and nothing beside it. A name may not be that
of a module of the package: once imported, the module would stand in its place.
"""

import ast
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def on_demand(package: str, file: str) -> Callable[[str], Any]:
    """The package's `__getattr__`, made from the imports that stand under `if TYPE_CHECKING:` in its `__init__`."""
    homes = names_and_homes(file)

    def asked_for(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home = import_module(homes[name])
        found = getattr(home, name)
        setattr(import_module(package), name, found)
        return found

    return asked_for


def names_and_homes(file: str) -> dict[str, str]:
    """What a package offers on demand: each name and the module it lies in."""
    branches = [node for node in ast.parse(Path(file).read_text(encoding="utf-8")).body if isinstance(node, ast.If)]
    imports = [node for branch in branches for node in branch.body if isinstance(node, ast.ImportFrom)]
    return {one.name: node.module for node in imports for one in node.names if node.module}


def import_everything(package: str) -> None:
    """Import all that a package offers: a server does it before it answers, so that no reader waits for it."""
    loaded = import_module(package)
    for name in names_and_homes(str(loaded.__file__)):
        getattr(loaded, name)
