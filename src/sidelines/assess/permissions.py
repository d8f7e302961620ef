"""May it pass? The chance that each holder gives a power a right of way in this crisis.

The crisis file answers first, then the decisions that are on record, then the ties of the day; an
unknown right always carries a probability and is never taken as granted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from sidelines.assess.context import Context, number, quantity, settled
from sidelines.assess.parameters import Parameter
from sidelines.assess.sampling import standard_uniform
from sidelines.crisis.model import Access, Power
from sidelines.facts.access import Decision, right_of
from sidelines.facts.members import memberships
from sidelines.facts.places import bases
from sidelines.facts.record import Fact
from sidelines.facts.ties import ideal_point_distance, pacts, rivalry
from sidelines.facts.world import World
from sidelines.terms.arrays import Float, Int
from sidelines.terms.normal import normal_quantile
from sidelines.terms.roles import AccessState, Means, Right
from sidelines.terms.states import actor

__all__ = [
    "GROUPS",
    "KINDS",
    "Permissions",
    "group_of",
    "hosts_of",
    "kind_of",
    "permissions",
]

GROUPS = ("GCC", "CSTO", "WPO", "NATO", "EUU", "ASEAN", "ECOWAS", "ARL", "SCO", "RIO")
"""Who decides together: a holder counts with the first of these that it belongs to."""

KINDS = ("own", "party", "enemy", "rival", "host", "ally", "other_side", "near", "neutral")
"""What a holder is to a power, the first that fits; `unknown` where no tie was ever asked."""

_Z80 = NormalDist().inv_cdf(0.9)
_MEANS = {"overflight": Means.AIR, "canal": Means.SEA, "strait": Means.SEA}
_MEANS |= {"transit-sea": Means.SEA, "transit-ground": Means.LAND}
_WIDER = {
    "overflight": {Right.OVERFLIGHT, Right.LANDING, Right.BASING},
    "landing": {Right.LANDING, Right.BASING},
    "basing": {Right.BASING},
    "transit-sea": {Right.TRANSIT, Right.LANDING, Right.BASING},
    "transit-ground": {Right.TRANSIT, Right.BASING},
    "canal": {Right.CANAL},
    "strait": {Right.STRAIT},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    """What each holder would say to one power: columns in the order of `holders`.

    `reasons` say why, per holder: `crisis file`, `decision`, or a kind of `KINDS`. `group` is the
    place of a holder's group in `groups`, -1 where it decides alone; holders of one group lean the
    same way by `loading`, the weight of their common factor [1].
    """

    holders: tuple[str, ...]
    prob: Float[np.ndarray, "draw holder"]
    reasons: tuple[str, ...]
    sources: tuple[str, ...]
    groups: tuple[str, ...]
    group: Int[np.ndarray, " holder"]
    loading: float


def permissions(
    ctx: Context,
    power: Power,
    *,
    holders: tuple[str, ...],
    right: str = "overflight",
    cargo: str = "lethal",
) -> Permissions:
    """Return the chance that each holder gives a power a right for a class of cargo."""
    by_kind = {kind: _by_kind(ctx, kind, cargo) for kind in KINDS}
    answers = [
        _answer(ctx, power, holder, right=right, cargo=cargo, by_kind=by_kind) for holder in holders
    ]
    groups = tuple(group_of(ctx.world, holder) for holder in holders)
    named = tuple(sorted(set(groups) - {""}))
    return Permissions(
        holders=holders,
        prob=np.stack([prob for prob, _, _ in answers], axis=-1)
        if answers
        else np.zeros((ctx.draws, 0)),
        reasons=tuple(reason for _, reason, _ in answers),
        sources=tuple(source for _, _, source in answers),
        groups=named,
        group=np.array([named.index(one) if one else -1 for one in groups], dtype=np.int64),
        loading=ctx.parameters.value("access_loading"),
    )


def _answer(
    ctx: Context,
    power: Power,
    holder: str,
    *,
    right: str,
    cargo: str,
    by_kind: Mapping[str, np.ndarray],
) -> tuple[np.ndarray, str, str]:
    means = _MEANS.get(right, Means.AIR)
    what = f"{power.power}.{power.side}.access.{means}.{holder}.{right.partition('-')[0]}"
    given = _given(power, holder, right)
    if given is not None and (drawn := _from_file(ctx, given, what)) is not None:
        return settled(ctx, what, drawn), "crisis file", given.source or ""
    kind = kind_of(ctx, power, holder)
    fact = None if kind in {"own", "enemy"} else _decided(ctx, power, holder, right, cargo)
    if fact is not None and fact.value.state != "unknown":
        ctx.notes.fact(what, fact)
        drawn = np.full(ctx.draws, 1.0 if fact.value.state == "granted" else 0.0)
        return settled(ctx, what, drawn), "decision", fact.source
    drawn = by_kind[kind] if kind in by_kind else _unknown(ctx, what, cargo)
    return settled(ctx, what, drawn), kind, ""


def _given(power: Power, holder: str, right: str) -> Access | None:
    """Return what the crisis file says of this right, or of one that settles it."""
    rows = [row for row in power.access if row.grantor == holder and _fits(row, right)]
    asked = right.partition("-")[0]
    order = (AccessState.DENIED, AccessState.UNKNOWN, AccessState.GRANTED)
    return min(rows, key=lambda row: (row.right != asked, order.index(row.state)), default=None)


def _fits(row: Access, right: str) -> bool:
    """Tell whether a line settles a right: the same one, a wider grant, a refusal to fly in."""
    if row.means is not _MEANS.get(right, Means.AIR):
        return False
    grants = row.state is AccessState.GRANTED and row.right in _WIDER[right]
    bars = row.state is AccessState.DENIED and right in {"landing", "basing"}
    same = row.right == right.partition("-")[0]
    return same or grants or (bars and row.right is Right.OVERFLIGHT)


def _from_file(ctx: Context, given: Access, what: str) -> np.ndarray | None:
    if given.state is AccessState.UNKNOWN:
        return None if given.prob is None else quantity(ctx, what, given.prob)
    return np.full(ctx.draws, 1.0 if given.state is AccessState.GRANTED else 0.0)


def _decided(
    ctx: Context, power: Power, holder: str, right: str, cargo: str
) -> Fact[Decision] | None:
    return right_of(
        ctx.world,
        power.power,
        holder,
        right=right,
        cargo=cargo,
        against=ctx.opponents(power),
    )


def kind_of(ctx: Context, power: Power, holder: str) -> str:
    """Return what a holder is to a power in this crisis: the first of `KINDS` that fits."""
    return next(_kinds(ctx, power, holder))


def _kinds(ctx: Context, power: Power, holder: str) -> Iterator[str]:
    if holder == power.power:
        yield "own"
    if holder in ctx.friends(power):
        yield "party"
    if holder in ctx.opponents(power):
        yield "enemy"
    if not (_present(ctx.world, holder) and _present(ctx.world, power.power)):
        yield "unknown"
    rival = rivalry(ctx.world, power.power, holder)
    if rival is not None and rival.value:
        yield "rival"
    if holder in hosts_of(ctx.world, power.power):
        yield "host"
    allied = _allied(ctx.world, power.power, holder)
    if allied:
        yield "ally"
    if any(
        _allied(ctx.world, party, holder) or holder in hosts_of(ctx.world, party)
        for party in ctx.opponents(power)
    ):
        yield "other_side"
    votes = ideal_point_distance(ctx.world, power.power, holder)
    if votes is not None and votes.value < ctx.parameters.value("access_near_distance"):
        yield "near"
    yield "unknown" if votes is None and allied is None else "neutral"


@lru_cache(maxsize=65536)
def _allied(world: World, a: str, b: str) -> bool | None:
    """Tell whether either owes the other defence; None where nobody asked."""
    if not (_present(world, a) and _present(world, b)):
        return None
    found = [pacts(world, one, other) for one, other in ((a, b), (b, a))]
    if any(fact.value.kind == "defence" for owed in found for fact in owed or ()):
        return True
    return None if all(owed is None for owed in found) else False


@lru_cache(maxsize=1024)
def hosts_of(world: World, operator: str) -> frozenset[str]:
    """Return the states that host bases of another by treaty or lease."""
    if not _present(world, operator):
        return frozenset()
    held = (fact.value for fact in bases(world, operator))
    return frozenset(base.host for base in held if base.tenure in {"treaty", "lease"})


def _present(world: World, id_: str) -> bool:
    return actor(id_).existed_on(world.as_of)


def _by_kind(ctx: Context, kind: str, cargo: str) -> np.ndarray:
    """Return draws of the chance of leave from one kind of holder, the same for all of a kind."""
    if kind == "own":
        return np.ones(ctx.draws)
    name = f"access_{kind}"
    return _chance(ctx, ctx.parameters.numbers[name], f"number {name}", cargo)


def _unknown(ctx: Context, what: str, cargo: str) -> np.ndarray:
    ctx.notes.lack(what)
    return _chance(ctx, ctx.parameters.missing["granted_prob"], f"missing {what}", cargo)


def _chance(ctx: Context, parameter: Parameter, stream: str, cargo: str) -> np.ndarray:
    odds = _odds(ctx, parameter, stream)
    if cargo in {"humanitarian", "non-lethal"}:
        odds = odds * np.maximum(number(ctx, "access_non_lethal_odds"), 1.0)
    return odds / (1.0 + odds)


def _odds(ctx: Context, parameter: Parameter, stream: str) -> np.ndarray:
    """Return draws of the odds of a chance, log-normal around it, its range holding 80 %."""
    middle, low, high = (
        np.log(p / (1.0 - p)) for p in (parameter.value, parameter.low, parameter.high)
    )
    apart = normal_quantile(standard_uniform(stream, draws=ctx.draws, seed=ctx.seed))
    return np.exp(middle + (high - low) / (2 * _Z80) * apart)


@lru_cache(maxsize=4096)
def group_of(world: World, holder: str) -> str:
    """Return the first of `GROUPS` that a holder belongs to, or nothing."""
    if actor(holder).kind != "state" or not _present(world, holder):
        return ""
    through = {fact.value.organisation for fact in memberships(world, holder)}
    return next((group for group in GROUPS if group in through), "")
