"""Two players, three outcomes, fitted to cases: the attacker stops, the target yields or resists.

The strategic probit of Signorino (1999, 2003), `egame12` of Kenkel and Signorino (2014): the
attacker goes on if what it expects of the target's reply is worth more to it than stopping.
"""

from dataclasses import dataclass

import numpy as np

from sidelines.history.columns import Columns
from sidelines.history.design import Design, build_design
from sidelines.history.estimate import Fit, Likelihood, estimate
from sidelines.history.links import Link, logit, probit
from sidelines.history.sandwich import clustered
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.errors import UsageError, nearest, shown

__all__ = ["ERRORS", "OUTCOMES", "Utilities", "fit_strategic_probit"]

ERRORS = ("probit-agent", "probit-private", "logit-agent")
OUTCOMES = ("stop", "yield", "resist")

_START_RIDGE = 1e-3
_START_STEPS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Utilities:
    """Which regressors enter which utility; none means a utility of zero.

    `stop`, `yields` and `resists` are what the three outcomes are worth to the attacker, `target`
    what resisting is worth to the target over yielding.
    """

    stop: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()
    resists: tuple[str, ...] = ()
    target: tuple[str, ...] = ()


_Spread = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cases:
    """Cases ready to be counted: one design per utility, the target's in units of its shock."""

    matrices: tuple[Float[np.ndarray, "row _"], ...]
    goes_on: Bool[np.ndarray, " row"]
    resists: Bool[np.ndarray, " row"]
    link: Link
    errors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Replies:
    """What both players do at some slopes, and all that derivatives need (each per row).

    `prob` that the target resists, `density` its rate in the target's index, `index` and `scale`
    of the attacker; `act` and `reply` are log-probabilities of what was observed.
    """

    utility: list[np.ndarray]
    prob: np.ndarray
    other: np.ndarray
    density: np.ndarray
    density_slope: np.ndarray
    index: np.ndarray
    scale: _Spread
    act: tuple[np.ndarray, np.ndarray, np.ndarray]
    reply: tuple[np.ndarray, np.ndarray, np.ndarray]


def fit_strategic_probit(
    columns: Columns,
    outcome: np.ndarray,
    *,
    utilities: Utilities,
    errors: str = "probit-agent",
    clusters: np.ndarray | None = None,
) -> Fit:
    """Return the fit of attacker and target to what they did.

    `outcome` holds "stop", "yield" or "resist" per row. `errors` says who is surprised: agents by
    their own slips (`probit-agent`, `logit-agent`), or each player knows a private part of its
    payoffs (`probit-private`). Labels of `clusters` make the standard errors robust to dependence
    inside them.
    """
    for word in np.unique(outcome):
        _one_of(str(word), OUTCOMES)
    _one_of(errors, ERRORS)
    fields = ("stop", "yields", "resists", "target")
    designs = {name: build_design(columns, getattr(utilities, name)) for name in fields}
    cases = _cases(tuple(one.matrix for one in designs.values()), outcome, errors=errors)
    likelihood = _likelihood(cases, designs)
    fit = estimate(likelihood, start=_start(cases))
    return fit if clusters is None else clustered(fit, likelihood, labels=clusters)


def _one_of(word: str, known: tuple[str, ...]) -> None:
    if word not in known:
        near = nearest(word, known)
        hint = f"Did you mean {near!r}?" if near else f"Use one of {', '.join(known)}."
        raise UsageError(f"{shown(word)} is not known here.", hint=hint)


def _cases(matrices: tuple[np.ndarray, ...], outcome: np.ndarray, *, errors: str) -> _Cases:
    return _Cases(
        matrices=(*matrices[:3], matrices[3] / _shock(errors)),
        goes_on=outcome != "stop",
        resists=outcome == "resist",
        link=logit if errors == "logit-agent" else probit,
        errors=errors,
    )


def _shock(errors: str) -> float:
    """Return the scale of a difference of two shocks of scale one."""
    return 1.0 if errors == "logit-agent" else float(np.sqrt(2.0))


def _spread(prob: np.ndarray, errors: str) -> _Spread:
    """Return the scale of the attacker's shock, and its two derivatives by the target's reply."""
    if errors != "probit-private":
        return np.full_like(prob, _shock(errors)), np.zeros_like(prob), np.zeros_like(prob)
    scale = np.sqrt(1.0 + prob**2 + (1.0 - prob) ** 2)
    first = (2.0 * prob - 1.0) / scale
    return scale, first, (2.0 - first**2) / scale


