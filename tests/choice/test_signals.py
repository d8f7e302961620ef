from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sidelines.choice.signals import (
    Heard,
    SignalGame,
    has_one_equilibrium,
    hear,
    signal_equilibria,
    two_types,
)

COST = st.floats(0, 4)
FORWARD = {"relief": st.floats(0, 8), "deterrence": st.floats(0, 10)}
BACKWARD = {"relief": st.floats(-8, 0), "deterrence": st.floats(-10, 0)}


def one(**values: float) -> SignalGame:
    """Return one game: a power of middling resolve that speaks to a wavering attacker."""
    usual: dict[str, float] = {
        "unresolved": -3.0,
        "resolved": 0.5,
        "prior": 0.3,
        "sunk": 0.0,
        "sunk_ratio": 2.0,
        "audience": 0.0,
        "worth_of_words": -0.5,
        "relief": 2.0,
        "attack": 1.0,
        "deterrence": 3.0,
    }
    return SignalGame(**{name: np.array([[value]]) for name, value in (usual | values).items()})


@st.composite
def games(draw: st.DrawFn, **sides: st.SearchStrategy[float]) -> SignalGame:
    weak = draw(st.floats(-8, 4))
    return one(
        unresolved=weak,
        resolved=weak + draw(st.floats(0, 6)),
        prior=draw(st.floats(0.01, 0.99)),
        sunk=draw(COST),
        sunk_ratio=draw(st.floats(1, 4)),
        audience=draw(COST),
        worth_of_words=draw(st.floats(-5, 5)),
        attack=draw(st.floats(-4, 4)),
        **{name: draw(values) for name, values in sides.items()},
    )


def with_costs(game: SignalGame, **costs: float) -> SignalGame:
    changes: dict[str, Any] = {name: np.array([[cost]]) for name, cost in costs.items()}
    return replace(game, **changes)


def settled(game: SignalGame) -> Heard:
    return hear(game, signal_equilibria(game)[:, :, 0])


@pytest.mark.parametrize("sides", [FORWARD, BACKWARD], ids=["deterring", "encouraging"])
@given(data=st.data())
def test_free_words_leave_the_attacker_with_its_prior(data: st.DataObject, sides: Any) -> None:
    game = with_costs(data.draw(games(**sides)), sunk=0.0, audience=0.0)
    found = settled(game)
    assert signal_equilibria(game).shape == (1, 1, 1)
    assert found.after == pytest.approx(found.before, abs=1e-12)
    assert found.resolved_after == pytest.approx(game.prior, abs=1e-12)
    assert found.attack_after == pytest.approx(found.attack_before, abs=1e-12)


@given(game=games(**FORWARD), cost=st.floats(0, 1e-6))
def test_words_that_cost_next_to_nothing_move_next_to_nobody(game: SignalGame, cost: float) -> None:
    found = settled(with_costs(game, sunk=cost, audience=cost))
    assert found.after == pytest.approx(found.before, abs=5e-6)


@given(games(**FORWARD))
def test_loud_words_never_speak_for_weakness(game: SignalGame) -> None:
    for ratio in np.moveaxis(signal_equilibria(game), -1, 0):
        found = hear(game, ratio)
        assert found.resolved_after >= game.prior - 1e-15
        assert found.resolved_after_silence <= game.prior + 1e-15
        assert found.after >= found.before - 1e-15
        assert found.attack_after <= found.attack_before + 1e-15


@pytest.mark.parametrize("cost", ["sunk", "audience"])
@given(game=games(**FORWARD), low=COST, more=st.floats(0.01, 3))
def test_belief_after_words_rises_with_each_cost(
    cost: str, game: SignalGame, low: float, more: float
) -> None:
    less, greater = with_costs(game, **{cost: low}), with_costs(game, **{cost: low + more})
    assume(has_one_equilibrium(less) and has_one_equilibrium(greater))
    assert settled(greater).after >= settled(less).after - 1e-12


