from collections.abc import Callable

import numpy as np
import pytest

from sidelines.facts.official.transfers import Transfers
from sidelines.history.deliveries import delivered_in, delivery_change

POWER, CLIENT, ONSET = 2, 651, 1973

MakeTransfers = Callable[[dict[int, float]], Transfers]


@pytest.mark.parametrize(
    ("before", "after", "surge", "stop"),
    [(0, 9, 1, 0), (0, 8, 0, 0), (10, 15, 0, 0), (10, 16, 1, 0), (10, 2, 0, 1), (10, 3, 0, 0)],
)
def test_deliveries_surge_or_stop_by_their_yearly_means(
    before: float, after: float, surge: int, stop: int, make_transfers: MakeTransfers
) -> None:
    yearly = {ONSET + year: before for year in range(-5, 0)}
    yearly |= {ONSET + year: after for year in range(1, 4)}
    found = delivery_change(make_transfers(yearly), POWER, CLIENT, onset=ONSET)
    assert (found["surge"], found["stop"]) == (surge, stop)


def test_the_year_of_the_onset_counts_on_neither_side(make_transfers: MakeTransfers) -> None:
    found = delivery_change(make_transfers({ONSET: 900.0}), POWER, CLIENT, onset=ONSET)
    assert (found["delivered_before"], found["delivered_after"]) == (0.0, 0.0)


@pytest.mark.parametrize(("onset", "known"), [(1954, 0), (1955, 1), (2022, 1), (2023, 0)])
def test_a_change_is_unknown_where_a_year_of_it_is(
    onset: int, known: int, make_transfers: MakeTransfers
) -> None:
    found = delivery_change(make_transfers({}), POWER, CLIENT, onset=onset)
    assert np.isfinite(found["surge"]) == np.isfinite(found["stop"]) == known


def test_deliveries_are_unknown_without_the_register() -> None:
    assert np.isnan(delivered_in(None, POWER, CLIENT, [1973]))
