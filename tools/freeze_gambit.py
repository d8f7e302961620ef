"""Freeze the answers of Gambit to small games, as reference numbers for the tests.

    python tools/freeze_gambit.py [OUT]

Needs pygambit (GPL; wanted by nothing else here): run it in an environment of its own that also
holds numpy. Payoffs are listed profile by profile here, by nothing that the solver uses.
"""

import io
import itertools
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pygambit

ROOT = Path(__file__).parents[1]
OUT = ROOT / "tests/reference/gambit.json"
NORMAL = [(2, 3), (2, 5), (2, 7), (3, 3), (3, 4), (3, 7), (4, 3), (4, 4)]
KINDS = ["mild", "threshold", "company", "both"]


def made(rng: np.random.Generator, powers: int, rungs: int, kind: str) -> dict[str, Any]:
    """Return the arrays of one random game."""
    side = rng.choice([-1, 1], powers) if kind != "company" else np.ones(powers, dtype=int)
    steep = 4.0 if kind in ("threshold", "both") else 1.0
    amount = np.sort(rng.uniform(0.1, 1.5, (powers, rungs)), axis=1)
    heat = np.sort(rng.uniform(0, 1, (powers, rungs)), axis=1)
    own = rng.normal(-1, 1, (powers, rungs))
    amount[:, 0] = heat[:, 0] = own[:, 0] = 0.0
    joins = rng.uniform(1, 3) if kind in ("company", "both") else 0.0
    game = {
        "own": own,
        "side": side,
        "strength": side[:, None] * amount,
        "gain": side * rng.uniform(0, 3, powers),
        "dread": heat * rng.uniform(0, 2, (powers, 1)),
        "heat": heat,
        "joining": (np.arange(rungs) >= rungs // 2) * np.ones((powers, 1)),
        "entrapment": rng.uniform(0, 1),
        "complementarity": joins,
        "standing": rng.uniform(-2, 1),
        "attacker_resolve": rng.uniform(0.3, 1),
        "target_resolve": rng.uniform(0.3, 1),
        "attacker_cost": rng.uniform(0.1, 0.5),
        "target_cost": 0.5,
        "attacker_precision": steep * rng.uniform(2, 6),
        "target_precision": steep * rng.uniform(2, 6),
    }
    return {name: np.round(np.array(value), 6).tolist() for name, value in game.items()}


def logistic(x: float) -> float:
    return float(1.0 / (1.0 + np.exp(-x)))


def last_moves(game: dict[str, Any], strength: float) -> tuple[float, float, float]:
    """Return the chances to hold, to resist and to go on."""
    hold = logistic(game["standing"] + strength)
    drive = hold + game["target_resolve"] - game["target_cost"]
    resist = logistic(game["target_precision"] * drive)
    prize = game["attacker_resolve"] * (1 - resist * hold) - game["attacker_cost"]
    return hold, resist, logistic(game["attacker_precision"] * prize)


def company(game: dict[str, Any], i: int, profile: tuple[int, ...]) -> float:
    fellows = [j for j in range(len(profile)) if j != i and game["side"][j] == game["side"][i]]
    joined = [game["joining"][j][profile[j]] for j in fellows]
    return game["complementarity"] * game["joining"][i][profile[i]] * float(np.mean(joined or [0]))


def heat_of_others(game: dict[str, Any], i: int, profile: tuple[int, ...]) -> float:
    return sum(game["heat"][j][k] for j, k in enumerate(profile) if j != i)


def payoff(
    game: dict[str, Any], i: int, profile: tuple[int, ...], *, save: float, war: float
) -> float:
    """Return what a profile is worth to power i, given what came of it."""
    rung = profile[i]
    risk = war * (1 + game["entrapment"] * heat_of_others(game, i, profile))
    worth = game["own"][i][rung] + game["gain"][i] * save - game["dread"][i][rung] * risk
    return worth + company(game, i, profile)


def normal_form(game: dict[str, Any]) -> list[list[float]]:
    """Return the quantal response equilibrium of the powers' game as a table."""
    powers, rungs = np.shape(game["own"])
    tables = [np.zeros((rungs,) * powers) for _ in range(powers)]
    for profile in itertools.product(range(rungs), repeat=powers):
        strength = sum(game["strength"][j][k] for j, k in enumerate(profile))
        hold, resist, attack = last_moves(game, strength)
        save = 1 - attack * (1 - resist * hold)
        for i in range(powers):
            tables[i][profile] = payoff(game, i, profile, save=save, war=attack * resist)
    table = pygambit.StrategicGame.from_arrays(*tables)
    found = pygambit.qre.logit_solve_lambda(table, lam=1.0)[0]
    return [list(map(float, dict(found.profile[str(i + 1)]).values())) for i in range(powers)]


def extensive_form(game: dict[str, Any]) -> dict[str, Any]:
    """Return the agent equilibrium of the whole tree: powers, then attacker, then target."""
    powers, rungs = np.shape(game["own"])
    names = " ".join(f'"{k}"' for k in range(rungs))
    players = " ".join(f'"{name}"' for name in [*range(powers), "attacker", "target"])
    lines, outcomes = [f'EFG 2 R "crisis" {{ {players} }}'], itertools.count(1)

    def end(profile: tuple[int, ...], save: float, war: float, *, parties: list[float]) -> None:
        worth = [payoff(game, i, profile, save=save, war=war) for i in range(powers)]
        told = " ".join(f"{value:.17g}" for value in [*worth, *parties])
        lines.append(f't "" {next(outcomes)} "" {{ {told} }}')

    def grow(profile: tuple[int, ...]) -> None:
        i = len(profile)
        if i < powers:
            lines.append(f'p "" {i + 1} 1 "" {{ {names} }} 0')
            for rung in range(rungs):
                grow((*profile, rung))
            return
        place = sum(k * rungs ** (powers - 1 - j) for j, k in enumerate(profile)) + 1
        hold = logistic(
            game["standing"] + sum(game["strength"][j][k] for j, k in enumerate(profile))
        )
        sharp, cost, win = (game[f"attacker_{name}"] for name in ("precision", "cost", "resolve"))
        drive = hold + game["target_resolve"] - game["target_cost"]
        lines.append(f'p "" {powers + 1} {place} "" {{ "stop" "go on" }} 0')
        end(profile, 1.0, 0.0, parties=[0.0, 0.0])
        lines.append(f'p "" {powers + 2} {place} "" {{ "yield" "resist" }} 0')
        end(profile, 0.0, 0.0, parties=[sharp * (win - cost), 0.0])
        resisted = [sharp * (win * (1 - hold) - cost), game["target_precision"] * drive]
        end(profile, hold, 1.0, parties=resisted)

    grow(())
    tree = pygambit.read_efg(io.StringIO("\n".join(lines) + "\n"))
    found = pygambit.qre.logit_solve_lambda(tree, lam=1.0)[0].profile

    def chances(player: str) -> list[list[float]]:
        return [list(map(float, dict(one).values())) for one in dict(found[player]).values()]

    return {
        "powers": [chances(str(i))[0] for i in range(powers)],
        "attack": [one[1] for one in chances("attacker")],
        "resist": [one[1] for one in chances("target")],
    }


def main() -> None:
    rng = np.random.default_rng(20261123)
    shapes = list(itertools.islice(itertools.cycle(NORMAL), 40))
    games = [made(rng, n, k, KINDS[at % 4]) for at, (n, k) in enumerate(shapes)]
    trees = [made(rng, 2, 3, KINDS[at % 4]) for at in range(10)]
    frozen = {
        "made_by": f"pygambit {pygambit.__version__}, logit_solve_lambda at precision 1",
        "normal_form": [{"game": game, "powers": normal_form(game)} for game in games],
        "extensive_form": [{"game": game, **extensive_form(game)} for game in trees],
    }
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.write_text(json.dumps(frozen, indent=None, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{out.name}: {len(games)} normal-form and {len(trees)} extensive-form games")


if __name__ == "__main__":
    main()
