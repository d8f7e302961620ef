import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sidelines.reach.ways import any_open_prob, safe_way_prob

PROB = st.floats(0, 1)
WAYS = arrays(float, st.integers(1, 5), elements=PROB)


def safe(granted: float, *, control: float, loss: float) -> np.ndarray:
    return safe_way_prob(
        np.array(granted), hostile_control=np.array(control), loss_at_full_control=np.array(loss)
    )


@given(ways=WAYS, closed=st.data())
def test_closing_a_way_never_raises_the_chance_of_an_open_one(
    ways: np.ndarray, closed: st.DataObject
) -> None:
    one = closed.draw(st.integers(0, len(ways) - 1))
    fewer = np.where(np.arange(len(ways)) == one, 0.0, ways)
    assert any_open_prob(fewer) <= any_open_prob(ways)


@given(granted=PROB, less=PROB, control=PROB, loss=PROB)
def test_a_right_less_surely_given_never_opens_a_way(
    granted: float, less: float, control: float, loss: float
) -> None:
    before = safe(granted, control=control, loss=loss)
    assert safe(granted * less, control=control, loss=loss) <= before


@given(granted=PROB, control=PROB, more=PROB, loss=PROB)
def test_more_hostile_control_never_makes_a_way_safer(
    granted: float, control: float, more: float, loss: float
) -> None:
    held = control + more * (1 - control)
    after = safe(granted, control=held, loss=loss)
    assert after <= safe(granted, control=control, loss=loss) + 1e-15


def test_a_refused_way_is_closed_however_safe_it_is() -> None:
    assert safe(0.0, control=0.0, loss=0.9) == 0


def test_leave_is_not_safety() -> None:
    assert safe(1.0, control=1.0, loss=1.0) == 0


def test_a_granted_way_that_nobody_threatens_is_open() -> None:
    assert safe(1.0, control=0.0, loss=0.9) == 1


@given(ways=WAYS)
def test_some_way_is_at_least_as_likely_open_as_the_best_one(ways: np.ndarray) -> None:
    assert any_open_prob(ways) >= ways.max() - 1e-15


@given(ways=WAYS)
def test_the_chance_of_an_open_way_is_a_probability(ways: np.ndarray) -> None:
    assert 0 <= any_open_prob(ways) <= 1


@given(ways=WAYS)
def test_the_order_of_ways_does_not_matter(ways: np.ndarray) -> None:
    assert any_open_prob(ways[::-1].copy()) == pytest.approx(any_open_prob(ways))


def test_no_way_at_all_is_an_answer() -> None:
    assert any_open_prob(np.zeros((4, 0))).tolist() == [0, 0, 0, 0]


def test_each_draw_has_its_own_chance() -> None:
    ways = np.array([[0.5, 0.5], [0.0, 0.2]])
    assert any_open_prob(ways) == pytest.approx([0.75, 0.2])
