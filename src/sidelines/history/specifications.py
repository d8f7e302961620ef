"""Every named model and task with its settings, read from data."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from pydantic import TypeAdapter

from sidelines.terms.errors import NotFoundError, nearest, shown

__all__ = [
    "Specification",
    "Specifications",
    "TaskSettings",
    "extended",
    "load_specifications",
    "named",
    "without_columns",
]

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
class TaskSettings:
    """A task: blocks of `step` years from `start` to `last`, its models, and how it is reported.

    - `outcome`: the column that says how far the ladder of `steps` was climbed
    - `powers`: which ones; none: all
    - `references`: models that the others' skill is measured against
    - `periods`: first and last years of the spans that are reported
    - `told_after`: years that pass before the outcome of a case is known; until then nobody learns
      from it
    """

    what: str
    source: str
    steps: tuple[str, ...]
    outcome: str
    start: int
    step: int
    last: int
    models: tuple[str, ...]
    references: tuple[str, ...]
    periods: tuple[tuple[int, int], ...]
    powers: tuple[int, ...] = ()
    told_after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Specifications:
    """All models by name, in order, the groupings that their effects use, and the tasks.

    `arms` names the columns that only who has SIPRI's register can fill.
    """

    models: Mapping[str, Specification]
    groupings: Mapping[str, Any]
    tasks: Mapping[str, TaskSettings]
    arms: tuple[str, ...] = ()


@cache
def load_specifications() -> Specifications:
    """Return the models and tasks that ship with this version."""
    file = resources.files("sidelines.history").joinpath("specifications.toml")
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    tasks = TypeAdapter(dict[str, TaskSettings]).validate_python(raw["tasks"])
    empty = Specifications(
        models={}, groupings={}, tasks=tasks, arms=tuple(raw["columns"]["arms"]["names"])
    )
    return extended(empty, raw["models"], groupings=raw["groupings"])


def extended(
    specifications: Specifications,
    entries: Mapping[str, Mapping[str, Any]],
    *,
    groupings: Mapping[str, Mapping[str, Any]] | None = None,
) -> Specifications:
    """Return the specifications with further models, each from its table in the file.

    A table that says `like = NAME` takes over whatever it does not say itself from that model.
    """
    models = dict(specifications.models)
    for name, entry in entries.items():
        table = dict(entry)
        if "like" in table:
            like = named(replace(specifications, models=models), table.pop("like"))
            about = {key: getattr(like, key) for key in _ABOUT}
            table = _merged({**about, **like.settings}, table)
        settings = {key: value for key, value in table.items() if key not in _ABOUT}
        models[name] = Specification(
            name=name, settings=settings, **{key: table[key] for key in _ABOUT}
        )
    added = {
        name: {key: entry[key] for key in ("of", "cuts")}
        for name, entry in (groupings or {}).items()
    }
    return replace(specifications, models=models, groupings={**specifications.groupings, **added})


def named(specifications: Specifications, name: str) -> Specification:
    """Return a model by its name, or say which comes nearest."""
    if name not in specifications.models:
        known = list(specifications.models)
        near = nearest(name, known)
        hint = f"Did you mean {near!r}?" if near else f"Known: {', '.join(known)}."
        raise NotFoundError(f"There is no model {shown(name)}.", hint=hint)
    return specifications.models[name]


def without_columns(specifications: Specifications, names: Collection[str]) -> Specifications:
    """Return the specifications as they are where some covariates cannot be had.

    Whatever names one of them loses it: covariates, slopes that drift, signs, flags. What is left
    is learned and scored anew, under the same names.
    """
    models = {
        name: replace(model, settings=_stripped(model.settings, names))
        for name, model in specifications.models.items()
    }
    return replace(specifications, models=models)


def _stripped(settings: Any, names: Collection[str]) -> Any:
    if isinstance(settings, Mapping):
        kept = {key: value for key, value in settings.items() if key not in names}
        return {key: _stripped(value, names) for key, value in kept.items()}
    if isinstance(settings, list):
        return [_stripped(one, names) for one in settings if not _vanishes(one, names)]
    return settings


def _vanishes(one: Any, names: Collection[str]) -> bool:
    """Tell whether an entry is one of the names, or moves the slopes of nothing else."""
    if isinstance(one, Mapping):
        return bool(one.get("slopes")) and set(one["slopes"]) <= set(names)
    return isinstance(one, str) and one in names


def _merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return the first table with what the second says.

    A key `+name` adds to the list `name`, a key `-name` takes from it.
    """
    both = dict(first)
    for key, value in second.items():
        old = both.get(key)
        if key.startswith("+"):
            both[key[1:]] = [*both[key[1:]], *value]
        elif key.startswith("-"):
            both[key[1:]] = _left(both[key[1:]], value)
        elif isinstance(old, Mapping) and isinstance(value, Mapping):
            both[key] = _merged(old, value)
        else:
            both[key] = value
    return both


def _left(held: Any, taken: Collection[str]) -> Any:
    """Return a list or table without some entries."""
    if isinstance(held, Mapping):
        return {key: value for key, value in held.items() if key not in taken}
    return [one for one in held if one not in taken]
