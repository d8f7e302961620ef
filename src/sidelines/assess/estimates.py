"""What history taught, as data: one file for each year before which the cases began.

`history` writes these files (`sidelines fit`), with SIPRI's deliveries among the covariates and
without them; an answer reads the newest file whose cases all began before its own day.
"""

import gzip
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import ClassVar

from pydantic import TypeAdapter

from sidelines.assess.forecast import Forecast
from sidelines.terms.errors import DataError

__all__ = ["Estimates", "Like", "SlopeEstimate", "Task", "estimates_before"]

_FORBID: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeEstimate:
    """A slope of the structural game after history: median, 80 % range, and what was learned.

    `sd_ratio` is posterior over prior sd on the log scale; `sign_prob` the chance that the slope
    has the sign that theory gives it, were the sign left free.
    """

    name: str
    value: float
    low: float
    high: float
    sd_ratio: float
    sign_prob: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A forecast of one kind of record: whose it is, which rungs its steps are, what it weighs.

    - `powers`: COW numbers of the powers it was fitted to, and to which alone it applies
    - `rungs`: the rung at which each step begins
    - `weights`: of the forecast beside the structural game, in log-odds, step by step
    """

    name: str
    powers: tuple[int, ...]
    rungs: tuple[str, ...]
    weights: tuple[float, ...]
    forecast: Forecast


@dataclass(frozen=True, slots=True, kw_only=True)
class Like:
    """How the headline did on like cases: this power, these years, this rung or more.

    `skill` is one minus the ratio of its log loss to that of the base rate per power and era, with
    a 90 % range from resampled crises. None where there is nothing to compute it from.
    """

    task: str
    power: int
    rung: str
    first_year: int
    last_year: int
    cases: int
    positives: int
    skill: float | None
    low: float | None
    high: float | None
    calibration_slope: float | None
    roc_auc: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """One fit.

    - `before`: every case began before this year
    - `arms`: whether deliveries after SIPRI are among the covariates
    - `cases`, `crises`, `cases_sha256`: the case table behind it
    - `vintages`: of the data sets read, by name
    - `specification`: the registered specification
    - `log_factor`: lower factor of the covariance of log slopes, in the order of `slopes`
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    format: int
    before: int
    arms: bool
    specification: str
    cases: int
    crises: int
    cases_sha256: str
    vintages: Mapping[str, str]
    slopes: tuple[SlopeEstimate, ...]
    log_factor: tuple[tuple[float, ...], ...]
    tasks: tuple[Task, ...]
    record: tuple[Like, ...]

    @property
    def name(self) -> str:
        """The name of the fit, as an answer prints it."""
        return f"{self.before}-{'with' if self.arms else 'without'}-arms"


@cache
def estimates_before(year: int, *, arms: bool) -> Estimates | None:
    """Return the newest fit whose cases all began before a year, None where there is none."""
    known = [before for before in _years(arms=arms) if before <= year]
    return _read(max(known), arms=arms) if known else None


def _folder() -> Traversable:
    """Return where fits lie: the user's own folder, if one is named, else those that ship."""
    named = os.environ.get("SIDELINES_FITS")
    if not named:
        return resources.files("sidelines.assess").joinpath("fits")
    if not Path(named).is_dir():
        raise DataError(
            f"SIDELINES_FITS names {named}, which is no folder.",
            hint="Write fits there with `sidelines fit -o FOLDER`, or unset it.",
        )
    return Path(named)


def _years(*, arms: bool) -> list[int]:
    ending = f"-{'with' if arms else 'without'}-arms.json.gz"
    names = [entry.name for entry in _folder().iterdir()]
    return [int(name.removesuffix(ending)) for name in names if name.endswith(ending)]


@cache
def _read(before: int, *, arms: bool) -> Estimates:
    name = f"{before}-{'with' if arms else 'without'}-arms"
    file = _folder().joinpath(f"{name}.json.gz")
    try:
        found = TypeAdapter(Estimates).validate_json(gzip.decompress(file.read_bytes()))
    except (OSError, EOFError, zlib.error, ValueError) as problem:
        said = f"{name}.json.gz is no fit: {type(problem).__name__}."
        raise DataError(said, hint="Write it anew with `sidelines fit`.") from problem
    if found.name != name:
        said = f"{name}.json.gz holds the fit {found.name}."
        raise DataError(said, hint="Give it its own name back: a fit may not see later years.")
    return found
