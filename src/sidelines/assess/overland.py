"""Ways on land: railways, roads and ferries from a power's soil to those whom it backs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from sidelines.assess.carriage import Carriage, limited
from sidelines.assess.context import Context, lacking, number
from sidelines.assess.draws import draw_number
from sidelines.assess.ends import theatre_point
from sidelines.assess.journeys import Leave
from sidelines.assess.parameters import Parameter
from sidelines.assess.permissions import Permissions, permissions
from sidelines.assess.refusals import drawn_refusals
from sidelines.assess.sampling import standard_uniform
from sidelines.crisis.model import Power
from sidelines.facts.corridors import Part, corridors
from sidelines.facts.holders import holder_of
from sidelines.facts.members import states_of
from sidelines.facts.places import capital, minimum_distance_km
from sidelines.facts.record import Fact
from sidelines.facts.world import World
from sidelines.reach.corridors import Overland, overland
from sidelines.reach.distance import great_circle_km
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.roles import Means

__all__ = ["BORDER", "GroundWay", "ground_carriage", "ground_ways"]

BORDER = "border"
"""The name of the way of a neighbour, which no table of corridors has."""

_CARGO = {"any": "lethal"}  # what is asked for where the hosts let everything through
_MODES = ("rail", "road", "ferry")
_LIKELY = 0.495  # draws of an even chance scatter about one half


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundWay:
    """A way on land, from the soil of `start` to that of `end`.

    - `name`: of the corridor, or `border` for a neighbour
    - `areas`, `modes`: in the order of travel; `parts`: their names
    - `is_open` (draw): whether all whose leave it takes give it
    - `days`, `t_per_day` (draw): time on the way and what it carries, never and nothing where shut
    - `narrowest`: the part that carries least in most draws
    - `cargo`: what its hosts let through
    - `leave`: whose it takes; `blocked_by`: those of them that are likelier to refuse
    """

    name: str
    start: str
    end: str
    parts: tuple[str, ...]
    areas: tuple[str, ...]
    modes: tuple[str, ...]
    km: float
    is_open: Bool[np.ndarray, " draw"]
    days: Float[np.ndarray, " draw"]
    t_per_day: Float[np.ndarray, " draw"]
    narrowest: str
    cargo: str
    leave: tuple[Leave, ...]
    blocked_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Parts of a corridor in the order of travel, and the share of the last that is needed."""

    corridor: str
    facts: tuple[Fact[Part], ...]
    areas: tuple[str, ...]
    holders: tuple[str, ...]
    km: tuple[float, ...]
    off_km: float

    @property
    def cargo(self) -> str:
        """What the strictest of its hosts lets through."""
        strict = {fact.value.cargo for fact in self.facts} - {"any"}
        return min(strict) if strict else "any"  # humanitarian before non-lethal


def ground_ways(
    ctx: Context, power: Power, *, decided: Mapping[str, bool] | None = None
) -> tuple[GroundWay, ...]:
    """Return a power's ways on land to the soil of the parties that it backs, the broadest first.

    They set out from its own soil or a fellow party's; without any such way, from the soil of
    others that back the same side, whose leave it then takes. `decided` holders grant (True) or
    refuse (False) whatever they would say; the empty name is whoever it is that we do not know.
    """
    fixed = decided or {}
    own = frozenset(states_of(ctx.world, power.power))
    parties = frozenset(ctx.friends(power))
    backers = _backers(ctx, power) - own - parties
    border = _border(ctx, power, fixed)
    runs = _runs(ctx.world, own | parties, parties, _centre(ctx))
    if not runs and border is None:
        runs = _runs(ctx.world, backers, parties, _centre(ctx))
    asked = {_CARGO.get(run.cargo, run.cargo): _asked(ctx, power, runs, fixed) for run in runs}
    said = {cargo: _said(ctx, power, who, cargo, fixed) for cargo, who in asked.items()}
    pace = _pace(ctx) if runs else {}
    ways = [_along(ctx, run, pace, *said[_CARGO.get(run.cargo, run.cargo)]) for run in runs]
    found = ways if border is None else [border, *ways]
    return tuple(sorted(found, key=lambda way: (-float(way.t_per_day.mean()), way.name)))


def ground_carriage(ctx: Context, way: GroundWay) -> Carriage:
    """Return what a way on land carries, limited by its narrowest part, and until when."""
    return limited(
        ctx,
        {way.narrowest: way.t_per_day},
        is_open=way.is_open,
        first_arrival_days=np.where(way.is_open, way.days, 0.0),
    )


def _backers(ctx: Context, power: Power) -> frozenset[str]:
    """Return the powers that may back the same side and not the other."""
    here, there = (
        {entry.power for entry in ctx.crisis.powers if entry.side is side}
        for side in (power.side, power.side.other)
    )
    return frozenset(here - there)


