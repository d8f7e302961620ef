"""The structural game of past cases: the inputs that research files give, and what was seen.

A contest is one attacked party and its attacker; all powers with a case in it play one game, each
with a role on either side. What a crisis file would say and no data set codes (stakes, resolve,
access, threats) stands at the middle of what the model holds of those about whom nothing is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from sidelines.assess.inputs import Inputs, Role
from sidelines.assess.outcomes import bundle_rungs
from sidelines.assess.parameters import Parameters
from sidelines.assess.payoffs import build_game
from sidelines.choice.game import Game
from sidelines.choice.replies import Exchange
from sidelines.history.columns import Columns, column
from sidelines.history.estimate import Likelihood
from sidelines.history.game_design import GameDesign, game_at, trace_game_design
from sidelines.history.game_likelihood import game_likelihood
from sidelines.history.nested import nested_solver
from sidelines.reach.gradient import travel_day_share
from sidelines.terms.arrays import Bool, Float, Int
from sidelines.terms.errors import DataError
from sidelines.terms.ladder import CARRIED, INSTRUMENTS, Rung
from sidelines.terms.roles import Side

__all__ = ["FREE", "PastGames", "acts_at", "chances_at", "likelihood_of", "past_games"]

FREE = (
    "inertia",
    "stake",
    "geography",
    "overstretch",
    "caution",
    "entrapment",
    "commitment",
    "economy",
    "rents",
    "audience",
    "flow",
    "accompaniment",
)  # slopes in which payoffs are linear; all others stay where the parameters put them
_FLOOR = 1e-4  # share of world capabilities below which a party is not told from none
_PRINCIPAL, _MAJOR = 0.5, 0.15  # classes of a supplier's share, as in the tables of arms
_WEAPONS = INSTRUMENTS.index("weapons")
_SIDES = {1: Side.TARGET, -1: Side.ATTACKER}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastGames:
    """Games of past contests, one in the place of a draw, and where each case stands in them.

    - `design`: the games, linear in the slopes `FREE`
    - `seen` (contest, role, bundle): acts that agree with what ICB coded
    - `contest`, `role` (case): the place of each case
    - `year` (contest): in which the crisis began
    """

    design: GameDesign
    seen: Bool[np.ndarray, "contest role bundle"]
    contest: Int[np.ndarray, " case"]
    role: Int[np.ndarray, " case"]
    year: Int[np.ndarray, " contest"]


def past_games(cases: Columns, parameters: Parameters) -> PastGames:
    """Return the games of some cases.

    Columns beside the covariates: `contest`, `power`, `side` (1 for the attacked party, -1),
    `crisis_year`, and `rung_low`, `rung_high`, the rungs that agree with what was coded (NaN where
    nothing was).
    """
    contests, place = np.unique(column(cases, "contest"), return_inverse=True)
    powers = np.unique(column(cases, "power"))
    role = 2 * np.searchsorted(powers, cases["power"]) + (column(cases, "side") < 0)
    if len({*zip(place.tolist(), role.tolist(), strict=True)}) < len(place):
        raise DataError("Two cases stand for one power and side of one contest.")
    roles = tuple(
        Role(power=str(int(power)), side=side) for power in powers for side in _SIDES.values()
    )
    inputs = _inputs(cases, parameters, roles=roles, contests=len(contests), at=(place, role))
    present = np.zeros((len(contests), len(roles)), dtype=bool)
    present[place, role] = True
    held = {name: p.value for name, p in parameters.slopes.items() if name not in FREE}
    year = np.zeros(len(contests), dtype=int)
    year[place] = column(cases, "crisis_year").astype(int)

    def build(slopes: Mapping[str, float]) -> Game:
        everywhere = {
            name: np.full(len(contests), value)
            for name, value in {**held, **slopes, "complementarity": 0.0}.items()
        }
        game = build_game(inputs, everywhere, parameters.scales)
        own = game.own.copy()
        own[~present, 1:] = -np.inf
        return replace(game, own=own)

    return PastGames(
        design=trace_game_design(FREE, build),
        seen=_seen(cases, place, role, shape=present.shape),
        contest=place,
        role=role,
        year=year,
    )


def _seen(
    cases: Columns, place: np.ndarray, role: np.ndarray, *, shape: tuple[int, int]
) -> np.ndarray:
    """Return the bundles that agree with what was coded; all of them where nothing was."""
    low, high = column(cases, "rung_low"), column(cases, "rung_high")
    rungs = bundle_rungs()
    seen = np.ones((*shape, len(rungs)), dtype=bool)
    coded = ~np.isnan(low)
    within = (rungs >= low[coded, None]) & (rungs <= high[coded, None])
    seen[place[coded], role[coded]] = within
    return seen


def _inputs(
    cases: Columns,
    parameters: Parameters,
    *,
    roles: tuple[Role, ...],
    contests: int,
    at: tuple[np.ndarray, np.ndarray],
) -> Inputs:
    """Return the inputs of every contest; roles that nobody plays have any numbers."""
    shape = (contests, len(roles))
    spread: dict[str, np.ndarray] = {}
    for name, values in _of_cases(cases, parameters).items():
        spread[name] = np.full((*shape, *values.shape[1:]), 0.5)
        spread[name][at] = values
    flow = np.zeros((*shape, len(INSTRUMENTS)))
    flow[..., _WEAPONS] = spread.pop("weapons_flow")
    nothing, missing = np.zeros(shape), parameters.missing
    resolve = np.full(contests, missing["resolve"].value)
    backed, opposed = (
        missing["committed"].value
        * np.maximum(_known(cases[name], missing["strength"].value), _FLOOR)
        for name in ("strength_backed", "strength_opposed")
    )
    attacked = column(cases, "side") > 0
    parties = {side: np.full(contests, missing["strength"].value) for side in Side}
    for mine, side in ((attacked, Side.TARGET), (~attacked, Side.ATTACKER)):
        parties[side][at[0][mine]] = backed[mine]
        parties[side.other][at[0][mine]] = opposed[mine]
    return Inputs(
        roles=roles,
        stake=np.full(shape, missing["stake"].value),
        said=nothing,
        reserved=nothing,
        flow=flow,
        done=np.zeros((len(roles), len(INSTRUMENTS)), dtype=bool),
        batteries=nothing,
        attack_strength=parties[Side.ATTACKER],
        target_strength=parties[Side.TARGET],
        attack_resolve=resolve,
        target_resolve=resolve,
        salvo=None,
        **spread,
    )


def _of_cases(cases: Columns, parameters: Parameters) -> dict[str, Float[np.ndarray, " case"]]:
    """Return inputs case by case, by the same rules as for a crisis file that says nothing."""
    missing, numbers = parameters.missing, parameters.numbers
    strength = np.maximum(_known(cases["strength"], missing["strength"].value), _FLOOR)
    other = np.maximum(_known(cases["strength_opposed"], missing["strength"].value), _FLOOR)
    km = np.where(
        np.isnan(cases["log_distance"]),
        missing["distance_km"].value,
        np.expm1(cases["log_distance"]),
    )
    left = travel_day_share(km, strength, miles_per_day=np.array(numbers["miles_per_day"].value))
    border = _known(cases["border"], 0.0) > 0.0
    arms = _flow(cases["arms_share_backed"], parameters)
    weight = 2.0 * other / (strength + other)
    conventional = np.clip(numbers["danger_conventional"].value * weight, 0.0, 1.0)
    nuclear = cases["nuclear_opposed"]
    danger = np.where(nuclear > 0, numbers["danger_nuclear"].value, conventional)
    share = cases["trade_opposed"]
    exposure = share / (share + numbers["exposure_half"].value)
    wars = _known(cases["wars"], 0.0)
    tied = 1.0 - (1.0 - numbers["idle_share"].value) * (1.0 - numbers["war_share"].value) ** wars
    return {
        "strength": strength,
        "arrival": _arrival(np.where(border, 1.0, numbers["sea_open_prob"].value), left),
        "overstretch": np.where(np.isnan(cases["wars"]), missing["overstretch"].value, tied),
        "commitment": _commitment(cases, parameters),
        "danger": np.where(np.isnan(nuclear), missing["danger"].value, danger),
        "exposure": np.where(np.isnan(share), missing["exposure"].value, exposure),
        "rents": np.where(np.isnan(arms), missing["rents"].value, arms),
        "weapons_flow": np.where(np.isnan(arms), 0.0, arms),
    }


def _arrival(open_prob: np.ndarray, left: np.ndarray) -> Float[np.ndarray, "case carried"]:
    """Return what arrives of each instrument: of forces, what is left of their strength."""
    return np.stack(
        [open_prob * left if name == "forces" else open_prob for name in CARRIED], axis=1
    )


def _commitment(cases: Columns, parameters: Parameters) -> Float[np.ndarray, " case"]:
    """Return how far ties oblige: a pact in full for the attacked party, arms, votes alike."""
    ties, numbers = parameters.ties, parameters.numbers
    pact = np.where(
        column(cases, "side") > 0,
        min(ties["defence-pact"].value, 1.0),
        ties["defence-pact-not-invoked"].value,
    )
    free = 1.0 - pact * _known(cases["pact_backed"], 0.0)
    arms = _known(cases["arms_share_backed"], 0.0) >= _MAJOR
    alike = _known(cases["votes_backed"], np.inf) < numbers["aligned_distance"].value
    free = free * (1.0 - ties["arms-trade"].value * arms)
    tied = 1.0 - free * (1.0 - ties["alignment"].value * alike)
    silent = np.isnan(cases["pact_backed"]) & np.isnan(cases["votes_backed"])
    return np.where(silent, parameters.missing["commitment"].value, tied)


def _flow(share: np.ndarray, parameters: Parameters) -> Float[np.ndarray, " case"]:
    """Return how strongly weapons flow, by class of the supplier's share; NaN where unknown."""
    numbers = parameters.numbers
    classes = [share >= _PRINCIPAL, share >= _MAJOR, share > 0.0, share == 0.0]
    names = ("arms_principal", "arms_major", "arms_minor")
    return np.select(classes, [*(numbers[name].value for name in names), 0.0], np.nan)


