from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.history.belief import normal, positive
from sidelines.history.estimate import Fit, Likelihood, estimate, log_posterior
from sidelines.history.posterior import (
    Posterior,
    draw_posterior,
    laplace_log_evidence,
    learned,
    resample,
)
from sidelines.terms.errors import UsageError

Model = Callable[..., Likelihood]

SEEN = np.array([0.2, 1.1, 0.7, 1.6, -0.3])
PRIOR = {"level": normal(2.0, 0.5)}


def drawn(model: Likelihood, fit: Fit, seed: int = 1, draws: int = 4000) -> Posterior:
    return draw_posterior(model, fit, rng=np.random.default_rng(seed), draws=draws)


def evidence_of_normal_mean() -> float:
    """Return the log-density of SEEN, a normal vector whose entries share the level's spread."""
    covariance = np.eye(5) + 0.25
    off = SEEN - 2.0
    spread = np.linalg.slogdet(2 * np.pi * covariance)[1]
    return float(-0.5 * off @ np.linalg.solve(covariance, off) - 0.5 * spread)


def by_quadrature(model: Likelihood, fit: Fit) -> tuple[float, float, float]:
    """Return mean and sd of one slope and the log evidence by a fine grid."""
    grid = fit.free[0] + np.sqrt(fit.covariance[0, 0]) * np.linspace(-8, 4, 1201)
    density = log_posterior(model, fit.space)
    height = np.array([density(np.array([at]))[0] for at in grid])
    weight = np.exp(height - height.max())
    slope = np.exp(grid)
    mean = weight @ slope / weight.sum()
    sd = np.sqrt(weight @ (slope - mean) ** 2 / weight.sum())
    volume = np.log(np.trapezoid(weight, grid)) + height.max()
    return float(mean), float(sd), float(volume)


def test_a_conjugate_posterior_is_met(normal_model: Model) -> None:
    model = normal_model(SEEN)
    posterior = drawn(model, estimate(model, prior=PRIOR))
    found = learned(posterior)["level"]
    assert found.mean == pytest.approx((SEEN.sum() + 8) / 9, abs=0.02)
    assert found.sd == pytest.approx(1 / 3, rel=0.05)
    assert found.low == pytest.approx((SEEN.sum() + 8) / 9 - 1.2816 / 3, abs=0.03)
    assert posterior.status == "good"


def test_the_evidence_of_a_conjugate_model_is_exact(normal_model: Model) -> None:
    model = normal_model(SEEN)
    fit = estimate(model, prior=PRIOR)
    assert laplace_log_evidence(fit) == pytest.approx(evidence_of_normal_mean(), abs=1e-7)
    assert drawn(model, fit).log_evidence == pytest.approx(evidence_of_normal_mean(), abs=0.03)


def test_a_signed_slope_is_met_as_by_quadrature(count_model: Model) -> None:
    model = count_model(np.array([0, 1, 0, 2]), np.array([[0.2], [0.9], [0.4], [1.3]]))
    fit = estimate(model, prior={"x0": positive(1.0, 1.0)})
    mean, sd, evidence = by_quadrature(model, fit)
    posterior = drawn(model, fit)
    found = learned(posterior)["x0"]
    assert posterior.status == "good"
    assert found.mean == pytest.approx(mean, rel=0.03)
    assert found.sd == pytest.approx(sd, rel=0.06)
    assert posterior.log_evidence == pytest.approx(evidence, abs=0.03)
    assert found.sign_prob == 1


