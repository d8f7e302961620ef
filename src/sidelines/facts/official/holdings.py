"""What the user holds: which files are there, are they those we tested with, are they old."""

import datetime as dt
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from sidelines.facts.official.catalogue import DataSet, OfficialFile
from sidelines.facts.official.folder import columns_of, found

__all__ = ["Copy", "age_months", "copies", "why_stale"]

Status = Literal["same", "other", "missing"]

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file of the catalogue as the user has it.

    `same` has the checksum of the copy we tested with, `other` has another one, perhaps a newer
    version; `missing_columns` are those that a loader reads and the file lacks.
    """

    file: OfficialFile
    path: Path | None
    status: Status
    missing_columns: tuple[str, ...]


def copies(dataset: DataSet) -> tuple[Copy, ...]:
    """Return every file of a data set, checked against what we tested with."""
    return tuple(_copy(dataset, file) for file in dataset.files)


def _copy(dataset: DataSet, file: OfficialFile) -> Copy:
    path = found(dataset.key, file.name)
    if path is None:
        return Copy(file=file, path=None, status="missing", missing_columns=())
    same = _checksum(path) == file.sha256
    there = file.columns if same else columns_of(path)
    missing = tuple(name for name in file.columns if name not in there)
    return Copy(file=file, path=path, status="same" if same else "other", missing_columns=missing)


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def age_months(vintage: dt.date, today: dt.date) -> int:
    """Return how many whole months have passed since a vintage came out.

    >>> age_months(dt.date(2025, 6, 13), dt.date(2026, 6, 12))
    11
    """
    months = (today.year - vintage.year) * 12 + today.month - vintage.month
    return months - (today.day < vintage.day)


def why_stale(dataset: DataSet, *, today: dt.date, stale_months: float) -> tuple[str, ...]:
    """Return what is old about a data set: its vintage, its coverage, or nothing."""
    reasons = []
    age = age_months(dataset.vintage, today)
    if age > stale_months:
        reasons.append(f"its vintage is {age} months old")
    if dataset.last_year < today.year - _coverage_years():
        reasons.append(f"it ends in {dataset.last_year}")
    return tuple(reasons)


@cache
def _coverage_years() -> int:
    text = resources.files(__package__).joinpath("stale.toml").read_text("utf-8")
    return int(tomllib.loads(text)["coverage_years"]["value"])
