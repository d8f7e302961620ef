"""Made-up inputs and crises: small, quick, and free of any real power's figures."""

from collections.abc import Callable

import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.draws import draw_slopes
from sidelines.assess.inputs import Inputs, Role
from sidelines.assess.parameters import Parameters, load_parameters
from sidelines.crisis.read import read_crisis
from sidelines.terms.ladder import CARRIED, INSTRUMENTS
from sidelines.terms.roles import Side

MakeInputs = Callable[..., Inputs]
Slopes = dict[str, np.ndarray]

SMALL = """\
id: small
title: A made-up crisis between real names
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
theatre: {name: The Gulf, lat: 30, lon: 52}
control: {air: 0.6, sea: [0.3, 0.7], land: 0.2}
attack: {resolve: [0.6, 0.9], committed: 0.2}
defence: {resolve: [0.6, 0.9], committed: 1.0}
powers:
  - power: RUS
    side: target
    stake: {value: 0.4, range: [0.2, 0.6], source: assumed}
    ties: [{kind: consultation, with: IRN, source: assumed}]
    commitments: [{title: A war elsewhere, share: [0.5, 0.8], source: assumed}]
    access: [{means: air, grantor: AZE, right: overflight, state: unknown, prob: [0.2, 0.6]}]
  - power: CHN
    side: target
    stake: [0.1, 0.4]
    danger: 0.7
  - power: GBR
    side: attacker
    stake: [0.2, 0.5]
    signals: [{date: 2026-03-01, title: Backs the strikes, instrument: words, done: true}]
"""


def made_up_inputs(seed: int, *, roles: int = 3, draws: int = 5) -> Inputs:
    """Return inputs drawn over all they can be; every other role backs the attacker.

    No power is stronger than its side. One that is many times as strong may need forces the less,
    the more easily its weapons arrive.
    """
    rng = np.random.default_rng(seed)
    shape = (draws, roles)
    sides = [Side.TARGET, Side.ATTACKER]
    names = ("overstretch", "stake", "commitment", "danger", "exposure", "rents", "said")
    return Inputs(
        roles=tuple(Role(power=f"P{i}", side=sides[i % 2]) for i in range(roles)),
        strength=10 ** rng.uniform(-4, -2, shape),
        arrival=rng.uniform(0, 1, (*shape, len(CARRIED))),
        reserved=rng.integers(0, 2, shape).astype(float),
        flow=rng.uniform(0, 1, (*shape, len(INSTRUMENTS))) * (rng.random(shape) < 0.3)[..., None],
        done=np.zeros((roles, len(INSTRUMENTS)), dtype=bool),
        batteries=np.zeros(shape),
        attack_strength=10 ** rng.uniform(-2, -1, draws),
        target_strength=10 ** rng.uniform(-2, -1, draws),
        attack_resolve=rng.uniform(0.2, 1, draws),
        target_resolve=rng.uniform(0.2, 1, draws),
        **{name: rng.uniform(0, 1, shape) for name in names},
    )


@pytest.fixture(scope="session")
def made_inputs() -> MakeInputs:
    return made_up_inputs


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    return load_parameters()


@pytest.fixture(scope="session")
def slopes(parameters: Parameters) -> Slopes:
    """Return five draws of every slope."""
    return draw_slopes(parameters, draws=5, seed=1)


@pytest.fixture(scope="session")
def small() -> str:
    """Return the text of a small crisis."""
    return SMALL


@pytest.fixture(scope="session")
def answer() -> Assessment:
    """Return the answer to the small crisis."""
    return assess_crisis(read_crisis(SMALL), draws=20, seed=1)