@given(game=games(**FORWARD), low=COST, more=st.floats(0.01, 3))
def test_sunk_costs_alone_also_raise_the_belief_in_resolve(
    game: SignalGame, low: float, more: float
) -> None:
    less = with_costs(game, audience=0.0, sunk=low)
    greater = with_costs(game, audience=0.0, sunk=low + more)
    assume(has_one_equilibrium(less) and has_one_equilibrium(greater))
    assert settled(greater).resolved_after >= settled(less).resolved_after - 1e-12


@pytest.mark.parametrize("sides", [FORWARD, BACKWARD], ids=["deterring", "encouraging"])
@given(data=st.data())
def test_every_equilibrium_found_is_one(data: st.DataObject, sides: Any) -> None:
    game = data.draw(games(**sides))
    found = signal_equilibria(game)
    assert not np.isnan(found[0, 0, 0])
    for ratio in np.moveaxis(found, -1, 0):
        assert hear(game, ratio).error < 1e-9


@given(games(**FORWARD))
def test_beliefs_average_to_the_prior(game: SignalGame) -> None:
    found = settled(game)
    loud = game.prior * found.speaks_resolved + (1 - game.prior) * found.speaks_unresolved
    mean = loud * found.resolved_after + (1 - loud) * found.resolved_after_silence
    assert mean == pytest.approx(game.prior, abs=1e-12)


def test_three_equilibria_are_all_found() -> None:
    game = one(
        unresolved=-4.5,
        resolved=0.2,
        prior=0.7,
        sunk=2.1,
        sunk_ratio=2.8,
        worth_of_words=0.1,
        relief=10.2,
        attack=1.2,
        deterrence=8.3,
    )
    found = signal_equilibria(game)[0, 0]
    assert found == pytest.approx([0.529641, 2.568345, 3.381306], abs=1e-6)


def wandered(game: SignalGame, *, loud: float, quiet: float) -> np.ndarray:
    """Return where damped replies lead from two chances that the attacker goes on."""
    attack = np.array([loud, quiet])
    rate = lambda x: 1.0 / (1.0 + np.exp(-x))  # noqa: E731
    weak, strong, words = game.unresolved, game.resolved, game.audience
    types = np.stack([weak, strong])[:, 0, 0]
    hands = np.stack([types + words[0, 0], types])
    share = np.array([1 - game.prior[0, 0], game.prior[0, 0]])
    price = game.sunk[0, 0] * np.array([game.sunk_ratio[0, 0], 1.0])
    tested = np.log1p(np.exp(types)) - np.log(np.exp(-words[0, 0]) + np.exp(types))
    for _ in range(3000):
        eager = game.worth_of_words[0, 0] + game.relief[0, 0] * (attack[1] - attack[0])
        speaks = rate(eager - price - attack[0] * tested)
        heard = np.stack([share * speaks, share * (1 - speaks)])
        fight = (heard * rate(hands)).sum(axis=1) / heard.sum(axis=1)
        reply = rate(game.attack[0, 0] - game.deterrence[0, 0] * fight)
        attack = attack + 0.2 * (reply - attack)
    return attack


@given(st.floats(1e-9, 1 - 1e-9), st.floats(0.01, 0.99), st.floats(0, 8))
def test_two_types_fight_as_often_as_the_power_they_make_up(
    fight: float, prior: float, apart: float
) -> None:
    share = np.array([[prior]])
    types = two_types(np.array([[fight]]), prior=share, apart=np.array([[apart]]))
    chances = [1.0 / (1.0 + np.exp(-log_odds)) for log_odds in types]
    assert (1 - prior) * chances[0] + prior * chances[1] == pytest.approx(fight, rel=1e-9)
    assert types[1] - types[0] == pytest.approx(apart)


@pytest.mark.parametrize("start", [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)])
def test_play_out_of_any_start_ends_in_what_was_found(start: tuple[float, float]) -> None:
    game = one(sunk=0.7, audience=1.5)
    end = wandered(game, loud=start[0], quiet=start[1])
    found = settled(game)
    assert end[0] == pytest.approx(found.attack_after[0, 0], abs=1e-9)
    assert end[1] == pytest.approx(found.attack_after_silence[0, 0], abs=1e-9)
