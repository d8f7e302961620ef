from dataclasses import fields

import numpy as np
import pytest

from sidelines.assess.covariates import Records
from sidelines.history.past_access import FEATURES, past_access

USA, GBR, CUBA, ISRAEL, EGYPT, CHAD = 2, 200, 40, 666, 651, 483


@pytest.fixture(scope="module")
def nobody_known() -> Records[int]:
    """Records that know nothing of anybody."""
    return Records(**{field.name: lambda *_: None for field in fields(Records)})


def test_a_case_has_all_features(nobody_known: Records[int]) -> None:
    found = past_access([(USA, ISRAEL, EGYPT, 1973)], nobody_known, draws=4)
    (features,) = found.values()
    assert tuple(features) == FEATURES
    assert all(np.isfinite(value) for value in features.values())


def test_without_draws_chances_are_unknown_and_the_way_is_the_same(
    nobody_known: Records[int],
) -> None:
    key = (USA, ISRAEL, EGYPT, 1973)
    with_draws, without = (past_access([key], nobody_known, draws=n)[key] for n in (4, 0))
    assert np.isnan(without["way_open_prob"])
    assert without["way_log_days"] == with_draws["way_log_days"]


def test_before_the_tables_begin_everything_is_unknown(nobody_known: Records[int]) -> None:
    (features,) = past_access([(GBR, EGYPT, None, 1946)], nobody_known, draws=0).values()
    assert all(np.isnan(value) for value in features.values())


def test_a_base_on_the_other_sides_soil_is_no_base(nobody_known: Records[int]) -> None:
    keys = [(USA, CUBA, None, 1990), (USA, CUBA, CUBA, 1990)]
    found = past_access(keys, nobody_known, draws=0)
    usable, refused = (found[key]["base_log_km"] for key in keys)
    assert usable >= 0.0
    assert refused <= np.log1p(1_000.0)  # Florida is near


def test_a_state_that_nobody_knows_a_fleet_of_has_no_lift(nobody_known: Records[int]) -> None:
    (features,) = past_access([(CHAD, EGYPT, None, 1960)], nobody_known, draws=0).values()
    assert np.isnan(features["lift_log_t"])
