from collections.abc import Callable

import numpy as np
import pytest

from sidelines.history.belief import normal
from sidelines.history.estimate import Likelihood, estimate
from sidelines.history.sandwich import clustered
from sidelines.terms.errors import UsageError

Model = Callable[..., Likelihood]

SEEN = np.array([0.0, 2.0, 1.0, 4.0, 3.0, 7.0, 1.0, 5.0])
LEVEL = np.ones((8, 1))


def test_single_rows_give_the_textbook_robust_error(count_model: Model) -> None:
    model = count_model(SEEN, LEVEL)
    robust = clustered(estimate(model), model, labels=np.arange(8))
    spread = ((SEEN - SEEN.mean()) ** 2).sum() / SEEN.sum() ** 2
    assert robust.covariance == pytest.approx(np.array([[spread * 8 / 7]]))
    assert robust.clusters == 8


def test_cases_counted_twice_teach_nothing_more(count_model: Model) -> None:
    once, twice = count_model(SEEN, LEVEL), count_model(np.tile(SEEN, 2), np.ones((16, 1)))
    honest = clustered(estimate(once), once, labels=np.arange(8))
    copied = clustered(estimate(twice), twice, labels=np.tile(np.arange(8), 2))
    assert copied.standard_errors["x0"] == pytest.approx(honest.standard_errors["x0"])
    assert estimate(twice).standard_errors["x0"] < estimate(once).standard_errors["x0"]


def test_the_pull_of_a_prior_counts_as_no_dependence(normal_model: Model) -> None:
    model = normal_model(SEEN)
    fit = estimate(model, prior={"level": normal(40.0, 0.5)})
    robust = clustered(fit, model, labels=np.arange(8))
    spread = SEEN.var() * 8 * fit.covariance**2
    assert robust.covariance == pytest.approx(spread * 8 / 7)


def test_estimates_stay_as_they_are(count_model: Model) -> None:
    model = count_model(SEEN, LEVEL)
    fit = estimate(model)
    assert clustered(fit, model, labels=SEEN).slopes == fit.slopes


@pytest.mark.parametrize("labels", [np.zeros(8), np.arange(7)])
def test_every_row_needs_a_label_and_one_cluster_is_none(
    labels: np.ndarray, count_model: Model
) -> None:
    model = count_model(SEEN, LEVEL)
    with pytest.raises(UsageError, match="one label per row, and at least two clusters"):
        clustered(estimate(model), model, labels=labels)
