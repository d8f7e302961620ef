"""The fits that ship: how they are written, and that answers read what was written."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sidelines.assess import estimates
from sidelines.assess.estimates import Estimates, SlopeEstimate, estimates_before
from sidelines.history.fitting import SHIPPED, write_estimates

MakeFit = Callable[..., Estimates]

STAKE = SlopeEstimate(
    name="stake", value=2.0 / 3.0, low=0.5, high=1.0, sd_ratio=0.25, sign_prob=1.0
)


@pytest.fixture
def own_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder that SIDELINES_FITS names, not made yet."""
    monkeypatch.setenv("SIDELINES_FITS", str(tmp_path / "fits"))
    read = (estimates.estimates_before, estimates._read)
    for one in read:
        one.cache_clear()
    yield tmp_path / "fits"
    for one in read:
        one.cache_clear()


def test_a_fit_is_written_the_same_to_the_byte(make_fit: MakeFit, tmp_path: Path) -> None:
    first, second = (write_estimates(make_fit(), tmp_path / name) for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_a_file_says_its_year_and_whether_it_knows_arms(make_fit: MakeFit, tmp_path: Path) -> None:
    path = write_estimates(make_fit(before=1990, arms=True), tmp_path)
    assert path == tmp_path / "1990-with-arms.json.gz"


def test_numbers_are_written_to_five_digits(make_fit: MakeFit, tmp_path: Path) -> None:
    path = write_estimates(make_fit(slopes=(STAKE,), log_factor=((1234567.8,),)), tmp_path)
    document = json.loads(gzip.decompress(path.read_bytes()))
    assert document["slopes"][0]["value"] == 0.66667
    assert document["log_factor"] == [[1234600.0]]
    assert document["before"] == 2020


@pytest.mark.usefixtures("shipped_fits")
def test_an_answer_reads_what_was_written(make_fit: MakeFit, own_fits: Path) -> None:
    fit = make_fit(slopes=(replace(STAKE, value=0.75),), log_factor=((0.5,),), tasks=())
    write_estimates(fit, own_fits)
    assert estimates_before(2026, arms=False) == fit


def test_no_number_that_is_none_is_written(make_fit: MakeFit, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        write_estimates(make_fit(log_factor=((float("inf"),),)), tmp_path)


def test_a_fit_ships_from_before_the_held_out_years() -> None:
    assert list(SHIPPED) == sorted(SHIPPED)
    assert max(SHIPPED) == 2018