def test_one_seed_gives_one_answer(normal_model: Model) -> None:
    model = normal_model(SEEN)
    fit = estimate(model, prior=PRIOR)
    one, same, other = (drawn(model, fit, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.free, same.free)
    assert np.array_equal(one.weight, same.weight)
    assert not np.array_equal(one.free, other.free)


def test_a_slope_in_other_units_has_the_same_weights(count_model: Model) -> None:
    seen, design = np.array([0, 1, 0, 2]), np.array([[0.2], [0.9], [0.4], [1.3]])
    one = count_model(seen, design)
    other = count_model(seen, design / 10)
    first = drawn(one, estimate(one, prior={"x0": normal(0.0, 1.0)}))
    second = drawn(other, estimate(other, prior={"x0": normal(0.0, 10.0)}))
    assert second.slopes == pytest.approx(10 * first.slopes, rel=1e-5)
    assert second.shape == pytest.approx(first.shape, abs=1e-4)


def test_a_tail_that_the_proposal_cannot_reach_is_not_trusted() -> None:
    """The posterior is a t distribution with a fifth of a degree of freedom."""

    def gradient(slopes: np.ndarray) -> tuple[float, np.ndarray]:
        spread = 0.2 + slopes[0] ** 2
        return float(-0.6 * np.log(spread)), -1.2 * slopes / spread

    model = Likelihood(
        names=("a",),
        rows=1,
        log_prob=lambda slopes: gradient(slopes)[0],
        gradient=gradient,
        scores=lambda slopes: gradient(slopes)[1][None, :],
    )
    posterior = drawn(model, estimate(model))
    assert posterior.shape > 0.8
    assert posterior.status.startswith("not to be trusted: k-hat")


def test_draws_where_the_posterior_is_not_finite_have_no_weight(normal_model: Model) -> None:
    inner = normal_model(SEEN)

    def log_prob(slopes: np.ndarray) -> float:
        return inner.log_prob(slopes) if slopes[0] < 1.5 else np.nan

    posterior = drawn(replace(inner, log_prob=log_prob), estimate(inner, prior=PRIOR))
    assert posterior.weight[posterior.slopes[:, 0] >= 1.5].sum() == 0
    assert posterior.weight.sum() == pytest.approx(1)


def test_under_a_flat_prior_there_is_no_evidence(normal_model: Model) -> None:
    model = normal_model(SEEN)
    fit = estimate(model)
    posterior = drawn(model, fit)
    assert np.isnan(posterior.log_evidence)
    assert np.isnan(laplace_log_evidence(fit))
    assert learned(posterior)["level"].sd_ratio == 0


def test_what_the_data_do_not_tell_was_assumed(count_model: Model) -> None:
    design = np.stack([np.ones(40), np.zeros(40)], axis=1)
    model = count_model(np.tile([0.0, 1.0, 2.0, 5.0], 10), design)
    prior = {"x0": normal(0.0, 2.0), "x1": normal(0.0, 1.0)}
    found = learned(drawn(model, estimate(model, prior=prior)))
    assert found["x0"].sd_ratio < 0.1
    assert found["x0"].sign_prob > 0.99
    assert found["x1"].sd_ratio == pytest.approx(1.0, abs=0.05)
    assert found["x1"].sign_prob == pytest.approx(0.5, abs=0.05)


def test_resampled_draws_have_equal_weight(normal_model: Model) -> None:
    model = normal_model(SEEN)
    posterior = drawn(model, estimate(model, prior=PRIOR))
    slopes = resample(posterior, rng=np.random.default_rng(5), draws=1000)
    assert slopes.shape == (1000, 1)
    assert slopes.mean() == pytest.approx(posterior.weight @ posterior.slopes[:, 0], abs=0.02)
    assert slopes.std() == pytest.approx(1 / 3, rel=0.08)


def test_there_is_nothing_to_draw_where_nothing_is_identified(count_model: Model) -> None:
    model = count_model(np.array([1.0, 2.0]), np.zeros((2, 1)))
    with pytest.raises(UsageError, match=r"nothing pins down x0\. Give every slope a prior"):
        drawn(model, estimate(model))


def test_ranks_of_the_truth_among_draws_are_uniform(count_model: Model) -> None:
    """Simulation-based calibration (Talts et al. 2018), 200 replications in ten bins."""
    rng = np.random.default_rng(11)
    design = rng.normal(size=(12, 2))
    prior = {"x0": normal(0.0, 0.7), "x1": positive(0.5, 0.6)}
    ranks = []
    for _ in range(200):
        truth = np.array([rng.normal(0.0, 0.7), np.exp(np.log(0.5) + 0.6 * rng.normal())])
        model = count_model(rng.poisson(np.exp(design @ truth)), design)
        posterior = draw_posterior(model, estimate(model, prior=prior), rng=rng, draws=250)
        ranks.append(posterior.weight @ (posterior.slopes < truth))
    counts = np.array(
        [np.histogram(part, bins=10, range=(0, 1))[0] for part in np.transpose(ranks)]
    )
    chi_square = ((counts - 20) ** 2 / 20).sum(axis=1)
    assert np.all(chi_square < 21.67)  # 1 % point, 9 degrees of freedom
