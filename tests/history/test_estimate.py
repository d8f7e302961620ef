from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.history.belief import Belief, flat, negative, normal, positive
from sidelines.history.estimate import Likelihood, estimate, log_posterior

Model = Callable[..., Likelihood]

SEEN = np.array([0.2, 1.1, 0.7, 1.6, -0.3])
COUNTS = np.array([0, 2, 1, 4, 3, 7, 1, 5])
DESIGN = np.stack([np.ones(8), np.linspace(-1, 1, 8)], axis=1)
SIGNED = {"x0": normal(0.0, 2.0), "x1": positive(1.0, 1.0)}


def test_without_a_prior_the_estimate_is_the_most_likely(normal_model: Model) -> None:
    fit = estimate(normal_model(SEEN))
    assert fit.slopes["level"] == pytest.approx(SEEN.mean())
    assert fit.standard_errors["level"] == pytest.approx(1 / np.sqrt(5), rel=1e-6)
    assert fit.converged


def test_a_normal_prior_is_weighted_by_precision(normal_model: Model) -> None:
    fit = estimate(normal_model(SEEN), prior={"level": normal(2.0, 0.5)})
    assert fit.slopes["level"] == pytest.approx((SEEN.sum() + 4 * 2.0) / (5 + 4))
    assert fit.standard_errors["level"] == pytest.approx(1 / 3, rel=1e-6)


@pytest.mark.parametrize(("belief", "sign"), [(positive(1, 0.7), 1), (negative(1, 0.7), -1)])
def test_a_signed_slope_tops_where_a_fine_grid_tops(
    belief: Belief, sign: int, normal_model: Model
) -> None:
    fit = estimate(normal_model(sign * SEEN), prior={"level": belief})
    grid = np.linspace(-3, 1, 2001)
    posterior = log_posterior(normal_model(sign * SEEN), fit.space)
    best = grid[np.argmax([posterior(np.array([x]))[0] for x in grid])]
    assert fit.free == pytest.approx([best], abs=2e-3)
    assert np.sign(fit.slopes["level"]) == sign


def test_a_hessian_saves_work_and_changes_nothing(count_model: Model) -> None:
    model = count_model(COUNTS, DESIGN)
    given = estimate(model, prior=SIGNED)
    differenced = estimate(replace(model, hessian=None), prior=SIGNED)
    assert given.free == pytest.approx(differenced.free, abs=1e-8)
    assert given.covariance == pytest.approx(differenced.covariance, rel=1e-6)
    assert given.evaluations < differenced.evaluations


def test_a_regressor_in_other_units_changes_its_slope_alone(count_model: Model) -> None:
    one = estimate(count_model(COUNTS, DESIGN))
    other = estimate(count_model(COUNTS, DESIGN * [1, 1000]))
    assert other.slopes["x1"] == pytest.approx(one.slopes["x1"] / 1000)
    assert other.standard_errors["x1"] == pytest.approx(one.standard_errors["x1"] / 1000)
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-10)


def test_log_likelihood_and_log_prior_add_up(count_model: Model) -> None:
    model = count_model(COUNTS, DESIGN)
    fit = estimate(model, prior=SIGNED)
    total = log_posterior(model, fit.space)(fit.free)[0]
    assert fit.log_likelihood + fit.log_prior == pytest.approx(total)
    assert fit.log_likelihood == pytest.approx(model.log_prob(np.array([*fit.slopes.values()])))


def test_slopes_that_cannot_be_told_apart_are_named(count_model: Model) -> None:
    twice = np.stack([DESIGN[:, 0], DESIGN[:, 1], 2 * DESIGN[:, 1]], axis=1)
    fit = estimate(count_model(COUNTS, twice))
    assert fit.status == "not identified: nothing pins down x1, x2"
    assert np.isnan([*fit.standard_errors.values()]).all()


def test_a_prior_identifies_what_the_data_do_not(count_model: Model) -> None:
    twice = np.stack([DESIGN[:, 1], DESIGN[:, 1]], axis=1)
    fit = estimate(count_model(COUNTS, twice), prior=dict.fromkeys(["x0", "x1"], normal(0, 1)))
    assert fit.converged
    assert fit.slopes["x0"] == pytest.approx(fit.slopes["x1"])


def test_a_kink_is_no_top() -> None:
    kink = Likelihood(
        names=("a",),
        rows=1,
        log_prob=lambda slopes: -abs(float(slopes[0])),
        gradient=lambda slopes: (-abs(float(slopes[0])), -np.sign(slopes)),
        scores=lambda slopes: -np.sign(slopes)[None, :],
        hessian=lambda _: -np.eye(1),
    )
    fit = estimate(kink, start=np.array([0.3]))
    assert not fit.converged
    assert fit.status == "stopped early, 1 standard errors from the top"


def test_a_place_beside_a_jump_is_no_top() -> None:
    def gradient(slopes: np.ndarray) -> tuple[float, np.ndarray]:
        at = float(slopes[0])
        return (at + 5 * at**2 if at < 0.5 else -100.0), 1 + 10 * slopes

    jump = Likelihood(
        names=("a",),
        rows=1,
        log_prob=lambda slopes: gradient(slopes)[0],
        gradient=gradient,
        scores=lambda slopes: gradient(slopes)[1][None, :],
    )
    assert estimate(jump).status == "no top: the likelihood jumps or bends up along a"


def test_a_start_without_a_likelihood_is_said_to_be_one(normal_model: Model) -> None:
    nowhere = replace(normal_model(SEEN), gradient=lambda slopes: (np.nan, slopes))
    assert estimate(nowhere).status == "never begun: the likelihood is not finite at the start"


def test_the_start_is_given_as_slopes(count_model: Model) -> None:
    model, prior = count_model(COUNTS, DESIGN), {"x0": flat(), "x1": positive(1.0, 1.0)}
    near, far = (estimate(model, prior=prior, start=np.array([0.0, at])) for at in (0.1, 5.0))
    assert near.free == pytest.approx(far.free, abs=1e-8)


def test_the_clock_is_no_part_of_the_answer(normal_model: Model) -> None:
    first, second = (estimate(normal_model(SEEN)) for _ in range(2))
    assert (first.free, first.evaluations) == (second.free, second.evaluations)
