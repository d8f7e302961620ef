"""One uncertain number of a crisis file: a value, a range or a distribution, with its source.

| written                                      | means                                      |
|----------------------------------------------|--------------------------------------------|
| `0.4`                                        | exactly 0.4                                |
| `[0.2, 0.6]`                                 | anywhere between, equally likely           |
| `{value: 0.4, range: [0.2, 0.6]}`            | most likely 0.4, triangular over the range |
| `{normal: [mean, sd]}`                       | normal, cut at the allowed bounds          |
| `{lognormal: [median, sigma]}`               | log-normal, sigma on the log scale         |
| `{beta: [a, b]}`                             | beta between 0 and 1                       |

Every mapping may carry `source:`.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, InstanceOf, WithJsonSchema
from pydantic_core import PydanticCustomError

from sidelines.terms.errors import shown
from sidelines.terms.units import km_from_miles, km_from_nautical_miles

__all__ = ["Count", "Km", "Probability", "Quantity", "Share", "TonnesPerDay"]

Kind = Literal["value", "uniform", "triangular", "normal", "lognormal", "beta"]
_PERCENT, _FEWEST_PERCENT = 100.0, 2.0
_DISTRIBUTIONS = ("normal", "lognormal", "beta")
# Wider than this says nothing: a sigma of 5 spans nine orders of magnitude.
_LARGEST_SD = 1e6
_LARGEST_SIGMA = 5.0
_KEYS = ("value", "range", "source", *_DISTRIBUTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A distribution with the bounds it may not leave and the source it rests on.

    `numbers` are (value), (low, high), (low, mode, high), (mean, sd), (median, sigma) or (a, b).
    """

    kind: Kind
    numbers: tuple[float, ...]
    low: float
    high: float
    source: str | None = None

    @property
    def centre(self) -> float:
        """The value, mode, mean or median: the single number to show."""
        first, *rest = self.numbers
        if self.kind == "uniform":
            return (first + rest[0]) / 2
        if self.kind == "triangular":
            return rest[0]
        if self.kind == "beta":
            return first / (first + rest[0])
        return first


def _fault(message: str) -> PydanticCustomError:
    return PydanticCustomError("quantity", "{text}", {"text": message})


