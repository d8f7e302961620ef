"""Who gives leave on a power's ways: the holders of a roadmap's areas, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from sidelines.assess.context import Context
from sidelines.assess.permissions import Permissions, permissions
from sidelines.assess.refusals import drawn_refusals
from sidelines.assess.roads import main_roads
from sidelines.crisis.model import Power
from sidelines.facts.holders import holder_of
from sidelines.facts.passages import Passage, controllers, passages, shut
from sidelines.facts.world import World
from sidelines.reach.roadmap import words_of
from sidelines.terms.arrays import Bool, Float, UInt
from sidelines.terms.roles import Means
from sidelines.terms.states import actor

__all__ = ["Given", "given", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The holders of a roadmap's areas on the day, and what they say to one power."""

    names: tuple[str, ...]
    words: UInt[np.ndarray, "holder word"]
    said: Permissions
    refused: Bool[np.ndarray, "draw holder"]

    @property
    def likely_refused(self) -> Bool[np.ndarray, " holder"]:
        """Who is likelier to refuse than not."""
        return self.said.mean_prob < 0.5

    @property
    def likely(self) -> UInt[np.ndarray, " word"]:
        """Those who are likelier to refuse than not, as words of holders."""
        return words_of(np.flatnonzero(self.likely_refused), words=-(-len(self.names) // 64))


def given(
    ctx: Context, power: Power, means: Means, *, decided: Mapping[str, bool] | None = None
) -> Given:
    """Return who gives a power leave on its ways by one means, drawn.

    `decided` holders grant (True) or refuse (False) whatever they would say.
    """
    names, words = held(ctx.world, means)
    said = _by_air(ctx, power, names) if means is Means.AIR else _by_sea(ctx, power, names)
    chance = said.mean_prob
    for holder, grants in (decided or {}).items():
        if holder in names:
            chance[names.index(holder)] = float(grants)
    said = replace(said, prob=np.broadcast_to(chance, said.prob.shape))
    refused = drawn_refusals(ctx, power, means, said)
    return Given(names=names, words=words, said=said, refused=refused)


def _by_air(ctx: Context, power: Power, names: tuple[str, ...]) -> Permissions:
    known = tuple(name for name in names if _is_known(name))
    said = permissions(ctx, power, holders=known)
    return _spread_over(said, names)


def _is_known(name: str) -> bool:
    try:
        actor(name)
    except KeyError:
        return False
    return True


def _spread_over(said: Permissions, names: tuple[str, ...]) -> Permissions:
    """Return permissions with a column for each name; areas of nobody we know are open."""
    prob = np.ones((len(said.prob), len(names)))
    group = np.full(len(names), -1, dtype=np.int64)
    reasons, sources = ["nobody's"] * len(names), [""] * len(names)
    for column, holder in enumerate(said.holders):
        at = names.index(holder)
        prob[:, at], group[at] = said.prob[:, column], said.group[column]
        reasons[at], sources[at] = said.reasons[column], said.sources[column]
    return replace(
        said,
        holders=names,
        prob=prob,
        group=group,
        reasons=tuple(reasons),
        sources=tuple(sources),
    )


def _by_sea(ctx: Context, power: Power, names: tuple[str, ...]) -> Permissions:
    """Return the chance that each passage is open to a merchant ship of the power's flag."""
    known = {fact.value.id: fact.value for fact in passages(ctx.world)}
    prob = np.ones((ctx.draws, len(names)))
    reasons = []
    for column, name in enumerate(names):
        open_prob, reason = _passage(ctx, power, known.get(name))
        prob[:, column] = open_prob
        reasons.append(reason)
    return Permissions(
        holders=names,
        prob=prob,
        reasons=tuple(reasons),
        sources=("",) * len(names),
        groups=(),
        group=np.full(len(names), -1, dtype=np.int64),
        loading=0.0,
    )


def _passage(
    ctx: Context, power: Power, found: Passage | None
) -> tuple[Float[np.ndarray, " draw"], str]:
    """Return the chance that a passage is open, and why.

    Whoever declares one shut lets its friends pass.
    """
    everywhere = np.ones(ctx.draws)
    if found is None:
        return everywhere, "open"
    closed = shut(ctx.world, found.id, vessel="merchant", flag=power.power)
    if closed is not None and closed.value.state == "closed":
        return 0.0 * everywhere, f"closed by {closed.value.by}"
    if closed is not None and closed.value.by not in ctx.friends(power):
        held = ctx.parameters.value("declared_open_prob")
        return held * everywhere, f"declared closed by {closed.value.by}"
    if found.usual == "closed":
        return 0.0 * everywhere, "usually closed"
    if found.refusable("merchant"):
        masters = controllers(ctx.world, found.id)
        said = permissions(ctx, power, holders=masters, right="canal", cargo="lethal")
        return said.prob.prod(axis=1), f"leave of {' and '.join(masters)}"
    return everywhere, "open"


@lru_cache(maxsize=64)
def held(world: World, means: Means) -> tuple[tuple[str, ...], np.ndarray]:
    """Return who holds the areas of a roadmap, and each one's areas as words."""
    roads = main_roads(means)
    if means is Means.AIR:
        owner = [_air_holder(world, area) for area in roads.areas]
    else:
        owner = list(roads.areas)  # a passage answers for itself
    names = tuple(sorted(set(owner) - {""}))
    words = [
        words_of(np.flatnonzero([one == name for one in owner]), words=roads.words)
        for name in names
    ]
    return names, np.array(words)


def _air_holder(world: World, area: str) -> str:
    """Return who holds an area; a strait with transit passage is nobody's, so it refuses nobody."""
    return "" if area[0].islower() else holder_of(world, area)
