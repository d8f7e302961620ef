import numpy as np
import pytest

from sidelines.history.models.effects import (
    Effect,
    Grouping,
    build_prior_design,
    case_weight,
    effect_columns,
)
from sidelines.terms.errors import UsageError

CASES = {
    "crisis_year": np.array([1946, 1951, 1957, 1961]),
    "power": np.array([2, 365, 2, 2]),
    "backed": np.array([90, 90, 645, 651]),
    "arms": np.array([0.0, 2.0, 4.0, np.nan]),
}
TRAIN = np.array([True, True, True, False])
REGIONS = {"region": Grouping(of="backed", cuts=(100.0, 600.0))}


def columns(effect: Effect) -> np.ndarray:
    slopes = {"arms": np.array([0.0, 2.0, 4.0, 6.0])}
    return effect_columns(
        CASES, [effect], slopes=slopes, groupings=REGIONS, train=TRAIN, origin=1960
    )[0]


def test_an_effect_of_a_group_is_one_where_a_case_belongs_to_it() -> None:
    assert columns(Effect(sd=1.0, by=("power",))).T.tolist() == [[1, 0, 1, 1], [0, 1, 0, 0]]


def test_a_group_without_training_rows_has_no_effect() -> None:
    client = columns(Effect(sd=1.0, by=("backed",)))
    assert client.shape == (4, 2)
    assert client[3].tolist() == [0.0, 0.0]


def test_groups_may_be_ranges_of_a_column_and_may_be_crossed() -> None:
    assert columns(Effect(sd=1.0, by=("region",))).T.tolist() == [[1, 1, 0, 0], [0, 0, 1, 1]]
    assert columns(Effect(sd=1.0, by=("region", "power"))).shape == (4, 3)


def test_an_effect_since_a_year_joins_from_that_year_on() -> None:
    drift = columns(Effect(sd=1.0, since=(1950,), each=5))
    assert drift.T.tolist() == [[0, 1, 1, 1], [0, 0, 1, 1]]


def test_an_effect_that_begins_after_the_origin_cannot_be_known() -> None:
    assert columns(Effect(sd=1.0, since=(1951, 1990))).T.tolist() == [[0, 1, 1, 1]]
    assert columns(Effect(sd=1.0, since=(1990,))).shape == (4, 0)


def test_an_effect_may_move_a_slope() -> None:
    moved = columns(Effect(sd=1.0, slopes=("arms",), since=(1951,)))
    assert moved.T.tolist() == [[0.0, 2.0, 4.0, 6.0]]


def test_the_slope_of_what_is_no_covariate_cannot_move() -> None:
    with pytest.raises(UsageError, match="The slope of 'guns' cannot drift"):
        columns(Effect(sd=1.0, slopes=("guns",)))


def test_the_constant_is_free_and_covariates_are_held() -> None:
    design = build_prior_design(
        CASES, ["arms"], [], groupings={}, slope_sd=0.2, flags=True, train=TRAIN, origin=1960
    )
    assert design.matrix[:, 0].tolist() == [1.0, 1.0, 1.0, 1.0]
    assert design.prior_sd.tolist() == [100.0, 0.2]


def test_the_level_effect_of_most_groups_stands_apart() -> None:
    effects = [Effect(sd=1.4, by=("power",)), Effect(sd=0.3, by=("backed", "power"))]
    design = build_prior_design(
        CASES, ["arms"], effects, groupings={}, slope_sd=0.2, flags=False, train=TRAIN, origin=1960
    )
    assert design.matrix.shape == (4, 4)
    assert (design.groups, design.group_sd) == (3, 0.3)
    assert sorted(design.group[:3]) == [0, 1, 2]
    assert design.group[3] == 3


def test_a_case_of_one_half_life_ago_counts_half() -> None:
    weight = case_weight(np.array([1945, 1960]), origin=1960, half_life_years=15)
    assert weight.tolist() == [0.5, 1.0]
