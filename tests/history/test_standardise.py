import numpy as np
import pytest

from sidelines.history.standardise import standardise

TRAIN = np.array([True, True, True, False])


def test_scale_and_level_come_from_the_training_rows_alone() -> None:
    values = np.array([[0.0], [1.0], [2.0], [500.0]])
    scaled = standardise(values, train=TRAIN)
    assert scaled.values[:3].mean() == pytest.approx(0.0)
    assert scaled.values[:3].std() == pytest.approx(1.0)
    assert scaled.values[3, 0] == pytest.approx(499.0 / np.sqrt(2 / 3))


def test_an_unknown_value_takes_the_training_median_and_a_flag() -> None:
    scaled = standardise(np.array([[0.0], [np.nan], [2.0], [np.nan]]), train=TRAIN)
    assert scaled.values[1, 0] == scaled.values[3, 0] == pytest.approx(0.0)
    assert scaled.flags[:, 0].tolist() == [0.0, 1.0, 0.0, 1.0]


def test_what_is_unknown_in_test_rows_only_needs_no_flag() -> None:
    scaled = standardise(np.array([[0.0], [1.0], [2.0], [np.nan]]), train=TRAIN)
    assert scaled.flags.shape == (4, 0)
    assert not scaled.flagged.any()


def test_a_covariate_that_was_never_known_says_nothing() -> None:
    scaled = standardise(np.array([[np.nan], [np.nan], [np.nan], [3.0]]), train=TRAIN)
    assert scaled.values[:3, 0].tolist() == [0.0, 0.0, 0.0]
