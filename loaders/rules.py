"""The table of rules that a file can break (rules.toml): where each is judged, how gravely, and what it asks of whoever
publishes."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STAGES: Final = ("structure", "content", "plausibility")


@dataclass(frozen=True)
class Rule:
    """`note`: a warning that is not confirmed by a tick alone."""

    stage: str
    severities: frozenset[str]
    note: bool


def _rules() -> dict[str, Rule]:
    told = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
    stages = {name: stage for stage in STAGES for names in told[stage].values() for name in names}
    return {
        name: Rule(
            stage, frozenset(grave for grave, names in told[stage].items() if name in names), name in told["note"]
        )
        for name, stage in stages.items()
    }


RULES: Final = _rules()
