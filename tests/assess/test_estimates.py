import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from sidelines.assess import estimates
from sidelines.assess.estimates import Estimates, SlopeEstimate, estimates_before
from sidelines.terms.errors import DataError

MakeFit = Callable[..., Estimates]
KeepFits = Callable[..., None]


def name_of(found: Estimates | None) -> str | None:
    return None if found is None else found.name


def test_a_fit_is_read_as_it_was_written(make_fit: MakeFit, keep_fits: KeepFits) -> None:
    stake = SlopeEstimate(name="stake", value=2.0, low=1.0, high=4.0, sd_ratio=0.6, sign_prob=0.9)
    fit = make_fit(slopes=(stake,), log_factor=((0.4,),))
    keep_fits(fit)
    assert estimates_before(2026, arms=False) == fit


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2026, "2020-without-arms"),
        (2020, "2020-without-arms"),
        (2019, "1990-without-arms"),
        (1990, "1990-without-arms"),
        (1989, None),
    ],
)
def test_the_newest_fit_counts_whose_cases_all_began_before(
    year: int, name: str | None, make_fit: MakeFit, keep_fits: KeepFits
) -> None:
    keep_fits(make_fit(before=1990), make_fit(before=2020))
    assert name_of(estimates_before(year, arms=False)) == name


def test_without_any_file_there_is_no_fit(keep_fits: KeepFits) -> None:
    assert estimates_before(2026, arms=False) is None


@pytest.mark.parametrize(("arms", "name"), [(True, "2000-with-arms"), (False, "2020-without-arms")])
def test_fits_with_and_without_deliveries_are_apart(
    arms: bool, name: str, make_fit: MakeFit, keep_fits: KeepFits
) -> None:
    keep_fits(make_fit(before=2020), make_fit(before=2000, arms=True))
    assert name_of(estimates_before(2026, arms=arms)) == name


def test_a_file_with_an_unknown_key_is_refused(
    make_fit: MakeFit, keep_fits: KeepFits, tmp_path: Path
) -> None:
    keep_fits(make_fit())
    file = tmp_path / "fits" / "2020-without-arms.json.gz"
    text = gzip.decompress(file.read_bytes()).replace(b'"cases":12', b'"cases":12,"luck":1')
    file.write_bytes(gzip.compress(text))
    with pytest.raises(DataError, match="is no fit: ValidationError"):
        estimates_before(2026, arms=False)


def test_a_fit_under_another_name_is_refused(
    make_fit: MakeFit, keep_fits: KeepFits, tmp_path: Path
) -> None:
    keep_fits(make_fit())
    folder = tmp_path / "fits"
    (folder / "2020-without-arms.json.gz").rename(folder / "1970-without-arms.json.gz")
    with pytest.raises(DataError, match="holds the fit 2020-without-arms"):
        estimates_before(1973, arms=False)


@pytest.mark.parametrize("held", [b"", b"no fit", gzip.compress(b"{")[:12]])
def test_a_damaged_fit_is_named(held: bytes, keep_fits: KeepFits, tmp_path: Path) -> None:
    keep_fits()
    (tmp_path / "fits" / "2020-without-arms.json.gz").write_bytes(held)
    with pytest.raises(DataError, match="is no fit"):
        estimates_before(2026, arms=False)


@pytest.mark.usefixtures("shipped_fits")
@pytest.mark.parametrize("arms", [True, False])
def test_every_fit_of_the_package_can_be_read(arms: bool) -> None:
    for before in estimates._years(arms=arms):
        found = estimates_before(before, arms=arms)
        assert found is not None
        assert (found.before, found.arms) == (before, arms)
