"""What a holder of ground or air is to a power, and who decides together with whom."""

from functools import lru_cache

import numpy as np

from sidelines.assess.context import Context
from sidelines.crisis.model import Power
from sidelines.facts.members import memberships
from sidelines.facts.places import bases
from sidelines.facts.ties import allied, allies, ideal_point_distance, rivals
from sidelines.facts.world import World
from sidelines.terms.arrays import Int
from sidelines.terms.states import actor

__all__ = ["GROUPS", "KINDS", "group_of", "groups_of", "hosts_of", "kind_of", "kinds_of"]

GROUPS = ("GCC", "CSTO", "WPO", "NATO", "EUU", "ASEAN", "ECOWAS", "ARL", "SCO", "RIO")
"""Who decides together: a holder counts with the first of these that it belongs to."""

KINDS = ("own", "party", "enemy", "rival", "host", "ally", "other_side", "near", "neutral")
"""What a holder is to a power, the first that fits; `unknown` where no tie was ever asked."""


def kind_of(ctx: Context, power: Power, holder: str) -> str:
    """Return what a holder is to a power in this crisis: the first of `KINDS` that fits."""
    return kinds_of(ctx, power, (holder,))[0]


def kinds_of(ctx: Context, power: Power, holders: tuple[str, ...]) -> tuple[str, ...]:
    """Return what each of some holders is to a power in this crisis."""
    return _kinds(
        ctx.world,
        power.power,
        holders,
        friends=ctx.friends(power),
        opponents=ctx.opponents(power),
        near=ctx.parameters.value("access_near_distance"),
    )


@lru_cache(maxsize=1024)
def _kinds(
    world: World,
    power: str,
    holders: tuple[str, ...],
    *,
    friends: tuple[str, ...],
    opponents: tuple[str, ...],
    near: float,
) -> tuple[str, ...]:
    if _present(world, power):
        absent = frozenset(holder for holder in holders if not _present(world, holder))
    else:
        absent = frozenset(holders)
    first_that_fits = (
        ("own", {power}),
        ("party", friends),
        ("enemy", opponents),
        ("unknown", absent),
        ("rival", rivals(world, power)),
        ("host", hosts_of(world, power)),
        ("ally", _allies(world, power)),
        ("other_side", frozenset().union(*(_stand_by(world, one) for one in opponents))),
    )
    return tuple(
        next((kind for kind, those in first_that_fits if holder in those), "")
        or _by_votes(world, power, holder, near)
        for holder in holders
    )


def _by_votes(world: World, power: str, holder: str, near: float) -> str:
    votes = ideal_point_distance(world, power, holder)
    if votes is not None:
        return "near" if votes.value < near else "neutral"
    return "unknown" if allied(world, power, holder) is None else "neutral"


def _stand_by(world: World, party: str) -> frozenset[str]:
    return _allies(world, party) | hosts_of(world, party)


def _allies(world: World, id_: str) -> frozenset[str]:
    return allies(world, id_) if _present(world, id_) else frozenset()


@lru_cache(maxsize=1024)
def hosts_of(world: World, operator: str) -> frozenset[str]:
    """Return the states that host bases of another by treaty or lease."""
    if not _present(world, operator):
        return frozenset()
    held = (fact.value for fact in bases(world, operator))
    return frozenset(base.host for base in held if base.tenure in {"treaty", "lease"})


def _present(world: World, id_: str) -> bool:
    return actor(id_).existed_on(world.as_of)


@lru_cache(maxsize=1024)
def groups_of(
    world: World, holders: tuple[str, ...]
) -> tuple[tuple[str, ...], Int[np.ndarray, " holder"]]:
    """Return the groups that some holders belong to, and each one's place among them, else -1."""
    groups = [group_of(world, holder) for holder in holders]
    named = tuple(sorted(set(groups) - {""}))
    place = np.array([named.index(one) if one else -1 for one in groups], dtype=np.int64)
    place.flags.writeable = False
    return named, place


@lru_cache(maxsize=4096)
def group_of(world: World, holder: str) -> str:
    """Return the first of `GROUPS` that a holder belongs to, or nothing."""
    if actor(holder).kind != "state" or not _present(world, holder):
        return ""
    through = {fact.value.organisation for fact in memberships(world, holder)}
    return next((group for group in GROUPS if group in through), "")
