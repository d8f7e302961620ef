from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.choice.replies import (
    Exchange,
    Link,
    attack_prob,
    hold_prob,
    resist_prob,
    save_prob,
    war_prob,
)

UNIT = st.floats(0, 1)
Outcome = Callable[[np.ndarray, Exchange], np.ndarray]
OUTCOMES: list[Outcome] = [attack_prob, hold_prob, resist_prob, save_prob, war_prob]

exchanges = st.builds(
    Exchange,
    standing=st.floats(-8, 8).map(np.atleast_1d),
    spread=st.just(np.zeros(1)),
    attacker_resolve=UNIT.map(np.atleast_1d),
    target_resolve=UNIT.map(np.atleast_1d),
    attacker_cost=st.floats(0.01, 1).map(np.atleast_1d),
    target_cost=st.floats(0.1, 0.9).map(np.atleast_1d),
    attacker_precision=st.floats(0.1, 20).map(np.atleast_1d),
    target_precision=st.floats(0.1, 20).map(np.atleast_1d),
    link=st.sampled_from(Link),
)


def at(*strengths: float) -> np.ndarray:
    return np.array([strengths])


@pytest.mark.parametrize("outcome", OUTCOMES)
@given(exchange=exchanges, strength=st.floats(-10, 10))
def test_every_outcome_is_a_probability(
    outcome: Outcome, exchange: Exchange, strength: float
) -> None:
    assert 0 <= outcome(at(strength), exchange) <= 1


@given(exchange=exchanges, strength=st.floats(-10, 10), more=st.floats(0, 10))
def test_the_chance_to_be_saved_never_falls_with_help(
    exchange: Exchange, strength: float, more: float
) -> None:
    saved = save_prob(at(strength, strength + more), exchange)[0]
    assert saved[1] >= saved[0] - 1e-12


@given(exchange=exchanges, strength=st.floats(-10, 10), more=st.floats(0, 10))
def test_a_helped_target_never_resists_less(
    exchange: Exchange, strength: float, more: float
) -> None:
    resists = resist_prob(at(strength, strength + more), exchange)[0]
    assert resists[1] >= resists[0] - 1e-12


@given(exchange=exchanges, strength=st.floats(-10, 10), more=st.floats(0, 10))
def test_help_never_encourages_the_attacker(
    exchange: Exchange, strength: float, more: float
) -> None:
    attacks = attack_prob(at(strength, strength + more), exchange)[0]
    assert attacks[1] <= attacks[0] + 1e-12


@given(exchange=exchanges, strength=st.floats(-10, 10))
def test_a_war_takes_an_attacker_and_a_resisting_target(
    exchange: Exchange, strength: float
) -> None:
    both = attack_prob(at(strength), exchange) * resist_prob(at(strength), exchange)
    assert war_prob(at(strength), exchange) == pytest.approx(both)


@given(exchange=exchanges, strength=st.floats(-10, 10))
def test_peace_saves_the_target(exchange: Exchange, strength: float) -> None:
    peace = 1 - attack_prob(at(strength), exchange)
    assert save_prob(at(strength), exchange) >= peace - 1e-12
