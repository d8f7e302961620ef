"""The solver against Gambit's logit equilibria, frozen by tools/freeze_gambit.py."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sidelines.choice.equilibria import quiet_start
from sidelines.choice.game import Game
from sidelines.choice.homotopy import follow_principal_branch
from sidelines.choice.kernel import solve
from sidelines.choice.replies import Exchange, attack_prob, resist_prob

FROZEN = json.loads((Path(__file__).parent / "gambit.json").read_text(encoding="utf-8"))
CLOSE = 1e-8


def game_of(frozen: dict[str, Any]) -> Game:
    def one(name: str) -> np.ndarray:
        return np.array([frozen[name]], dtype=float)

    parts = [name for name in Exchange.arrays() if name != "spread"]
    named = ("own", "strength", "gain", "dread", "heat", "joining", "entrapment", "complementarity")
    return Game(
        **{name: one(name) for name in named},
        side=np.array(frozen["side"]),
        level=np.arange(len(frozen["own"][0])),
        exchange=Exchange(**{name: one(name) for name in parts}, spread=np.zeros(1)),
    )


def chances(game: Game) -> np.ndarray:
    return solve(game, quiet_start(game)[None], tolerance=1e-12, fit_tolerance=1e-11).prob[0, 0]


@pytest.mark.parametrize("case", FROZEN["normal_form"])
def test_normal_form_games_are_solved_as_by_gambit(case: dict[str, Any]) -> None:
    assert chances(game_of(case["game"])) == pytest.approx(np.array(case["powers"]), abs=CLOSE)


@pytest.mark.parametrize("case", FROZEN["extensive_form"])
def test_the_whole_tree_is_solved_as_by_gambit(case: dict[str, Any]) -> None:
    game = game_of(case["game"])
    assert chances(game) == pytest.approx(np.array(case["powers"]), abs=CLOSE)
    total = (game.strength[:, 0, :, None] + game.strength[:, 1, None, :]).reshape(1, -1)
    assert attack_prob(total, game.exchange)[0] == pytest.approx(case["attack"], abs=CLOSE)
    assert resist_prob(total, game.exchange)[0] == pytest.approx(case["resist"], abs=CLOSE)


def test_the_principal_branch_is_the_one_that_gambit_follows() -> None:
    cases = [case for case in FROZEN["normal_form"] if case["game"]["complementarity"]]
    for case in cases:
        found = follow_principal_branch(game_of(case["game"])).prob[0, 0]
        assert found == pytest.approx(np.array(case["powers"]), abs=1e-5)
