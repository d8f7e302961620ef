from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidelines.assess.assessment import Assessment
from sidelines.assess.attribution import removed
from sidelines.assess.inputs import Inputs, with_role
from sidelines.assess.outcomes import bundle_rungs, rung_probabilities
from sidelines.assess.parameters import Parameters
from sidelines.assess.payoffs import build_game, bundle_matrix, top
from sidelines.choice.equilibria import find_equilibria
from sidelines.choice.expectations import act_shares, prepare
from sidelines.choice.game import Game
from sidelines.choice.levels import act_chances, level_totals, project
from sidelines.choice.replies import hold_prob
from sidelines.choice.solve import reply
from sidelines.effect.salvo import Salvo
from sidelines.terms.ladder import BUNDLE_COUNT, CARRIED, Rung, bundle_of
from sidelines.terms.roles import FACTORS

MakeInputs = Callable[..., Inputs]
Slopes = dict[str, np.ndarray]

SEEDS = st.integers(0, 2**32 - 1)
ROLES = st.integers(0, 2)
SHARES = st.floats(0, 1)
FORCES = bundle_rungs() == Rung.FORCES
TALK = [0, bundle_of("words"), bundle_of("diplomatic"), bundle_of("words", "diplomatic")]
ROUNDING = 1e-9


def reply_in_bundles(game: Game, others: np.ndarray) -> np.ndarray:
    """Return everybody's reply to mixtures over bundles."""
    levels = reply(prepare(game, modes=48), level_totals(game, others))
    return act_chances(game, levels, act_shares(game))


@pytest.fixture(scope="session")
def frozen(slopes: Slopes, parameters: Parameters) -> Callable[[Inputs, int], np.ndarray]:
    """Return P(forces) of a role that answers others whose acts are held fixed."""

    def chance(inputs: Inputs, row: int) -> np.ndarray:
        game = build_game(inputs, slopes, parameters.scales)
        draws, roles = inputs.strength.shape
        others = np.random.default_rng(0).dirichlet(np.full(BUNDLE_COUNT, 0.1), (draws, roles))
        return reply_in_bundles(game, others)[:, row, FORCES].sum(axis=1)

    return chance


@pytest.fixture(scope="session")
def settled(slopes: Slopes, parameters: Parameters) -> Callable[[Inputs, int], np.ndarray]:
    """Return P(forces) of a role in equilibrium, the others answering."""

    def chance(inputs: Inputs, row: int) -> np.ndarray:
        game = build_game(inputs, slopes, parameters.scales)
        return find_equilibria(game, tolerance=1e-10).prob[:, row, FORCES].sum(axis=1)

    return chance


# --- laws --------------------------------------------------------------------------------------

Chance = Callable[[Inputs, int], np.ndarray]
few = settings(max_examples=20)


@few
@given(seed=SEEDS, number=st.floats(0, 100), more=st.floats(0, 100))
def test_more_batteries_never_lower_the_chance_to_hold(
    made_inputs: MakeInputs,
    slopes: Slopes,
    parameters: Parameters,
    seed: int,
    number: float,
    more: float,
) -> None:
    rng = np.random.default_rng(seed)
    bounds = {"weapons": 1000, "hit_prob": 1, "batteries": 60, "shots_per_battery": 20}
    drawn = {name: rng.uniform(0, most, 5) for name, most in bounds.items()}
    salvo = Salvo(
        **drawn, intercept_prob=rng.uniform(0, 1, 5), loss_per_hit=np.ones(5), most=np.ones(5)
    )
    inputs = with_role(replace(made_inputs(seed), salvo=salvo), 0, batteries=number)
    stronger = with_role(inputs, 0, batteries=number + more)
    few, many = (build_game(one, slopes, parameters.scales) for one in (inputs, stronger))
    chance = [hold_prob(game.strength[:, 0], game.exchange) for game in (few, many)]
    assert (chance[1] >= chance[0] - ROUNDING).all()


@few
@given(seed=SEEDS, row=ROLES, more=SHARES)
def test_a_pact_never_lowers_the_chance_of_forces(
    made_inputs: MakeInputs, settled: Chance, seed: int, row: int, more: float
) -> None:
    inputs = made_inputs(seed)
    present = inputs.commitment[:, row]
    bound = with_role(inputs, row, commitment=present + more * (1 - present))
    assert (settled(bound, row) >= settled(inputs, row) - ROUNDING).all()


