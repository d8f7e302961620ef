import numpy as np
import pytest

from sidelines.history.ascent import climb, differenced_hessian


def banana(at: np.ndarray) -> tuple[float, np.ndarray]:
    """Return Rosenbrock's function upside down; its top is (1, 1)."""
    x, y = at
    value = -((1 - x) ** 2) - 100 * (y - x**2) ** 2
    return value, np.array([2 * (1 - x) + 400 * x * (y - x**2), -200 * (y - x**2)])


def banana_hessian(at: np.ndarray) -> np.ndarray:
    x, y = at
    return np.array([[-2 + 400 * (y - 3 * x**2), 400 * x], [400 * x, -200.0]])


@pytest.mark.parametrize("hessian", [None, banana_hessian])
def test_a_curved_ridge_is_climbed_to_its_top(hessian: object) -> None:
    top = climb(banana, np.array([-1.2, 1.0]), hessian=hessian)
    assert top.at == pytest.approx([1, 1], abs=1e-9)
    assert top.decrement < 1e-16
    assert top.flat is None


def test_differences_give_the_hessian() -> None:
    at = np.array([0.7, -0.4])
    assert differenced_hessian(banana, at) == pytest.approx(banana_hessian(at), rel=1e-6)


def test_a_flat_direction_is_found_and_named() -> None:
    bend = -2.0 * np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]])

    def ridge(at: np.ndarray) -> tuple[float, np.ndarray]:
        return float(0.5 * at @ bend @ at + at[0] + at[1]), bend @ at + [1, 1, 0]

    top = climb(ridge, np.zeros(3), hessian=lambda _: bend)
    assert top.flat is not None
    assert np.abs(top.flat / top.flat[0]) == pytest.approx([1, 1, 0], abs=1e-9)


def test_where_the_function_is_not_finite_the_climb_does_not_go() -> None:
    def walled(at: np.ndarray) -> tuple[float, np.ndarray]:
        if at[0] >= 2:
            return np.nan, np.array([np.nan])
        return float(5 * at[0] + np.log(2 - at[0])), np.array([5 - 1 / (2 - at[0])])

    assert climb(walled, np.array([0.0])).at == pytest.approx([1.8], abs=1e-8)


def test_a_way_cut_short_leaves_a_decrement() -> None:
    top = climb(lambda at: (float(at[0]), np.array([1.0])), np.zeros(1), max_steps=3)
    assert top.flat is not None
    assert top.decrement > 1


def test_few_steps_are_finished_by_newton() -> None:
    top = climb(banana, np.array([-1.2, 1.0]), hessian=banana_hessian, max_steps=1)
    assert top.at == pytest.approx([1, 1], abs=1e-9)
