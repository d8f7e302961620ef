"""Every named model and its settings, read from data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sidelines.terms.errors import NotFoundError, nearest, shown

__all__ = ["Specification", "Specifications", "load_specifications", "named", "specification"]

_ABOUT = ("label", "kind", "what", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """One named model: its label in tables, its kind, what it is and whence, and its settings."""

    name: str
    label: str
    kind: str
    what: str
    source: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Specifications:
    """All models by name, in order, and the groupings that their effects use."""

    models: Mapping[str, Specification]
    groupings: Mapping[str, Any]


@cache
def load_specifications() -> Specifications:
    """Return the models that ship with this version."""
    file = resources.files("sidelines.history").joinpath("specifications.toml")
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    return Specifications(
        models={name: specification(name, entry) for name, entry in raw["models"].items()},
        groupings={
            name: {key: entry[key] for key in ("of", "cuts")}
            for name, entry in raw["groupings"].items()
        },
    )


def specification(name: str, entry: Mapping[str, Any]) -> Specification:
    """Return a model from its table in the file."""
    return Specification(
        name=name,
        **{key: entry[key] for key in _ABOUT},
        settings={key: value for key, value in entry.items() if key not in _ABOUT},
    )


def named(specifications: Specifications, name: str) -> Specification:
    """Return a model by its name, or say which comes nearest."""
    if name not in specifications.models:
        known = list(specifications.models)
        near = nearest(name, known)
        hint = f"Did you mean {near!r}?" if near else f"Known: {', '.join(known)}."
        raise NotFoundError(f"There is no model {shown(name)}.", hint=hint)
    return specifications.models[name]
