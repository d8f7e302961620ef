import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.distance import EARTH_RADIUS_KM, great_circle_km

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)
POINTS = st.tuples(LATITUDES, LONGITUDES).map(np.array)


def test_a_quarter_of_the_equator_is_a_quarter_of_the_circumference() -> None:
    quarter = np.pi / 2 * EARTH_RADIUS_KM
    assert great_circle_km(np.array([0.0, 0.0]), np.array([0.0, 90.0])) == pytest.approx(quarter)


def test_opposite_points_are_half_the_circumference_apart() -> None:
    half = np.pi * EARTH_RADIUS_KM
    assert great_circle_km(np.array([10.0, 20.0]), np.array([-10.0, -160.0])) == pytest.approx(half)


def test_many_starts_are_measured_to_one_end_at_once() -> None:
    starts = np.array([[55.75, 37.62], [39.9, 116.4]])
    assert great_circle_km(starts, np.array([35.67, 51.43])).shape == (2,)


@given(POINTS, POINTS)
def test_the_way_back_is_as_long(start: np.ndarray, end: np.ndarray) -> None:
    there, back = great_circle_km(start, end), great_circle_km(end, start)
    assert there == pytest.approx(back, abs=1e-6)


@given(POINTS)
def test_a_point_is_at_no_distance_from_itself(point: np.ndarray) -> None:
    assert great_circle_km(point, point) == 0


@given(POINTS, POINTS, POINTS)
def test_a_detour_is_never_shorter(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> None:
    assert great_circle_km(a, c) <= great_circle_km(a, b) + great_circle_km(b, c) + 1e-6


@given(POINTS, POINTS)
def test_the_sphere_is_within_six_in_a_thousand_of_the_ellipsoid(
    start: np.ndarray, end: np.ndarray
) -> None:
    exact = Geodesic.WGS84.Inverse(*start, *end)["s12"] / 1000
    assert great_circle_km(start, end) == pytest.approx(exact, rel=0.006, abs=1e-6)
