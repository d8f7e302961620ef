"""The smallest crisis file there can be, and what is wrong with another one."""

from collections.abc import Callable

import pytest

from sidelines.crisis.read import read_crisis
from sidelines.terms.errors import CrisisFileError, Problem

BASE = """\
id: a
title: A
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
powers:
  - power: RUS
    side: target
    stake: 0.4
"""


@pytest.fixture(scope="session")
def base() -> str:
    """Return a crisis file of nine lines."""
    return BASE


@pytest.fixture(scope="session")
def problems() -> Callable[[str], tuple[Problem, ...]]:
    """Return a function that reads a broken text and returns all that is wrong with it."""

    def read(text: str) -> tuple[Problem, ...]:
        with pytest.raises(CrisisFileError) as caught:
            read_crisis(text)
        return caught.value.problems

    return read
