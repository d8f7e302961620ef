import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.effect.contest import delivered_log_odds, hold_log_odds, logistic

STRENGTH = st.floats(1e-5, 1)
EXPONENT = st.floats(0.1, 3)


def hold(target: float, attacker: float, m: float) -> np.ndarray:
    return hold_log_odds(np.array(target), np.array(attacker), decisiveness=np.array(m))


def added(delivered: float, own: float, m: float) -> np.ndarray:
    return delivered_log_odds(np.array(delivered), np.array(own), decisiveness=np.array(m))


def test_even_odds_are_one_half() -> None:
    assert logistic(np.array(0.0)) == 0.5


def test_huge_odds_do_not_overflow() -> None:
    assert logistic(np.array([-1e6, 1e6])).tolist() == [0, 1]


@given(st.floats(-30, 30))
def test_odds_and_their_opposite_sum_to_one(odds: float) -> None:
    assert logistic(np.array(odds)) + logistic(np.array(-odds)) == pytest.approx(1)


@given(low=st.floats(-50, 50), more=st.floats(0, 50))
def test_better_odds_are_never_a_smaller_chance(low: float, more: float) -> None:
    assert logistic(np.array(low + more)) >= logistic(np.array(low))


@given(target=STRENGTH, attacker=STRENGTH, m=EXPONENT)
def test_the_chance_to_hold_is_the_ratio_of_powers_of_strength(
    target: float, attacker: float, m: float
) -> None:
    ratio = 1 / (1 + (attacker / target) ** m)
    assert logistic(hold(target, attacker, m)) == pytest.approx(ratio, rel=1e-9, abs=1e-12)


@given(target=STRENGTH, attacker=STRENGTH, m=EXPONENT)
def test_swapping_the_parties_swaps_their_chances(target: float, attacker: float, m: float) -> None:
    assert hold(target, attacker, m) == pytest.approx(-hold(attacker, target, m), abs=1e-12)


@given(target=STRENGTH, more=STRENGTH, attacker=STRENGTH, m=EXPONENT)
def test_a_stronger_target_never_holds_less(
    target: float, more: float, attacker: float, m: float
) -> None:
    assert hold(target + more, attacker, m) >= hold(target, attacker, m)


@given(delivered=STRENGTH, own=STRENGTH, attacker=STRENGTH, m=EXPONENT)
def test_help_from_one_power_counts_like_strength_of_ones_own(
    delivered: float, own: float, attacker: float, m: float
) -> None:
    helped = hold(own, attacker, m) + added(delivered, own, m)
    assert helped == pytest.approx(hold(own + delivered, attacker, m), abs=1e-9)


@given(own=STRENGTH, m=EXPONENT)
def test_nothing_delivered_adds_nothing(own: float, m: float) -> None:
    assert added(0.0, own, m) == 0


@given(delivered=st.floats(0, 1), more=st.floats(0, 1), own=STRENGTH, m=EXPONENT)
def test_more_delivered_never_adds_less(
    delivered: float, more: float, own: float, m: float
) -> None:
    assert added(delivered + more, own, m) >= added(delivered, own, m)


@given(delivered=st.floats(0, 1), own=STRENGTH, more=STRENGTH, m=EXPONENT)
def test_help_weighs_less_beside_a_stronger_receiver(
    delivered: float, own: float, more: float, m: float
) -> None:
    assert added(delivered, own + more, m) <= added(delivered, own, m) + 1e-12