@few
@given(seed=SEEDS, row=ROLES)
def test_with_others_frozen_removing_all_factors_never_lowers_the_chance_of_forces(
    made_inputs: MakeInputs, frozen: Chance, seed: int, row: int
) -> None:
    inputs = made_inputs(seed)
    free = removed(inputs, row, frozenset(FACTORS))
    assert (frozen(free, row) >= frozen(inputs, row) - ROUNDING).all()


@few
@given(seed=SEEDS, row=ROLES, share=SHARES)
def test_forces_that_arrive_less_never_raise_their_chance(
    made_inputs: MakeInputs, frozen: Chance, seed: int, row: int, share: float
) -> None:
    inputs = made_inputs(seed)
    less = share ** np.array([name == "forces" for name in CARRIED])
    farther = with_role(inputs, row, arrival=less * inputs.arrival[:, row])
    assert (frozen(farther, row) <= frozen(inputs, row) + ROUNDING).all()


@pytest.mark.parametrize("burden", ["overstretch", "danger", "exposure"])
@few
@given(seed=SEEDS, row=ROLES, share=SHARES)
def test_a_heavier_burden_never_raises_the_chance_of_forces(
    made_inputs: MakeInputs, frozen: Chance, burden: str, seed: int, row: int, share: float
) -> None:
    inputs = made_inputs(seed)
    lighter = with_role(inputs, row, **{burden: share * getattr(inputs, burden)[:, row]})
    assert (frozen(inputs, row) <= frozen(lighter, row) + ROUNDING).all()


@given(seed=SEEDS, row=ROLES, share=SHARES)
def test_farther_never_delivers_more(
    made_inputs: MakeInputs,
    slopes: Slopes,
    parameters: Parameters,
    seed: int,
    row: int,
    share: float,
) -> None:
    inputs = made_inputs(seed)
    farther = with_role(inputs, row, arrival=share * inputs.arrival[:, row])
    before = np.abs(build_game(inputs, slopes, parameters.scales).strength)
    after = np.abs(build_game(farther, slopes, parameters.scales).strength)
    assert (after <= before).all()


@given(seed=SEEDS, row=ROLES)
def test_weapons_for_which_there_is_no_way_deliver_nothing(
    made_inputs: MakeInputs, slopes: Slopes, parameters: Parameters, seed: int, row: int
) -> None:
    shut = with_role(made_inputs(seed), row, arrival=0.0)
    game = build_game(shut, slopes, parameters.scales)
    assert not game.strength[:, row, game.level[bundle_of("weapons", "forces")]].any()


@given(seed=SEEDS, row=ROLES)
def test_forces_tied_down_elsewhere_deliver_nothing(
    made_inputs: MakeInputs, slopes: Slopes, parameters: Parameters, seed: int, row: int
) -> None:
    busy = with_role(made_inputs(seed), row, overstretch=1.0)
    game = build_game(busy, slopes, parameters.scales)
    assert not game.strength[:, row, game.level[bundle_of("forces")]].any()


@given(seed=SEEDS)
def test_words_alone_deliver_no_strength(
    made_inputs: MakeInputs, slopes: Slopes, parameters: Parameters, seed: int
) -> None:
    game = build_game(made_inputs(seed), slopes, parameters.scales)
    assert not game.strength[:, :, game.level[TALK]].any()


@given(seed=SEEDS)
def test_words_alone_widen_no_war(
    made_inputs: MakeInputs, slopes: Slopes, parameters: Parameters, seed: int
) -> None:
    game = build_game(made_inputs(seed), slopes, parameters.scales)
    assert not game.heat[:, :, game.level[TALK]].any()


@given(seed=SEEDS)
def test_support_moves_the_contest_towards_the_side_it_is_for(
    made_inputs: MakeInputs, slopes: Slopes, parameters: Parameters, seed: int
) -> None:
    inputs = made_inputs(seed)
    signs = np.array([role.side.sign for role in inputs.roles])
    strength = build_game(inputs, slopes, parameters.scales).strength
    assert (strength * signs[:, None] >= 0).all()


@few
@given(seed=SEEDS, row=ROLES, instrument=st.integers(0, 5))
def test_what_is_done_stays_done(
    made_inputs: MakeInputs,
    slopes: Slopes,
    parameters: Parameters,
    seed: int,
    row: int,
    instrument: int,
) -> None:
    inputs = made_inputs(seed)
    done = inputs.done.copy()
    done[row, instrument] = True
    game = build_game(replace(inputs, done=done), slopes, parameters.scales)
    used = find_equilibria(game).prob[:, row] @ bundle_matrix()[:, instrument]
    assert used == pytest.approx(np.ones(5), abs=1e-12)


