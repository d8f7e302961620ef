"""Deliveries and orders of major arms (SIPRI), between states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.codes import cow_of_name
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["Transfers", "load_transfers"]

_GERMANY_UNITED, _GERMANY_DIVIDED = 255, 260
_DIVIDED = range(1949, 1991)  # deliveries of the year of unification still count as the FRG's

Triple = tuple[int, int, int]
Quadruple = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfers:
    """SIPRI trend-indicator values [million TIV] and counts of orders, by (supplier, client, year).

    `of_orders` has the year of order as a fourth key. A deal's delivered value is spread evenly
    over its delivery years. Both ends are states; Germany is 260 from 1949 to 1990 and is found
    under 255 in these years too.
    """

    delivered: Mapping[Triple, float]
    received: Mapping[tuple[int, int], float]
    orders: Mapping[Triple, int]
    of_orders: Mapping[Quadruple, float]

    def delivered_tiv(self, supplier: int, client: int, year: int) -> float | None:
        """Return what a supplier delivered to a client [million TIV]; 0 where nothing, or None."""
        if not entry("sipri_transfers").covers(year):
            return None
        return self.delivered.get((_german(supplier, year), _german(client, year), year), 0.0)

    def delivered_of_orders(
        self, supplier: int, client: int, year: int, *, ordered: Iterable[int]
    ) -> float | None:
        """Return what came in a year of deals ordered in some years [million TIV]; 0, or None."""
        if not entry("sipri_transfers").covers(year):
            return None
        pair = (_german(supplier, year), _german(client, year), year)
        return float(sum(self.of_orders.get((*pair, when), 0.0) for when in ordered))

    def received_tiv(self, client: int, year: int) -> float | None:
        """Return what a client took from all states [million TIV]; 0 where nothing, or None."""
        if not entry("sipri_transfers").covers(year):
            return None
        return self.received.get((_german(client, year), year), 0.0)

    def ordered(self, supplier: int, client: int, year: int) -> int | None:
        """Return how many deals of a year, by year of order, led to a delivery by now; or None."""
        if not entry("sipri_transfers").covers(year):
            return None
        return self.orders.get((_german(supplier, year), _german(client, year), year), 0)


def _german(cow: int, year: int) -> int:
    return _GERMANY_DIVIDED if cow == _GERMANY_UNITED and year in _DIVIDED else cow


@once_per_folder
def load_transfers() -> Transfers:
    """Return the deliveries and orders of the user's copy of the trade register."""
    names = ["supplier", "recipient", "order_year", "delivery_years", "tiv_delivered"]
    columns = read("sipri_transfers", "trade_register_1950_2025.parquet", names)
    delivered: dict[Triple, float] = {}
    received: dict[tuple[int, int], float] = {}
    orders: dict[Triple, int] = {}
    of_orders: dict[Quadruple, float] = {}
    for supplier, recipient, ordered, years, tiv in zip(
        *(columns[name].tolist() for name in names), strict=True
    ):
        a, b = _number(supplier), _number(recipient)
        if a is None or b is None:
            continue
        key = (_german(a, ordered), _german(b, ordered), ordered)
        orders[key] = orders.get(key, 0) + 1
        when = [int(year) for year in years.split(";") if year.strip().isdigit()]
        for year in when:
            pair = (_german(a, year), _german(b, year), year)
            delivered[pair] = delivered.get(pair, 0.0) + tiv / len(when)
            received[pair[1:]] = received.get(pair[1:], 0.0) + tiv / len(when)
            deal = (*pair, ordered)
            of_orders[deal] = of_orders.get(deal, 0.0) + tiv / len(when)
    return Transfers(
        delivered=MappingProxyType(delivered),
        received=MappingProxyType(received),
        orders=MappingProxyType(orders),
        of_orders=MappingProxyType(of_orders),
    )


def _number(name: str) -> int | None:
    """Return a state's COW number, Germany's as 255: which one it was depends on the year."""
    return cow_of_name(name, entry("sipri_transfers").last_year)