def _known(values: np.ndarray, otherwise: float) -> np.ndarray:
    return np.where(np.isnan(values), otherwise, values)


def likelihood_of(
    games: PastGames,
    contests: Int[np.ndarray, " some"],
    *,
    weight: Float[np.ndarray, " some"] | None = None,
) -> Likelihood:
    """Return the likelihood of what was seen in some contests, each counting by its weight."""
    design = _some(games.design, contests)
    solver = nested_solver(design.base)
    return game_likelihood(design, games.seen[contests], solver=solver, weight=weight)


def acts_at(
    games: PastGames, slopes: Mapping[str, float], contests: Int[np.ndarray, " some"]
) -> Float[np.ndarray, "some role bundle"]:
    """Return the chance of each act, by role."""
    design = _some(games.design, contests)
    game = game_at(design, np.array([slopes[name] for name in FREE]))
    return nested_solver(design.base)(game).prob


def chances_at(
    games: PastGames, slopes: Mapping[str, float], contests: Int[np.ndarray, " some"]
) -> Float[np.ndarray, "some role rung"]:
    """Return the chance of reaching each rung above nothing, or more, by role."""
    prob, rungs = acts_at(games, slopes, contests), bundle_rungs()
    return np.stack([prob[..., rungs >= rung].sum(axis=2) for rung in list(Rung)[1:]], axis=2)


def _some(design: GameDesign, contests: np.ndarray) -> GameDesign:
    """Return the design of some contests."""
    base = design.base
    changes = {
        entry.name: getattr(base, entry.name)[contests]
        for entry in fields(Game)
        if entry.name not in {"level", "side", "exchange"}
    }
    parties = {name: getattr(base.exchange, name)[contests] for name in Exchange.arrays()}
    return replace(
        design,
        base=replace(base, exchange=replace(base.exchange, **parties), **changes),
        parts={name: part[contests] for name, part in design.parts.items()},
    )
