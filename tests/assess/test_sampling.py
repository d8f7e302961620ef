import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.assess.parameters import Parameters
from sidelines.assess.sampling import (
    draw_parameter,
    draw_quantity,
    standard_uniform,
    standard_uniforms,
)
from sidelines.crisis.quantity import Quantity

DRAWS = 10_000
SHARE = {"low": 0.0, "high": 1.0}
KINDS = {
    "value": Quantity(kind="value", numbers=(0.4,), **SHARE),
    "uniform": Quantity(kind="uniform", numbers=(0.2, 0.6), **SHARE),
    "triangular": Quantity(kind="triangular", numbers=(0.1, 0.2, 0.6), **SHARE),
    "normal": Quantity(kind="normal", numbers=(0.5, 0.05), **SHARE),
    "lognormal": Quantity(kind="lognormal", numbers=(300.0, 0.2), low=0.0, high=np.inf),
    "beta": Quantity(kind="beta", numbers=(2.0, 3.0), **SHARE),
}


def drawn(quantity: Quantity, *, name: str = "it", seed: int = 1) -> np.ndarray:
    return draw_quantity(quantity, name, draws=DRAWS, seed=seed)


@pytest.mark.parametrize(
    ("kind", "mean", "tolerance"),
    [
        ("value", 0.4, 1e-12),
        ("uniform", 0.4, 1e-3),
        ("triangular", 0.3, 1e-3),
        ("normal", 0.5, 1e-3),
        ("lognormal", 300 * np.exp(0.02), 0.5),
        ("beta", 0.4, 0.01),
    ],
)
def test_draws_have_the_mean_of_their_kind(kind: str, mean: float, tolerance: float) -> None:
    assert drawn(KINDS[kind]).mean() == pytest.approx(mean, abs=tolerance)


@pytest.mark.parametrize(
    ("kind", "sd", "tolerance"),
    [
        ("uniform", 0.4 / np.sqrt(12), 1e-3),
        ("triangular", 0.108, 1e-3),
        ("normal", 0.05, 1e-3),
        ("beta", 0.2, 0.01),
    ],
)
def test_draws_have_the_spread_of_their_kind(kind: str, sd: float, tolerance: float) -> None:
    assert drawn(KINDS[kind]).std() == pytest.approx(sd, abs=tolerance)


@pytest.mark.parametrize(("kind", "low", "high"), [("uniform", 0.2, 0.6), ("triangular", 0.1, 0.6)])
def test_draws_fill_their_range_and_never_leave_it(kind: str, low: float, high: float) -> None:
    values = drawn(KINDS[kind])
    assert low <= values.min() < low + 0.01
    assert high - 0.01 < values.max() <= high


@pytest.mark.parametrize("numbers", [(0.9, 0.5), (0.1, 0.5)])
def test_a_wide_normal_is_cut_at_its_bounds(numbers: tuple[float, float]) -> None:
    values = drawn(Quantity(kind="normal", numbers=numbers, **SHARE))
    assert (values.min(), values.max()) == (0, 1)


def test_half_the_draws_of_a_log_normal_lie_below_its_median() -> None:
    assert np.median(drawn(KINDS["lognormal"])) == pytest.approx(300, abs=0.5)


def test_a_triangle_without_width_is_its_value() -> None:
    assert set(drawn(Quantity(kind="triangular", numbers=(0.3, 0.3, 0.3), **SHARE))) == {0.3}


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_same_name_and_seed_give_the_same_draws(kind: str) -> None:
    assert (drawn(KINDS[kind]) == drawn(KINDS[kind])).all()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "value"])
def test_another_seed_gives_other_draws(kind: str) -> None:
    assert (drawn(KINDS[kind]) != drawn(KINDS[kind], seed=2)).any()


def test_two_names_are_drawn_apart() -> None:
    one, other = (drawn(KINDS["uniform"], name=name) for name in ("one", "other"))
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.05


def test_names_drawn_together_are_drawn_as_each_alone() -> None:
    together = standard_uniforms(("one", "other"), draws=50, seed=4)
    alone = [standard_uniform(name, draws=50, seed=4) for name in ("one", "other")]
    assert (together == np.stack(alone)).all()


@given(draws=st.integers(1, 300), seed=st.integers(0, 1000))
def test_uniform_draws_fall_one_in_each_stratum(draws: int, seed: int) -> None:
    values = standard_uniform("x", draws=draws, seed=seed)
    assert sorted(np.floor(values * draws).astype(int)) == list(range(draws))


def test_four_in_five_draws_of_a_parameter_lie_in_its_range(parameters: Parameters) -> None:
    stake = parameters.slopes["stake"]
    values = draw_parameter(stake, draws=DRAWS, seed=1, stream="x")
    assert ((stake.low <= values) & (values <= stake.high)).mean() == pytest.approx(0.8, abs=0.01)


def test_half_the_draws_of_a_parameter_lie_below_its_value(parameters: Parameters) -> None:
    stake = parameters.slopes["stake"]
    values = draw_parameter(stake, draws=DRAWS, seed=1, stream="x")
    assert np.median(values) == pytest.approx(stake.value, rel=1e-3)
