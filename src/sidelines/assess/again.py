"""The same question with some inputs set otherwise; all other draws stay.

Where only powers' own inputs are set, only those roles are gathered and built anew, and everybody
answers from where they stood: the equilibrium stays on the branch of the answer that is known.
"""

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np

from sidelines.assess.assessment import (
    Assessment,
    Question,
    answer_question,
    context_of,
    final,
)
from sidelines.assess.gather import gather
from sidelines.assess.inputs import alike, spliced
from sidelines.assess.payoffs import build_game
from sidelines.assess.settings import Setting
from sidelines.choice.equilibria import Equilibria
from sidelines.choice.expectations import act_shares, level_worth
from sidelines.choice.game import Game, with_power
from sidelines.choice.kernel import solve
from sidelines.choice.levels import merged
from sidelines.crisis.model import Power
from sidelines.terms.arrays import Float

__all__ = ["assess_again"]

_TOLERANCE = 1e-6  # a thousandth of what a thousand draws can tell apart

Settings = Mapping[str, tuple[Setting, ...]]


def assess_again(answer: Assessment, settings: Settings) -> Assessment:
    """Answer the same question with some inputs set otherwise; all other draws stay."""
    entries = [_entry(answer, name) for name in settings]
    powers = tuple(entry for entry in entries if entry is not None)
    if len(powers) < len(settings):  # the parties' own inputs matter to every role
        asked = {entry.name: getattr(answer, entry.name) for entry in fields(Question)}
        return answer_question(Question(**asked), settings, blended=answer.headline)
    return _with_roles(answer, tuple(dict.fromkeys(powers)), settings) if powers else answer


def _entry(answer: Assessment, name: str) -> Power | None:
    """Return the entry whose input a name is, such as RUS.target.stake; None for the parties'."""
    return next(
        (one for one in answer.crisis.powers if name.startswith(f"{one.power}.{one.side}.")), None
    )


def _with_roles(answer: Assessment, powers: tuple[Power, ...], settings: Settings) -> Assessment:
    ctx = context_of(answer, settings, powers=powers)
    gathered = gather(ctx)
    inputs = spliced(answer.inputs, gathered.inputs)
    notes = replace(answer.notes, changes=ctx.notes.changes)
    if alike(inputs, answer.inputs):
        return replace(answer, notes=notes)
    own = build_game(gathered.inputs, answer.slopes, answer.parameters.scales)
    worth, shares = level_worth(own), answer.equilibria.shares.copy()
    game, small = answer.game, merged(own, worth)
    for place, role in enumerate(gathered.inputs.roles):
        row = inputs.roles.index(role)
        game = with_power(game, row, small, place)
        shares[:, row] = act_shares(own)[:, place]
    equilibria = _followed(game, answer.equilibria, shares, own.level)
    return replace(
        answer,
        inputs=inputs,
        arrivals=answer.arrivals | gathered.arrivals,
        game=game,
        equilibria=equilibria,
        prob=final(equilibria.prob, answer.headline, answer.crisis, inputs.roles),
        notes=notes,
    )


def _followed(
    game: Game,
    known: Equilibria,
    shares: Float[np.ndarray, "draw role bundle"],
    level: np.ndarray,
) -> Equilibria:
    """Return the equilibrium of a merged game on the branch of the one that is known."""
    found = solve(game, known.branch[None], tolerance=_TOLERANCE)
    branch = found.prob[0]
    prob = branch.take(level, axis=2)
    prob *= shares
    return replace(
        known,
        prob=prob,
        branch=branch,
        several={},
        certified=np.zeros_like(known.certified),
        converged=found.residual[0] < 10 * _TOLERANCE,
        fit_error=found.fit_error,
        shares=shares,
        worth=game.own,
    )
