"""Where passing is dangerous on a crisis's day: areas and passages, and where these lie."""

from dataclasses import dataclass
from functools import cache

from sidelines.assess.context import Context
from sidelines.facts.roads import load_roads
from sidelines.facts.world import in_force, rows
from sidelines.terms.roles import Means

__all__ = ["DangerZone", "danger_zones"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerZone:
    """A contested area or passage: by which means, and the middle of a passage [degrees]."""

    place: str
    means: str
    point: tuple[float, float] | None


def danger_zones(ctx: Context) -> tuple[DangerZone, ...]:
    """Return every area and passage that is dangerous to somebody on the day, by name."""
    threatened = in_force(ctx.world, rows(ctx.world, "hazards"))
    found = {(row.fields["place"], row.fields["means"]) for row in threatened}
    return tuple(
        DangerZone(place=place, means=means, point=_gates().get(place))
        for place, means in sorted(found)
    )


@cache
def _gates() -> dict[str, tuple[float, float]]:
    """Return the middle of the gate lines of each passage at sea [degrees north and east]."""
    roads = load_roads(Means.SEA)
    middles = {}
    for index, area in enumerate(roads.areas):
        lines = roads.gates[roads.gate_areas == index]
        if len(lines):
            lat, lon = lines.reshape(-1, 2).mean(axis=0)
            middles[area] = (float(lat), float(lon))
    return middles