def _number(value: Any, *, unit: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _fault(f"must be a number{unit}, not {shown(value)}{_unit_hint(value)}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _fault(f"must be a finite number{unit}, not {shown(value)}; leave it out if unknown")
    return number


def _unit_hint(value: Any) -> str:
    """Return the converted figure when somebody wrote another unit beside the number."""
    written = value if isinstance(value, str) and len(value) <= 40 else ""
    pattern = r"\s*(\d[\d,]*(?:\.\d+)?)\s*(km|mi|miles?|nm|nmi)\s*"
    match = re.fullmatch(pattern, written, flags=re.ASCII)
    if match is None:
        return ""
    amount = float(match[1].replace(",", ""))
    converters: dict[str, Callable[[float], float]] = {
        "k": float,
        "m": km_from_miles,
        "n": km_from_nautical_miles,
    }
    return f": write {converters[match[2][0]](amount):.0f} (the unit stands in the key's name)"


def _pair(value: Any, *, unit: str, what: str) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise _fault(f"{what} must be two numbers, such as [0.2, 0.6], not {shown(value)}")
    return _number(value[0], unit=unit), _number(value[1], unit=unit)


def _range(value: Any, *, unit: str) -> tuple[float, float]:
    low, high = _pair(value, unit=unit, what="a range")
    if low > high:
        raise _fault(f"the range [{low:g}, {high:g}] is upside down: write [{high:g}, {low:g}]")
    return low, high


def _distribution(name: str, value: Any, *, unit: str) -> tuple[Kind, tuple[float, ...]]:
    first, second = _pair(value, unit=unit, what=name)
    if name == "normal" and second < 0:
        raise _fault(f"the standard deviation must not be negative, not {second:g}")
    if name == "normal" and second > _LARGEST_SD:
        raise _fault(f"the standard deviation must be at most {_LARGEST_SD:g}, not {second:g}")
    if name == "lognormal" and second > _LARGEST_SIGMA:
        raise _fault(f"the sigma of a log-normal must be at most {_LARGEST_SIGMA:g}")
    if name == "lognormal" and (first <= 0 or second < 0):
        raise _fault("a log-normal needs a median above 0 and a sigma of at least 0")
    if name == "beta" and (first <= 0 or second <= 0):
        raise _fault("a beta distribution needs both numbers above 0")
    return name, (first, second)  # type: ignore[return-value]


def _from_mapping(raw: dict[Any, Any], *, unit: str) -> tuple[Kind, tuple[float, ...]]:
    unknown = [key for key in raw if key not in _KEYS]
    if unknown:
        raise _fault(f"unknown key {shown(unknown[0])}: a number may have {', '.join(_KEYS)}")
    shapes = [name for name in _DISTRIBUTIONS if name in raw]
    if len(shapes) > 1 or (shapes and ("value" in raw or "range" in raw)):
        raise _fault("give one of value with range, normal, lognormal or beta, not several")
    if shapes:
        return _distribution(shapes[0], raw[shapes[0]], unit=unit)
    if "range" not in raw:
        if "value" not in raw:
            raise _fault("needs value, range, normal, lognormal or beta")
        return "value", (_number(raw["value"], unit=unit),)
    low, high = _range(raw["range"], unit=unit)
    if "value" not in raw:
        return "uniform", (low, high)
    value = _number(raw["value"], unit=unit)
    if not low <= value <= high:
        raise _fault(f"the value {value:g} lies outside its range [{low:g}, {high:g}]")
    return "triangular", (low, value, high)


def _parser(low: float, high: float, unit: str) -> Callable[[Any], Quantity]:
    label = f" in {unit}" if unit else ""
    allowed = f"between {low:g} and {high:g}" if math.isfinite(high) else f"at least {low:g}"

    def parse(raw: Any) -> Quantity:
        if isinstance(raw, Quantity):
            return raw
        source = raw.get("source") if isinstance(raw, dict) else None
        if source is not None and not isinstance(source, str):
            raise _fault(f"source must be text, not {shown(source)}")
        kind: Kind
        numbers: tuple[float, ...]
        if isinstance(raw, dict):
            kind, numbers = _from_mapping(raw, unit=label)
        elif isinstance(raw, list | tuple):
            kind, numbers = "uniform", _range(raw, unit=label)
        else:
            kind, numbers = "value", (_number(raw, unit=label),)
        located = {"normal": numbers[:1], "lognormal": numbers[:1], "beta": ()}.get(kind, numbers)
        outside = [n for n in located if not low <= n <= high]
        if outside:
            is_percent = high == 1.0 and _FEWEST_PERCENT <= outside[0] <= _PERCENT
            near = outside[0] / _PERCENT if is_percent else min(max(outside[0], low), high)
            raise _fault(f"{outside[0]:g} is not allowed: must be {allowed}{label}, e.g. {near:g}")
        return Quantity(kind=kind, numbers=numbers, low=low, high=high, source=source)

    return parse


def _schema(low: float, high: float, text: str) -> dict[str, Any]:
    number: dict[str, Any] = {"type": "number", "minimum": low}
    if math.isfinite(high):
        number["maximum"] = high
    pair = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    mapping = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "value": number,
            "range": {**pair, "items": number},
            "normal": pair,
            "lognormal": pair,
            "beta": pair,
            "source": {"type": "string"},
        },
    }
    return {"description": text, "anyOf": [number, {**pair, "items": number}, mapping]}


def _field(low: float, high: float, unit: str, text: str) -> Any:
    return Annotated[
        InstanceOf[Quantity],
        BeforeValidator(_parser(low, high, unit)),
        WithJsonSchema(_schema(low, high, text)),
    ]


Share = _field(0.0, 1.0, "", "A share from 0 to 1, a range or a distribution.")
Probability = _field(0.0, 1.0, "", "A probability from 0 to 1, a range or a distribution.")
Km = _field(0.0, 20_037.6, "km", "A distance [km], at most half the way round the Earth.")
Count = _field(0.0, 1e6, "", "A number of things, a range or a distribution.")
TonnesPerDay = _field(0.0, 1e7, "t/day", "A lift [t/day], a range or a distribution.")
