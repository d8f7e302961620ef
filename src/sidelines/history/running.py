"""Running the whole record: every task and model, kept as it goes, on one process or several.

What is finished is kept in a folder named for the cases and the specifications, so that a run that
was interrupted goes on where it stopped. Every part is worked out by itself: how many processes
share the work changes nothing.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np

from sidelines.assess.parameters import load_parameters
from sidelines.history.backtest import Answers, backtest
from sidelines.history.case_tables import (
    CaseTables,
    load_case_tables,
    sha256_of,
    without_arms,
)
from sidelines.history.columns import Columns
from sidelines.history.models.registry import members
from sidelines.history.past_games import PastGames, chances_at, past_games
from sidelines.history.scores import log_odds
from sidelines.history.specifications import (
    Specifications,
    load_specifications,
    named,
    without_columns,
)
from sidelines.history.structural import HALF_LIFE_YEARS, structural_fit
from sidelines.history.tasks import Task, build_task
from sidelines.terms.arrays import Float

__all__ = [
    "STRUCTURAL",
    "Record",
    "Tick",
    "cases_of",
    "games_once",
    "kept_folders",
    "run_record",
    "slopes_before",
    "specifications_of",
    "structural_of",
    "tables_once",
]

STRUCTURAL = "structural"  # the structural game, whose forecasts no specification makes
_TABLES = {
    "icb": "crises",
    "acd-forces": "conflicts",
    "acd-bilateral": "conflicts",
    "sipri-surge": "conflicts",
    "mid-join": "disputes",
}
_SPECIFIED = ("specifications.toml", "powers.toml")
_RUNGS_OF_STEPS = {"any": 0, "material": 2, "force": 5}  # among rungs above nothing

Tick = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A task with the rolling forecasts of its models by name."""

    task: Task
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One forecast to be made: of a model for a task."""

    task: str
    model: str
    arms: bool

    @property
    def file(self) -> str:
        """The name under which it is kept."""
        return f"{self.task}--{self.model}--{'with' if self.arms else 'without'}-arms.npy"


@cache
def games_once() -> PastGames:
    """Return the games of past crises, built once a process."""
    return past_games(tables_once().crises, load_parameters())


@cache
def tables_once() -> CaseTables:
    """Return the case tables, built once a process."""
    return load_case_tables()


def cases_of(tables: CaseTables, task: str, *, arms: bool) -> Columns:
    """Return the table behind a task, deliveries of arms unknown where they are left out."""
    columns: Columns = getattr(tables, _TABLES[task])
    return columns if arms else without_arms(columns)


def run_record(
    names: Sequence[str],
    *,
    folder: Path,
    arms: bool = True,
    workers: int = 1,
    tick: Tick = lambda _: None,
) -> dict[str, Record]:
    """Return the rolling forecasts of all models of some tasks.

    `tick` is called with a line for every part made; what is found in `folder` is not made again.
    Ctrl-C loses only what was under way.
    """
    kept, slopes_kept = kept_folders(folder)
    specifications = specifications_of(arms=arms)
    tasks = {name: _task(name, arms=arms) for name in names}
    parts = [part for name in names for part in _parts(name, specifications, arms=arms)]
    played = [task for task in tasks.values() if STRUCTURAL in _simple(task.name, specifications)]
    years = sorted({origin.year for task in played for origin in task.origins})
    made: dict[str, Answers] = {name: {} for name in names}
    with _pool(workers) as pool:
        chain = pool.submit(slopes_before, years, slopes_kept)
        for part, prob in _made(parts, kept, pool=pool, tick=tick):
            made[part.task][part.model] = prob
        slopes = chain.result()
    for task in played:
        indices = structural_of(task, slopes)
        made[task.name][STRUCTURAL] = _of_blocks(task, indices)
        tasks[task.name] = replace(task, by_origin=_as_columns(task, indices))
    return {
        name: Record(
            task=task,
            answers=_ordered(
                backtest(task, specifications.tasks[name].models, specifications, known=made[name]),
            ),
        )
        for name, task in tasks.items()
    }


def _ordered(answers: Answers) -> Answers:
    """Return answers in an order that does not depend on which part was finished first."""
    return {name: answers[name] for name in sorted(answers)}


def specifications_of(*, arms: bool) -> Specifications:
    """Return the models of all tasks, without covariates of arms where they are left out."""
    whole = load_specifications()
    return whole if arms else without_columns(whole, whole.arms)


def _task(name: str, *, arms: bool) -> Task:
    specifications = specifications_of(arms=arms)
    columns = cases_of(tables_once(), name, arms=arms)
    return build_task(name, columns, specifications.tasks[name])


def _simple(name: str, specifications: Specifications) -> list[str]:
    """Return the models of a task, and whatever they combine, that combine no others."""
    found: dict[str, None] = {}

    def add(model: str) -> None:
        parts = () if model == STRUCTURAL else members(named(specifications, model))
        for part in parts:
            add(part)
        if not parts:
            found[model] = None

    for model in specifications.tasks[name].models:
        add(model)
    return list(found)


def _parts(name: str, specifications: Specifications, *, arms: bool) -> list[_Part]:
    # What takes in the game's index waits for it, and is quick.
    return [
        _Part(task=name, model=model, arms=arms)
        for model in _simple(name, specifications)
        if model != STRUCTURAL and not named(specifications, model).settings.get("index")
    ]


def _made(
    parts: Sequence[_Part], kept: Path, *, pool: Executor, tick: Tick
) -> Iterator[tuple[_Part, np.ndarray]]:
    """Yield every forecast; each is kept where it is made, the moment it is made."""
    under_way: dict[Future[None], _Part] = {}
    for part in parts:
        if (kept / part.file).exists():
            yield part, np.load(kept / part.file)
            continue
        under_way[pool.submit(_keep, part, kept)] = part
        if isinstance(pool, _Here):
            tick(f"{part.task} {part.model}")
    for future in as_completed(under_way):
        future.result()
        part = under_way[future]
        if not isinstance(pool, _Here):
            tick(f"{part.task} {part.model}")
        yield part, np.load(kept / part.file)


class _Here(Executor):
    """Does what is submitted at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _pool(workers: int) -> Executor:
    return _Here() if workers == 1 else ProcessPoolExecutor(max_workers=workers)


