"""The study's own tables of past cases."""

from pathlib import Path

import numpy as np
import pytest

import study_cases


@pytest.fixture(scope="session")
def past_cases(research_data: Path) -> dict[str, np.ndarray]:
    """Return the rows of the two superpowers with what the rival delivered to either side."""
    return study_cases.icb_columns(research_data)
