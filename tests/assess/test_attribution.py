import numpy as np
import pytest

from sidelines.assess import attribution
from sidelines.assess.assessment import Assessment
from sidelines.assess.attribution import (
    FLIP_AT,
    REMOVALS,
    SPLIT_SOLUTIONS,
    Attribution,
    Removals,
    attribute,
    remove,
    removed,
)
from sidelines.assess.inputs import Inputs
from sidelines.assess.resolving import Part, resolve
from sidelines.assess.settings import parse_setting
from sidelines.assess.shapley import SETS
from sidelines.assess.statistic import STATISTICS, Statistic, parse_statistic, reaching
from sidelines.assess.what_if import what_if
from sidelines.terms.errors import NotFoundError
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import FACTORS, Factor, Side

FORCES, WEAPONS = reaching(Rung.FORCES), reaching(Rung.WEAPONS)
DELIVERED = parse_statistic("delivered")


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
    assert set(changed[:, 0].ravel()) == {value}
    assert (changed[:, 1:] == getattr(answer.inputs, name)[:, 1:]).all()


def test_removing_nothing_changes_nothing(answer: Assessment) -> None:
    same = removed(answer.inputs, 0, frozenset())
    assert (same.arrival == answer.inputs.arrival).all()


def test_every_factor_says_what_removing_it_means() -> None:
    assert set(REMOVALS) == set(FACTORS)
    assert all(text in (attribution.__doc__ or "") for text in REMOVALS.values())


# --- of an answer ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def removals(answer: Assessment) -> Removals:
    return remove(answer, "RUS", draws=20)


@pytest.fixture(scope="module")
def split(removals: Removals) -> Attribution:
    return attribute(removals, WEAPONS)


@pytest.mark.parametrize("statistic", STATISTICS, ids=lambda one: one.name)
def test_shares_sum_to_the_difference_in_every_draw(
    removals: Removals, statistic: Statistic
) -> None:
    assert attribute(removals, statistic).sum_error < 1e-12


def test_direct_shares_sum_to_the_direct_difference(split: Attribution) -> None:
    total = split.direct_shares.sum(axis=1)
    assert total == pytest.approx(split.direct_after - split.before, abs=1e-6)


def test_the_split_starts_from_the_answer_itself(answer: Assessment, removals: Removals) -> None:
    row = answer.inputs.row("RUS", Side.TARGET)
    forces = answer.equilibria.prob[:, row, 32:].sum(axis=1)
    assert attribute(removals, FORCES).before == pytest.approx(forces, abs=1e-6)


def test_removing_all_is_the_what_if_of_all_removals(
    answer: Assessment, removals: Removals
) -> None:
    texts = ("arrival=1", "overstretch=0", "caution=0", "exposure=0", "commitment=1")
    free = what_if(answer, "RUS", tuple(map(parse_setting, texts))).after
    row = free.inputs.row("RUS", Side.TARGET)
    forces = free.equilibria.prob[:, row, 32:].sum(axis=1)
    assert attribute(removals, FORCES).after == pytest.approx(forces, abs=1e-5)


def test_strength_delivered_rises_when_nothing_holds_it_back(removals: Removals) -> None:
    split = attribute(removals, DELIVERED)
    assert 0 < split.before.mean() < split.after.mean()


def test_strength_delivered_has_no_even_odds(removals: Removals) -> None:
    split = attribute(removals, DELIVERED)
    assert (split.flips, split.minimal_sets) == ({}, ())


def test_a_split_takes_a_solution_per_set_and_one_for_the_rents(
    answer: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    solved: list[Inputs] = []
    told: list[None] = []

    def counted(part: Part, inputs: Inputs) -> np.ndarray:
        solved.append(inputs)
        return resolve(part, inputs)

    monkeypatch.setattr(attribution, "resolve", counted)
    remove(answer, "RUS", draws=2, tick=lambda: told.append(None))
    assert (len(solved), len(told)) == (33, SPLIT_SOLUTIONS)


def test_a_power_may_be_named_in_words(answer: Assessment) -> None:
    assert remove(answer, "Russia", draws=1).power == "RUS"


def test_a_power_that_may_back_only_the_attacker_is_split_on_that_side(answer: Assessment) -> None:
    assert remove(answer, "GBR", draws=1).side is Side.ATTACKER


def test_an_unknown_power_is_answered_with_the_nearest(answer: Assessment) -> None:
    with pytest.raises(NotFoundError, match="Did you mean Russia"):
        remove(answer, "Rusia", draws=1)


def test_a_side_the_power_may_not_back_is_refused(answer: Assessment) -> None:
    with pytest.raises(NotFoundError, match="may not back the attacker"):
        remove(answer, "RUS", side=Side.ATTACKER, draws=1)


# --- interactions and smallest sets ------------------------------------------------------------


def test_first_and_last_are_read_off_the_sets(split: Attribution) -> None:
    place, alone = FACTORS.index(Factor.COMMITMENT), frozenset({Factor.COMMITMENT})
    everything = frozenset(FACTORS)
    first = split.values[alone] - split.values[frozenset()]
    last = split.values[everything] - split.values[everything - alone]
    assert (split.first[place], split.last[place]) == pytest.approx((first, last))


def test_every_pair_has_an_interaction_in_every_draw(split: Attribution) -> None:
    assert split.pairs.shape == (20, 10)
    assert np.abs(split.pairs).max() > 1e-3


def test_some_set_of_removals_flips_the_verdict(split: Attribution) -> None:
    assert split.minimal_sets


def test_every_minimal_set_flips_the_verdict(split: Attribution) -> None:
    values = [split.values[frozenset(some)] for some in split.minimal_sets]
    assert min(values) >= FLIP_AT


def test_no_part_of_a_minimal_set_flips_the_verdict(split: Attribution) -> None:
    parts = {part for some in split.minimal_sets for part in SETS if part < frozenset(some)}
    assert all(split.values[part] < FLIP_AT for part in parts)


def test_every_set_that_flips_holds_a_minimal_one(split: Attribution) -> None:
    minimal = [frozenset(some) for some in split.minimal_sets]
    flipping = [some for some in SETS if split.values[some] >= FLIP_AT]
    assert all(any(one <= some for one in minimal) for some in flipping)


def test_flips_are_shares_of_draws_past_even_odds(split: Attribution) -> None:
    everything = frozenset(FACTORS)
    assert split.flips[everything] == (split.after >= FLIP_AT).mean()
    assert split.flips[frozenset()] == (split.before >= FLIP_AT).mean()
