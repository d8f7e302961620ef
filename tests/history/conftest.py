"""Small models whose answers are known: a normal mean, counts, and made-up crises."""

from collections.abc import Callable

import numpy as np
import pytest

import game_fit
from sidelines.facts.official.transfers import Transfers
from sidelines.history.estimate import Likelihood
from sidelines.history.game_design import GameDesign
from sidelines.history.origins import rolling_origins
from sidelines.history.tasks import Task

Model = Callable[..., Likelihood]
MakeCrises = Callable[..., GameDesign]


def normal_mean(seen: np.ndarray, sd: float = 1.0) -> Likelihood:
    """Return the model of rows that scatter with a known spread around one slope, `level`."""

    def log_prob(slopes: np.ndarray) -> float:
        off = (seen - slopes[0]) / sd
        return float(-0.5 * off @ off - len(seen) * np.log(sd * np.sqrt(2 * np.pi)))

    def scores(slopes: np.ndarray) -> np.ndarray:
        return ((seen - slopes[0]) / sd**2)[:, None]

    return Likelihood(
        names=("level",),
        rows=len(seen),
        log_prob=log_prob,
        gradient=lambda slopes: (log_prob(slopes), scores(slopes).sum(axis=0)),
        scores=scores,
    )


def counts(seen: np.ndarray, design: np.ndarray) -> Likelihood:
    """Return the model of Poisson counts with rate exp(design @ slopes)."""

    def log_prob(slopes: np.ndarray) -> float:
        log_rate = design @ slopes
        return float(seen @ log_rate - np.exp(log_rate).sum())

    def scores(slopes: np.ndarray) -> np.ndarray:
        return design * (seen - np.exp(design @ slopes))[:, None]

    return Likelihood(
        names=tuple(f"x{which}" for which in range(design.shape[1])),
        rows=len(seen),
        log_prob=log_prob,
        gradient=lambda slopes: (log_prob(slopes), scores(slopes).sum(axis=0)),
        scores=scores,
        hessian=lambda slopes: -design.T @ (np.exp(design @ slopes)[:, None] * design),
    )


@pytest.fixture(scope="session")
def normal_model() -> Model:
    return normal_mean


@pytest.fixture(scope="session")
def count_model() -> Model:
    return counts


@pytest.fixture(scope="session")
def make_crises() -> MakeCrises:
    return game_fit.made_up_crises


@pytest.fixture(scope="session")
def truth() -> np.ndarray:
    return np.array([*game_fit.TRUTH.values()])


def made_up_task(crises: int = 150, *, seed: int = 0) -> Task:
    """Return crises of 1930 to 1979 in which arms, and nothing else, tell how far a power goes."""
    rng = np.random.default_rng(seed)
    crisis = np.repeat(np.arange(crises), 2)
    year = np.sort(rng.integers(1930, 1980, crises))[crisis]
    power = np.tile([2.0, 365.0], crises)
    client = rng.choice([90.0, 230.0, 645.0, 651.0, 700.0], crises)[crisis]
    arms = rng.normal(size=2 * crises)
    heard = 1.0 / (1.0 + np.exp(-(2.0 * arms[:, None] - [0.0, 1.0, 2.5])))
    ladder = (rng.random((2 * crises, 1)) < heard).sum(axis=1)
    cases = {
        "crisis": crisis,
        "crisis_year": year,
        "year": year,
        "power": power,
        "backed": client,
        "arms": np.where(rng.random(2 * crises) < 0.1, np.nan, arms),
        "noise": rng.normal(size=2 * crises),
        "ladder": ladder,
        "activity": np.maximum(ladder, rng.integers(0, 2, 2 * crises)),
        "favourable": (ladder > 0).astype(int),
        "said_rung_low": np.array([0.0, 1.0, 3.0, 6.0])[ladder],
        "said_rung_high": np.array([0.0, 2.0, 5.0, 6.0])[ladder],
    }
    cases["said_troops"] = (arms + 0.5 * rng.normal(size=2 * crises) > 1.0).astype(float)
    return Task(
        name="made-up",
        cases=cases,
        rows=np.arange(2 * crises),
        steps=("any", "material", "force"),
        origins=rolling_origins(year, crisis, start=1955, step=5, last=1979),
    )


@pytest.fixture(scope="session")
def task() -> Task:
    return made_up_task()


def register(yearly: dict[int, float]) -> Transfers:
    """Return a register in which the United States delivered to Egypt alone [million TIV]."""
    delivered = {(2, 651, year): tiv for year, tiv in yearly.items()}
    received = {(651, year): tiv for year, tiv in yearly.items()}
    return Transfers(delivered=delivered, received=received, orders={}, of_orders={})


@pytest.fixture(scope="session")
def make_transfers() -> Callable[[dict[int, float]], Transfers]:
    return register


def made_up_cases(contests: int, *, seed: int = 0) -> dict[str, np.ndarray]:
    """Return cases of both superpowers on either side of some contests, coded on one side."""
    rng = np.random.default_rng(seed)
    contest, power, side = (
        one.ravel() for one in np.meshgrid(np.arange(contests), [2, 365], [1, -1], indexing="ij")
    )
    count = len(contest)
    first, second = (rng.uniform(0.001, 0.1, contests)[contest] for _ in range(2))
    step = rng.choice([0, 0, 0, 1, 4, 6], count)
    coded = np.where(side > 0, step, np.nan)
    shares = rng.choice([0.0, 0.0, 0.1, 0.3, 0.7, np.nan], (2, count))
    return {
        "contest": contest,
        "crisis_year": 1950 + contest,
        "power": power,
        "side": side,
        "rung_low": coded,
        "rung_high": np.where(coded == 4, 5, coded),
        "strength": np.where(power == 2, 0.2, 0.15),
        "strength_backed": np.where(side > 0, first, second),
        "strength_opposed": np.where(side > 0, second, first),
        "log_distance": np.log1p(rng.uniform(0, 10_000, count)),
        "border": (rng.random(count) < 0.1).astype(float),
        "arms_share_backed": shares[0],
        "pact_backed": (rng.random(count) < 0.2).astype(float),
        "votes_backed": rng.uniform(0, 3, count),
        "nuclear_opposed": (rng.random(count) < 0.2).astype(float),
        "trade_opposed": rng.uniform(0, 0.1, count),
        "wars": rng.integers(0, 2, count).astype(float),
    }


@pytest.fixture(scope="session")
def make_cases() -> Callable[..., dict[str, np.ndarray]]:
    return made_up_cases
