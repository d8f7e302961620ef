"""What the loaders read: files, their checksums, coverage, vintage and kind of terms."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from sidelines.facts.citations import Citation, citations
from sidelines.terms.errors import NotFoundError, nearest, shown

__all__ = ["TERMS", "DataSet", "OfficialFile", "catalogue", "entry"]

TERMS: Mapping[str, str] = MappingProxyType(
    {
        "open": "may be used and passed on, with attribution",
        "research": "free for research with citation",
        "own-copy": "your own copy only: non-commercial or not to be passed on",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFile:
    """A file: its names, the columns that loaders read, and the copy we tested with."""

    name: str
    also: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int
    sha256: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names under which the file is looked for."""
        return (self.name, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """A data set: first and last year covered, the day its vintage came out, its terms."""

    key: str
    first_year: int
    last_year: int
    vintage: dt.date
    vintage_basis: str
    terms_kind: str
    files: tuple[OfficialFile, ...]
    citation: Citation

    def covers(self, year: int) -> bool:
        """Tell whether a year lies within the coverage."""
        return self.first_year <= year <= self.last_year

    def file(self, name: str) -> OfficialFile:
        """Return the file of that name."""
        return next(file for file in self.files if file.name == name)


@cache
def catalogue() -> Mapping[str, DataSet]:
    """Return every data set that has a loader, by the name of its folder."""
    text = resources.files(__package__).joinpath("catalogue.toml").read_text("utf-8")
    entries = tomllib.loads(text)
    return MappingProxyType({key: _data_set(key, said) for key, said in entries.items()})


def _data_set(key: str, said: dict[str, object]) -> DataSet:
    files = said.pop("files")
    assert isinstance(files, list)
    return DataSet(
        key=key,
        files=tuple(_file(file) for file in files),
        citation=citations()[key],
        **said,  # type: ignore[arg-type]
    )


def _file(said: dict[str, Any]) -> OfficialFile:
    lists = {name: tuple(said.get(name, ())) for name in ("also", "columns")}
    return OfficialFile(**{**said, **lists})


def entry(dataset: str) -> DataSet:
    """Return a data set of the catalogue, or say which comes nearest.

    >>> entry("nmc").last_year
    2022
    """
    known = catalogue()
    if dataset not in known:
        near = nearest(dataset, tuple(known))
        hint = f"Did you mean {near!r}?" if near else f"There are {', '.join(known)}."
        raise NotFoundError(f"There is no data set {shown(dataset)}.", hint=hint)
    return known[dataset]
