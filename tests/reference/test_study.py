"""The models of the feasibility study of 2026 come out with the scores that it printed.

Rows: United States and Russia or the Soviet Union in ICB crises, 1955 to 2017, each five-year block
forecast from all crises before it. Source: the study's section 3; tolerance 0.002, since solvers
differ and some of its settings had to be rebuilt.
"""

from typing import Any

import numpy as np
import pytest

from sidelines.history.backtest import backtest
from sidelines.history.scores import log_losses, ranked_scores, reached, score
from sidelines.history.specifications import load_specifications
from sidelines.history.tasks import Task, build_task

MATERIAL = {  # log loss, Brier, ROC-AUC, PR-AUC, calibration slope, RPS
    "base-rate": (0.4133, 0.1239, 0.647, 0.245, 1.11, 0.1215),
    "base-rate-era": (0.4025, 0.1216, 0.649, 0.227, 0.81, 0.1196),
    "base-rate-forgetting": (0.4017, 0.1214, 0.654, 0.239, 1.08, 0.1195),
    "arms": (0.3579, 0.1094, 0.767, 0.364, 1.17, 0.1091),
    "six": (0.3630, 0.1120, 0.773, 0.332, 0.88, 0.1075),
    "six-shrunk": (0.3570, 0.1104, 0.780, 0.345, 1.01, 0.1066),
    "hierarchical": (0.3483, 0.1076, 0.799, 0.375, 1.26, 0.1056),
    "two-stage": (0.3434, 0.1065, 0.804, 0.391, 1.09, 0.1056),
    "ladder": (0.3515, 0.1097, 0.795, 0.343, 1.07, 0.1071),
    "ladder-soft": (0.3497, 0.1085, 0.797, 0.360, 1.11, 0.1060),
    "boosting": (0.3676, 0.1129, 0.754, 0.310, 1.03, 0.1092),
    "pool": (0.3448, 0.1069, 0.804, 0.385, 1.20, 0.1052),
    "stack": (0.3439, 0.1067, 0.803, 0.387, 1.12, 0.1053),
}
SINCE_1990 = {
    "base-rate-era": 0.3813,
    "base-rate-forgetting": 0.3816,
    "six": 0.3174,
    "six-shrunk": 0.3106,
    "hierarchical": 0.3226,
    "two-stage": 0.3139,
    "ladder-soft": 0.3195,
    "boosting": 0.3337,
    "pool": 0.3167,
}
FORCES = {
    "base-rate": 0.1525,
    "six": 0.1475,
    "two-stage": 0.1397,
    "ladder-soft": 0.1421,
    "boosting": 0.1560,
}
ANY = {"six": 0.5392, "hierarchical": 0.5266, "ladder-soft": 0.5293, "base-rate-era": 0.5873}


@pytest.fixture(scope="module")
def task(past_cases: dict[str, np.ndarray]) -> Task:
    return build_task("icb", past_cases, load_specifications().tasks["icb"])


@pytest.fixture(scope="module")
def answers(task: Task) -> dict[str, np.ndarray]:
    return backtest(task, MATERIAL, load_specifications())


def loss(task: Task, prob: np.ndarray, *, step: int, since: int = 1955) -> float:
    rows = task.cases["crisis_year"] >= since
    happened = reached(task.cases["ladder"], thresholds=3)[rows, step]
    return float(log_losses(happened, prob[rows, step]).mean())


def test_the_rows_are_those_of_the_study(task: Task) -> None:
    rows = task.cases["crisis_year"] >= 1955
    assert np.count_nonzero(rows) == 1284
    assert np.count_nonzero(task.cases["ladder"][rows] >= 2) == 189
    assert len(np.unique(task.cases["crisis"][rows])) == 338


@pytest.mark.parametrize("name", MATERIAL)
def test_scores_of_material_support_agree(
    name: str, task: Task, answers: dict[str, np.ndarray]
) -> None:
    rows = task.cases["crisis_year"] >= 1955
    prob, ladder = answers[name][rows], task.cases["ladder"][rows]
    found: Any = score(ladder >= 2, prob[:, 1])
    log_loss, brier, roc_auc, pr_auc, slope, rps = MATERIAL[name]
    assert found.log_loss == pytest.approx(log_loss, abs=2e-3)
    assert found.brier == pytest.approx(brier, abs=2e-3)
    assert ranked_scores(ladder, prob).mean() == pytest.approx(rps, abs=2e-3)
    assert found.roc_auc == pytest.approx(roc_auc, abs=5e-3)
    assert found.pr_auc == pytest.approx(pr_auc, abs=5e-3)
    assert found.slope == pytest.approx(slope, abs=0.05)


@pytest.mark.parametrize("name", SINCE_1990)
def test_log_losses_since_1990_agree(name: str, task: Task, answers: dict[str, np.ndarray]) -> None:
    assert loss(task, answers[name], step=1, since=1990) == pytest.approx(
        SINCE_1990[name], abs=2e-3
    )


@pytest.mark.parametrize("name", FORCES)
def test_log_losses_of_forces_agree(name: str, task: Task, answers: dict[str, np.ndarray]) -> None:
    assert loss(task, answers[name], step=2) == pytest.approx(FORCES[name], abs=2e-3)


@pytest.mark.parametrize("name", ANY)
def test_log_losses_of_any_support_agree(
    name: str, task: Task, answers: dict[str, np.ndarray]
) -> None:
    assert loss(task, answers[name], step=0) == pytest.approx(ANY[name], abs=2e-3)
