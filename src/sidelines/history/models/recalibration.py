"""A forecast made bolder or more timid, as its own past blocks say it should have been."""

from dataclasses import dataclass

import numpy as np

from sidelines.history.models.combinations import Past
from sidelines.history.models.effects import case_weight
from sidelines.history.penalised import PriorDesign, log_odds_at, logistic, penalised_logit
from sidelines.history.scores import log_odds
from sidelines.terms.arrays import Float

__all__ = ["Recalibration", "recalibration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalibration:
    """Settings: one member, and how far its line may leave `no change` (prior sds).

    `slope_sd` and `level_sd` for all powers together, `power_slope_sd` and `power_level_sd` for
    each power on top of them.
    """

    members: tuple[str]
    slope_sd: float
    level_sd: float
    power_slope_sd: float
    power_level_sd: float
    blocks: int
    half_life_years: float | None = None


def recalibration(
    now: Float[np.ndarray, "member answer threshold"],
    *,
    power: np.ndarray,
    past: Past,
    settings: Recalibration,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chances on the line that past blocks gave, held to the member's own.

    Source: Cox (1958), Biometrika 45, 562; the damping is a normal prior at no change.
    """
    if past.blocks < settings.blocks:
        return now[0]
    powers = np.unique(past.power)
    weight = case_weight(past.year, origin=past.origin, half_life_years=settings.half_life_years)
    sd = np.concatenate(
        [
            [settings.level_sd, settings.slope_sd],
            np.full(len(powers), settings.power_level_sd),
            np.full(len(powers), settings.power_slope_sd),
        ]
    )
    answers = []
    for step in range(now.shape[2]):
        before, ahead = log_odds(past.prob[0, :, step]), log_odds(now[0, :, step])
        middle = np.average(before, weights=weight)
        line = penalised_logit(
            _lines(before - middle, past.power, powers=powers, sd=sd),
            past.happened[:, step],
            weight=weight,
            offset=before,
        )
        asked = _lines(ahead - middle, power, powers=powers, sd=sd)
        answers.append(logistic(ahead + log_odds_at(asked, line)))
    return np.stack(answers, axis=1)


def _lines(
    odds: Float[np.ndarray, " case"], power: np.ndarray, *, powers: np.ndarray, sd: np.ndarray
) -> PriorDesign:
    own = (power[:, None] == powers).astype(float)
    both = np.stack([np.ones_like(odds), odds], axis=1)
    return PriorDesign(
        matrix=np.concatenate([both, own, own * odds[:, None]], axis=1),
        prior_sd=sd,
        group=np.zeros(len(odds), dtype=np.int64),
    )
