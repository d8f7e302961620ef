"""Fleets: what it can carry, and how far."""

from dataclasses import dataclass

from sidelines.facts.record import Fact, fact_of
from sidelines.facts.world import World, in_force, lookup, present

__all__ = ["Fleet", "airlift", "sealift"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Aircraft or ships of one type: number, payload [t], range with it [km], speed [km/h]."""

    type: str
    count: float
    payload_t: float
    range_km: float
    speed_kmh: float


def airlift(world: World, id_: str) -> tuple[Fact[Fleet], ...] | None:
    """Return the transport aircraft of a power, or None where we know of no fleet."""
    return _fleets(world, id_, "airlift")


def sealift(world: World, id_: str) -> tuple[Fact[Fleet], ...] | None:
    """Return the sealift ships of a power, or None where we know of no fleet."""
    return _fleets(world, id_, "sealift")


def _fleets(world: World, id_: str, kind: str) -> tuple[Fact[Fleet], ...] | None:
    present(world, id_)
    found = in_force(world, lookup(world, "lift", {"id": id_, "kind": kind}))
    fleets = tuple(
        fact_of(
            row,
            Fleet(
                type=row.fields["type"],
                count=float(row.fields["count"]),
                payload_t=float(row.fields["payload_t"]),
                range_km=float(row.fields["range_km"]),
                speed_kmh=float(row.fields["speed_kmh"]),
            ),
            unit="fleet",
        )
        for row in found
    )
    return fleets or None
