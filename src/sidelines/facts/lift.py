"""Fleets: what it can carry, and how far."""

from dataclasses import dataclass

from sidelines.facts.record import Fact, fact_of
from sidelines.facts.world import World, in_force, latest, lookup, present
from sidelines.terms.errors import DataError

__all__ = ["Fleet", "airlift", "sealift", "tankers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Aircraft or ships of one type: number, and what one of them can do.

    `payload_t` is the planning payload, of tankers the fuel given away [t]; `range_km` the range
    with it; `speed_kmh` block speed. Where known: hours flown a day `use_h_per_day`, hours at a
    stop `ground_h`, days in port per voyage `port_days`, range with one refuelling in flight
    `tanked_range_km`, None for what cannot take fuel. `boom`: it gives or takes fuel by a boom.
    """

    type: str
    count: float
    payload_t: float
    range_km: float
    speed_kmh: float
    use_h_per_day: float | None
    ground_h: float | None
    port_days: float | None
    tanked_range_km: float | None
    boom: bool


def airlift(world: World, id_: str) -> tuple[Fact[Fleet], ...] | None:
    """Return the transport aircraft of a power, or None where we know of no fleet."""
    return _fleets(world, id_, "airlift")


def tankers(world: World, id_: str) -> tuple[Fact[Fleet], ...] | None:
    """Return the tanker aircraft of a power, or None where we know of no fleet."""
    return _fleets(world, id_, "tanker")


def sealift(world: World, id_: str) -> tuple[Fact[Fleet], ...] | None:
    """Return the sealift ships of a power, or None where we know of no fleet."""
    return _fleets(world, id_, "sealift")


def _fleets(world: World, id_: str, kind: str) -> tuple[Fact[Fleet], ...] | None:
    present(world, id_)
    found = in_force(world, lookup(world, "lift", {"id": id_, "kind": kind}))
    load = "offload" if kind == "tanker" else "payload"
    fleets = tuple(
        fact_of(
            row,
            Fleet(
                type=(name := row.fields["type"]),
                count=float(row.fields["count"]),
                payload_t=_known(world, name, load),
                range_km=_known(world, name, "range"),
                speed_kmh=_known(world, name, "speed"),
                use_h_per_day=_figure(world, name, "use"),
                ground_h=_figure(world, name, "ground"),
                port_days=_figure(world, name, "port"),
                tanked_range_km=_figure(world, name, "tanked"),
                boom=_figure(world, name, "boom") is not None,
            ),
            unit="fleet",
        )
        for row in found
    )
    return fleets or None


def _figure(world: World, name: str, quantity: str) -> float | None:
    row = latest(world, lookup(world, "carriers", {"type": name, "quantity": quantity}))
    return None if row is None else float(row.fields["value"])


def _known(world: World, name: str, quantity: str) -> float:
    figure = _figure(world, name, quantity)
    if figure is None:
        raise DataError(f"carriers.csv has no {quantity} of {name!r} known on {world.as_of}.")
    return figure
