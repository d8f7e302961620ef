import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.levers import LEVERS, Levers, Move, find_levers
from sidelines.assess.settings import parse_setting
from sidelines.assess.statistic import parse_goal, parse_statistic, reaching
from sidelines.assess.what_if import what_if
from sidelines.crisis.read import read_crisis
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import Side

WEAPONS = reaching(Rung.WEAPONS)


def chance(answer: Assessment, *changes: str) -> float:
    """Return the chance of weapons or more from Russia after some changes."""
    after = what_if(answer, "RUS", tuple(map(parse_setting, changes))).after
    row = after.inputs.row("RUS", Side.TARGET)
    return float(after.equilibria.prob[:, row, 8:].sum(axis=1).mean())


def named(moves: tuple[Move, ...], *names: str) -> Move:
    return next(move for move in moves if move.names == names)


@pytest.fixture(scope="module")
def levers(answer: Assessment) -> Levers:
    return find_levers(answer, "RUS", statistic=WEAPONS)


@pytest.fixture(scope="module")
def near(answer: Assessment) -> Levers:
    return find_levers(answer, "RUS", goal=parse_goal("weapons>20%"))


# --- one input ---------------------------------------------------------------------------------


def test_every_lever_is_pulled(levers: Levers) -> None:
    assert {move.names for move in levers.singles} == {(name,) for name in LEVERS}


def test_the_strongest_lever_stands_first(levers: Levers) -> None:
    values = [move.value for move in levers.singles]
    assert values == sorted(values, reverse=True)


def test_a_lever_starts_from_the_present_mean(answer: Assessment, levers: Levers) -> None:
    stake = named(levers.singles, "stake")
    assert stake.present[0] == pytest.approx(answer.inputs.stake[:, 0].mean())


@pytest.mark.parametrize("name", list(LEVERS))
def test_both_ends_of_a_lever_are_the_what_ifs_of_nothing_and_of_all(
    answer: Assessment, levers: Levers, name: str
) -> None:
    ends = [chance(answer, f"{name}={end}") for end in (0, 1)]
    assert levers.ends[name] == pytest.approx(ends, abs=1e-5)


def test_with_threats_counted_caution_is_still_its_what_if(small: str) -> None:
    threats = "threats: [{date: 2026-03-01, by: USA, against: [RUS], strength: 0.9}]\n"
    threatened = assess_crisis(read_crisis(small + threats), draws=5, seed=1)
    found = find_levers(threatened, "RUS", statistic=WEAPONS)
    assert found.ends["caution"][0] == pytest.approx(chance(threatened, "caution=0"), abs=1e-5)
    assert found.ends["caution"][0] > chance(threatened, "danger=0") + 1e-4


def test_a_threshold_is_where_the_mean_passes_the_goal(answer: Assessment, near: Levers) -> None:
    move = named(near.singles, "commitment")
    assert move.share is not None
    at = chance(answer, f"commitment={100 * move.share:g}%to1")
    before = chance(answer, f"commitment={100 * (move.share - 1 / 64):g}%to1")
    assert before <= 0.2 < at


def test_a_threshold_lies_between_the_present_and_the_limit(near: Levers) -> None:
    move = named(near.singles, "commitment")
    assert move.threshold is not None
    assert move.present[0] < move.threshold[0] < move.limit[0]


def test_a_lever_that_never_reaches_the_goal_has_no_threshold(answer: Assessment) -> None:
    found = find_levers(answer, "CHN", goal=parse_goal("forces>99.9%"))
    assert {move.threshold for move in found.singles} == {None}
    assert found.reaching == ()


def test_a_lever_says_in_what_share_of_draws_it_gets_there(answer: Assessment) -> None:
    found = find_levers(answer, "RUS", goal=parse_goal("weapons>20%"))
    shares = [move.flips for move in found.singles]
    assert all(share is not None and 0 <= share <= 1 for share in shares)


# --- directions --------------------------------------------------------------------------------


def test_what_would_make_it_stay_out_moves_the_other_way(answer: Assessment) -> None:
    level = chance(answer) / 2
    found = find_levers(answer, "RUS", goal=parse_goal(f"weapons<{level:.4f}"))
    limits = {move.names[0]: move.limit[0] for move in found.singles}
    assert (limits["commitment"], limits["caution"]) == (0.0, 1.0)
    assert min(move.value for move in found.singles) == found.singles[0].value


def test_a_goal_that_is_met_moves_nothing(answer: Assessment) -> None:
    found = find_levers(answer, "RUS", goal=parse_goal("words>1%"))
    assert found.met
    assert (found.singles, found.pairs, found.reaching) == ((), (), ())


def test_what_is_done_is_out_of_reach_of_every_lever(answer: Assessment) -> None:
    found = find_levers(answer, "GBR", goal=parse_goal("words<50%"))
    assert found.done
    assert not found.met
    assert found.singles == ()


def test_without_a_goal_of_its_own_a_chance_turns_over_at_even_odds(levers: Levers) -> None:
    assert levers.goal is not None
    assert levers.goal.text == "weapons>=50%"


def test_above_even_odds_the_question_is_what_would_keep_it_out(answer: Assessment) -> None:
    loud = what_if(answer, "RUS", (parse_setting("commitment=1"), parse_setting("caution=0"))).after
    found = find_levers(loud, "RUS", statistic=parse_statistic("words"))
    assert found.goal is not None
    assert found.goal.text == "words<50%"


def test_strength_delivered_has_levers_but_no_goal(answer: Assessment) -> None:
    found = find_levers(answer, "RUS", statistic=parse_statistic("delivered"), draws=5)
    assert found.goal is None
    assert found.pairs == ()
    assert {move.flips for move in found.singles} == {None}
    assert found.ends["arrival"][0] < found.ends["arrival"][1]


# --- two inputs --------------------------------------------------------------------------------


def test_two_inputs_move_by_the_same_share(answer: Assessment, near: Levers) -> None:
    move = named(near.pairs, "commitment", "overstretch")
    assert move.share is not None
    way = 100 * move.share
    at = chance(answer, f"commitment={way:g}%to1", f"overstretch={way:g}%to0")
    assert at > 0.2


def test_two_inputs_need_no_more_of_their_ways_than_one_of_them(near: Levers) -> None:
    alone = {move.names[0]: move.share for move in near.singles if move.share is not None}
    pairs = [move for move in near.pairs if move.names[0] in alone]
    assert pairs
    assert all(move.share <= alone[move.names[0]] for move in pairs if move.share is not None)


def test_the_smallest_change_stands_first(near: Levers) -> None:
    sizes = [move.size for move in near.reaching]
    assert sizes
    assert sizes == sorted(sizes)


def test_the_size_of_a_change_is_the_sum_of_its_moves() -> None:
    move = Move(
        names=("stake", "caution"),
        present=(0.5, 0.5),
        limit=(1.0, 0.0),
        value=0.9,
        flips=1.0,
        share=0.5,
    )
    assert move.threshold == (0.75, 0.25)
    assert move.size == pytest.approx(0.5)


def test_every_solution_is_told(answer: Assessment) -> None:
    told: list[None] = []
    goal = parse_goal("forces>99.9%")
    found = find_levers(answer, "RUS", goal=goal, draws=2, tick=lambda: told.append(None))
    assert len(told) == 2 * len(LEVERS) + len(found.pairs)
    assert np.isfinite(found.before).all()
