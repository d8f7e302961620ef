from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sidelines.crisis.quantity import Km, Quantity, Share, TonnesPerDay

SHARE, KM, TONNES = (TypeAdapter(kind) for kind in (Share, Km, TonnesPerDay))
UNIT = st.floats(0, 1)


def complaint(adapter: TypeAdapter[Any], raw: object) -> str:
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(raw)
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "kind", "numbers"),
    [
        (0.4, "value", (0.4,)),
        (1, "value", (1.0,)),
        ([0.2, 0.6], "uniform", (0.2, 0.6)),
        ((0.2, 0.6), "uniform", (0.2, 0.6)),
        ({"value": 0.4}, "value", (0.4,)),
        ({"range": [0.2, 0.6]}, "uniform", (0.2, 0.6)),
        ({"value": 0.4, "range": [0.2, 0.6]}, "triangular", (0.2, 0.4, 0.6)),
        ({"normal": [0.4, 0.1]}, "normal", (0.4, 0.1)),
        ({"lognormal": [0.4, 0.5]}, "lognormal", (0.4, 0.5)),
        ({"beta": [2, 5]}, "beta", (2.0, 5.0)),
    ],
)
def test_every_written_form_is_read(written: object, kind: str, numbers: tuple[float]) -> None:
    read = SHARE.validate_python(written)
    assert (read.kind, read.numbers) == (kind, numbers)


@pytest.mark.parametrize(
    "written", [{"value": 0.4}, {"range": [0.2, 0.6]}, {"beta": [2, 5]}, {"normal": [0.4, 0.1]}]
)
def test_every_mapping_may_carry_its_source(written: dict[str, Any]) -> None:
    assert SHARE.validate_python({**written, "source": "nmc:row"}).source == "nmc:row"


@pytest.mark.parametrize(
    ("written", "centre"),
    [
        (0.4, 0.4),
        ([0.2, 0.6], 0.4),
        ({"value": 0.3, "range": [0.2, 0.6]}, 0.3),
        ({"normal": [0.5, 0.1]}, 0.5),
        ({"lognormal": [0.4, 0.5]}, 0.4),
        ({"beta": [2, 3]}, 0.4),
    ],
)
def test_the_centre_is_the_one_number_to_show(written: object, centre: float) -> None:
    assert SHARE.validate_python(written).centre == pytest.approx(centre)


@given(a=UNIT, b=UNIT)
def test_a_range_is_taken_from_low_to_high(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert SHARE.validate_python([low, high]).numbers == (low, high)


def test_a_quantity_that_is_read_already_stays_itself() -> None:
    read = SHARE.validate_python(0.4)
    assert SHARE.validate_python(read) is read
    assert isinstance(read, Quantity)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (1.4, "between 0 and 1, e.g. 1"),
        (-0.1, "between 0 and 1, e.g. 0"),
        ([0.2, 1.6], "1.6 is not allowed"),
        ([0.6, 0.2], r"upside down: write \[0.2, 0.6\]"),
        ([0.2], r"must be two numbers, such as \[0.2, 0.6\]"),
        ([0.2, "x"], "must be a number"),
        (float("nan"), "finite number, not nan; leave it out if unknown"),
        (float("inf"), "finite number, not inf"),
        (True, "must be a number, not True"),
        ("0.4", "must be a number, not '0.4'"),
        (None, "must be a number, not None"),
        ({}, "needs value, range, normal, lognormal or beta"),
        ({"value": 0.9, "range": [0.2, 0.6]}, "0.9 lies outside its range"),
        ({"valuu": 0.4}, "unknown key 'valuu'"),
        ({"value": 0.4, "beta": [1, 2]}, "not several"),
        ({"normal": [0.4, 0.1], "beta": [1, 2]}, "not several"),
        ({"normal": [0.4, -0.1]}, "standard deviation must not be negative"),
        ({"normal": [1.4, 0.1]}, "1.4 is not allowed"),
        ({"lognormal": [0, 0.1]}, "median above 0"),
        ({"beta": [0, 1]}, "both numbers above 0"),
        ({"value": 0.4, "source": 3}, "source must be text"),
    ],
)
def test_what_cannot_be_a_share_is_refused_with_what_can(written: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        SHARE.validate_python(written)


@pytest.mark.parametrize(
    ("written", "converted"),
    [("100 km", 100), ("100 mi", 161), ("100 miles", 161), ("100 nm", 185), ("1,000 nmi", 1852)],
)
def test_another_unit_is_answered_with_the_converted_figure(written: str, converted: int) -> None:
    assert f"write {converted} (the unit stands in the key's name)" in complaint(KM, written)


def test_no_distance_is_longer_than_half_the_way_round_the_earth() -> None:
    assert "between 0 and 20037.6 in km" in complaint(KM, 30_000)


def test_a_lift_may_be_very_large() -> None:
    assert TONNES.validate_python(1e6).centre == 1e6


def test_a_lift_is_never_negative() -> None:
    assert "-1 is not allowed" in complaint(TONNES, -1)
