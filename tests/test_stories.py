"""Cases that an analyst can read: a crisis, some changes, and what must come of them."""

import operator
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.outcomes import at_least
from sidelines.assess.settings import parse_setting
from sidelines.assess.what_if import what_if
from sidelines.crisis.read import read_crisis
from sidelines.terms.ladder import RUNGS, Rung

DRAWS = 50
FOLDER = Path(__file__).parent / "stories"
STORIES: dict[str, dict[str, Any]] = {
    path.stem: YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.yaml"))
}
SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "=": lambda a, b: a == pytest.approx(b, abs=1e-9),
}


def told(story: dict[str, Any]) -> dict[str, Assessment]:
    """Return the answer to a story as it stands (under '') and after each of its changes."""
    answer = assess_crisis(read_crisis(story["crisis"]), draws=DRAWS)
    changed = {
        name: what_if(answer, change["power"], tuple(map(parse_setting, change["set"]))).after
        for name, change in story["changes"].items()
    }
    return {"": answer, **changed}


def value(words: str, answers: dict[str, Assessment]) -> float:
    """Return what `RUS forces`, `RUS forces peace elsewhere`, `RUS arrival` or `0.2` stand for."""
    power, _, rest = words.strip().partition(" ")
    what, _, change = rest.partition(" ")
    if not what:
        return float(power)
    answer = answers[change]
    row = [role.power for role in answer.inputs.roles].index(power)
    if what in RUNGS:
        return float(at_least(answer.prob, row, Rung[what.upper()]).mean())
    return float(getattr(answer.inputs, what)[:, row].mean())


@pytest.fixture(scope="module")
def answers() -> Callable[[str], dict[str, Assessment]]:
    """Return a function that tells each story once."""
    known: dict[str, dict[str, Assessment]] = {}

    def tell(name: str) -> dict[str, Assessment]:
        if name not in known:
            known[name] = told(STORIES[name])
        return known[name]

    return tell


@pytest.mark.parametrize(
    ("name", "say"),
    [(name, line["say"]) for name, story in STORIES.items() for line in story["expect"]],
    ids=[f"{name}: {line['say']}" for name, story in STORIES.items() for line in story["expect"]],
)
def test_the_story_comes_out_as_told(
    answers: Callable[[str], dict[str, Assessment]], name: str, say: str
) -> None:
    sign = next(sign for sign in SIGNS if f" {sign} " in say)
    left, right = (value(words, answers(name)) for words in say.split(f" {sign} "))
    assert SIGNS[sign](left, right), f"{say}: {left:.4f} {sign} {right:.4f}"


@pytest.mark.parametrize("name", list(STORIES))
def test_every_expectation_has_its_reason(name: str) -> None:
    assert STORIES[name]["title"]
    assert all(line["because"].endswith(".") for line in STORIES[name]["expect"])
