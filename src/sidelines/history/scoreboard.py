"""All scores of a task's models, span by span, with skill against references and its range."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sidelines.history.backtest import Answers
from sidelines.history.comparison import (
    Comparison,
    CrisisDraws,
    crisis_draws,
    mean_range,
    skill_range,
)
from sidelines.history.scores import (
    Bin,
    Scores,
    calibration_bins,
    log_losses,
    ranked_scores,
    reached,
    score,
)
from sidelines.history.specifications import TaskSettings
from sidelines.history.tasks import Task
from sidelines.terms.arrays import Bool, Float

__all__ = ["BINS", "Span", "Step", "scoreboard", "scoreboard_document", "span_scores"]

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the ladder over some cases.

    - `scores`, `bins`: by model
    - `skill`, `difference`: of log loss, by model and reference
    """

    scores: Mapping[str, Scores]
    bins: Mapping[str, tuple[Bin, ...]]
    skill: Mapping[str, Mapping[str, Comparison]]
    difference: Mapping[str, Mapping[str, Comparison]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Some years of a task: number of cases and crises, every step, and the ranked score."""

    first: int
    last: int
    n: int
    crises: int
    steps: Mapping[str, Step]
    rps: Mapping[str, float]
    rps_difference: Mapping[str, Mapping[str, Comparison]]


def scoreboard(task: Task, answers: Answers, settings: TaskSettings) -> tuple[Span, ...]:
    """Return the scores of all models over every span of years that the task reports."""
    year = task.cases["crisis_year"]
    return tuple(
        span_scores(
            task,
            answers,
            rows=(year >= first) & (year <= last),
            references=settings.references,
            span=(first, last),
        )
        for first, last in settings.periods
    )


def span_scores(
    task: Task,
    answers: Answers,
    *,
    rows: Bool[np.ndarray, " case"],
    references: Sequence[str],
    span: tuple[int, int],
) -> Span:
    """Return the scores of all models over some rows, such as those of one power."""
    ladder, crisis = task.cases["ladder"][rows], task.cases["crisis"][rows]
    drawn = crisis_draws(crisis)
    chances = {name: prob[rows] for name, prob in answers.items()}
    known = [name for name in references if name in chances]
    happened = reached(ladder, thresholds=len(task.steps))
    ranked = {name: ranked_scores(ladder, prob) for name, prob in chances.items()}
    return Span(
        first=span[0],
        last=span[1],
        n=len(ladder),
        crises=len(np.unique(crisis)),
        steps={
            step: _step(
                happened[:, number],
                {name: prob[:, number] for name, prob in chances.items()},
                references=known,
                drawn=drawn,
            )
            for number, step in enumerate(task.steps)
        },
        rps={name: float(each.mean()) for name, each in ranked.items()},
        rps_difference={
            name: {other: mean_range(each - ranked[other], drawn) for other in known}
            for name, each in ranked.items()
        },
    )


def _step(
    happened: Bool[np.ndarray, " row"],
    chances: Mapping[str, Float[np.ndarray, " row"]],
    *,
    references: Sequence[str],
    drawn: CrisisDraws,
) -> Step:
    losses = {name: log_losses(happened, prob) for name, prob in chances.items()}
    return Step(
        scores={name: score(happened, prob) for name, prob in chances.items()},
        bins={name: calibration_bins(happened, prob, bins=BINS) for name, prob in chances.items()},
        skill={
            name: {other: skill_range(loss, losses[other], drawn) for other in references}
            for name, loss in losses.items()
        },
        difference={
            name: {other: mean_range(loss - losses[other], drawn) for other in references}
            for name, loss in losses.items()
        },
    )


def scoreboard_document(
    task: Task, spans: Sequence[Span], settings: TaskSettings
) -> dict[str, Any]:
    """Return the scores as plain data, one task a step of the ladder: `icb-material` and so on."""
    whole = spans[0]
    single = len(task.steps) == 1
    return {
        task.name if single else f"{task.name}-{step}": {
            "what": settings.what,
            "source": settings.source,
            "protocol": {
                "start": settings.start,
                "step": settings.step,
                "last": settings.last,
                "development": True,
            },
            "n": whole.n,
            "positives": next(iter(whole.steps[step].scores.values())).positives,
            "scores": _with_rps(whole, step),
            "skill": _plain(whole.steps[step].skill),
            "difference": _plain(whole.steps[step].difference),
            "calibration": [
                {"model": name, **asdict(each)}
                for name, bins in whole.steps[step].bins.items()
                for each in bins
            ],
            "spans": [
                {
                    "first": span.first,
                    "last": span.last,
                    "n": span.n,
                    "scores": _with_rps(span, step),
                    "skill": _plain(span.steps[step].skill),
                    "difference": _plain(span.steps[step].difference),
                }
                for span in spans
            ],
        }
        for step in task.steps
    }


def _with_rps(span: Span, step: str) -> dict[str, Any]:
    return {
        name: {**_finite(asdict(scores)), "rps": span.rps[name]}
        for name, scores in span.steps[step].scores.items()
    }


def _finite(figures: Mapping[str, float]) -> dict[str, float | None]:
    return {name: None if np.isnan(value) else value for name, value in figures.items()}


def _plain(compared: Mapping[str, Mapping[str, Comparison]]) -> dict[str, Any]:
    return {
        name: {other: asdict(found) for other, found in each.items() if other != name}
        for name, each in compared.items()
    }
