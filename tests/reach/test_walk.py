import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.distance import great_circle_km
from sidelines.reach.walk import cells_at, plan_walks, steps, unit_vectors

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180)).map(np.array)


@given(POINTS, POINTS)
def test_the_pieces_of_a_line_add_up_to_its_length(start: np.ndarray, end: np.ndarray) -> None:
    walks = plan_walks(start, end[None], step_km=50.0)
    whole = great_circle_km(start, end)
    assert walks.pieces[0] * walks.piece_km[0] == pytest.approx(whole, rel=1e-6, abs=1e-3)


@given(POINTS, POINTS)
def test_a_walk_keeps_to_the_sphere(start: np.ndarray, end: np.ndarray) -> None:
    seen = [at[0] for _, at in steps(plan_walks(start, end[None], step_km=20.0))]
    assert np.linalg.norm(seen, axis=1) == pytest.approx(1.0, abs=1e-9)


def test_a_walk_ends_half_a_piece_before_the_end() -> None:
    walks = plan_walks(np.array([50.0, 5.0]), np.array([[-30.0, 170.0]]), step_km=2.0)
    last = [at[0] for _, at in steps(walks)][-1]
    gap_km = np.linalg.norm(last - walks.end[0]) * 6371.0088
    assert gap_km == pytest.approx(walks.piece_km[0] / 2, rel=1e-3)


def test_lines_of_different_lengths_end_one_by_one() -> None:
    ends = np.array([[0.0, 1.0], [0.0, 3.0], [0.0, 0.0]])
    walks = plan_walks(np.zeros(2), ends, step_km=200.0)
    assert [left.tolist() for left, _ in steps(walks)] == [[0, 1, 2], [1]]


@pytest.mark.parametrize("step", [0.5, 2.0, 30.0])
def test_cells_are_those_that_latitude_and_longitude_fall_in(step: float) -> None:
    rng = np.random.default_rng(3)
    rows, columns = round(180 / step), round(360 / step)
    row, column = rng.integers(0, rows, 500), rng.integers(0, columns, 500)
    inside = rng.uniform(0.01, 0.99, (2, 500))
    points = np.stack([90 - (row + inside[0]) * step, (column + inside[1]) * step - 180], axis=1)
    found = cells_at(unit_vectors(points), rows=rows, columns=columns)
    assert (found == row * columns + column).all()


def test_poles_and_the_date_line_have_cells() -> None:
    points = np.array([[90.0, 0.0], [-90.0, 0.0], [0.0, 180.0], [0.0, -180.0]])
    cells = cells_at(unit_vectors(points), rows=180, columns=360)
    assert (cells >= 0).all()
    assert (cells < 180 * 360).all()
