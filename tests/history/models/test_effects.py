import numpy as np
import pytest

from sidelines.assess.forecast import Grouping
from sidelines.history.models.effects import Block, Effect, blocks_of, case_weight
from sidelines.terms.errors import UsageError

CASES = {
    "crisis_year": np.array([1946, 1951, 1957, 1961]),
    "power": np.array([2.0, 365.0, 2.0, 2.0]),
    "backed": np.array([90.0, 90.0, 645.0, 651.0]),
    "opposed": np.array([100.0, np.nan, np.nan, 100.0]),
}
TRAIN = np.array([True, True, True, False])
REGIONS = {"region": Grouping(of="backed", cuts=(100.0, 600.0))}


def blocks(effect: Effect) -> tuple[Block, ...]:
    covariates = {"arms": np.array([0.0, 2.0, 4.0, 6.0])}
    return blocks_of(
        CASES, [effect], covariates=covariates, groupings=REGIONS, train=TRAIN, origin=1960
    )


def columns(effect: Effect) -> list[list[float]]:
    (block,) = blocks(effect)
    columns: list[list[float]] = block.columns.T.tolist()
    return columns


def test_an_effect_of_a_group_is_one_where_a_case_belongs_to_it() -> None:
    assert columns(Effect(sd=1.0, by=("power",))) == [[1, 0, 1, 1], [0, 1, 0, 0]]


def test_a_group_without_training_rows_has_no_effect() -> None:
    assert columns(Effect(sd=1.0, by=("backed",))) == [[1, 1, 0, 0], [0, 0, 1, 0]]


def test_a_case_of_an_unknown_group_belongs_to_none() -> None:
    assert columns(Effect(sd=1.0, by=("opposed",))) == [[1, 0, 0, 1]]


def test_groups_may_be_ranges_of_a_column_and_may_be_crossed() -> None:
    assert columns(Effect(sd=1.0, by=("region",))) == [[1, 1, 0, 0], [0, 0, 1, 1]]
    (crossed,) = blocks(Effect(sd=1.0, by=("region", "power")))
    assert crossed.groups.labels == ((0.0, 2.0), (0.0, 365.0), (2.0, 2.0))


def test_an_effect_since_a_year_joins_from_that_year_on() -> None:
    assert columns(Effect(sd=1.0, since=(1950,), each=5)) == [[0, 1, 1, 1], [0, 0, 1, 1]]


def test_an_effect_that_begins_after_the_origin_cannot_be_known() -> None:
    assert columns(Effect(sd=1.0, since=(1951, 1990))) == [[0, 1, 1, 1]]
    assert blocks(Effect(sd=1.0, since=(1990,))) == ()


def test_an_effect_may_move_a_slope() -> None:
    assert columns(Effect(sd=1.0, slopes=("arms",), since=(1951,))) == [[0.0, 2.0, 4.0, 6.0]]


def test_the_slope_of_what_is_no_covariate_cannot_move() -> None:
    with pytest.raises(UsageError, match="The slope of 'guns' cannot drift"):
        blocks(Effect(sd=1.0, slopes=("guns",)))


def test_a_case_of_one_half_life_ago_counts_half() -> None:
    weight = case_weight(np.array([1945, 1960]), origin=1960, half_life_years=15)
    assert weight.tolist() == [0.5, 1.0]