def _centre(ctx: Context) -> tuple[float, float] | None:
    point = theatre_point(ctx)
    return None if point is None else (float(point[0]), float(point[1]))


def _asked(
    ctx: Context, power: Power, runs: tuple[_Run, ...], decided: Mapping[str, bool]
) -> tuple[str, ...]:
    """Return whose leave the runs take: not the power's own, nor its friends' unless in doubt."""
    own = set(states_of(ctx.world, power.power))
    free = own | (set(ctx.friends(power)) - _doubted(power) - decided.keys())
    return tuple(sorted({holder for run in runs for holder in run.holders} - free))


def _doubted(power: Power) -> set[str]:
    """Return whose leave by land the crisis file speaks of."""
    return {right.grantor for right in power.access if right.means is Means.LAND}


def _said(
    ctx: Context,
    power: Power,
    holders: tuple[str, ...],
    cargo: str,
    decided: Mapping[str, bool],
) -> tuple[Permissions, Bool[np.ndarray, "draw holder"]]:
    """Return what holders say to transit on the ground, and who refuses in each draw."""
    said = permissions(ctx, power, holders=holders, right="transit-ground", cargo=cargo)
    prob = said.prob.copy()
    for holder, granted in decided.items():
        if holder in holders:
            prob[:, holders.index(holder)] = float(granted)
    said = replace(said, prob=prob)
    return said, drawn_refusals(ctx, power, Means.LAND, said)


def _pace(ctx: Context) -> dict[str, Float[np.ndarray, " draw"]]:
    """Return how far freight gets in a day by each mode, and what a break costs."""
    names = (*(f"{mode}_km_per_day" for mode in _MODES), "break_days", "break_share")
    return {name: number(ctx, name) for name in names}


def _along(
    ctx: Context,
    run: _Run,
    pace: dict[str, Float[np.ndarray, " draw"]],
    said: Permissions,
    refused: Bool[np.ndarray, "draw holder"],
) -> GroundWay:
    parts = [fact.value for fact in run.facts]
    for fact in run.facts:
        ctx.notes.fact(f"corridor {run.corridor} {fact.value.part}", fact)
    crossed = np.array([[name in run.holders for name in said.holders]] * len(parts), dtype=bool)
    found = overland(
        np.array(run.km),
        part_t_per_day=np.stack([_carried(part, ctx.draws, ctx.seed) for part in parts], axis=-1),
        gauge_breaks=np.array([part.gauge_breaks for part in parts]),
        km_per_day=np.stack([pace[f"{part.mode}_km_per_day"] for part in parts], axis=-1),
        break_days=pace["break_days"],
        break_share=pace["break_share"],
        crossed=crossed,
        refused=refused,
    )
    leave = _leave(said, run.holders)
    return GroundWay(
        name=run.corridor,
        start=run.holders[0],
        end=run.holders[-1],
        parts=tuple(part.name for part in parts),
        areas=run.areas,
        modes=tuple(dict.fromkeys(part.mode for part in parts)),
        km=found.km,
        is_open=found.is_open,
        days=found.days,
        t_per_day=found.t_per_day,
        narrowest=parts[_commonest(found)].name,
        cargo=run.cargo,
        leave=leave,
        blocked_by=tuple(one.holder for one in leave if one.prob < _LIKELY),
    )


def _commonest(found: Overland) -> int:
    return int(np.bincount(found.narrowest).argmax())


def _leave(said: Permissions, holders: tuple[str, ...]) -> tuple[Leave, ...]:
    chance = said.mean_prob
    at = {name: column for column, name in enumerate(said.holders)}
    return tuple(
        Leave(holder=name, prob=float(chance[at[name]]), reason=said.reasons[at[name]])
        for name in dict.fromkeys(holders)
        if name in at
    )


@lru_cache(maxsize=256)
def _carried(part: Part, draws: int, seed: int) -> Float[np.ndarray, " draw"]:
    """Return draws of what a part carries [t/day], as of a parameter."""
    name = f"corridor {part.corridor} {part.part}"
    figure = Parameter(
        name=name,
        value=part.t_per_day,
        low=part.low_t_per_day,
        high=part.high_t_per_day,
        unit="t/day",
        source="",
        what="",
    )
    values = draw_number(figure, draws=draws, seed=seed, stream=name)
    values.flags.writeable = False
    return values


# --- the border -----------------------------------------------------------------------------------


