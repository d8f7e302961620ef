from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.hitting import hitting_set

ELEMENTS = 6


def cost(mask: int, weights: list[float]) -> float:
    return sum(weight for k, weight in enumerate(weights) if mask >> k & 1)


@given(
    st.lists(st.integers(1, 2**ELEMENTS - 1), min_size=1, max_size=12),
    st.lists(st.sampled_from([0.2, 0.5, 1.0, 1.0, 3.0]), min_size=ELEMENTS, max_size=ELEMENTS),
)
def test_no_set_that_hits_all_is_cheaper(sets: list[int], weights: list[float]) -> None:
    found = hitting_set(sets, weights)
    every = (sum(bit << k for k, bit in enumerate(bits)) for bits in product([0, 1], repeat=6))
    least = min(cost(one, weights) for one in every if all(one & two for two in sets))
    assert all(found & one for one in sets)
    assert cost(found, weights) == pytest.approx(least, abs=1e-9)
