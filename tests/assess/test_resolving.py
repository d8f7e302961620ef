import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, entry_of
from sidelines.assess.inputs import of_role, with_role
from sidelines.assess.payoffs import build_game
from sidelines.assess.resolving import (
    Part,
    delivered_by_bundle,
    part_of,
    present,
    resolve,
    respond,
)
from sidelines.assess.statistic import parse_statistic
from sidelines.choice.expectations import level_worth, prepare
from sidelines.choice.game import with_power
from sidelines.choice.levels import level_totals, merged
from sidelines.choice.solve import reply
from sidelines.terms.roles import Side


@pytest.fixture(scope="module")
def part(answer: Assessment) -> Part:
    return part_of(answer, entry_of(answer.crisis, "RUS", None), draws=20)


@pytest.fixture(scope="module")
def now(answer: Assessment) -> np.ndarray:
    return answer.equilibria.prob[:, answer.inputs.row("RUS", Side.TARGET)]


def test_the_same_inputs_give_the_same_choices(part: Part, now: np.ndarray) -> None:
    assert resolve(part, part.inputs) == pytest.approx(now, abs=1e-6)


def test_where_the_others_stay_as_they_are_the_same_inputs_give_the_same_choices(
    part: Part, now: np.ndarray
) -> None:
    assert respond(part, part.inputs) == pytest.approx(now, abs=1e-6)


def test_the_response_of_the_others_makes_a_difference(part: Part) -> None:
    keen = with_role(part.inputs, 0, commitment=1.0, overstretch=0.0, danger=0.0)
    gap = np.abs(resolve(part, keen) - respond(part, keen)).max()
    assert 1e-6 < gap < 0.2


@pytest.mark.parametrize("power", ["RUS", "GBR"])
def test_no_bundle_takes_strength_from_its_own_side(answer: Assessment, power: str) -> None:
    part = part_of(answer, entry_of(answer.crisis, power, None), draws=5)
    delivered = delivered_by_bundle(part, part.inputs)
    assert delivered.min() >= 0
    assert delivered[:, 0].max() == 0


@pytest.mark.parametrize("name", ["weapons", "delivered"])
def test_a_statistic_as_things_stand_is_that_of_the_answer(
    answer: Assessment, part: Part, now: np.ndarray, name: str
) -> None:
    entry, statistic = entry_of(answer.crisis, "RUS", None), parse_statistic(name)
    told = statistic.of(now, delivered_by_bundle(part, part.inputs))
    assert present(answer, entry, statistic) == pytest.approx(told)


def test_all_draws_are_those_of_the_answer_in_their_order(answer: Assessment, part: Part) -> None:
    row = answer.inputs.row("RUS", Side.TARGET)
    assert (part.branch[:, 0] == answer.equilibria.branch[:, row]).all()


def test_the_direct_reply_is_that_to_the_others_as_they_were(part: Part) -> None:
    keen = with_role(part.inputs, 0, commitment=1.0, overstretch=0.0, danger=0.0)
    own = build_game(keen, part.slopes, part.parameters.scales)
    game = with_power(part.game, 0, merged(own, level_worth(own)))
    levels = reply(prepare(game, modes=192), part.branch)[:, 0]
    direct = level_totals(own, respond(part, keen)[:, None])[:, 0]
    assert direct == pytest.approx(levels, abs=1e-5)


def test_a_role_alone_keeps_its_own_inputs_and_those_of_the_parties(answer: Assessment) -> None:
    alone = of_role(answer.inputs, 1)
    assert alone.roles == answer.inputs.roles[1:2]
    assert (alone.stake[:, 0] == answer.inputs.stake[:, 1]).all()
    assert (alone.done == answer.inputs.done[[1]]).all()
    assert alone.target_resolve is answer.inputs.target_resolve
