"""Made-up powers of plain kinds give the published base rates, before any crisis is run.

The slopes are priors: centred so that these rates come out. A change of parameters that breaks one
of them is a change of what the model believes, and needs a reason.
"""

from typing import Any

import numpy as np
import pytest

from sidelines.assess.draws import draw_slopes
from sidelines.assess.inputs import Inputs, Role
from sidelines.assess.outcomes import at_least
from sidelines.assess.parameters import load_parameters
from sidelines.assess.payoffs import build_game
from sidelines.choice.equilibria import find_equilibria
from sidelines.terms.ladder import CARRIED, INSTRUMENTS, Rung
from sidelines.terms.roles import Side

DRAWS = 400
SPREAD = 0.25  # of each input on the log scale: no two powers of a kind are alike
TARGET_STRENGTH, ATTACKER_STRENGTH, RESOLVE = 0.01, 0.02, 0.7

BYSTANDER: dict[str, Any] = {
    "strength": 0.03,
    "arrival": 0.5,
    "overstretch": 0.2,
    "stake": 0.2,
    "commitment": 0.05,
    "danger": 0.5,
    "exposure": 0.15,
    "rents": 0.05,
    "said": 0.0,
    "reserved": 0.0,
}
PACT = {"stake": 0.5, "commitment": 1.0, "arrival": 0.6}
SUPERPOWER = {
    "strength": 0.15,
    "arrival": 0.8,
    "stake": 0.3,
    "commitment": 0.2,
    "flow": (0.1, 0.1, 0.05, 0.1, 0.05, 0.0),
}
SOVIET = {
    "strength": 0.15,
    "commitment": 0.1,
    "danger": 0.7,
    "flow": (0.1, 0.1, 0.0, 0.1, 0.05, 0.0),
}


def fights(**profile: Any) -> float:
    """Return the mean chance of forces of one power of a kind, alone beside the target."""
    kind = {**BYSTANDER, **profile}
    flow = np.array(kind.pop("flow", (0.0,) * len(INSTRUMENTS)))
    rng = np.random.default_rng(0)
    spread = {
        name: np.clip(value * np.exp(SPREAD * rng.normal(size=(DRAWS, 1))), 0, 1)
        for name, value in kind.items()
    }
    inputs = Inputs(
        roles=(Role(power="P", side=Side.TARGET),),
        arrival=np.repeat(spread.pop("arrival")[..., None], len(CARRIED), axis=2),
        flow=np.tile(flow, (DRAWS, 1, 1)),
        done=np.zeros((1, len(INSTRUMENTS)), dtype=bool),
        batteries=np.zeros((DRAWS, 1)),
        attack_strength=np.full(DRAWS, ATTACKER_STRENGTH),
        target_strength=np.full(DRAWS, TARGET_STRENGTH),
        attack_resolve=np.full(DRAWS, RESOLVE),
        target_resolve=np.full(DRAWS, RESOLVE),
        **spread,
    )
    parameters = load_parameters()
    slopes = draw_slopes(parameters, draws=DRAWS, seed=1)
    prob = find_equilibria(build_game(inputs, slopes, parameters.scales)).prob
    return float(at_least(prob, 0, Rung.FORCES).mean())


def test_a_defence_pact_that_is_invoked_is_honoured_by_forces_in_22_to_41_per_cent() -> None:
    """Source: Berkemeier and Fuhrmann (2018), Research and Politics 5(2)."""
    against_conventional = fights(**PACT, danger=0.4)
    against_nuclear = fights(**PACT, danger=0.85)
    assert 0.22 <= (against_conventional + against_nuclear) / 2 <= 0.41


def test_a_bystander_fights_in_about_seven_cases_in_a_thousand() -> None:
    """Source: joiners:joiners_mid, 158 of 21,274 major and regional powers joined a dispute."""
    assert 0.003 <= fights() <= 0.015


def test_a_superpower_fights_in_about_six_cases_in_a_hundred() -> None:
    """Source: joiners:joiners.parquet (ICB), the United States in 57 of 918 rows."""
    assert 0.03 <= fights(**SUPERPOWER) <= 0.09


def test_a_wary_superpower_fights_in_about_one_case_in_a_hundred() -> None:
    """Source: joiners:joiners.parquet (ICB), Russia and the Soviet Union in 10 of 937 rows."""
    assert 0.005 <= fights(**SOVIET) <= 0.03


@pytest.mark.parametrize("kind", [{}, SUPERPOWER, SOVIET], ids=["bystander", "US", "USSR"])
def test_a_pact_makes_any_kind_fight_more_often(kind: dict[str, Any]) -> None:
    assert fights(**{**kind, "commitment": 1.0}) > 2 * fights(**kind)


def test_a_nuclear_attacker_is_fought_less_often() -> None:
    assert fights(**PACT, danger=0.85) < fights(**PACT, danger=0.4)
