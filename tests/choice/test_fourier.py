import numpy as np
import pytest

from sidelines.choice.fourier import MODES, PERIOD, fit, kernel_table, phases, table


def step(at: np.ndarray) -> np.ndarray:
    return np.tanh(5 * (at - 0.4))


def fitted(modes: int, at: np.ndarray) -> np.ndarray:
    nodes = table(modes).at[None, :]
    coefficients = fit(step(nodes), step(nodes - PERIOD), modes)
    return (phases(at[None, :], np.ones(1), modes) @ coefficients[:, :, None])[0, :, 0].real


@pytest.mark.parametrize(("modes", "error"), [(16, 3e-7), (24, 3e-10), (32, 1e-12)])
def test_the_error_of_a_fit_falls_geometrically_with_its_modes(modes: int, error: float) -> None:
    at = np.linspace(0, 1, 1001)
    assert np.abs(fitted(modes, at) - step(at)).max() < error


def test_a_fit_is_periodic_beyond_the_span() -> None:
    assert fitted(24, np.array([0.2 + PERIOD])) == pytest.approx(fitted(24, np.array([0.2])))


def test_a_fit_hardly_amplifies_rounding() -> None:
    nodes = table(64).at[None, :]
    noise = 1e-12 * np.random.default_rng(1).choice([-1, 1], nodes.shape)
    change = fit(step(nodes) + noise, step(nodes - PERIOD), 64) - fit(
        step(nodes), step(nodes - PERIOD), 64
    )
    assert np.abs(change).sum() < 1e-10


def test_a_constant_is_its_own_first_mode() -> None:
    level = np.full((1, 32), 0.3)
    coefficients = fit(level, level, 16)[0]
    assert coefficients == pytest.approx(np.eye(16)[0] * 0.3, abs=1e-12)


@pytest.mark.parametrize("modes", MODES)
def test_the_blend_leads_from_the_end_of_the_span_back_to_its_beginning(modes: int) -> None:
    parts = table(modes)
    outside = parts.blend[parts.at > 1]
    assert (parts.blend[parts.at <= 1] == 0).all()
    assert (np.diff(outside) >= 0).all()
    assert outside.mean() == pytest.approx(0.5, abs=0.5 / len(outside))


@pytest.mark.parametrize("modes", MODES)
def test_the_kernel_reads_all_parts_in_a_known_order(modes: int) -> None:
    nodes, points = 2 * modes, 3 * modes // 2
    assert len(kernel_table(modes)) == 2 * nodes + nodes**2 + points + nodes * points


def test_phases_lie_on_the_unit_circle() -> None:
    turned = phases(np.array([[0.0, 0.7, -3.0]]), np.array([2.0]), 8)
    assert np.abs(turned) == pytest.approx(np.ones((1, 3, 8)))


def test_the_phase_of_a_sum_is_the_product_of_phases() -> None:
    span = np.array([5.0])
    apart = phases(np.array([[1.2]]), span, 8) * phases(np.array([[2.1]]), span, 8)
    assert phases(np.array([[3.3]]), span, 8) == pytest.approx(apart)
