"""The answer to a crisis: how far each power goes, for which side, and how sure we are."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from sidelines.assess.arrival import Arrival
from sidelines.assess.context import Context
from sidelines.assess.draws import draw_slopes
from sidelines.assess.estimates import Estimates
from sidelines.assess.gather import gather
from sidelines.assess.headline import Headline, adjusted, headline
from sidelines.assess.inputs import Inputs, Role
from sidelines.assess.learned import deliveries, estimates_for
from sidelines.assess.notes import Notes
from sidelines.assess.overrides import overridden
from sidelines.assess.parameters import Parameters, fitted, load_parameters
from sidelines.assess.payoffs import build_game
from sidelines.assess.salvo import SalvoDraws
from sidelines.assess.settings import Setting
from sidelines.assess.world_records import world_records
from sidelines.choice.equilibria import Equilibria, find_equilibria
from sidelines.choice.game import Game
from sidelines.choice.levels import merged
from sidelines.crisis.as_of import as_known_on
from sidelines.crisis.model import Crisis, Power
from sidelines.crisis.shocks import after_events
from sidelines.facts.world import load_world, vintages
from sidelines.terms.arrays import Float
from sidelines.terms.errors import NotFoundError, UsageError, nearest
from sidelines.terms.roles import Side
from sidelines.terms.states import actors, find_actor

__all__ = [
    "DRAWS",
    "SEED",
    "TOLERANCE",
    "Assessment",
    "Question",
    "answer_question",
    "ask",
    "assess_crisis",
    "context_of",
    "entry_of",
    "final",
    "solve_inputs",
]

DRAWS = 1000
SEED = 7
_MOST_DRAWS = 20_000
TOLERANCE = 1e-7  # far below the Monte Carlo error, which is about half a point


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything one answer is made of.

    `crisis` is the crisis as known on `as_of`, events applied; `known` the same before its events;
    `written` the as-of date of its file; `game` what was solved, bundles that are alike to others
    merged; `equilibria.prob` the structural choice probabilities, `prob` (draw, role, bundle) those
    of the headline with the user's overrides.
    """

    crisis: Crisis
    known: Crisis
    written: dt.date
    as_of: dt.date
    hindsight: bool
    draws: int
    seed: int
    parameters: Parameters
    estimates: Estimates | None
    headline: Headline
    slopes: dict[str, Float[np.ndarray, " draw"]]
    inputs: Inputs
    arrivals: dict[Role, Arrival]
    salvo: SalvoDraws | None
    game: Game
    equilibria: Equilibria
    prob: Float[np.ndarray, "draw role bundle"]
    notes: Notes
    dropped: tuple[str, ...]
    vintages: dict[str, dt.date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked: a crisis as known, and how to draw."""

    crisis: Crisis
    known: Crisis
    written: dt.date
    as_of: dt.date
    hindsight: bool
    draws: int
    seed: int
    dropped: tuple[str, ...]


def assess_crisis(
    crisis: Crisis,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    as_of: dt.date | None = None,
    hindsight: bool = False,
) -> Assessment:
    """Answer a crisis: gather inputs, draw the unknowns, solve the game in every draw.

    Raises `UsageError` for a number of draws or a seed that cannot be used.
    """
    asked = ask(crisis, draws=draws, seed=seed, as_of=as_of, hindsight=hindsight)
    return answer_question(asked, {})


def ask(
    crisis: Crisis,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    as_of: dt.date | None = None,
    hindsight: bool = False,
) -> Question:
    """Return the question of a crisis as known on a day, its events applied.

    Raises `UsageError` for a number of draws or a seed that cannot be used.
    """
    if not 1 <= draws <= _MOST_DRAWS:
        raise UsageError(f"draws must be between 1 and {_MOST_DRAWS:,}, not {draws:,}.")
    if seed < 0:
        raise UsageError(f"the seed must not be negative, not {seed}.")
    day = as_of or crisis.as_of
    known, dropped = (crisis, ()) if hindsight else as_known_on(crisis, day)
    return Question(
        crisis=after_events(known),
        known=known,
        written=crisis.as_of,
        as_of=day,
        hindsight=hindsight,
        draws=draws,
        seed=seed,
        dropped=dropped,
    )


def context_of(
    asked: Question | Assessment,
    settings: Mapping[str, tuple[Setting, ...]],
    *,
    crisis: Crisis | None = None,
    powers: tuple[Power, ...] | None = None,
) -> Context:
    """Return what gathering the inputs of a question needs.

    Of another state of its crisis, or of some powers alone, if given.
    """
    crisis = crisis or asked.crisis
    world = load_world(
        asked.as_of, retrospective=asked.crisis.retrospective, hindsight=asked.hindsight
    )
    parameters = fitted(load_parameters(), estimates_for(world))
    return Context(
        crisis=crisis,
        powers=crisis.powers if powers is None else powers,
        world=world,
        parameters=parameters,
        notes=Notes(as_of=asked.as_of, stale_months=parameters.value("stale_months")),
        draws=asked.draws,
        seed=asked.seed,
        settings=settings,
    )


def answer_question(
    question: Question,
    settings: Mapping[str, tuple[Setting, ...]],
    *,
    blended: Headline | None = None,
) -> Assessment:
    """Answer a question, with some inputs set otherwise.

    The offsets of the headline are those of `blended` where it is given, else worked out.
    """
    ctx = context_of(question, settings)
    gathered = gather(ctx)
    slopes = draw_slopes(ctx.parameters, draws=question.draws, seed=question.seed)
    game = build_game(gathered.inputs, slopes, ctx.parameters.scales)
    equilibria = find_equilibria(game, tolerance=TOLERANCE)
    estimates = estimates_for(ctx.world)
    found = blended or headline(
        equilibria.prob,
        crisis=question.crisis,
        roles=gathered.inputs.roles,
        as_of=question.as_of,
        records=world_records(ctx.world, transfers=deliveries(ctx.world)),
        estimates=estimates,
    )
    return Assessment(
        **{entry.name: getattr(question, entry.name) for entry in fields(question)},
        parameters=ctx.parameters,
        estimates=estimates,
        headline=found,
        slopes=slopes,
        inputs=gathered.inputs,
        arrivals=gathered.arrivals,
        salvo=gathered.salvo,
        game=merged(game, equilibria.worth),
        equilibria=equilibria,
        prob=final(equilibria.prob, found, question.crisis, gathered.inputs.roles),
        notes=ctx.notes,
        vintages=vintages(ctx.world),
    )


def final(
    prob: Float[np.ndarray, "draw role bundle"],
    found: Headline,
    crisis: Crisis,
    roles: tuple[Role, ...],
) -> Float[np.ndarray, "draw role bundle"]:
    """Return what is answered for structural chances: the headline, with the user's overrides."""
    return overridden(adjusted(prob, found), crisis, roles)


def solve_inputs(
    inputs: Inputs,
    slopes: dict[str, Float[np.ndarray, " draw"]],
    parameters: Parameters,
    *,
    near: Float[np.ndarray, "draw role level"] | None = None,
) -> Equilibria:
    """Return the equilibria of the game, or the one on the branch of a neighbouring answer."""
    game = build_game(inputs, slopes, parameters.scales)
    return find_equilibria(game, near=near, tolerance=TOLERANCE)


def entry_of(crisis: Crisis, power: str, side: Side | None) -> Power:
    """Return the entry of a power, named by id or name, on a side.

    Where no side is given: the target's if the power may back it, else the attacker's. Raises
    `NotFoundError` with the nearest power of the crisis.
    """
    known = True
    try:
        id_ = find_actor(power)
    except NotFoundError:
        id_, known = power, False
    if id_ in (*crisis.attackers, *crisis.targets):
        said = f"{id_} is a party of {crisis.id}, not an outside power."
        raise NotFoundError(said, hint=f"Powers: {_powers_of(crisis)}.")
    found = [entry for entry in crisis.powers if entry.power == id_]
    if not found:
        names = {actors()[e.power].name: e.power for e in crisis.powers}
        near = None if known else nearest(power, (*names, *names.values()))
        hint = f"Did you mean {near}?" if near else f"Powers: {_powers_of(crisis)}."
        raise NotFoundError(f"{power!r} is not among the powers of {crisis.id}.", hint=hint)
    wanted = side or Side.TARGET
    exact = [entry for entry in found if entry.side is wanted]
    if side is not None and not exact:
        raise NotFoundError(f"{id_} may not back the {side} in {crisis.id}.")
    return (exact or found)[0]


def _powers_of(crisis: Crisis) -> str:
    return ", ".join(dict.fromkeys(entry.power for entry in crisis.powers))
