"""The game of past contests, on a made-up table of cases."""

from collections.abc import Callable

import numpy as np
import pytest

from sidelines.assess.outcomes import bundle_rungs
from sidelines.assess.parameters import load_parameters
from sidelines.history.past_games import (
    FREE,
    PastGames,
    acts_at,
    chances_at,
    likelihood_of,
    past_games,
)
from sidelines.terms.errors import DataError
from sidelines.terms.ladder import INSTRUMENTS, Rung

Table = dict[str, np.ndarray]
MakeCases = Callable[..., Table]

TARGET, ATTACKER = 0, 1  # of the first power; those of the second follow
SLOPES = {name: load_parameters().slopes[name].value for name in FREE}


def chances(of: PastGames) -> np.ndarray:
    """Return the chances of every role of every contest."""
    return chances_at(of, SLOPES, np.arange(len(of.year)))


def one_contest(make_cases: MakeCases, **changes: float) -> Table:
    """Return a contest with one power for the attacked party, some of its columns set."""
    table = {name: values[:1].copy() for name, values in make_cases(1).items()}
    for name, value in changes.items():
        table[name][:] = value
    return table


def chance_of(table: Table, rung: Rung) -> float:
    return float(chances(past_games(table, load_parameters()))[0, TARGET, rung - 1])


@pytest.fixture(scope="module")
def games(make_cases: MakeCases) -> PastGames:
    return past_games(make_cases(30), load_parameters())


# --- the table becomes games -------------------------------------------------------------------


def test_each_contest_is_a_game_of_all_powers_on_either_side(games: PastGames) -> None:
    assert games.seen.shape == (30, 4, 64)
    assert games.year.shape == (30,)


def test_each_case_knows_its_place(make_cases: MakeCases, games: PastGames) -> None:
    table = make_cases(30)
    shuffled = np.random.default_rng(1).permutation(len(table["contest"]))
    mixed = past_games({k: v[shuffled] for k, v in table.items()}, load_parameters())
    straight, back = (chances(one)[one.contest, one.role] for one in (games, mixed))
    assert back == pytest.approx(straight[shuffled], abs=1e-12)


def test_two_cases_of_one_power_on_one_side_are_refused(make_cases: MakeCases) -> None:
    twice = {name: np.concatenate([values, values[:1]]) for name, values in make_cases(3).items()}
    with pytest.raises(DataError, match="one power and side"):
        past_games(twice, load_parameters())


def test_what_was_coded_names_the_acts_that_agree(make_cases: MakeCases) -> None:
    table = one_contest(make_cases, rung_low=Rung.WEAPONS, rung_high=Rung.ADVISERS)
    seen = past_games(table, load_parameters()).seen[0, TARGET]
    assert set(bundle_rungs()[seen]) == {Rung.WEAPONS, Rung.ADVISERS}


def test_where_nothing_was_coded_every_act_agrees(make_cases: MakeCases) -> None:
    table = one_contest(make_cases, rung_low=np.nan, rung_high=np.nan)
    assert past_games(table, load_parameters()).seen.all()


# --- chances -----------------------------------------------------------------------------------


def test_chances_of_acts_sum_to_one(games: PastGames) -> None:
    acts = acts_at(games, SLOPES, np.arange(30))
    assert acts.sum(axis=2) == pytest.approx(np.ones((30, 4)), abs=1e-9)
    assert acts.min() >= 0


def test_a_higher_rung_is_never_likelier_to_be_reached(games: PastGames) -> None:
    found = chances(games)
    assert found.shape == (30, 4, len(INSTRUMENTS))
    assert (np.diff(found, axis=2) <= 1e-12).all()


def test_idle_roles_do_nothing(make_cases: MakeCases) -> None:
    table = make_cases(4)
    present = (table["power"] == 2) | (table["contest"] > 0)
    some = past_games({k: v[present] for k, v in table.items()}, load_parameters())
    acts = acts_at(some, SLOPES, np.arange(4))
    assert acts[0, 2:, 0] == pytest.approx([1.0, 1.0])
    assert acts[1, 2:, 0].max() < 1.0


def test_idle_roles_change_nothing_for_the_others(make_cases: MakeCases) -> None:
    table = make_cases(2)
    american, first = table["power"] == 2, table["contest"] == 0
    beside, alone = (
        chances(past_games({k: v[keep] for k, v in table.items()}, load_parameters()))[0, :2]
        for keep in (american | ~first, american & first)
    )
    assert beside == pytest.approx(alone, abs=1e-9)


def test_chances_can_be_had_of_some_contests(games: PastGames) -> None:
    some = np.array([7, 3])
    assert chances_at(games, SLOPES, some) == pytest.approx(chances(games)[some], abs=1e-9)


@pytest.mark.parametrize("rung", [Rung.WEAPONS, Rung.FORCES])
def test_a_pact_makes_support_likelier(rung: Rung, make_cases: MakeCases) -> None:
    with_pact, without = (
        chance_of(one_contest(make_cases, pact_backed=one), rung) for one in (1.0, 0.0)
    )
    assert with_pact > without


@pytest.mark.parametrize(
    ("column", "more"), [("log_distance", 9.5), ("nuclear_opposed", 1.0), ("wars", 3.0)]
)
def test_what_holds_back_makes_forces_less_likely(
    column: str, more: float, make_cases: MakeCases
) -> None:
    held, free = (
        chance_of(one_contest(make_cases, **{column: value}), Rung.FORCES) for value in (more, 0.0)
    )
    assert held < free


def test_a_contest_of_which_nothing_is_known_has_chances(make_cases: MakeCases) -> None:
    given = {"contest", "crisis_year", "power", "side"}
    nothing = dict.fromkeys(set(make_cases(1)) - given, np.nan)
    assert 0 < chance_of(one_contest(make_cases, **nothing), Rung.FORCES) < 1


# --- likelihood --------------------------------------------------------------------------------


def test_the_gradient_agrees_with_differences_on_thirty_contests(games: PastGames) -> None:
    model = likelihood_of(games, np.arange(30))
    at = np.array([SLOPES[name] for name in FREE])
    steps = 1e-4 * np.diag(at)
    slopes = [
        (model.log_prob(at + step) - model.log_prob(at - step)) / (2 * step.sum()) for step in steps
    ]
    assert model.gradient(at)[1] == pytest.approx(np.array(slopes), rel=1e-4, abs=1e-5)


def test_the_likelihood_is_that_of_the_acts_that_agree(games: PastGames) -> None:
    at = np.array([SLOPES[name] for name in FREE])
    agreeing = (acts_at(games, SLOPES, np.arange(30)) * games.seen).sum(axis=2)
    model = likelihood_of(games, np.arange(30))
    assert model.log_prob(at) == pytest.approx(np.log(agreeing).sum(), abs=1e-8)


def test_contests_count_by_their_weight(games: PastGames) -> None:
    at = np.array([SLOPES[name] for name in FREE])
    two = np.array([4, 9])
    each = [likelihood_of(games, two[[i]]).log_prob(at) for i in (0, 1)]
    weighed = likelihood_of(games, two, weight=np.array([0.25, 2.0])).log_prob(at)
    assert weighed == pytest.approx(0.25 * each[0] + 2.0 * each[1])
