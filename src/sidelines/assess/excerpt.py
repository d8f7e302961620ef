"""The draws that stand for all: a few of an answer's draws, for what is solved again and again.

Splits, levers, paths and the page's sliders all work on the same excerpt, so that their figures
agree with each other. The draws are picked one by one, each where it is most missing: far from
those already picked, near to those that are left. So the first of them are an excerpt too.
"""

import numpy as np

from sidelines.assess.assessment import Assessment
from sidelines.assess.outcomes import rung_probabilities
from sidelines.terms.arrays import Float, Int

__all__ = ["EXCERPT_DRAWS", "excerpt", "most_missing"]

EXCERPT_DRAWS = 160
_DIRECTIONS = 12  # of the answer's spread over draws; together some 95 % of its variance
_ANSWER_WEIGHT = 3.0  # of a direction of the answer beside one slope
_EVEN = 1e-6
_REFERENCE = 2000  # draws that a distance to all is averaged over, at most


def excerpt(answer: Assessment, draws: int = EXCERPT_DRAWS) -> Int[np.ndarray, " some"]:
    """Return which draws of an answer stand for all, the most telling first.

    Draws are close where everybody's structural chances are, and where the slopes behind them are.
    """
    slopes = [values for values in answer.slopes.values() if values.std() > 0.0]
    logs = np.log(np.stack(slopes, axis=1))
    features = np.hstack(
        [_ANSWER_WEIGHT * _directions(answer), (logs - logs.mean(0)) / logs.std(0)]
    )
    return most_missing(features, draws)


def _directions(answer: Assessment) -> Float[np.ndarray, "draw direction"]:
    """Return the main directions in which the answer differs between draws, each of variance one.

    Source: principal components of the log-odds to reach each rung.
    """
    rungs = rung_probabilities(answer.equilibria.prob)
    reaching = rungs[:, :, :0:-1].cumsum(axis=2).reshape(len(rungs), -1)
    inside = np.clip(reaching, _EVEN, 1.0 - _EVEN)
    odds = np.log(inside) - np.log1p(-inside)
    left, size, _ = np.linalg.svd(odds - odds.mean(axis=0), full_matrices=False)
    return left[:, :_DIRECTIONS][:, size[:_DIRECTIONS] > 1e-9] * np.sqrt(len(left))


def most_missing(
    features: Float[np.ndarray, "draw feature"], count: int
) -> Int[np.ndarray, " some"]:
    """Return rows that stand for all rows, picked one by one for the least energy distance.

    Source: support points, Mak and Joseph (2018), Annals of Statistics 46, picked greedily as in
    Chen, Welling and Smola (2010), Super-samples from kernel herding.
    """
    draws = len(features)
    some = features[:: -(-draws // _REFERENCE)]
    far = np.array([np.sqrt(((some - one) ** 2).sum(axis=1)).mean() for one in features])
    apart = np.zeros(draws)
    picked: list[int] = []
    for n in range(min(count, draws)):
        missing = far - apart / (n + 1)
        missing[picked] = np.inf
        picked.append(int(missing.argmin()))
        apart += np.sqrt(((features - features[picked[-1]]) ** 2).sum(axis=1))
    return np.array(picked)
