import numpy as np
import pytest

from sidelines.history.agreement import agreement, agreements

YES, NO, UNKNOWN = 1.0, 0.0, np.nan
LABELS = {
    "first": np.array([YES, YES, NO, NO, NO, YES, UNKNOWN]),
    "second": np.array([YES, NO, YES, NO, NO, UNKNOWN, YES]),
    "never": np.zeros(7),
}


def test_only_cases_that_both_cover_are_counted() -> None:
    found = agreement(LABELS, "first", "second")
    assert (found.n, found.both, found.only_first, found.only_second, found.neither) == (
        5,
        1,
        1,
        1,
        2,
    )


def test_kappa_is_agreement_beyond_chance() -> None:
    """Three of five agree; by chance 0.4 x 0.4 + 0.6 x 0.6 = 0.52 would."""
    assert agreement(LABELS, "first", "second").kappa == pytest.approx((0.6 - 0.52) / (1 - 0.52))


def test_a_label_agrees_with_itself_and_its_opposite_not_at_all() -> None:
    said = {"a": np.array([1.0, 0.0, 1.0, 0.0]), "b": np.array([0.0, 1.0, 0.0, 1.0])}
    assert agreement(said, "a", "a").kappa == pytest.approx(1)
    assert agreement(said, "a", "b").kappa == pytest.approx(-1)


def test_a_label_that_never_varies_has_no_kappa() -> None:
    assert np.isnan(agreement(LABELS, "first", "never").kappa)


def test_labels_without_a_common_case_have_none_of_either() -> None:
    apart = {"a": np.array([1.0, np.nan]), "b": np.array([np.nan, 1.0])}
    found = agreement(apart, "a", "b")
    assert (found.n, found.both) == (0, 0)
    assert np.isnan(found.kappa)


def test_every_pair_is_compared_once() -> None:
    pairs = {(one.first, one.second) for one in agreements(LABELS)}
    assert pairs == {("first", "second"), ("first", "never"), ("second", "never")}
