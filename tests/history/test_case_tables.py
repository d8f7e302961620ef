import numpy as np
import pytest

from sidelines.history import case_tables
from sidelines.history.case_tables import (
    NEEDED,
    CaseTables,
    load_case_tables,
    sha256_of,
    without_arms,
)
from sidelines.terms.errors import DataError

COLUMNS = {
    "power": np.array([2.0, 365.0]),
    "arms_backed": np.array([1.0, 0.0]),
    "rival_arms_both": np.array([0.0, 1.0]),
    "delivered_before": np.array([3.0, 4.0]),
    "surge": np.array([1.0, 0.0]),
}


def tables(disputes: dict[str, np.ndarray]) -> CaseTables:
    return CaseTables(crises=COLUMNS, conflicts=COLUMNS, disputes=disputes, vintages={})


def test_the_checksum_changes_with_a_number() -> None:
    other = {**COLUMNS, "power": np.array([2.0, 364.0])}
    assert tables(COLUMNS).sha256 != tables(other).sha256


def test_the_checksum_changes_with_a_name() -> None:
    other = {("strength" if name == "power" else name): one for name, one in COLUMNS.items()}
    assert tables(COLUMNS).sha256 != tables(other).sha256


def test_the_checksum_knows_no_order_of_columns_and_no_type_of_numbers() -> None:
    whole = {name: COLUMNS[name].astype(int) for name in reversed(COLUMNS)}
    assert sha256_of((whole,)) == sha256_of((COLUMNS,))


def test_without_arms_every_delivery_is_unknown_and_nothing_else() -> None:
    unknown = {name for name, values in without_arms(COLUMNS).items() if np.isnan(values).all()}
    assert unknown == {"arms_backed", "rival_arms_both", "delivered_before", "surge"}
    assert without_arms(COLUMNS)["power"].tolist() == [2.0, 365.0]


def test_every_data_set_that_is_missing_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    held = set(NEEDED) - {"mid", "nmc"}
    monkeypatch.setattr(case_tables, "holds", held.__contains__)
    with pytest.raises(DataError, match=r"not in your data folder: nmc, mid\.") as refused:
        load_case_tables()
    assert refused.value.hint == "See: sidelines data where nmc"


def test_the_register_of_arms_is_not_needed() -> None:
    assert "sipri_transfers" not in NEEDED
