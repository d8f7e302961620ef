from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.choice.equilibria import find_equilibria
from sidelines.choice.game import Game
from sidelines.choice.levels import merged, project

MakeGame = Callable[..., Game]


def test_a_projection_by_level_is_exact(game: MakeGame) -> None:
    made = game(5, powers=3, acts=8, draws=10)
    whole = find_equilibria(made)
    assert find_equilibria(project(made, made.level)).prob == pytest.approx(whole.branch, abs=1e-8)


def test_merging_acts_that_are_alike_changes_nothing(game: MakeGame) -> None:
    made = game(5, powers=3, acts=8, draws=10)
    whole = find_equilibria(made)
    found = find_equilibria(merged(made, whole.worth))
    assert found.prob == pytest.approx(whole.branch, abs=1e-12)


def test_a_projection_of_acts_that_differ_a_little_is_close(game: MakeGame) -> None:
    made = game(5, powers=3, acts=8, draws=10)
    groups = np.arange(8) // 4
    whole = find_equilibria(made).prob @ (groups[:, None] == np.arange(2)).astype(float)
    assert find_equilibria(project(made, groups)).prob == pytest.approx(whole, abs=0.02)


def test_a_group_without_a_possible_act_is_impossible(game: MakeGame) -> None:
    made = game(5, powers=2, acts=4)
    made.own[:, 0, :2] = -np.inf
    smaller = project(made, np.array([0, 0, 1, 1]))
    assert smaller.own[0, 0, 0] == -np.inf
    assert np.isfinite(smaller.strength).all()


def test_groups_with_a_gap_are_refused(game: MakeGame) -> None:
    with pytest.raises(ValueError, match="group 1 has no act"):
        project(game(5, powers=2, acts=4), np.array([0, 0, 2, 2]))


def test_acts_of_one_level_share_what_company_adds(game: MakeGame) -> None:
    made = game(2, powers=2, acts=6, draws=3)
    twice = replace(made, own=made.own + np.log(2.0))
    assert find_equilibria(twice).prob == pytest.approx(find_equilibria(made).prob, abs=1e-8)
