import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.distance import (
    EARTH_RADIUS_KM,
    bearing_deg,
    geodesic_km,
    great_circle_km,
    lines_km,
)

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


@given(POINTS, POINTS)
def test_a_geodesic_is_as_long_as_another_program_says(start: np.ndarray, end: np.ndarray) -> None:
    exact = Geodesic.WGS84.Inverse(*start, *end)["s12"] / 1000
    assert geodesic_km(start, end) == pytest.approx(exact, rel=1e-8, abs=1e-6)


@given(POINTS, st.floats(-0.6, 0.6), st.floats(-0.6, 0.6))
def test_near_antipodes_too(start: np.ndarray, north: float, east: float) -> None:
    end = np.array([np.clip(-start[0] + north, -90, 90), start[1] + 180 + east])
    exact = Geodesic.WGS84.Inverse(*start, *end)["s12"] / 1000
    assert geodesic_km(start, end) == pytest.approx(exact, rel=1e-8)


def test_geodesics_to_many_ends_come_at_once() -> None:
    ends = np.array([[0.0, 180.0], [0.0, 1.0]])
    assert geodesic_km(np.zeros(2), ends) == pytest.approx([20003.931, 111.319], abs=1e-3)


@given(POINTS, POINTS)
def test_bearings_are_within_a_turn(start: np.ndarray, end: np.ndarray) -> None:
    assert -180 <= bearing_deg(start, end) <= 180


def test_bearings_run_clockwise_from_north() -> None:
    ends = np.array([[10.0, 0.0], [0.0, 10.0], [-10.0, 0.0], [0.0, -10.0]])
    assert bearing_deg(np.zeros(2), ends) == pytest.approx([0, 90, 180, -90])


@given(st.lists(POINTS, min_size=2, max_size=8))
def test_many_lines_at_once_are_as_long_as_one_by_one(points: list[np.ndarray]) -> None:
    pairs = np.array([(0, k) for k in range(len(points))])
    one_by_one = geodesic_km(points[0], np.array(points))
    assert lines_km(np.array(points), pairs) == pytest.approx(one_by_one, rel=1e-5, abs=1e-6)
