from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.inputs import Role
from sidelines.assess.outcomes import at_least, bundle_rungs
from sidelines.assess.overrides import overridden
from sidelines.crisis.model import Crisis, Override
from sidelines.crisis.read import read_crisis
from sidelines.terms.ladder import BUNDLE_COUNT, Rung
from sidelines.terms.roles import Side

PROB = st.floats(0, 1)
ROLES = (Role(power="RUS", side=Side.TARGET), Role(power="GBR", side=Side.ATTACKER))


@pytest.fixture(scope="session")
def crisis() -> Crisis:
    powers = "[{power: RUS, side: target}, {power: GBR, side: attacker}]"
    parties = "attackers: [USA]\ntargets: [IRN]"
    return read_crisis(f"id: a\ntitle: A\nas_of: 2026-03-04\n{parties}\npowers: {powers}\n")


def told(crisis: Crisis, *overrides: Override) -> Crisis:
    russia, britain = crisis.powers
    return replace(crisis, powers=(replace(russia, overrides=overrides), britain))


def weapons(probability: float, *, at_least: bool = True) -> Override:
    return Override(rung="weapons", probability=probability, reason="told", at_least=at_least)


@pytest.fixture(scope="session")
def model() -> np.ndarray:
    return np.random.default_rng(1).dirichlet(np.ones(BUNDLE_COUNT), size=(4, 2))


@given(wanted=PROB)
def test_an_override_holds_exactly_in_every_draw(
    crisis: Crisis, model: np.ndarray, wanted: float
) -> None:
    put = overridden(model, told(crisis, weapons(wanted)), ROLES)
    assert at_least(put, 0, Rung.WEAPONS) == pytest.approx(np.full(4, wanted), abs=1e-12)


@given(wanted=PROB)
def test_probabilities_still_sum_to_one(crisis: Crisis, model: np.ndarray, wanted: float) -> None:
    put = overridden(model, told(crisis, weapons(wanted)), ROLES)
    assert put.sum(axis=2) == pytest.approx(np.ones((4, 2)), abs=1e-12)


@given(wanted=st.floats(0.01, 0.99))
def test_proportions_stay_inside_and_outside_the_override(
    crisis: Crisis, model: np.ndarray, wanted: float
) -> None:
    put = overridden(model, told(crisis, weapons(wanted)), ROLES)
    factor = (put / model)[:, 0]
    inside = bundle_rungs() >= Rung.WEAPONS
    assert np.ptp(factor[:, inside], axis=1) == pytest.approx(np.zeros(4), abs=1e-9)
    assert np.ptp(factor[:, ~inside], axis=1) == pytest.approx(np.zeros(4), abs=1e-9)


def test_the_other_powers_keep_their_answer(crisis: Crisis, model: np.ndarray) -> None:
    assert (overridden(model, told(crisis, weapons(0.9)), ROLES)[:, 1] == model[:, 1]).all()


def test_an_override_of_one_rung_alone_sets_that_rung(crisis: Crisis, model: np.ndarray) -> None:
    put = overridden(model, told(crisis, weapons(0.7, at_least=False)), ROLES)
    chance = put[:, 0, bundle_rungs() == Rung.WEAPONS].sum(axis=1)
    assert chance == pytest.approx(np.full(4, 0.7))


def test_nothing_can_be_overridden_too(crisis: Crisis, model: np.ndarray) -> None:
    nothing = Override(rung="nothing", probability=0.25, reason="told")
    put = overridden(model, told(crisis, nothing), ROLES)
    assert put[:, 0, 0] == pytest.approx(np.full(4, 0.25))


def test_the_last_of_two_overrides_holds_exactly(crisis: Crisis, model: np.ndarray) -> None:
    forces = Override(rung="forces", probability=0.5, reason="told")
    put = overridden(model, told(crisis, weapons(0.1), forces), ROLES)
    assert at_least(put, 0, Rung.FORCES) == pytest.approx(np.full(4, 0.5))


def test_what_the_model_held_impossible_is_spread_evenly(crisis: Crisis) -> None:
    quiet = np.zeros((1, 2, BUNDLE_COUNT))
    quiet[:, :, 0] = 1.0
    put = overridden(quiet, told(crisis, weapons(0.56)), ROLES)
    assert put[0, 0, bundle_rungs() >= Rung.WEAPONS] == pytest.approx(np.full(56, 0.01))


def test_the_answer_carries_both_the_overridden_and_the_models_own(small: str) -> None:
    said = "\n    overrides: [{rung: forces, probability: 0.3, reason: A leak}]"
    text = small.replace("power: CHN\n    side: target", "power: CHN\n    side: target" + said)
    answer: Assessment = assess_crisis(read_crisis(text), draws=5, seed=1)
    row = answer.inputs.row("CHN", Side.TARGET)
    assert at_least(answer.prob, row, Rung.FORCES) == pytest.approx(np.full(5, 0.3))
    assert at_least(answer.equilibria.prob, row, Rung.FORCES).max() < 0.3
