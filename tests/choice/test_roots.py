import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.choice.roots import bracketed_roots, roots_on_grid


@given(st.floats(-5, 5), st.floats(0.01, 50))
def test_a_root_is_found_to_the_last_digits(root: float, steep: float) -> None:
    found = bracketed_roots(
        lambda x: np.tanh(steep * (x - root)), np.array([-6.0]), np.array([7.0])
    )
    assert found[0] == pytest.approx(root, abs=1e-12)


def test_ends_at_infinity_do_no_harm() -> None:
    def drop(x: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore"):
            return np.log(1.0 - x) - np.log(x) - 1.0

    found = bracketed_roots(drop, np.array([0.0]), np.array([1.0]))
    assert found[0] == pytest.approx(1 / (1 + np.e), abs=1e-15)


def test_a_bracket_without_a_change_of_sign_gives_its_upper_end() -> None:
    def above(x: np.ndarray) -> np.ndarray:
        return x**2 + 1.0

    assert bracketed_roots(above, np.array([-1.0]), np.array([2.0])).tolist() == [2.0]


def test_a_grid_finds_every_root_and_fills_up_with_nan() -> None:
    grid = np.tile(np.linspace(-1.05, 1.0, 12), (2, 1))
    shift = np.array([[0.0], [5.0]])
    found = roots_on_grid(lambda x: x**3 - 0.5 * x + shift * (x + 0.02), grid)
    assert found[0] == pytest.approx([-np.sqrt(0.5), 0.0, np.sqrt(0.5)], abs=1e-14)
    assert np.isnan(found[1]).sum() == 2


def test_a_grid_without_any_root_gives_no_column() -> None:
    assert roots_on_grid(np.exp, np.linspace(0, 1, 5)[None]).shape == (1, 0)
