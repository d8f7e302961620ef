import numpy as np
import pytest

from sidelines.assess.forecast import Grouping, log_odds
from sidelines.history.models.effects import Effect
from sidelines.history.models.linear import Score, build_score, learned
from sidelines.history.penalised import Slopes, log_odds_at
from sidelines.history.tasks import Task

EFFECTS = (
    Effect(sd=1.4, by=("power",)),
    Effect(sd=0.3, by=("backed", "power")),
    Effect(sd=0.3, by=("region",)),
    Effect(sd=0.2, by=("power",), since=(1930,), each=10),
    Effect(sd=0.2, since=(1940,)),
    Effect(sd=0.1, slopes=("arms",), since=(1950,)),
    Effect(sd=0.1, by=("power",), slopes=("noise",)),
)


@pytest.fixture(scope="module")
def score(task: Task) -> Score:
    return build_score(
        task.cases,
        ["arms", "noise"],
        EFFECTS,
        groupings={"region": Grouping(of="backed", cuts=(200.0, 400.0))},
        slope_sd=0.2,
        flags=True,
        train=task.cases["crisis_year"] < 1960,
        origin=1960,
    )


def test_the_constant_is_free_and_covariates_are_held(score: Score) -> None:
    assert score.design.prior_sd[:4].tolist() == [100.0, 0.2, 0.2, 0.2]


def test_the_level_effect_of_most_groups_stands_apart(score: Score) -> None:
    assert score.apart is not None
    assert [grouping.of for grouping in score.apart.groups.by] == ["backed", "power"]
    assert score.design.group_sd == 0.3


def test_what_was_learned_gives_later_cases_the_log_odds_of_the_design(
    score: Score, task: Task
) -> None:
    rng = np.random.default_rng(0)
    slopes = Slopes(
        slope=rng.normal(size=len(score.design.prior_sd)),
        effect=rng.normal(size=score.design.groups),
    )
    later = task.cases["crisis_year"] >= 1960
    cases = {name: values[later] for name, values in task.cases.items()}
    assert log_odds(learned(score, slopes), cases) == pytest.approx(
        log_odds_at(score.design, slopes)[later]
    )
