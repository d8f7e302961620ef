"""The logit of the published studies: standardised covariates and one penalty for all."""

from dataclasses import dataclass

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.extra import sklearn_part
from sidelines.history.models.effects import covariate_matrix
from sidelines.history.scores import reached
from sidelines.history.standardise import standardise
from sidelines.terms.arrays import Bool, Float

__all__ = ["PlainLogit", "plain_logit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainLogit:
    """Settings: covariates, and scikit-learn's `inverse_penalty` C."""

    thresholds: int
    covariates: tuple[str, ...]
    inverse_penalty: float


def plain_logit(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    test: Bool[np.ndarray, " case"],
    origin: int,  # noqa: ARG001  every forecast is told
    settings: PlainLogit,
) -> Float[np.ndarray, "answer threshold"]:
    """Return one logit a threshold; covariates, power indicators and flags are all standardised."""
    raw = covariate_matrix(cases, settings.covariates)
    power = column(cases, "power")
    indicators = (power[:, None] == np.unique(power[train])).astype(float)
    first = standardise(np.concatenate([raw, indicators], axis=1), train=train)
    flags = standardise(first.flags, train=train)
    design = np.concatenate([first.values, flags.values], axis=1)
    happened = reached(column(cases, "ladder"), thresholds=settings.thresholds)
    models = sklearn_part("linear_model")
    answers = []
    for step in happened.T:
        model = models.LogisticRegression(C=settings.inverse_penalty, max_iter=5000)
        model.fit(design[train], step[train])
        answers.append(model.predict_proba(design[test])[:, 1])
    return np.stack(answers, axis=1)
