from dataclasses import replace

import numpy as np
import pytest

from sidelines.assess.assessment import assess_crisis, context_of
from sidelines.assess.context import Context
from sidelines.assess.permissions import Permissions, permissions
from sidelines.assess.refusals import drawn_refusals
from sidelines.assess.sampling import standard_uniform
from sidelines.crisis.read import load_crisis
from sidelines.reach.access import refusals_from
from sidelines.terms.roles import Means

HOLDERS = ("MNG", "PAK", "SAU", "KWT", "USA", "CHN", "IND")


@pytest.fixture(scope="module")
def ctx() -> Context:
    return context_of(assess_crisis(load_crisis("iran-2026"), draws=1500, seed=1), {})


@pytest.fixture(scope="module")
def said(ctx: Context) -> Permissions:
    china = next(one for one in ctx.powers if one.power == "CHN")
    return permissions(ctx, china, holders=HOLDERS)


def refused(ctx: Context, said: Permissions, means: Means = Means.AIR) -> np.ndarray:
    china = next(one for one in ctx.powers if one.power == "CHN")
    return drawn_refusals(ctx, china, means, said)


def alike(drawn: np.ndarray, one: str, other: str) -> float:
    columns = [drawn[:, HOLDERS.index(name)].astype(float) for name in (one, other)]
    return float(np.corrcoef(*columns)[0, 1])


def test_each_refuses_as_often_as_it_is_likely_to(ctx: Context, said: Permissions) -> None:
    assert refused(ctx, said).mean(axis=0) == pytest.approx(1.0 - said.mean_prob, abs=0.04)


def test_holders_of_no_common_group_lean_together_and_those_of_one_more(
    ctx: Context, said: Permissions
) -> None:
    drawn = refused(ctx, said)
    assert alike(drawn, "MNG", "SAU") > 0.15
    assert alike(drawn, "SAU", "KWT") > alike(drawn, "MNG", "KWT") + 0.1


def test_by_air_and_on_the_ground_one_power_asks_once(ctx: Context, said: Permissions) -> None:
    by_air, by_land = refused(ctx, said), refused(ctx, said, Means.LAND)
    both = np.corrcoef(by_air[:, 0].astype(float), by_land[:, 0].astype(float))[0, 1]
    assert 0.15 < both < 0.9


def test_without_a_common_factor_refusals_are_those_of_groups_alone(
    ctx: Context, said: Permissions
) -> None:
    alone = replace(said, common_loading=0.0)
    names = [f"leave CHN air {name}" for name in (*HOLDERS, *said.groups)]
    luck = [standard_uniform(name, draws=ctx.draws, seed=ctx.seed) for name in names]
    expected = refusals_from(
        np.stack(luck, axis=-1),
        1.0 - said.prob.mean(axis=0),
        group=said.group,
        loading=np.full(len(HOLDERS), said.loading),
    )
    assert (refused(ctx, alone) == expected).all()


def test_whoever_has_decided_leans_with_nobody(said: Permissions) -> None:
    decided = replace(said, reasons=("decision", "crisis file", *said.reasons[2:]))
    assert decided.common[:2].tolist() == [0.0, 0.0]
    assert (decided.common[2:] == said.common_loading).all()
