"""Who would have let a power pass: chances of leave by the ties of the year before a crisis.

The kinds and chances are those of `assess.permissions`; the ties come from the research files,
which know every pair of states. Decisions on record are left out: somebody wrote them down because
a power acted, so that they would tell the outcome.
"""

from collections.abc import Callable
from functools import cache

from sidelines.assess.covariates import Records
from sidelines.assess.parameters import load_parameters
from sidelines.assess.standing import hosts_of
from sidelines.facts.official.codes import cow_number
from sidelines.facts.world import World

__all__ = ["Leave", "past_leave"]

Leave = Callable[[World, str, str, str, str | None], float]
"""Chance of leave [1], given world, power, holder, the backed and the opposed party."""


def past_leave(records: Records[int]) -> Leave:
    """Return who asks the ties of the year of a world's day, each pair once."""
    parameters = load_parameters()
    near = parameters.value("access_near_distance")

    @cache
    def owes(world: World, one: str, other: str) -> bool | None:
        """Tell whether either owes the other defence, None where nobody knows."""
        codes = _codes(world, one, other)
        if codes is None:
            return None
        found = [records.pact(*pair, world.as_of.year) for pair in (codes, codes[::-1])]
        return True if any(found) else None if found == [None, None] else False

    @cache
    def tie(world: World, power: str, holder: str) -> str:
        codes = _codes(world, power, holder)
        if codes is None:
            return "unknown"
        if records.rivals(*codes, world.as_of.year):
            return "rival"
        if holder in hosts_of(world, power):
            return "host"
        if owes(world, power, holder):
            return "ally"
        votes = records.votes_apart(*codes, world.as_of.year)
        if votes is not None:
            return "near" if votes < near else "neutral"
        return "unknown" if owes(world, power, holder) is None else "neutral"

    def kind(world: World, power: str, holder: str, backed: str, opposed: str | None) -> str:
        for name, party in (("own", power), ("party", backed), ("enemy", opposed)):
            if holder == party:
                return name
        found = tie(world, power, holder)
        if found in {"near", "neutral"} and opposed is not None:
            stands_by = owes(world, opposed, holder) or holder in hosts_of(world, opposed)
            return "other_side" if stands_by else found
        return found

    def leave(world: World, power: str, holder: str, backed: str, opposed: str | None) -> float:
        found = kind(world, power, holder, backed, opposed)
        if found == "own":
            return 1.0
        if found == "unknown":
            return parameters.missing["granted_prob"].value
        return parameters.value(f"access_{found}")

    return leave


def _codes(world: World, one: str, other: str) -> tuple[int, int] | None:
    codes = [cow_number(id_, world.as_of.year) for id_ in (one, other)]
    return None if None in codes else (codes[0], codes[1])  # type: ignore[return-value]
