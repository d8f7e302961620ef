import numpy as np
import pytest

from sidelines.assess.parameters import load_parameters
from sidelines.assess.sampling import draw_parameter
from sidelines.history.belief import (
    Belief,
    belief_of,
    flat,
    free_at,
    log_prior,
    negative,
    normal,
    positive,
    rate_at,
    slopes_at,
    space_of,
)
from sidelines.terms.errors import UsageError

PRIOR = {"stake": positive(2.0, 0.5), "far": negative(1.0, 1.0), "bias": normal(0.3, 2.0)}
SPACE = space_of(("far", "bias", "stake"), PRIOR)


def test_a_prior_is_matched_by_name_and_not_by_place() -> None:
    assert SPACE.sign.tolist() == [-1, 0, 1]
    assert SPACE.mean == pytest.approx([0, 0.3, np.log(2)])


def test_signed_slopes_keep_their_sign_wherever_the_search_goes() -> None:
    slopes = slopes_at(np.array([[-9.0, -9.0, -9.0], [9.0, 9.0, 9.0]]), SPACE)
    assert np.sign(slopes).tolist() == [[-1, -1, 1], [-1, 1, 1]]


def test_the_prior_of_a_parameter_is_what_its_draws_are() -> None:
    parameter = load_parameters().slopes["stake"]
    belief = belief_of(parameter)
    draws = np.log(draw_parameter(parameter, draws=4000, seed=1, stream="stake"))
    assert belief.sign == 1
    assert (belief.mean, belief.sd) == pytest.approx((draws.mean(), draws.std()), rel=5e-3)


def test_the_way_to_the_free_scale_and_back_is_no_change() -> None:
    slopes = np.array([-0.7, -3.0, 4.0])
    assert slopes_at(free_at(slopes, SPACE), SPACE) == pytest.approx(slopes)


def test_the_rate_is_the_derivative_of_the_slopes() -> None:
    free, step = np.array([0.2, 0.4, -0.6]), 1e-6
    differences = (slopes_at(free + step, SPACE) - slopes_at(free - step, SPACE)) / (2 * step)
    assert rate_at(free, SPACE) == pytest.approx(differences, rel=1e-8)


def test_the_log_prior_is_a_density_with_its_gradient() -> None:
    space = space_of(("a",), {"a": normal(1.0, 0.5)})
    grid = np.linspace(-4, 6, 2001)
    density = np.exp([log_prior(np.array([x]), space)[0] for x in grid])
    assert np.trapezoid(density, grid) == pytest.approx(1)
    assert log_prior(np.array([2.0]), space)[1] == pytest.approx([-4.0])


def test_a_flat_prior_says_nothing() -> None:
    value, gradient = log_prior(np.array([7.0]), space_of(("a",), {"a": flat()}))
    assert value == 0
    assert gradient == 0


def test_without_a_prior_all_is_flat() -> None:
    assert np.isinf(space_of(("a", "b")).sd).all()


def test_a_start_on_the_wrong_side_of_zero_is_refused() -> None:
    with pytest.raises(UsageError, match=r"'far' cannot be 0\.5"):
        free_at(np.array([0.5, 0.0, 1.0]), SPACE)


@pytest.mark.parametrize(
    ("prior", "message"),
    [
        ({"stake": flat()}, "'far' is missing in the prior"),
        ({"stake": flat(), "far": flat(), "fear": flat()}, "'fear' is missing in the model"),
        ({"stake": flat(), "fat": flat()}, "Did you mean 'far'"),
    ],
)
def test_labels_must_match(prior: dict[str, Belief], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        space_of(("stake", "far"), prior)


@pytest.mark.parametrize("sd", [0.0, -1.0, float("nan")])
def test_a_spread_must_be_above_zero(sd: float) -> None:
    with pytest.raises(UsageError, match="above zero"):
        normal(0.0, sd)


@pytest.mark.parametrize("belief", [positive, negative])
def test_a_median_is_the_size_of_a_signed_slope(belief: object) -> None:
    with pytest.raises(UsageError, match="Give the size"):
        belief(-2.0, 1.0)