def _keep(part: _Part, kept: Path) -> None:
    """Make a forecast and keep it: it appears in the folder whole or not at all."""
    prob = _make(part)
    with NamedTemporaryFile(dir=kept, suffix=".part", delete=False) as file:
        np.save(file, prob)
    os.replace(file.name, kept / part.file)


def _written(path: Path, text: str) -> None:
    with NamedTemporaryFile("w", dir=path.parent, suffix=".part", delete=False) as file:
        file.write(text)
    os.replace(file.name, path)


def _make(part: _Part) -> Float[np.ndarray, "case threshold"]:
    task = _task(part.task, arms=part.arms)
    return backtest(task, [part.model], specifications_of(arms=part.arms))[part.model]


def slopes_before(years: Sequence[int], kept: Path) -> dict[int, dict[str, float]]:
    """Return the slopes of the game that crises before each year teach, kept as they are found.

    They are learned from crises, with what is known of arms: they are few, and results. The climb
    to each year's begins at those of the year before in the list.
    """
    found: dict[int, dict[str, float]] = {}
    start: dict[str, float] | None = None
    for year in years:
        file = kept / f"slopes-{year}.json"
        if file.exists():
            start = json.loads(file.read_text(encoding="utf-8"))
        else:
            start = structural_fit(games_once(), year, load_parameters(), start=start).fit.slopes
            _written(file, json.dumps(start))
        found[year] = dict(start)
    return found


def structural_of(task: Task, slopes: Mapping[int, Mapping[str, float]]) -> dict[int, np.ndarray]:
    """Return the game's chances of all cases of a task, as they stood before each block."""
    games = past_games(cases_of(tables_once(), task.name, arms=True), load_parameters())
    everything = np.arange(len(games.year))
    steps = [_RUNGS_OF_STEPS[step] for step in task.steps]
    found = {}
    for origin in task.origins:
        chances = chances_at(games, slopes[origin.year], everything)[games.contest, games.role]
        found[origin.year] = chances[task.rows][:, steps]
    return found


def _of_blocks(task: Task, indices: Mapping[int, np.ndarray]) -> Float[np.ndarray, "case step"]:
    """Return for each case what the game said before its own block."""
    answers = np.full((len(task.rows), len(task.steps)), np.nan)
    for origin in task.origins:
        answers[origin.test] = indices[origin.year][origin.test]
    return answers


def _as_columns(task: Task, indices: Mapping[int, np.ndarray]) -> dict[int, Columns]:
    """Return the game's log-odds as a covariate for each step."""
    return {
        year: {
            f"{STRUCTURAL}_{step}": log_odds(chances[:, number])
            for number, step in enumerate(task.steps)
        }
        for year, chances in indices.items()
    }


def kept_folders(folder: Path) -> tuple[Path, Path]:
    """Return where forecasts and slopes are kept, named for what they stand on."""
    crises = hashlib.sha256(sha256_of((tables_once().crises,)).encode())
    crises.update(resources.files("sidelines.assess").joinpath("parameters.toml").read_bytes())
    crises.update(str(HALF_LIFE_YEARS).encode())
    models = hashlib.sha256(tables_once().sha256.encode())
    for name in _SPECIFIED:
        models.update(resources.files("sidelines.history").joinpath(name).read_bytes())
    found = tuple(
        folder / f"{what}-{digest.hexdigest()[:16]}"
        for what, digest in (("forecasts", models), ("slopes", crises))
    )
    for path in found:
        path.mkdir(parents=True, exist_ok=True)
    return found[0], found[1]
