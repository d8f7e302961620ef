"""May it pass? The chance that each holder gives a power a right of way in this crisis.

The crisis file answers first, then the decisions that are on record, then the ties of the day; an
unknown right always carries a probability and is never taken as granted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from sidelines.assess.context import Context, number, quantity, settled
from sidelines.assess.kept import kept
from sidelines.assess.parameters import Parameter
from sidelines.assess.sampling import standard_uniforms
from sidelines.assess.standing import groups_of, kinds_of
from sidelines.crisis.model import Access, Power
from sidelines.facts.access import Decision, right_of
from sidelines.facts.record import Fact
from sidelines.facts.world import World
from sidelines.terms.arrays import Float, Int
from sidelines.terms.normal import normal_quantile
from sidelines.terms.roles import AccessState, Means, Right

__all__ = ["Permissions", "permissions"]

_Z80 = NormalDist().inv_cdf(0.9)
_CERTAIN = {"own": 1.0, "granted": 1.0, "denied": 0.0, "crisis file": 0.0}
_AT_ONCE = 8  # streams whose draws fit into a processor's near memory together
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

    @property
    def mean_prob(self) -> Float[np.ndarray, " holder"]:
        """The chance of leave over all draws [1]."""
        return np.asarray(self.prob.mean(axis=0))


def permissions(
    ctx: Context,
    power: Power,
    *,
    holders: tuple[str, ...],
    right: str = "overflight",
    cargo: str = "lethal",
) -> Permissions:
    """Return the chance that each holder gives a power a right for a class of cargo."""
    answers = [*_by_record(ctx, power, holders, right=right, cargo=cargo)]
    means = _MEANS.get(right, Means.AIR)
    asked = right.partition("-")[0]
    names = [f"{power.power}.{power.side}.access.{means}.{holder}.{asked}" for holder in holders]
    drawn: dict[int, np.ndarray] = {}
    for at, (holder, what) in enumerate(zip(holders, names, strict=True)):
        given = _given(power, holder, right) if power.access else None
        if given is not None and (chance := _from_file(ctx, given, what)) is not None:
            answers[at] = _Answer(reason="crisis file", source=given.source or "")
            drawn[at] = chance
        elif (fact := answers[at].fact) is not None:
            ctx.notes.fact(what, fact)
    prob = _columns(ctx, answers, names, cargo)
    for at, chance in drawn.items():
        prob[:, at] = chance
    for at in [at for at, what in enumerate(names) if what in ctx.settings]:
        prob[:, at] = settled(ctx, names[at], prob[:, at].copy())
    named, group = groups_of(ctx.world, holders)
    return Permissions(
        holders=holders,
        prob=prob,
        reasons=tuple(answer.reason for answer in answers),
        sources=tuple(answer.source for answer in answers),
        groups=named,
        group=group,
        loading=ctx.parameters.value("access_loading"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """Why one holder's chance is what it is, and the decision that settled it, if one did."""

    reason: str
    source: str = ""
    fact: Fact[Decision] | None = None

    @property
    def column(self) -> str:
        """Where the draws of the chance stand: with all of a kind, all granted, all denied."""
        return self.reason if self.fact is None else self.fact.value.state


def _by_record(
    ctx: Context, power: Power, holders: tuple[str, ...], *, right: str, cargo: str
) -> tuple[_Answer, ...]:
    """Return what the record says of each holder: a decision, else what it is to the power."""
    return _answers(
        ctx.world,
        power.power,
        holders,
        kinds_of(ctx, power, holders),
        right=right,
        cargo=cargo,
        against=ctx.opponents(power),
    )


@lru_cache(maxsize=1024)
def _answers(
    world: World,
    power: str,
    holders: tuple[str, ...],
    kinds: tuple[str, ...],
    *,
    right: str,
    cargo: str,
    against: tuple[str, ...],
) -> tuple[_Answer, ...]:
    return tuple(
        _answer(
            kind,
            None
            if kind in {"own", "enemy"}
            else right_of(world, power, holder, right=right, cargo=cargo, against=against),
        )
        for holder, kind in zip(holders, kinds, strict=True)
    )


def _answer(kind: str, fact: Fact[Decision] | None) -> _Answer:
    if fact is None or fact.value.state == "unknown":
        return _Answer(reason=kind)
    return _Answer(reason="decision", source=fact.source, fact=fact)


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


def _columns(
    ctx: Context, answers: Sequence[_Answer], names: Sequence[str], cargo: str
) -> Float[np.ndarray, "draw holder"]:
    """Return the draws of what each holder says: those of its kind, or its own where unknown.

    What the crisis file says is left at zero.
    """
    unknown = tuple(
        name for name, one in zip(names, answers, strict=True) if one.column == "unknown"
    )
    ctx.notes.lack_all(unknown)
    shared = sorted({one.column for one in answers} - {"unknown"})
    found = np.empty((ctx.draws, len(shared) + len(unknown)))
    for at, column in enumerate(shared):
        found[:, at] = _of_kind(ctx, column, cargo)
    found[:, len(shared) :] = _of_unknown(ctx, unknown, cargo)
    place = {name: at for at, name in enumerate((*shared, *unknown))}
    where = [
        place[name if one.column == "unknown" else one.column]
        for name, one in zip(names, answers, strict=True)
    ]
    return np.take(found, np.array(where, dtype=np.int64), axis=1)


def _of_kind(ctx: Context, kind: str, cargo: str) -> np.ndarray | float:
    """Return draws of the chance of leave from one kind of holder, the same for all of a kind."""
    if kind in _CERTAIN:
        return _CERTAIN[kind]
    name = f"access_{kind}"
    return _chances(ctx, ctx.parameters.numbers[name], (f"number {name}",), cargo)[:, 0]


def _of_unknown(
    ctx: Context, names: tuple[str, ...], cargo: str
) -> Float[np.ndarray, "draw unknown"]:
    """Return draws of the chance of leave where no tie is known, each holder's its own."""
    streams = tuple(f"missing {name}" for name in names)
    return _chances(ctx, ctx.parameters.missing["granted_prob"], streams, cargo)


def _chances(
    ctx: Context, parameter: Parameter, streams: tuple[str, ...], cargo: str
) -> Float[np.ndarray, "draw stream"]:
    odds = _odds(parameter, streams, draws=ctx.draws, seed=ctx.seed)
    if cargo in {"humanitarian", "non-lethal"}:
        odds = odds * np.maximum(number(ctx, "access_non_lethal_odds"), 1.0)[:, None]
    return odds / (1.0 + odds)


def _odds(
    parameter: Parameter, streams: tuple[str, ...], *, draws: int, seed: int
) -> Float[np.ndarray, "draw stream"]:
    """Return draws of the odds of a chance, log-normal around it, its range holding 80 %."""
    middle, low, high = (
        np.log(p / (1.0 - p)) for p in (parameter.value, parameter.low, parameter.high)
    )

    def draw() -> np.ndarray:
        found = np.empty((draws, len(streams)))
        for first in range(0, len(streams), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            uniform = standard_uniforms(streams[part], draws=draws, seed=seed)
            apart = normal_quantile(uniform)
            found[:, part] = np.exp(middle + (high - low) / (2 * _Z80) * apart).T
        return found

    return kept(("odds of leave", parameter, streams, draws, seed), draw)
