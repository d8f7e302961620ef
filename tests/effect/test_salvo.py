from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.effect.salvo import (
    Salvo,
    added_strength,
    expected_loss,
    loss_sd,
    mean_field_loss,
    no_leaker_prob,
    standing_and_spread,
    sure_strength,
    threshold_batteries,
    with_more,
)
from sidelines.terms.normal import normal_cdf

BATTERIES = np.array([4.0, 8.0, 12.0, 14.0, 18.0, 24.0])
RUNS = 400_000


def fired(batteries: Any = BATTERIES, *, most: float = np.inf, **other: float) -> Salvo:
    """Return 80 weapons that hit with 0.8, against batteries of six shots that stop with 0.6."""
    usual = {
        "weapons": 80.0,
        "hit_prob": 0.8,
        "shots_per_battery": 6.0,
        "intercept_prob": 0.6,
        "loss_per_hit": 0.1,
    }
    values = {name: np.array([value]) for name, value in (usual | other).items()}
    held = np.atleast_1d(np.asarray(batteries, dtype=float))
    return Salvo(batteries=held, most=np.array([most]), **values)


@st.composite
def salvos(draw: st.DrawFn) -> Salvo:
    return fired(
        draw(st.floats(0, 200)),
        most=draw(st.sampled_from([0.5, 1.0, np.inf])),
        weapons=draw(st.floats(20, 2000)),
        hit_prob=draw(st.floats(0.1, 1)),
        shots_per_battery=draw(st.floats(1, 64)),
        intercept_prob=draw(st.floats(0.05, 0.95)),
        loss_per_hit=draw(st.floats(1e-4, 0.2)),
    )


def chance_with(salvo: Salvo, strength: np.ndarray) -> np.ndarray:
    """Return the chance to hold as a probit contest tells it."""
    standing, spread = standing_and_spread(salvo)
    return normal_cdf((standing + strength) / np.sqrt(1.0 + spread * strength))


def simulated(salvo: Salvo) -> np.ndarray:
    """Return many losses to the salvo, weapon by weapon and shot by shot."""
    rng = np.random.default_rng(1)
    size = (RUNS, salvo.batteries.size)
    hits = rng.binomial(int(salvo.weapons[0]), salvo.hit_prob, size)
    shots = (salvo.batteries * salvo.shots_per_battery).astype(int)
    stopped = rng.binomial(shots, salvo.intercept_prob, size)
    return np.minimum(np.maximum(hits - stopped, 0) * salvo.loss_per_hit, salvo.most)


def test_many_simulated_salvos_lose_as_much() -> None:
    losses = simulated(fired())
    assert expected_loss(fired()) == pytest.approx(losses.mean(axis=0), abs=0.01)
    assert loss_sd(fired()) == pytest.approx(losses.std(axis=0), abs=0.01)


def test_many_simulated_salvos_leak_as_seldom() -> None:
    none = (simulated(fired()) == 0).mean(axis=0)
    assert no_leaker_prob(fired()) == pytest.approx(none, abs=2e-3)


def test_many_simulated_salvos_stop_at_what_stands_there() -> None:
    losses = simulated(fired(most=2.0))
    assert expected_loss(fired(most=2.0)) == pytest.approx(losses.mean(axis=0), abs=0.01)
    assert loss_sd(fired(most=2.0)) == pytest.approx(losses.std(axis=0), abs=0.01)


def test_losses_fall_in_proportion_and_the_outcome_at_a_threshold() -> None:
    # Worked out by hand from Armstrong's formulas
    assert expected_loss(fired()).round(2).tolist() == [4.96, 3.52, 2.08, 1.36, 0.21, 0.0]
    chances = [0.0, 0.0, 0.0001, 0.011, 0.58, 0.9996]
    assert no_leaker_prob(fired()) == pytest.approx(chances, abs=4e-3)


def test_luck_is_missing_from_the_mean_field() -> None:
    assert mean_field_loss(fired()) == pytest.approx([4.96, 3.52, 2.08, 1.36, 0, 0])
    assert loss_sd(fired(18)) == pytest.approx(0.336, abs=5e-4)


@given(salvos())
def test_luck_never_lowers_the_expected_loss_where_nothing_bounds_it(salvo: Salvo) -> None:
    free = fired(salvo.batteries, weapons=salvo.weapons[0], hit_prob=salvo.hit_prob[0])
    assert expected_loss(free) >= mean_field_loss(free) - 1e-9


@given(salvos(), st.floats(0, 1), st.floats(0, 1))
def test_up_to_the_threshold_more_batteries_never_hurt(
    salvo: Salvo, few: float, more: float
) -> None:
    share = np.array([few, few + more * (1 - few)])
    grown = replace(salvo, batteries=share * threshold_batteries(salvo))
    assert np.diff(expected_loss(grown)) <= 1e-12
    assert np.diff(no_leaker_prob(grown)) >= -1e-12


@given(salvos())
def test_no_loss_exceeds_what_stands_there(salvo: Salvo) -> None:
    assert -1e-9 <= expected_loss(salvo) <= salvo.most + 1e-9


@given(salvos())
def test_the_threshold_gives_even_odds(salvo: Salvo) -> None:
    even = with_more(salvo, threshold_batteries(salvo) - salvo.batteries)
    if even.batteries > 0:
        assert no_leaker_prob(even) == pytest.approx(0.5, abs=1e-6)


@given(salvos(), st.floats(0, 100))
def test_standing_and_strength_give_the_same_chance(salvo: Salvo, more: float) -> None:
    direct = no_leaker_prob(with_more(salvo, np.array([more])))
    chance = chance_with(salvo, added_strength(salvo, np.array([more])))
    assert chance == pytest.approx(direct, abs=2e-5)  # exact where luck is not negligible


@given(salvos(), st.floats(0, 2), st.floats(0, 1))
def test_strength_never_lowers_the_chance_to_hold(salvo: Salvo, most: float, part: float) -> None:
    more = most * sure_strength(salvo)
    assert chance_with(salvo, part * more) <= chance_with(salvo, more) + 1e-12


@given(salvos())
def test_sure_strength_leaves_one_pulse_in_a_billion(salvo: Salvo) -> None:
    assert chance_with(salvo, sure_strength(salvo)) >= 1 - 1e-8


def test_where_there_is_nothing_to_stop_no_strength_is_of_use() -> None:
    assert (sure_strength(fired(weapons=0.0)) == 0).all()


@given(salvos(), st.floats(0, 50), st.floats(0, 50))
def test_strength_adds_up_over_powers(salvo: Salvo, one: float, other: float) -> None:
    parts = added_strength(salvo, np.array([one])) + added_strength(salvo, np.array([other]))
    assert parts == pytest.approx(added_strength(salvo, np.array([one + other])), rel=1e-9)
