"""Every slope and scale of the model, with value, range, unit, date and source, as data."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from sidelines.assess.estimates import Estimates
from sidelines.terms.arrays import Float
from sidelines.terms.ladder import INSTRUMENTS

__all__ = ["Parameter", "Parameters", "Scales", "fitted", "load_parameters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number we believe: its value, the range of 80 % of our belief, and why."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    what: str

    @property
    def is_share(self) -> bool:
        """Whether the number is a share or a probability, and so never above one."""
        return self.unit.startswith(("share", "probability"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """How the instruments differ: one value per instrument, words first.

    - `inertia`: what it takes to do anything at all [log-odds]
    - `haul`: how far it must be carried and manned, 0 to 1
    - `strength`: share of the power's strength that it carries to the theatre
    - `heat`: how far it widens the war, 0 to 1
    - `duty`: how far it redeems a commitment, 0 to 1
    - `offence`: how far it provokes the other side's sanctions, 0 to 1
    - `loudness`, `deed`: how loud it is, and how much of a deed, 0 to 1
    - `company`: how far it goes with material support, 0 to 1
    - `joining`: how far it is easier in the company of others, 0 to 1
    """

    inertia: Float[np.ndarray, " instrument"]
    haul: Float[np.ndarray, " instrument"]
    strength: Float[np.ndarray, " instrument"]
    heat: Float[np.ndarray, " instrument"]
    duty: Float[np.ndarray, " instrument"]
    offence: Float[np.ndarray, " instrument"]
    loudness: Float[np.ndarray, " instrument"]
    deed: Float[np.ndarray, " instrument"]
    company: Float[np.ndarray, " instrument"]
    joining: Float[np.ndarray, " instrument"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The whole file: version, status, slopes by name, scales, and other numbers by name.

    `gradient` names how strength is lost on the way, see `sidelines.reach.gradient.GRADIENTS`.

    `factor` is the lower factor of the covariance of the log slopes named in `together`; all other
    slopes are independent.
    """

    version: str
    status: str
    gradient: str
    slopes: dict[str, Parameter]
    numbers: dict[str, Parameter]
    missing: dict[str, Parameter]
    ties: dict[str, Parameter]
    scales: Scales
    together: tuple[str, ...] = ()
    factor: tuple[tuple[float, ...], ...] = ()

    def value(self, name: str) -> float:
        """Return the value of a number outside the slopes."""
        return self.numbers[name].value


@cache
def load_parameters() -> Parameters:
    """Return the parameters that ship with this version."""
    file = resources.files("sidelines.assess").joinpath("parameters.toml")
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    return Parameters(
        version=raw["version"],
        status=raw["status"],
        gradient=raw["gradient"],
        slopes=_group(raw["slopes"]),
        numbers=_group(raw["numbers"]),
        missing=_group(raw["missing"]),
        ties=_group(raw["ties"]),
        scales=Scales(**{name: _scale(entry) for name, entry in raw["scales"].items()}),
    )


def fitted(parameters: Parameters, estimates: Estimates | None) -> Parameters:
    """Return the parameters with the slopes that a fit learned; without a fit, as they are."""
    if estimates is None:
        return parameters
    slopes = dict(parameters.slopes)
    for one in estimates.slopes:
        slopes[one.name] = replace(
            slopes[one.name],
            value=one.value,
            low=one.low,
            high=one.high,
            source=f"fit {estimates.name}: {estimates.crises} crises before {estimates.before}",
        )
    return replace(
        parameters,
        version=f"{parameters.version.removesuffix('-prior')}-{estimates.name}",
        status=f"fitted to {estimates.crises} crises before {estimates.before}",
        slopes=slopes,
        together=tuple(one.name for one in estimates.slopes),
        factor=estimates.log_factor,
    )


def _group(raw: dict[str, dict[str, Any]]) -> dict[str, Parameter]:
    return {
        name: Parameter(
            name=name,
            value=float(entry["value"]),
            low=float(entry["range"][0]),
            high=float(entry["range"][1]),
            unit=entry["unit"],
            source=entry["source"],
            what=entry["what"],
        )
        for name, entry in raw.items()
    }


def _scale(entry: dict[str, Any]) -> np.ndarray:
    values = np.array([float(entry[instrument]) for instrument in INSTRUMENTS])
    values.flags.writeable = False
    return values
