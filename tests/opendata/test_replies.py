"""What is kept ready has a bound: nobody fills the server's memory by asking for everything."""

import pytest

from opendata.replies import Kept, Ready


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    made: list[tuple[str, int]] = []

    @Kept(10)
    def ready(name: str, size: int) -> Ready:
        made.append((name, size))
        return Ready(b"x" * size, "text/plain")

    for name, size in (("a", 4), ("b", 4), ("a", 4), ("c", 4), ("a", 4), ("b", 4), ("large", 11), ("large", 11)):
        assert len(ready(name, size).content) == size
    # a was asked for again before c came, so b went; what is larger than the room is made each time
    assert [name for name, _ in made] == ["a", "b", "c", "b", "large", "large"]


@pytest.mark.parametrize("named", [{}, {"size": 2}])
def test_named_and_placed_arguments_are_told_apart_by_their_values(named: dict[str, int]) -> None:
    @Kept(100)
    def ready(size: int = 1) -> Ready:
        return Ready(b"x" * size, "text/plain")

    assert len(ready(**named).content) == named.get("size", 1)
    assert ready(**named) is ready(**named)
