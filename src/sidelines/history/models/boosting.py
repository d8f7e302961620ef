"""Boosted trees that may only rise or only fall with a covariate, as theory says."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.extra import sklearn_part
from sidelines.history.models.linear import covariate_matrix
from sidelines.history.scores import reached
from sidelines.terms.arrays import Bool, Float

__all__ = ["Boosting", "boosting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boosting:
    """Settings, under scikit-learn's meanings; `signs` give each covariate's direction."""

    thresholds: int
    signs: Mapping[str, int]
    rounds: int
    learning_rate: float
    depth: int
    smallest_leaf: int
    l2: float


def boosting(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    test: Bool[np.ndarray, " case"],
    origin: int,  # noqa: ARG001  every forecast is told
    settings: Boosting,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chances; unknown covariates go down branches of their own.

    Source: Friedman (2001), Annals of Statistics 29, 1189.
    """
    power = column(cases, "power")
    first = (power == power[train].min()).astype(float)
    design = np.column_stack([covariate_matrix(cases, list(settings.signs)), first])
    happened = reached(column(cases, "ladder"), thresholds=settings.thresholds)
    trees = sklearn_part("ensemble").HistGradientBoostingClassifier
    answers = []
    for step in happened.T:
        model = trees(
            max_iter=settings.rounds,
            learning_rate=settings.learning_rate,
            max_depth=settings.depth,
            min_samples_leaf=settings.smallest_leaf,
            l2_regularization=settings.l2,
            early_stopping=False,
            monotonic_cst=[*settings.signs.values(), 0],
            random_state=0,
        )
        model.fit(design[train], step[train])
        answers.append(model.predict_proba(design[test])[:, 1])
    return np.stack(answers, axis=1)
