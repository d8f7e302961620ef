import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sidelines.reach.slack import overstretch_share

COMMITMENTS = arrays(float, st.integers(0, 5), elements=st.floats(0, 1))


def test_commitments_add_up() -> None:
    assert overstretch_share(np.array([0.2, 0.3])) == pytest.approx(0.5)


def test_no_more_than_everything_is_tied_down() -> None:
    assert overstretch_share(np.array([0.8, 0.7])) == 1


def test_without_commitments_nothing_is_tied_down() -> None:
    assert overstretch_share(np.zeros((3, 0))).tolist() == [0, 0, 0]


@given(shares=COMMITMENTS, another=st.floats(0, 1))
def test_another_commitment_never_frees_forces(shares: np.ndarray, another: float) -> None:
    more = overstretch_share(np.append(shares, another))
    assert more >= overstretch_share(shares) - 1e-15


@given(shares=COMMITMENTS)
def test_what_is_tied_down_is_a_share(shares: np.ndarray) -> None:
    assert 0 <= overstretch_share(shares) <= 1
