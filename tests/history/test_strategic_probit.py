from typing import Any

import numpy as np
import pytest

from sidelines.history import strategic_probit
from sidelines.history.ascent import differenced_hessian
from sidelines.history.design import build_design
from sidelines.history.estimate import Likelihood
from sidelines.history.links import logit, probit
from sidelines.history.strategic_probit import ERRORS, Utilities, fit_strategic_probit
from sidelines.terms.errors import UsageError

TRUE = {
    "stop:constant": 0.3,
    "stop:stake": -0.8,
    "yields:gain": 0.6,
    "resists:constant": -0.5,
    "target:constant": 0.2,
    "target:resolve": 1.1,
}
UTILITIES = Utilities(
    stop=("constant", "stake"),
    yields=("gain",),
    resists=("constant",),
    target=("constant", "resolve"),
)


def made_up(rows: int, errors: str, seed: int = 0) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return regressors and outcomes of players who act by the model, shock by shock."""
    rng = np.random.default_rng(seed)
    columns = {name: rng.normal(size=rows) for name in ("stake", "gain", "resolve")}
    stop = 0.3 - 0.8 * columns["stake"]
    yields, resists = 0.6 * columns["gain"], -0.5
    target = 0.2 + 1.1 * columns["resolve"]
    draw = rng.gumbel if errors == "logit-agent" else rng.normal
    shocks = draw(size=(6, rows))
    holds = target + shocks[0] > shocks[1]
    link = logit if errors == "logit-agent" else probit
    prob = np.exp(link(target / (1 if errors == "logit-agent" else np.sqrt(2))).value)
    go = prob * resists + (1 - prob) * yields
    private = prob * shocks[2] + (1 - prob) * shocks[3]
    goes = go + (private if errors == "probit-private" else shocks[4]) > stop + shocks[5]
    return columns, np.where(goes, np.where(holds, "resist", "yield"), "stop")


def likelihood(errors: str) -> Likelihood:
    columns, outcome = made_up(60, errors)
    fields = ("stop", "yields", "resists", "target")
    designs = {name: build_design(columns, getattr(UTILITIES, name)) for name in fields}
    matrices = tuple(one.matrix for one in designs.values())
    cases = strategic_probit._cases(matrices, outcome, errors=errors)
    return strategic_probit._likelihood(cases, designs)


@pytest.mark.parametrize("errors", ERRORS)
def test_the_slopes_that_made_the_cases_are_found_again(errors: str) -> None:
    columns, outcome = made_up(4000, errors)
    fit = fit_strategic_probit(columns, outcome, utilities=UTILITIES, errors=errors)
    z = [(fit.slopes[name] - TRUE[name]) / fit.standard_errors[name] for name in TRUE]
    assert fit.converged
    assert np.abs(z).max() < 3


@pytest.mark.parametrize("errors", ERRORS)
def test_gradient_scores_and_hessian_agree_with_differences(errors: str) -> None:
    model = likelihood(errors)
    at = np.array([0.4, -0.3, 0.9, -1.2, 0.1, 1.5])
    height, gradient = model.gradient(at)
    steps = 1e-5 * np.eye(6)
    slopes = [(model.log_prob(at + s) - model.log_prob(at - s)) / 2e-5 for s in steps]
    assert gradient == pytest.approx(np.array(slopes), abs=1e-7)
    assert height == model.log_prob(at)
    assert model.scores(at).sum(axis=0) == pytest.approx(gradient, abs=1e-12)
    assert model.hessian(at) == pytest.approx(differenced_hessian(model.gradient, at), abs=1e-5)


@pytest.mark.parametrize("errors", ERRORS)
def test_the_three_outcomes_have_probability_one(errors: str) -> None:
    columns, _ = made_up(50, errors)
    slopes = np.array([*TRUE.values()])
    chances = []
    for word in strategic_probit.OUTCOMES:
        fields = ("stop", "yields", "resists", "target")
        designs = {name: build_design(columns, getattr(UTILITIES, name)) for name in fields}
        cases = strategic_probit._cases(
            tuple(one.matrix for one in designs.values()), np.full(50, word), errors=errors
        )
        replies = strategic_probit._replies(cases, slopes)
        chances.append(np.exp(replies.act[0] + replies.reply[0]))
    assert sum(chances) == pytest.approx(np.ones(50), abs=1e-14)


@pytest.mark.parametrize("errors", ERRORS)
def test_huge_slopes_leave_the_log_likelihood_finite(errors: str) -> None:
    value, gradient = likelihood(errors).gradient(np.full(6, 1e6))
    assert np.isfinite(value)
    assert np.isfinite(gradient).all()


def test_the_order_of_cases_does_not_matter() -> None:
    columns, outcome = made_up(200, "probit-agent")
    turned = {name: values[::-1] for name, values in columns.items()}
    one = fit_strategic_probit(columns, outcome, utilities=UTILITIES)
    other = fit_strategic_probit(turned, outcome[::-1], utilities=UTILITIES)
    assert one.free == pytest.approx(other.free, abs=1e-9)


def test_cases_counted_twice_teach_nothing_more() -> None:
    columns, outcome = made_up(200, "probit-agent")
    doubled = {name: np.tile(values, 2) for name, values in columns.items()}
    fits = [
        fit_strategic_probit(x, y, utilities=UTILITIES, clusters=np.arange(len(y)) % 200)
        for x, y in ((columns, outcome), (doubled, np.tile(outcome, 2)))
    ]
    errors = [np.array([*fit.standard_errors.values()]) for fit in fits]
    assert errors[0] == pytest.approx(errors[1], rel=1e-8)


def test_a_target_that_always_resists_is_said_to_be_unidentified() -> None:
    columns, outcome = made_up(200, "probit-agent")
    never = np.where(outcome == "yield", "resist", outcome)
    fit = fit_strategic_probit(columns, never, utilities=UTILITIES)
    assert fit.status.startswith("not identified")


@pytest.mark.parametrize(
    ("outcome", "changes", "message"),
    [
        ("resists", {}, "Did you mean 'resist'"),
        ("war", {}, "Use one of stop, yield, resist"),
        ("stop", {"errors": "probit"}, "'probit' is not known"),
    ],
)
def test_unknown_words_are_refused(outcome: str, changes: dict[str, Any], message: str) -> None:
    columns, _ = made_up(3, "probit-agent")
    with pytest.raises(UsageError, match=message):
        fit_strategic_probit(columns, np.full(3, outcome), utilities=UTILITIES, **changes)
