from pathlib import Path

import pytest

from sidelines.facts.official.transfers import load_transfers

pytestmark = pytest.mark.usefixtures("research_data")


def total(supplier: int, client: int, first: int, last: int) -> float:
    known = (load_transfers().delivered_tiv(supplier, client, y) for y in range(first, last + 1))
    return sum(tiv for tiv in known if tiv is not None)


@pytest.mark.parametrize(
    ("supplier", "client", "first", "last", "tiv"),
    [
        (365, 630, 2020, 2025, 70),
        (710, 630, 2020, 2025, 0),
        (2, 666, 2020, 2025, 2097),
        (731, 365, 2023, 2023, 62),
        (710, 770, 1950, 2025, 21806),
    ],
)
def test_deliveries_are_those_of_the_register(
    supplier: int, client: int, first: int, last: int, tiv: float
) -> None:
    assert total(supplier, client, first, last) == pytest.approx(tiv, abs=1)


def test_deliveries_have_a_direction() -> None:
    assert load_transfers().delivered_tiv(2, 666, 1974)
    assert load_transfers().delivered_tiv(666, 2, 1974) == 0


@pytest.mark.parametrize("year", [1949, 2026])
def test_deliveries_are_unknown_outside_the_years_covered(year: int) -> None:
    known = load_transfers()
    assert known.delivered_tiv(2, 200, year) is None
    assert known.received_tiv(200, year) is None
    assert known.ordered(2, 200, year) is None


@pytest.mark.parametrize("year", [1950, 2025])
def test_nothing_delivered_is_zero_at_both_bounds(year: int) -> None:
    assert load_transfers().delivered_tiv(731, 2, year) == 0


def test_west_germany_is_found_under_either_number() -> None:
    delivered = load_transfers().delivered_tiv
    assert delivered(2, 260, 1962) == delivered(2, 255, 1962) != 0
    assert delivered(2, 260, 1995) == 0
    assert delivered(2, 255, 1995) != 0


def test_russia_takes_over_the_number_of_the_soviet_union() -> None:
    assert load_transfers().delivered_tiv(365, 652, 1973)
    assert load_transfers().delivered_tiv(365, 750, 2005)


def test_what_a_client_takes_is_the_sum_over_its_suppliers() -> None:
    known = load_transfers()
    summed = sum(
        tiv for (_, client, year), tiv in known.delivered.items() if (client, year) == (645, 1982)
    )
    assert known.received_tiv(645, 1982) == pytest.approx(summed)


def test_orders_are_counted_in_the_year_of_order() -> None:
    assert load_transfers().ordered(2, 666, 1973)
    assert load_transfers().ordered(666, 731, 1973) == 0


def test_a_deal_is_spread_evenly_and_rebels_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    polars = pytest.importorskip("polars")
    monkeypatch.setenv("SIDELINES_DATA", str(tmp_path))
    (tmp_path / "sipri_transfers").mkdir()
    polars.DataFrame(
        {
            "supplier": ["Soviet Union", "Soviet Union", "Soviet Union"],
            "recipient": ["Syria", "MPLA (Portugal)*", "Syria"],
            "order_year": [1970, 1970, 1971],
            "delivery_years": ["1972; 1974", "1972", None],
            "tiv_delivered": [10.0, 5.0, 0.0],
        }
    ).write_parquet(tmp_path / "sipri_transfers" / "trade_register_1950_2025.parquet")
    known = load_transfers()
    assert [known.delivered_tiv(365, 652, year) for year in (1972, 1973, 1974)] == [5, 0, 5]
    assert known.received == {(652, 1972): 5, (652, 1974): 5}
    assert known.ordered(365, 652, 1971) == 1


def test_deliveries_are_split_by_the_year_of_their_order() -> None:
    known = load_transfers()
    parts = [known.delivered_of_orders(2, 666, 1974, ordered=[year]) for year in range(1900, 1975)]
    assert sum(tiv or 0.0 for tiv in parts) == pytest.approx(known.delivered_tiv(2, 666, 1974))
    assert known.delivered_of_orders(2, 666, 2026, ordered=[2020]) is None
