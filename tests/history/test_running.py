"""Running the record: what is kept, and that it changes nothing how the work is shared."""

from collections.abc import Callable
from multiprocessing import get_start_method
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sidelines.history import running
from sidelines.history.case_tables import CaseTables
from sidelines.history.running import Record, kept_folders, run_record, slopes_before
from sidelines.history.specifications import Specifications, TaskSettings, extended

ABOUT = {"label": "t", "what": "a test.", "source": "made up"}
TASK = TaskSettings(
    what="A test.",
    source="made up",
    steps=("any",),
    outcome="ladder",
    start=1960,
    step=10,
    last=1979,
    models=("rate", "recent", "both"),
    references=("rate",),
    periods=((1960, 1979),),
)
MODELS = extended(
    Specifications(models={}, groupings={}, tasks={"icb": TASK}, arms=("arms_backed",)),
    {
        "rate": {**ABOUT, "kind": "base-rate", "held_by": 2.0},
        "recent": {"like": "rate", "recent_years": 10},
        "both": {**ABOUT, "kind": "average", "members": ["rate", "recent"], "sharpness": 1.0},
    },
)
PARTS = ["icb rate", "icb recent"]  # what combines others is quick, and not kept

Go = Callable[..., dict[str, Record]]


def tables(seed: int = 0) -> CaseTables:
    rng = np.random.default_rng(seed)
    crisis = np.repeat(np.arange(40.0), 2)
    cases = {
        "crisis": crisis,
        "crisis_year": 1940 + crisis,
        "power": np.tile([2.0, 365.0], 40),
        "arms_backed": rng.normal(size=80),
        "ladder": rng.integers(0, 2, 80).astype(float),
    }
    return CaseTables(crises=cases, conflicts={}, disputes={}, vintages={})


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put small tables and two base rates in the place of the real ones."""
    made = tables()
    monkeypatch.setattr(running, "tables_once", lambda: made)
    monkeypatch.setattr(running, "load_specifications", lambda: MODELS)


@pytest.fixture
def go(tmp_path: Path) -> Go:
    """Return a function that runs the record, keeping its parts in a folder of the test."""

    def run(**options: Any) -> dict[str, Record]:
        return run_record(["icb"], folder=options.pop("folder", tmp_path), **options)

    return run


def bits(found: dict[str, Record]) -> dict[str, bytes]:
    return {name: prob.tobytes() for name, prob in found["icb"].answers.items()}


def test_every_model_answers_every_case_of_every_block(go: Go) -> None:
    record = go()["icb"]
    scored = record.task.cases["crisis_year"] >= 1960
    assert list(record.answers) == ["both", "rate", "recent"]
    for prob in record.answers.values():
        assert (np.isfinite(prob).all(axis=1) == scored).all()


def test_what_is_kept_is_not_made_again(go: Go) -> None:
    told: list[str] = []
    first = go(tick=told.append)
    second = go(tick=told.append)
    assert told == PARTS
    assert bits(first) == bits(second)


def test_an_interrupted_run_goes_on_where_it_stopped(
    go: Go, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make, told = running._make, list[str]()

    def stopped(part: running._Part) -> np.ndarray:
        if part.model == "recent":
            raise KeyboardInterrupt
        return make(part)

    monkeypatch.setattr(running, "_make", stopped)
    with pytest.raises(KeyboardInterrupt):
        go()
    monkeypatch.setattr(running, "_make", make)
    assert bits(go(tick=told.append)) == bits(go(folder=tmp_path / "whole"))
    assert told == PARTS[1:]


def test_nothing_half_written_is_left_behind(go: Go, tmp_path: Path) -> None:
    go()
    kept = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert kept == ["icb--rate--with-arms.npy", "icb--recent--with-arms.npy"]


@pytest.mark.skipif(get_start_method() != "fork", reason="made-up cases cross a fork only")
def test_two_workers_give_the_same_bits_as_one(go: Go, tmp_path: Path) -> None:
    alone = go(folder=tmp_path / "alone")
    assert bits(go(folder=tmp_path / "shared", workers=2)) == bits(alone)


def test_with_and_without_arms_are_kept_apart(go: Go) -> None:
    told: list[str] = []
    go()
    go(arms=False, tick=told.append)
    assert told == PARTS


def test_other_cases_are_kept_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = kept_folders(tmp_path)
    monkeypatch.setattr(running, "tables_once", lambda: tables(seed=1))
    assert not set(first) & set(kept_folders(tmp_path))


# --- slopes ------------------------------------------------------------------------------------


@pytest.fixture
def climbs(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the list of climbs made: year, and the slopes from which each began."""
    made: list[Any] = []

    def climb(_games: object, year: int, _parameters: object, *, start: Any) -> SimpleNamespace:
        made.append((year, start))
        return SimpleNamespace(fit=SimpleNamespace(slopes={"stake": year / 1000}))

    monkeypatch.setattr(running, "games_once", lambda: None)
    monkeypatch.setattr(running, "structural_fit", climb)
    return made


def test_a_climb_begins_at_the_slopes_of_the_year_before(climbs: list[Any], tmp_path: Path) -> None:
    found = slopes_before([1960, 1970], tmp_path)
    assert climbs == [(1960, None), (1970, {"stake": 1.96})]
    assert found == {1960: {"stake": 1.96}, 1970: {"stake": 1.97}}


def test_slopes_that_are_kept_are_not_learned_again(climbs: list[Any], tmp_path: Path) -> None:
    slopes_before([1960], tmp_path)
    slopes_before([1960, 1970], tmp_path)
    assert [year for year, _ in climbs] == [1960, 1970]