def _likelihood(cases: _Cases, designs: dict[str, Design]) -> Likelihood:
    names = tuple(f"{name}:{term}" for name, one in designs.items() for term in one.names)

    def height(replies: _Replies) -> float:
        return float(replies.act[0].sum() + replies.reply[0].sum())

    def gradient(slopes: np.ndarray) -> tuple[float, np.ndarray]:
        replies = _replies(cases, slopes)
        pulls = _pulls(replies)
        parts = [x.T @ pull for x, pull in zip(cases.matrices, pulls, strict=True)]
        return height(replies), np.concatenate(parts)

    def scores(slopes: np.ndarray) -> np.ndarray:
        pulls = _pulls(_replies(cases, slopes))
        return np.hstack([x * d[:, None] for x, d in zip(cases.matrices, pulls, strict=True)])

    def hessian(slopes: np.ndarray) -> np.ndarray:
        bends = _bends(_replies(cases, slopes))
        xs = cases.matrices
        return np.block(
            [[x.T @ (bends[i][j][:, None] * y) for j, y in enumerate(xs)] for i, x in enumerate(xs)]
        )

    return Likelihood(
        names=names,
        rows=len(cases.goes_on),
        log_prob=lambda slopes: height(_replies(cases, slopes)),
        gradient=gradient,
        scores=scores,
        hessian=hessian,
    )


def _replies(cases: _Cases, slopes: np.ndarray) -> _Replies:
    cuts = np.cumsum([x.shape[1] for x in cases.matrices])[:-1]
    utility = [x @ b for x, b in zip(cases.matrices, np.split(slopes, cuts), strict=True)]
    yes, no = cases.link(utility[3]), cases.link(-utility[3])
    prob, other = np.exp(yes.value), np.exp(no.value)
    scale = _spread(prob, cases.errors)
    index = (other * utility[1] + prob * utility[2] - utility[0]) / scale[0]
    sign = np.where(cases.goes_on, 1.0, -1.0)
    act = cases.link(sign * index)
    return _Replies(
        utility=utility,
        prob=prob,
        other=other,
        density=prob * yes.first,
        density_slope=prob * (yes.first**2 + yes.second),
        index=index,
        scale=scale,
        act=(act.value, sign * act.first, act.second),
        reply=(
            cases.goes_on * np.where(cases.resists, yes.value, no.value),
            cases.goes_on * np.where(cases.resists, yes.first, -no.first),
            cases.goes_on * np.where(cases.resists, yes.second, no.second),
        ),
    )


def _index_slopes(replies: _Replies) -> tuple[list[np.ndarray], np.ndarray]:
    """Return how the attacker's index moves with each of four indices, and with `prob`."""
    scale, scale_slope, _ = replies.scale
    by_prob = (replies.utility[2] - replies.utility[1] - replies.index * scale_slope) / scale
    moves = [-1.0 / scale, replies.other / scale, replies.prob / scale, by_prob * replies.density]
    return moves, by_prob


def _pulls(replies: _Replies) -> list[np.ndarray]:
    """Return the gradient of each row's log-likelihood in the four indices."""
    moves, _ = _index_slopes(replies)
    return [
        replies.act[1] * move + (replies.reply[1] if which == 3 else 0.0)
        for which, move in enumerate(moves)
    ]


def _bends(replies: _Replies) -> list[list[np.ndarray]]:
    """Return the second derivatives of each row's log-likelihood in the four indices."""
    moves, by_prob = _index_slopes(replies)
    scale, slope, bend = replies.scale
    rate = slope / scale
    crossed = [
        rate / scale,
        -(1.0 + replies.other * rate) / scale,
        (1.0 - replies.prob * rate) / scale,
    ]
    twice = -(2.0 * by_prob * slope + replies.index * bend) / scale
    own = twice * replies.density**2 + by_prob * replies.density_slope
    second = [[replies.act[2] * a * b for b in moves] for a in moves]
    for which, cross in enumerate(crossed):
        second[which][3] = second[which][3] + replies.act[1] * cross * replies.density
        second[3][which] = second[which][3]
    second[3][3] = second[3][3] + replies.act[1] * own + replies.reply[2]
    return second


def _start(cases: _Cases) -> np.ndarray:
    """Return slopes by statistical backward induction (Bas, Signorino and Walker 2008).

    First the target's reply alone, then the attacker's act given what it should expect of it.
    """
    *firsts, last = cases.matrices
    moved = cases.goes_on
    target = _binary(last[moved], cases.resists[moved], link=cases.link)
    prob = np.exp(cases.link(last @ target).value)
    expected = [-firsts[0], (1.0 - prob)[:, None] * firsts[1], prob[:, None] * firsts[2]]
    scale = _spread(prob, cases.errors)[0]
    attacker = _binary(np.hstack(expected) / scale[:, None], moved, link=cases.link)
    return np.concatenate([attacker, target])


def _binary(x: np.ndarray, chosen: np.ndarray, *, link: Link) -> np.ndarray:
    """Return the slopes of a yes-or-no choice by Newton steps; a small ridge keeps them finite."""
    slopes = np.zeros(x.shape[1])
    sign = np.where(chosen, 1.0, -1.0)
    ridge = _START_RIDGE * np.eye(len(slopes))
    for _ in range(_START_STEPS):
        log_prob = link(sign * (x @ slopes))
        gradient = x.T @ (sign * log_prob.first) - _START_RIDGE * slopes
        slopes = slopes + np.linalg.solve(x.T @ (-log_prob.second[:, None] * x) + ridge, gradient)
    return slopes
