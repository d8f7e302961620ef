"""How far sources agree about the two superpowers comes out as the feasibility study printed it.

Source: the study's section 6. Its shares of deliveries are of crises since 1955, where both spans
are known; its *material* is the step of that name, without forces (all that went so far or further:
74 % and 42 %).
"""

from pathlib import Path

import numpy as np
import pytest

from sidelines.facts.official.crises import load_crises
from sidelines.history.agreement import agreement
from sidelines.history.crisis_cases import crisis_cases
from sidelines.history.labels import crisis_labels, labels, official_label_sources
from sidelines.history.records import official_records

Labels = dict[str, np.ndarray]
STEPS = {"nothing": 0, "material": 2, "forces": 3}


@pytest.fixture(scope="module")
def said(research_data: Path) -> Labels:
    """Return labels of all rows that ICB codes, with its own ladder and the year."""
    cases = crisis_cases(tuple(load_crises().crises.values()), official_records())
    found = {**crisis_labels(cases), **labels(cases, official_label_sources())}
    found |= {"ladder": cases["ladder"], "year": cases["year"]}
    coded = ~np.isnan(cases["ladder"])
    return {name: values[coded] for name, values in found.items()}


def test_forces_of_icb_and_troops_of_acd_overlap_in_twelve_rows(said: Labels) -> None:
    found = agreement(said, "icb_forces", "acd_forces")
    assert (found.both, found.only_first, found.only_second) == (12, 57 - 12, 22 - 12)
    assert found.kappa == pytest.approx(0.288, abs=1e-3)


@pytest.mark.parametrize(
    ("label", "step", "share"),
    [
        ("sipri_delivered", "material", 0.70),
        ("sipri_delivered", "nothing", 0.28),
        ("sipri_surge", "material", 0.43),
        ("sipri_surge", "forces", 0.39),
        ("sipri_surge", "nothing", 0.16),
    ],
)
def test_arms_came_as_often_as_the_study_counted(
    label: str, step: str, share: float, said: Labels
) -> None:
    rows = (said["ladder"] == STEPS[step]) & ~np.isnan(said["sipri_surge"])
    assert said[label][rows].mean() == pytest.approx(share, abs=0.005)


def test_acd_cannot_see_half_of_the_forces_that_icb_codes(said: Labels) -> None:
    """Of the 45 that it does not name, 28 were in no fight that it lists."""
    forces = (said["icb_forces"] == 1) & ~np.isnan(said["acd_fight"])
    assert np.count_nonzero(forces) == 57
    assert np.count_nonzero(forces & (said["acd_fight"] == 0)) == 28
