import numpy as np
import pytest

from sidelines import cli
from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.excerpt import EXCERPT_DRAWS, excerpt, most_missing
from sidelines.crisis.read import load_crisis


@pytest.fixture(scope="module")
def full() -> Assessment:
    return assess_crisis(load_crisis("georgia-2008"))


def test_the_excerpt_has_nearly_the_means_of_all_draws(full: Assessment) -> None:
    some, prob = excerpt(full), full.equilibria.prob
    assert len(set(some.tolist())) == EXCERPT_DRAWS
    assert prob[some].mean(axis=0) == pytest.approx(prob.mean(axis=0), abs=0.01)


def test_it_keeps_the_spread_of_what_it_stands_for(full: Assessment) -> None:
    some = excerpt(full)
    for values in full.slopes.values():
        assert np.log1p(values[some]).std() == pytest.approx(np.log1p(values).std(), rel=0.2)


def test_a_smaller_excerpt_is_the_beginning_of_a_larger(full: Assessment) -> None:
    assert excerpt(full, 64).tolist() == excerpt(full)[:64].tolist()


def test_no_more_draws_stand_for_all_than_there_are() -> None:
    assert sorted(most_missing(np.eye(3), 100).tolist()) == [0, 1, 2]


def test_the_first_pick_lies_in_the_middle_and_the_next_two_on_either_side() -> None:
    places = np.array([[-9.0], [-1.0], [0.0], [1.0], [9.0]])
    first, *next_two = most_missing(places, 3).tolist()
    assert first == 2
    assert sorted(np.sign(places[next_two, 0])) == [-1.0, 1.0]


def test_of_more_draws_than_distances_are_averaged_over_some_still_stand_for_all() -> None:
    values = np.random.default_rng(1).normal(size=(4500, 1))
    assert abs(values[most_missing(values, 100)].mean()) < 0.05


def test_the_command_line_takes_as_many_draws_as_the_library() -> None:
    given = {one.name: one.default for one in cli.why.params}
    assert given["split_draws"] == EXCERPT_DRAWS
