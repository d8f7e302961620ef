"""Episodes, senders of troops and deliveries rebuilt from the loaders agree with the study's table.

Source: wide:wide_cov.parquet; its README defines the columns. `pre5` and `post3` are sums there.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sidelines.facts.official.codes import cow_of_gw
from sidelines.facts.official.conflicts import Episode, load_conflicts
from sidelines.facts.official.transfers import load_transfers
from sidelines.terms.states import actor

Row = dict[str, Any]
# The study keeps states that are themselves at war there as outside powers, and finds none of West
# Germany's deliveries, which it looks up under the number of united Germany.
GERMANY = "DEU"


@pytest.fixture(scope="module")
def wide(research_data: Path) -> list[Row]:
    polars = pytest.importorskip("polars")
    rows: list[Row] = polars.read_parquet(research_data / "wide" / "wide_cov.parquet").to_dicts()
    return rows


@pytest.fixture(scope="module")
def episodes(research_data: Path) -> Mapping[tuple[int, int], Episode]:
    return {(one.conflict, one.number): one for one in load_conflicts().episodes}


def power(row: Row) -> int:
    found = actor(row["power"]).cow
    assert found is not None
    return found


def sent(row: Row, episode: Episode, *, until: int | None = None) -> bool:
    senders = episode.senders(row["side"], until=until)
    return power(row) in senders


def delivered(row: Row, first: int, last: int) -> float:
    client = cow_of_gw(row["client"], row["y0"])
    known = (
        load_transfers().delivered_tiv(power(row), client, row["y0"] + after)
        for after in range(first, last + 1)
    )
    return sum(tiv for tiv in known if tiv is not None)


def test_episodes_begin_when_the_study_says(
    wide: list[Row], episodes: Mapping[tuple[int, int], Episode]
) -> None:
    theirs = {(row["conflict"], row["ep"]): row["y0"] for row in wide}
    assert theirs == {key: one.first_year for key, one in episodes.items()}


def test_senders_of_troops_are_those_of_the_study(
    wide: list[Row], episodes: Mapping[tuple[int, int], Episode]
) -> None:
    for row in wide:
        episode = episodes[row["conflict"], row["ep"]]
        assert sent(row, episode) == row["forces"]
        assert sent(row, episode, until=row["y0"] + 2) == row["forces3"]


@pytest.mark.parametrize(("column", "first", "last"), [("pre5", -5, -1), ("post3", 1, 3)])
def test_deliveries_are_those_of_the_study(
    column: str, first: int, last: int, wide: list[Row]
) -> None:
    rows = [row for row in wide if row[column] is not None and row["power"] != GERMANY]
    ours = np.array([delivered(row, first, last) for row in rows])
    np.testing.assert_allclose(ours, [row[column] for row in rows], rtol=1e-5, atol=1e-3)


def test_west_germany_delivered_where_the_study_has_nothing(research_data: Path) -> None:
    assert load_transfers().delivered_tiv(255, 750, 1985)