def _border(ctx: Context, power: Power, decided: Mapping[str, bool]) -> GroundWay | None:
    """Return the way of a neighbour of the targets, or None for others.

    Next door it takes nobody's leave. Within reach but not next door somebody's soil or water lies
    between: the rights of the crisis file settle it, else it is not known and so not granted.
    """
    near = _nearest_target(ctx, power)
    if near is None or near[1] > ctx.parameters.value("ground_reach_km"):
        return None
    target, apart_km = near
    next_door = apart_km <= ctx.parameters.value("contiguous_km")
    asked = tuple(sorted(_doubted(power) | (decided.keys() & set(ctx.friends(power)))))
    if next_door:
        asked = tuple(who for who in asked if who in ctx.friends(power))
    if asked or next_door:
        said, refused = _said(ctx, power, asked, "lethal", decided)
        is_open, leave = np.logical_not(refused.any(axis=1)), _leave(said, asked)
    else:
        what = f"{power.power}.{power.side}.access.{Means.LAND}"
        chance = lacking(ctx, "granted_prob", what)
        luck = standard_uniform(f"leave {what}", draws=ctx.draws, seed=ctx.seed)
        is_open = luck < np.where("" in decided, float(decided.get("", False)), chance)
        leave = (Leave(holder="", prob=float(chance.mean()), reason="unknown"),)
    reach_km = ctx.parameters.value("ground_reach_km")
    lift = number(ctx, "ground_t_per_day") * min(1.0, reach_km / max(apart_km, 1.0))
    return GroundWay(
        name=BORDER,
        start=power.power,
        end=target,
        parts=(BORDER,),
        areas=(power.power, target),
        modes=("road",),
        km=apart_km,
        is_open=is_open,
        days=np.where(is_open, apart_km / number(ctx, "road_km_per_day"), np.inf),
        t_per_day=np.where(is_open, lift, 0.0),
        narrowest=BORDER,
        cargo="any",
        leave=leave,
        blocked_by=tuple(one.holder for one in leave if one.holder and one.prob < _LIKELY),
    )


def _nearest_target(ctx: Context, power: Power) -> tuple[str, float] | None:
    """Return the target nearest to a power's territory, and how far away it is [km].

    One of whose territory we know nothing, as of many that are no states, is where its seat is.
    """
    found = [
        (fact.value, target)
        for target in ctx.crisis.targets
        if (fact := minimum_distance_km(ctx.world, power.power, target)) is not None
    ]
    seat, centre = capital(ctx.world, power.power), _centre(ctx)
    if not found and seat is not None and centre is not None:
        here = np.array([seat.value.lat, seat.value.lon])
        found = [(float(great_circle_km(here, np.array(centre))), ctx.crisis.targets[0])]
    return (min(found)[1], min(found)[0]) if found else None


# --- runs of corridors ----------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _runs(
    world: World,
    starts: frozenset[str],
    ends: frozenset[str],
    centre: tuple[float, float] | None,
) -> tuple[_Run, ...]:
    """Return the best run of each corridor from the soil of some to that of others."""
    found = []
    for name, facts in corridors(world).items():
        there = [_turned(fact, back=False) for fact in facts]
        back = [_turned(fact, back=True) for fact in reversed(facts)]
        runs = [
            run
            for parts in (there, back)
            for run in _runs_of(world, name, tuple(parts), centre)
            if run.holders[0] in starts
            and run.holders[-1] in ends
            and run.holders[0] != run.holders[-1]
        ]
        if runs:
            found.append(min(runs, key=lambda run: (run.off_km, sum(run.km), len(run.facts))))
    return tuple(found)


def _turned(fact: Fact[Part], *, back: bool) -> tuple[Fact[Part], tuple[str, ...], np.ndarray]:
    """Return a part with its areas and points in the order of travel."""
    step = -1 if back else 1
    return fact, fact.value.areas[::step], np.array(fact.value.points[::step])


def _runs_of(
    world: World,
    name: str,
    parts: tuple[tuple[Fact[Part], tuple[str, ...], np.ndarray], ...],
    centre: tuple[float, float] | None,
) -> Iterator[_Run]:
    """Return every run of parts, the last no farther than the point nearest to the theatre."""
    for start in range(len(parts)):
        for end in range(start, len(parts)):
            chosen = parts[start : end + 1]
            areas = tuple(dict.fromkeys(area for _, crossed, _ in chosen for area in crossed))
            _, crossed, points = chosen[-1]
            # Of a part through several states only its end is surely on the soil of the last.
            inside = len(crossed) == 1
            share, off_km = _needed(points if inside else points[-1:], centre)
            km = [one.value.km for one, _, _ in chosen]
            yield _Run(
                corridor=name,
                facts=tuple(one for one, _, _ in chosen),
                areas=areas,
                holders=tuple(holder_of(world, area) for area in areas),
                km=(*km[:-1], km[-1] * share),
                off_km=off_km,
            )


def _needed(points: np.ndarray, centre: tuple[float, float] | None) -> tuple[float, float]:
    """Return the share of a line up to its point nearest to the theatre, and its distance [km]."""
    if centre is None:
        return 1.0, 0.0
    off_km = great_circle_km(points, np.array(centre))
    nearest = int(off_km.argmin())
    gone = np.concatenate([[0.0], np.cumsum(great_circle_km(points[:-1], points[1:]))])
    share = float(gone[nearest] / gone[-1]) if gone[-1] > 0 else 1.0
    return share, float(off_km[nearest])
