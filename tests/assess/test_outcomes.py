import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.assess.outcomes import (
    at_least,
    expected_top,
    instrument_probabilities,
    rung_probabilities,
)
from sidelines.terms.ladder import BUNDLE_COUNT, Rung, bundle_of

SEEDS = st.integers(0, 2**32 - 1)


def certain(*instruments: str) -> np.ndarray:
    prob = np.zeros((1, 1, BUNDLE_COUNT))
    prob[0, 0, bundle_of(*instruments)] = 1.0
    return prob


def mixture(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.ones(BUNDLE_COUNT), size=(3, 2))


@given(seed=SEEDS)
def test_rungs_sum_to_one(seed: int) -> None:
    assert rung_probabilities(mixture(seed)).sum(axis=2) == pytest.approx(np.ones((3, 2)))


@given(seed=SEEDS)
def test_a_higher_rung_is_never_reached_more_often(seed: int) -> None:
    prob = mixture(seed)
    ladder = np.array([at_least(prob, 0, rung) for rung in list(Rung)[1:]])
    assert (np.diff(ladder, axis=0) <= 1e-12).all()


@given(seed=SEEDS)
def test_the_chance_of_nothing_is_what_the_rungs_leave(seed: int) -> None:
    prob = mixture(seed)
    acts = at_least(prob, 1, Rung.WORDS)
    assert at_least(prob, 1, Rung.NOTHING) == pytest.approx(1 - acts)


@given(seed=SEEDS)
def test_forces_are_used_as_often_as_their_rung_is_reached(seed: int) -> None:
    prob = mixture(seed)
    forces = instrument_probabilities(prob)[:, 0, 5]
    assert at_least(prob, 0, Rung.FORCES) == pytest.approx(forces)


def test_the_rung_of_a_bundle_is_its_highest_instrument() -> None:
    rungs = rung_probabilities(certain("words", "weapons"))
    assert rungs[0, 0].tolist() == [0, 0, 0, 0, 1, 0, 0]


def test_each_instrument_of_a_bundle_counts() -> None:
    used = instrument_probabilities(certain("words", "weapons"))
    assert used[0, 0].tolist() == [1, 0, 0, 1, 0, 0]


def test_the_loudest_instrument_is_what_is_heard() -> None:
    loudness = np.array([0.5, 0.8, 0.0, 0.0, 0.0, 0.0])
    assert expected_top(certain("words", "diplomatic", "forces"), loudness) == [[0.8]]
