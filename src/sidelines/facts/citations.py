"""Citations: what to cite for a data set, and under which terms it may be used."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

__all__ = ["Citation", "citations", "cite"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A data set: the reference in full, the version we read, its terms, its official home."""

    key: str
    title: str
    citation: str
    version: str
    terms: str
    home: str


@cache
def citations() -> Mapping[str, Citation]:
    """Return every citation by the name that sources give before their colon."""
    text = resources.files("sidelines.facts").joinpath("citations.toml").read_text("utf-8")
    entries = tomllib.loads(text).items()
    return MappingProxyType({key: Citation(key=key, **entry) for key, entry in entries})


def cite(dataset: str) -> Citation | None:
    """Return what to cite for a data set, or None for one that we do not know.

    >>> cite("nmc").version
    '7.0, to 2022'
    """
    return citations().get(dataset)
