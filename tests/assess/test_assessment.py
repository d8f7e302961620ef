import datetime as dt
from dataclasses import fields, replace

import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis, entry_of
from sidelines.crisis.model import Crisis
from sidelines.crisis.read import load_crisis, read_crisis
from sidelines.terms.errors import DataError, NotFoundError, UsageError
from sidelines.terms.roles import Side

ANOTHER = "  - {power: TUR, side: target, stake: [0.1, 0.3]}\n"
ARRAYS = ("strength", "arrival", "overstretch", "stake", "commitment", "danger", "exposure")


def answered(text: str, *, draws: int = 20, seed: int = 1) -> Assessment:
    return assess_crisis(read_crisis(text), draws=draws, seed=seed)


def reordered(crisis: Crisis, order: list[int]) -> Crisis:
    return replace(crisis, powers=tuple(crisis.powers[index] for index in order))


# --- renaming and reordering -------------------------------------------------------------------


@pytest.mark.parametrize("order", [[2, 1, 0], [1, 2, 0]])
def test_the_order_of_powers_changes_nothing(
    answer: Assessment, small: str, order: list[int]
) -> None:
    turned = assess_crisis(reordered(read_crisis(small), order), draws=20, seed=1)
    assert turned.prob == pytest.approx(answer.prob[:, order], abs=1e-9)


def test_the_order_of_powers_of_a_bundled_crisis_changes_nothing() -> None:
    crisis = load_crisis("yom-kippur-1973")
    backwards = list(range(len(crisis.powers)))[::-1]
    there = assess_crisis(crisis, draws=10).prob[:, backwards]
    assert assess_crisis(reordered(crisis, backwards), draws=10).prob == pytest.approx(
        there, abs=1e-8
    )


@pytest.mark.parametrize(
    ("id_", "name"),
    [("RUS", "Russia"), ("RUS", "russian federation"), ("CHN", "China"), ("IRN", "Iran")],
)
def test_a_name_says_the_same_as_a_code(
    answer: Assessment, small: str, id_: str, name: str
) -> None:
    assert (answered(small.replace(id_, name)).prob == answer.prob).all()


def test_the_title_changes_nothing(answer: Assessment, small: str) -> None:
    renamed = small.replace("id: small", "id: other").replace("A made-up", "Another")
    assert (answered(renamed).prob == answer.prob).all()


# --- seeds and draws ---------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_answer_bit_for_bit(answer: Assessment, small: str) -> None:
    assert answered(small).prob.tobytes() == answer.prob.tobytes()


def test_another_seed_gives_another_answer(answer: Assessment, small: str) -> None:
    assert (answered(small, seed=2).prob != answer.prob).any()


@pytest.mark.parametrize("name", [*ARRAYS, "rents", "said", "flow"])
def test_another_power_leaves_the_draws_of_the_others_alone(
    answer: Assessment, small: str, name: str
) -> None:
    more = getattr(answered(small + ANOTHER).inputs, name)[:, :3]
    assert (more == getattr(answer.inputs, name)).all()


@pytest.mark.parametrize("name", ["attack_strength", "target_strength", "attack_resolve"])
def test_another_power_leaves_the_draws_of_the_parties_alone(
    answer: Assessment, small: str, name: str
) -> None:
    more = getattr(answered(small + ANOTHER).inputs, name)
    assert (more == getattr(answer.inputs, name)).all()


def test_probabilities_sum_to_one(answer: Assessment) -> None:
    assert answer.prob.sum(axis=2) == pytest.approx(np.ones((20, 3)), abs=1e-12)


@pytest.mark.parametrize("name", ARRAYS)
def test_every_input_stays_a_share(answer: Assessment, name: str) -> None:
    values = getattr(answer.inputs, name)
    assert ((values >= 0) & (values <= 1)).all()


@pytest.mark.parametrize("draws", [0, -1, 20_001])
def test_a_number_of_draws_that_cannot_be_used_is_refused(small: str, draws: int) -> None:
    with pytest.raises(UsageError, match="draws must be between 1 and 20,000"):
        answered(small, draws=draws)


def test_a_negative_seed_is_refused(small: str) -> None:
    with pytest.raises(UsageError, match="seed must not be negative"):
        answered(small, seed=-1)


def test_one_draw_is_enough_for_an_answer(small: str) -> None:
    assert answered(small, draws=1).prob.shape == (1, 3, 64)


# --- dates -------------------------------------------------------------------------------------


def test_an_event_after_as_of_changes_nothing(small: str) -> None:
    later = small + "events: [{date: 2026-03-02, title: Later, sets: {RUS.stake: 1.0}}]\n"
    day = dt.date(2026, 3, 1)
    without = assess_crisis(read_crisis(small), draws=10, as_of=day)
    assert (assess_crisis(read_crisis(later), draws=10, as_of=day).prob == without.prob).all()


def test_an_event_before_as_of_changes_the_answer(small: str) -> None:
    earlier = small + "events: [{date: 2026-03-02, title: Before, sets: {RUS.stake: 1.0}}]\n"
    row = answered(earlier).inputs.row("RUS", Side.TARGET)
    assert (answered(earlier).inputs.stake[:, row] == 1).all()


def test_what_was_left_out_is_named(small: str) -> None:
    later = small + "events: [{date: 2026-03-02, title: Later, sets: {RUS.stake: 1.0}}]\n"
    early = assess_crisis(read_crisis(later), draws=2, as_of=dt.date(2026, 3, 1))
    assert "events[Later]" in early.dropped


def test_hindsight_keeps_later_events(small: str) -> None:
    later = small + "events: [{date: 2026-03-02, title: Later, sets: {RUS.stake: 1.0}}]\n"
    crisis = read_crisis(later)
    early = assess_crisis(crisis, draws=2, as_of=dt.date(2026, 3, 1), hindsight=True)
    assert early.dropped == ()
    assert (early.inputs.stake[:, 0] == 1).all()


def test_no_vintage_is_newer_than_the_day(answer: Assessment) -> None:
    assert max(answer.vintages.values()) <= answer.as_of


def test_a_day_before_a_power_existed_is_a_clear_error(small: str) -> None:
    with pytest.raises(DataError, match="Russia"):
        assess_crisis(read_crisis(small), draws=2, as_of=dt.date(1985, 1, 1))


# --- who is meant ------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["RUS", "Russia", "russia"])
def test_a_power_is_found_by_code_or_name(answer: Assessment, word: str) -> None:
    assert entry_of(answer.crisis, word, None).power == "RUS"


def test_a_power_outside_the_crisis_is_not_found(answer: Assessment) -> None:
    with pytest.raises(NotFoundError, match="Powers: RUS, CHN, GBR"):
        entry_of(answer.crisis, "Mozambique", None)


def test_a_power_of_both_sides_is_meant_for_the_target_unless_said(small: str) -> None:
    both = read_crisis(small + "  - {power: RUS, side: attacker}\n")
    assert entry_of(both, "RUS", None).side is Side.TARGET
    assert entry_of(both, "RUS", Side.ATTACKER).side is Side.ATTACKER


def test_every_input_has_one_column_per_role(answer: Assessment) -> None:
    names = [entry.name for entry in fields(answer.inputs)][1:10]
    assert {getattr(answer.inputs, name).shape[:2] for name in names} == {(20, 3)}
