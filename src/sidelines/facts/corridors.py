"""Corridors on land: the railways and roads that armies have been supplied by."""

from dataclasses import dataclass

from sidelines.facts.record import Fact, Row, fact_of
from sidelines.facts.world import World, in_force, rows

__all__ = ["Part", "corridors"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a corridor: one railway, road or ferry, from its first point to its last.

    `areas` are crossed in this order, each a state or a part of one whose leave counts;
    `points` are degrees north and east, to a tenth; `gauge_breaks` are met on the part or at its
    start; tonnes a day come with a low and a high figure; `cargo` is what its hosts let through.
    """

    corridor: str
    part: int
    name: str
    mode: str
    areas: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    km: float
    gauge_breaks: int
    t_per_day: float
    low_t_per_day: float
    high_t_per_day: float
    cargo: str


def corridors(world: World) -> dict[str, tuple[Fact[Part], ...]]:
    """Return the corridors that could be used on `as_of`, by name, their parts in order.

    A corridor of which a part is missing on that day is left out.
    """
    found: dict[str, list[Fact[Part]]] = {}
    for row in in_force(world, rows(world, "corridors")):
        found.setdefault(row.fields["corridor"], []).append(_part(row))
    whole = {name: sorted(parts, key=lambda fact: fact.value.part) for name, parts in found.items()}
    counts = _counts(world)
    return {name: tuple(parts) for name, parts in whole.items() if len(parts) == counts[name]}


def _counts(world: World) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows(world, "corridors"):
        name, part = row.fields["corridor"], int(row.fields["part"])
        counts[name] = max(part, counts.get(name, 0))
    return counts


def _part(row: Row) -> Fact[Part]:
    said = row.fields
    ends = (point.split(" ") for point in said["points"].split("|"))
    part = Part(
        corridor=said["corridor"],
        part=int(said["part"]),
        name=said["name"],
        mode=said["mode"],
        areas=tuple(said["states"].split("|")),
        points=tuple((float(lat), float(lon)) for lat, lon in ends),
        km=float(said["km"]),
        gauge_breaks=int(said["gauge_breaks"]),
        t_per_day=float(said["t_per_day"]),
        low_t_per_day=float(said["low_t_per_day"]),
        high_t_per_day=float(said["high_t_per_day"]),
        cargo=said["cargo"],
    )
    return fact_of(row, part, unit="corridor")
