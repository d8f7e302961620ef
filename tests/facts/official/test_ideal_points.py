import pytest

from sidelines.facts.official.ideal_points import load_ideal_points
from sidelines.facts.official.latest import last_known

pytestmark = pytest.mark.usefixtures("research_data")


def test_the_superpowers_stood_at_opposite_ends_in_1980() -> None:
    point = load_ideal_points().point
    american, soviet = point(2, 1980), point(365, 1980)
    assert american is not None
    assert soviet is not None
    assert american > 1.5
    assert soviet < -1.5


@pytest.mark.parametrize(("a", "b"), [(2, 666), (200, 220), (365, 710)])
def test_friends_stand_nearer_than_the_superpowers(a: int, b: int) -> None:
    points = [load_ideal_points().point(cow, 1988) for cow in (a, b, 2, 365)]
    one, other, american, soviet = (value for value in points if value is not None)
    assert abs(one - other) < abs(american - soviet)


def test_communist_china_votes_from_1971() -> None:
    assert load_ideal_points().point(710, 1970) is None
    assert load_ideal_points().point(710, 1971) is not None


def test_votes_of_2024_are_not_among_all_votes() -> None:
    assert load_ideal_points().point(2, 2023) is not None
    assert load_ideal_points().point(2, 2024) is None


@pytest.mark.parametrize("year", [1945, 2025])
def test_a_point_is_unknown_outside_the_years_covered(year: int) -> None:
    assert load_ideal_points().point(2, year) is None


def test_the_two_germanies_vote_from_1973_and_one_from_1990() -> None:
    point = load_ideal_points().point
    assert point(260, 1972) is None
    assert point(260, 1973) is not None
    assert point(265, 1973) is not None
    assert point(255, 1990) is not None


def test_the_last_known_point_is_at_most_three_years_old() -> None:
    point = load_ideal_points().point
    assert last_known(point, 2, year=2026, back=3) == point(2, 2023)
    assert last_known(point, 2, year=2027, back=3) is None
