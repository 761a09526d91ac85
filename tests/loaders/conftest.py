"""Whatever the tests of files find wrong is told as the table of rules says."""

from collections.abc import Iterator

import pytest

from loaders.problems import Problem
from loaders.rules import RULES


@pytest.fixture(autouse=True, scope="session")
def _as_gravely_as_the_table_says() -> Iterator[None]:
    told = Problem.__post_init__

    def judged(self: Problem) -> None:
        told(self)
        assert self.severity in RULES[self.rule].severities, (self.rule, self.variant, self.severity)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Problem, "__post_init__", judged)
        yield
