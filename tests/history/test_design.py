import numpy as np
import pytest

from sidelines.history.design import build_design
from sidelines.terms.errors import DataError, NotFoundError, UsageError

COLUMNS = {
    "stake": np.array([0.1, 0.5, 0.9]),
    "regime": np.array(["mixed", "autoc", "dem"]),
    "holed": np.array([1.0, np.nan, 2.0]),
    "blank": np.array(["a", "", "b"]),
}


def test_terms_keep_their_order_and_their_names() -> None:
    design = build_design(COLUMNS, ["stake", "constant"])
    assert design.names == ("stake", "constant")
    assert design.matrix.tolist() == [[0.1, 1], [0.5, 1], [0.9, 1]]


def test_words_become_indicators_beside_the_first_of_them() -> None:
    design = build_design(COLUMNS, ["regime"])
    assert design.names == ("regime=dem", "regime=mixed")
    assert design.matrix.tolist() == [[0, 1], [0, 0], [1, 0]]


def test_no_terms_make_a_design_without_columns() -> None:
    assert build_design(COLUMNS, []).matrix.shape == (3, 0)


@pytest.mark.parametrize("term", ["holed", "blank"])
def test_a_missing_value_is_refused(term: str) -> None:
    with pytest.raises(DataError, match="1 missing values, first in row 1"):
        build_design(COLUMNS, [term])


def test_a_term_stands_once() -> None:
    with pytest.raises(UsageError, match="'stake' stands twice"):
        build_design(COLUMNS, ["stake", "constant", "stake"])


def test_a_term_must_be_a_column() -> None:
    with pytest.raises(NotFoundError, match="'stakes'"):
        build_design(COLUMNS, ["stakes"])
