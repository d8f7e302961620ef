from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.corridors import Overland, overland

PARTS: dict[str, Any] = {
    "part_t_per_day": np.array([5000.0, 2000.0]),
    "gauge_breaks": np.array([0, 1]),
    "km_per_day": np.array([500.0, 250.0]),
    "break_days": np.array(2.0),
    "break_share": np.array(0.75),
    "crossed": np.array([[True, True, False], [False, True, True]]),
    "refused": np.zeros((1, 3), dtype=bool),
}


def way(**changes: Any) -> Overland:
    return overland(np.array([1000.0, 500.0]), **{**PARTS, **changes})


def test_a_corridor_is_as_long_as_its_parts() -> None:
    assert way().km == 1500


def test_a_corridor_carries_what_its_narrowest_part_does() -> None:
    assert (way().t_per_day[0], way().narrowest[0]) == (1500, 1)


def test_a_break_of_gauge_costs_days() -> None:
    assert way().days[0] == pytest.approx(2 + 2 + 2)


@pytest.mark.parametrize("area", [0, 1, 2])
def test_one_refusal_on_the_way_shuts_it_and_is_named(area: int) -> None:
    shut = way(refused=np.eye(3, dtype=bool)[[area]])
    assert not shut.is_open[0]
    assert (shut.t_per_day[0], shut.days[0]) == (0, np.inf)
    assert np.flatnonzero(shut.blocking[0]).tolist() == [area]


def test_a_refusal_elsewhere_changes_nothing() -> None:
    crossed = np.array([[True, False, False], [False, True, False]])
    assert way(crossed=crossed, refused=np.array([[False, False, True]])).is_open[0]


@given(breaks=st.integers(0, 4))
def test_more_breaks_never_carry_more(breaks: int) -> None:
    fewer, more = (way(gauge_breaks=np.array([0, count])) for count in (breaks, breaks + 1))
    assert more.t_per_day[0] <= fewer.t_per_day[0]
    assert more.days[0] >= fewer.days[0]


def test_each_draw_has_its_own_refusals() -> None:
    refused = np.array([[False, False, False], [True, False, False]])
    assert way(refused=refused).is_open.tolist() == [True, False]


def test_each_draw_has_its_own_narrowest_part() -> None:
    drawn = way(
        part_t_per_day=np.array([[5000.0, 2000.0], [1000.0, 2000.0]]),
        refused=np.zeros((2, 3), dtype=bool),
    )
    assert drawn.narrowest.tolist() == [1, 0]
    assert drawn.t_per_day.tolist() == [1500, 1000]
