from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.holders import narrow
from sidelines.reach.roadmap import areas_of, words_of
from sidelines.reach.search import search
from sidelines.reach.trip import Trip

MakeTrip = Callable[..., Trip]

HELD = [[0, 3], [1], [3, 5]]  # area 3 has two holders, 2 and 4 none
HOLDERS = np.array([words_of(np.array(areas), words=1) for areas in HELD])
NAMES = ("USSR", "TUR", "IRN")


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("refusing", [[], [0], [1, 2], [0, 1, 2]])
def test_a_holder_closes_all_its_areas(make_trip: MakeTrip, seed: int, refusing: list[int]) -> None:
    trip = make_trip(seed, direct=True)
    barred = words_of(np.array([4]), words=1)
    closed = words_of(np.array([4, *(area for k in refusing for area in HELD[k])]), words=1)
    small = narrow(trip, HOLDERS, names=NAMES, barred=barred)
    told = words_of(np.array(refusing, dtype=int), words=1)
    assert search(small, told[None]).km == search(trip, closed[None]).km


@given(st.integers(0, 1000))
def test_kernel_and_twin_narrow_to_the_same_lines(make_trip: MakeTrip, seed: int) -> None:
    trip = make_trip(seed, areas=130)
    holders = np.array([words_of(np.arange(k, 130, 70), words=3) for k in range(70)])
    names = tuple(f"H{k}" for k in range(70))
    fast = narrow(trip, holders, names=names, barred=words_of(np.array([129]), words=3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIDELINES_KERNEL", "numpy")
        slow = narrow(trip, holders, names=names, barred=words_of(np.array([129]), words=3))
    assert np.array_equal(fast.first, slow.first)
    assert np.array_equal(fast.to, slow.to)
    assert np.array_equal(fast.sets[fast.crossing], slow.sets[slow.crossing])
    assert len(fast.sets) == len(slow.sets) == len(np.unique(slow.sets, axis=0))


def test_nobody_is_left_out_by_default(make_trip: MakeTrip) -> None:
    trip = make_trip(1)
    assert len(narrow(trip, HOLDERS, names=NAMES).to) == len(trip.to)


def test_sets_of_holders_name_holders(make_trip: MakeTrip) -> None:
    small = narrow(make_trip(2), HOLDERS, names=NAMES)
    assert small.names == NAMES
    assert {k for one in small.sets for k in areas_of(one)} <= {0, 1, 2}


def test_every_holder_has_a_name(make_trip: MakeTrip) -> None:
    with pytest.raises(ValueError, match="2 names for 3"):
        narrow(make_trip(0), HOLDERS, names=("USSR", "TUR"))
