"""The logit of the published studies: standardised covariates and one penalty for all."""

from dataclasses import dataclass

import numpy as np

from sidelines.assess.forecast import Effect, Grouping, Linear, Logits
from sidelines.history.columns import Columns, column
from sidelines.history.extra import sklearn_part
from sidelines.history.models.linear import covariate_matrix, terms_of
from sidelines.history.scores import reached
from sidelines.history.standardise import standardise
from sidelines.terms.arrays import Bool

__all__ = ["PlainLogit", "fit_plain_logit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainLogit:
    """Settings: covariates, and scikit-learn's `inverse_penalty` C."""

    thresholds: int
    covariates: tuple[str, ...]
    inverse_penalty: float


def fit_plain_logit(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    origin: int,  # noqa: ARG001  every fit is told
    settings: PlainLogit,
) -> Logits:
    """Return one logit a threshold; covariates, power indicators and flags are all standardised."""
    scaled = standardise(covariate_matrix(cases, settings.covariates), train=train)
    power = column(cases, "power")
    powers = np.unique(power[train])
    indicators = standardise((power[:, None] == powers).astype(float), train=train)
    flags = standardise(scaled.flags, train=train)
    design = np.concatenate([scaled.values, indicators.values, flags.values], axis=1)
    happened = reached(column(cases, "ladder"), thresholds=settings.thresholds)
    count, steps = len(settings.covariates), []
    for step in happened.T:
        model = sklearn_part("linear_model").LogisticRegression(
            C=settings.inverse_penalty, max_iter=5000
        )
        model.fit(design[train], step[train])
        slopes, of_power, of_flag = np.split(model.coef_[0], [count, count + len(powers)])
        of_power, of_flag = of_power / indicators.sd, of_flag / flags.sd
        unknown = np.zeros(count)
        unknown[scaled.flagged] = of_flag
        steps.append(
            Linear(
                constant=float(
                    model.intercept_[0] - of_power @ indicators.mean - of_flag @ flags.mean
                ),
                terms=terms_of(settings.covariates, scaled, slopes=slopes, unknown=unknown),
                effects=(
                    Effect(
                        by=(Grouping(of="power"),),
                        groups=tuple((float(one),) for one in powers),
                        values=tuple(of_power.tolist()),
                    ),
                ),
            )
        )
    return Logits(steps=tuple(steps))
