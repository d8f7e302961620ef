"""Militarised interstate disputes as Gibler, Miller and Little revised them (GML-MID 2.2.1)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sidelines.facts.official.disputes import Dispute, Part, dispute_of
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["GmlDisputes", "load_gml_disputes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GmlDisputes:
    """Disputes by number, 1816 to 2010; a participant's hostility follows from its highest action.

    In a war a participant whose own highest action is a clash has 4, where COW's MID has 5.
    """

    disputes: Mapping[int, Dispute]


@once_per_folder
def load_gml_disputes() -> GmlDisputes:
    """Return the disputes of the user's copy of the GML-MID participants."""
    names = ["dispnum", "ccode", "styear", "sidea", "orig", "hiact"]
    columns = read("mid", "gml_participants_v2_2_1.csv", names)
    rows: dict[int, dict[int, list[Part]]] = {}
    for number, cow, year, side, first, action in zip(
        *(columns[name].tolist() for name in names), strict=True
    ):
        part = (year, side == 1, first == 1, _hostility(action))
        rows.setdefault(number, {}).setdefault(cow, []).append(part)
    return GmlDisputes(
        disputes={number: dispute_of(number, _begun(by), by) for number, by in rows.items()}
    )


def _begun(by_state: Mapping[int, list[Part]]) -> int:
    return min(part[0] for parts in by_state.values() for part in parts)


def _hostility(action: int) -> int:
    return max(level for floor, level in _levels() if floor <= action)


@cache
def _levels() -> tuple[tuple[int, int], ...]:
    text = resources.files(__package__).joinpath("mid_actions.toml").read_text("utf-8")
    return tuple((one["from_action"], one["level"]) for one in tomllib.loads(text)["hostility"])
