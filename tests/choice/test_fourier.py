import numpy as np
import pytest

from sidelines.choice.fourier import fit, nodes, phases


def test_three_nodes_stand_for_each_mode_inside_the_span() -> None:
    points = nodes(16)
    assert len(points) == 48
    assert 0 < points.min() < points.max() < 1


@pytest.mark.parametrize("modes", [16, 32])
def test_a_smooth_function_is_fitted_to_a_millionth_between_the_nodes(modes: int) -> None:
    between = np.linspace(0, 1, 1001)[None, :]
    coefficients = fit(np.tanh(2 * nodes(modes) - 1)[None, :], modes)
    fitted = (phases(between, np.ones(1), modes) @ coefficients[:, :, None])[:, :, 0].real
    assert fitted == pytest.approx(np.tanh(2 * between - 1), abs=1e-6)


def test_a_constant_is_its_own_first_mode() -> None:
    coefficients = fit(np.full((1, 48), 0.3), 16)
    fitted = (phases(np.array([[0.0, 0.4, 1.0]]), np.ones(1), 16) @ coefficients[:, :, None]).real
    assert fitted[0, :, 0] == pytest.approx([0.3, 0.3, 0.3], abs=1e-9)


def test_phases_lie_on_the_unit_circle() -> None:
    turned = phases(np.array([[0.0, 0.7, -3.0]]), np.array([2.0]), 8)
    assert np.abs(turned) == pytest.approx(np.ones((1, 3, 8)))


def test_the_phase_of_a_sum_is_the_product_of_phases() -> None:
    span = np.array([5.0])
    apart = phases(np.array([[1.2]]), span, 8) * phases(np.array([[2.1]]), span, 8)
    assert phases(np.array([[3.3]]), span, 8) == pytest.approx(apart)