@few
@given(seed=SEEDS, row=ROLES, more=SHARES)
def test_support_that_flows_already_is_never_less_likely_to_go_on(
    made_inputs: MakeInputs,
    slopes: Slopes,
    parameters: Parameters,
    seed: int,
    row: int,
    more: float,
) -> None:
    inputs = made_inputs(seed)
    flow = inputs.flow.copy()
    flow[:, row, 3] += more * (1 - flow[:, row, 3])
    others = np.full((5, 3, BUNDLE_COUNT), 1 / BUNDLE_COUNT)

    def weapons(of: Inputs) -> np.ndarray:
        answer = reply_in_bundles(build_game(of, slopes, parameters.scales), others)
        return answer[:, row] @ bundle_matrix()[:, 3]

    assert (weapons(replace(inputs, flow=flow)) >= weapons(inputs) - ROUNDING).all()


# --- pieces ------------------------------------------------------------------------------------


def test_a_bundle_holds_the_instruments_of_its_bits() -> None:
    assert bundle_matrix()[bundle_of("words", "weapons")].tolist() == [1, 0, 0, 1, 0, 0]


def test_the_top_of_a_bundle_is_its_largest_value() -> None:
    scale = np.array([0.1, 0.2, 0.9, 0.4, 0.5, 0.6])
    assert top(scale)[bundle_of("words", "money", "forces")] == 0.9


def test_the_top_of_nothing_is_zero() -> None:
    assert top(np.ones(6))[0] == 0


def test_neutrality_weighs_on_material_support_alone(
    made_inputs: MakeInputs, slopes: Slopes, parameters: Parameters
) -> None:
    inputs = made_inputs(1)
    open_ = build_game(with_role(inputs, 0, reserved=0.0), slopes, parameters.scales).own
    reserved = build_game(with_role(inputs, 0, reserved=1.0), slopes, parameters.scales).own
    cost = (open_ - reserved)[:, 0]
    assert not cost[:, TALK].any()
    assert cost[:, bundle_of("money")] == pytest.approx(slopes["neutrality"])


def test_a_duty_is_redeemed_by_the_highest_instrument_alone(
    made_inputs: MakeInputs, slopes: Slopes, parameters: Parameters
) -> None:
    inputs = made_inputs(1)
    free = build_game(with_role(inputs, 0, commitment=0.0), slopes, parameters.scales).own
    bound = build_game(with_role(inputs, 0, commitment=1.0), slopes, parameters.scales).own
    worth = (bound - free)[:, 0]
    assert worth[:, bundle_of("forces")] == pytest.approx(slopes["commitment"])
    assert worth[:, bundle_of("words", "weapons", "forces")] == pytest.approx(slopes["commitment"])


def test_rents_add_to_weapons_alone(
    made_inputs: MakeInputs, slopes: Slopes, parameters: Parameters
) -> None:
    inputs = made_inputs(1)
    without = build_game(with_role(inputs, 0, rents=0.0), slopes, parameters.scales).own
    rich = build_game(with_role(inputs, 0, rents=1.0), slopes, parameters.scales).own
    worth = (rich - without)[:, 0]
    assert worth[:, bundle_of("forces")] == pytest.approx(np.zeros(5))
    assert worth[:, bundle_of("weapons")] == pytest.approx(slopes["rents"])


def test_loud_words_on_record_make_silence_dearer(
    made_inputs: MakeInputs, slopes: Slopes, parameters: Parameters
) -> None:
    inputs = made_inputs(1)
    quiet = build_game(with_role(inputs, 0, said=0.0), slopes, parameters.scales).own
    loud = build_game(with_role(inputs, 0, said=0.9), slopes, parameters.scales).own
    assert (quiet - loud)[:, 0, 0] == pytest.approx(0.9 * slopes["audience"])


def test_seven_rungs_answer_nearly_as_bundles_do(answer: Assessment) -> None:
    game = build_game(answer.inputs, answer.slopes, answer.parameters.scales)
    rungs = find_equilibria(project(game, bundle_rungs())).prob
    whole = rung_probabilities(answer.equilibria.prob)
    assert rungs.mean(axis=0) == pytest.approx(whole.mean(axis=0), abs=0.002)
