from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sidelines.assess import attribution
from sidelines.assess.assessment import Assessment, solve_inputs
from sidelines.assess.attribution import FLIP_AT, REMOVALS, attribute, removed, shapley_values
from sidelines.assess.inputs import Inputs
from sidelines.terms.errors import NotFoundError
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import FACTORS, Factor, Side

Values = dict[frozenset[Factor], np.ndarray]

SETS = [frozenset(some) for size in range(6) for some in combinations(FACTORS, size)]
MEANS = arrays(float, 32, elements=st.floats(0, 1))


def worth(numbers: np.ndarray) -> Values:
    return {some: np.array([value]) for some, value in zip(SETS, numbers, strict=True)}


# --- the split ---------------------------------------------------------------------------------


@given(numbers=MEANS)
def test_shares_sum_to_what_they_explain(numbers: np.ndarray) -> None:
    shares = shapley_values(worth(numbers))
    assert shares.sum() == pytest.approx(numbers[-1] - numbers[0], abs=1e-12)


@given(amounts=arrays(float, 5, elements=st.floats(-1, 1)))
def test_factors_that_only_add_up_get_what_they_add(amounts: np.ndarray) -> None:
    own = dict(zip(FACTORS, amounts, strict=True))
    values = {some: np.array([sum(own[factor] for factor in some)]) for some in SETS}
    assert shapley_values(values)[0] == pytest.approx(amounts, abs=1e-12)


@given(numbers=MEANS)
def test_a_factor_that_changes_nothing_gets_nothing(numbers: np.ndarray) -> None:
    values = worth(numbers)
    idle = {some: values[some - {Factor.ECONOMY}] for some in SETS}
    assert shapley_values(idle)[0, FACTORS.index(Factor.ECONOMY)] == pytest.approx(0, abs=1e-12)


def test_two_factors_that_only_work_together_share_alike() -> None:
    pair = {Factor.GEOGRAPHY, Factor.CAUTION}
    values = {some: np.array([float(some >= pair)]) for some in SETS}
    assert shapley_values(values)[0].tolist() == pytest.approx([0.5, 0, 0.5, 0, 0])


# --- removal -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("factor", "name", "value"),
    [
        (Factor.GEOGRAPHY, "arrival", 1),
        (Factor.OVERSTRETCH, "overstretch", 0),
        (Factor.CAUTION, "danger", 0),
        (Factor.ECONOMY, "exposure", 0),
        (Factor.COMMITMENT, "commitment", 1),
    ],
)
def test_removing_a_factor_changes_its_own_input_of_its_own_role(
    answer: Assessment, factor: Factor, name: str, value: float
) -> None:
    free = removed(answer.inputs, 0, frozenset({factor}))
    changed = getattr(free, name)
    assert set(changed[:, 0]) == {value}
    assert (changed[:, 1:] == getattr(answer.inputs, name)[:, 1:]).all()


def test_removing_nothing_changes_nothing(answer: Assessment) -> None:
    same = removed(answer.inputs, 0, frozenset())
    assert (same.arrival == answer.inputs.arrival).all()


def test_every_factor_says_what_removing_it_means() -> None:
    assert set(REMOVALS) == set(FACTORS)
    assert all(text in (attribution.__doc__ or "") for text in REMOVALS.values())


# --- of an answer ------------------------------------------------------------------------------


@pytest.mark.parametrize("rung", [Rung.WORDS, Rung.WEAPONS, Rung.FORCES])
def test_shares_of_an_answer_sum_to_the_difference_in_every_draw(
    answer: Assessment, rung: Rung
) -> None:
    assert attribute(answer, "RUS", rung=rung, draws=5).sum_error < 1e-12


def test_the_split_starts_from_the_answer_itself(answer: Assessment) -> None:
    row = answer.inputs.row("RUS", Side.TARGET)
    forces = answer.equilibria.prob[:, row, 32:].sum(axis=1)
    assert attribute(answer, "RUS", draws=20).before == pytest.approx(forces, abs=1e-6)


def test_a_split_takes_thirty_three_solutions(
    answer: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    solved: list[Inputs] = []

    def counted(inputs: Inputs, *rest: object, **named: object) -> object:
        solved.append(inputs)
        return solve_inputs(inputs, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(attribution, "solve_inputs", counted)
    attribute(answer, "RUS", draws=2)
    assert len(solved) == 33


def test_a_power_may_be_named_in_words(answer: Assessment) -> None:
    assert attribute(answer, "Russia", draws=2).power == "RUS"


def test_a_power_that_may_back_only_the_attacker_is_split_on_that_side(answer: Assessment) -> None:
    assert attribute(answer, "GBR", draws=2).side is Side.ATTACKER


def test_an_unknown_power_is_answered_with_the_nearest(answer: Assessment) -> None:
    with pytest.raises(NotFoundError, match="Did you mean Russia"):
        attribute(answer, "Rusia", draws=2)


def test_a_side_the_power_may_not_back_is_refused(answer: Assessment) -> None:
    with pytest.raises(NotFoundError, match="may not back the attacker"):
        attribute(answer, "RUS", side=Side.ATTACKER, draws=2)


@pytest.fixture(scope="module")
def split(answer: Assessment) -> attribution.Attribution:
    return attribute(answer, "RUS", rung=Rung.WEAPONS, draws=5)


def test_some_set_of_removals_flips_the_verdict(split: attribution.Attribution) -> None:
    assert split.minimal_sets


def test_every_minimal_set_flips_the_verdict(split: attribution.Attribution) -> None:
    values = [split.values[frozenset(some)] for some in split.minimal_sets]
    assert min(values) >= FLIP_AT


def test_no_part_of_a_minimal_set_flips_the_verdict(split: attribution.Attribution) -> None:
    parts = {part for some in split.minimal_sets for part in SETS if part < frozenset(some)}
    assert all(split.values[part] < FLIP_AT for part in parts)


def test_every_set_that_flips_holds_a_minimal_one(split: attribution.Attribution) -> None:
    minimal = [frozenset(some) for some in split.minimal_sets]
    flipping = [some for some in SETS if split.values[some] >= FLIP_AT]
    assert all(any(one <= some for one in minimal) for some in flipping)
