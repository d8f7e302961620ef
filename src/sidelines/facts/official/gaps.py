"""Known gaps: figures that a file gives as zero though nobody reported them."""

import tomllib
from functools import cache
from importlib import resources

__all__ = ["is_gap"]


@cache
def _gaps() -> dict[str, list[dict[str, int]]]:
    text = resources.files(__package__).joinpath("gaps.toml").read_text("utf-8")
    return tomllib.loads(text)


def is_gap(dataset: str, cow: int, year: int) -> bool:
    """Tell whether a file's figure for a state and year is known to stand for 'not reported'.

    >>> is_gap("us_troops", 645, 2019), is_gap("us_troops", 645, 2007)
    (True, False)
    """
    held = (gap for gap in _gaps().get(dataset, ()) if gap["cow"] == cow)
    return any(gap["first"] <= year <= gap["last"] for gap in held)
