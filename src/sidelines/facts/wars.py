"""Wars it is in already."""

from dataclasses import dataclass

from sidelines.facts.record import Fact, fact_of
from sidelines.facts.world import World, latest, lookup, present, rows

__all__ = ["War", "wars"]

_COVERED_DAYS = 731


@dataclass(frozen=True, slots=True, kw_only=True)
class War:
    """A conflict of the last covered year; intensity 1 below, 2 from a thousand deaths a year."""

    name: str
    role: str
    intensity: int


def wars(world: World, id_: str) -> tuple[Fact[War], ...] | None:
    """Return the conflicts a state fought in, or sent troops to, in the last covered year.

    The date is the last day of that year. None where the newest year is more than two years away
    from `as_of`, and for organisations and non-states, which the source does not code as we do.
    """
    if present(world, id_).kind != "state":
        return None
    newest = latest(world, rows(world, "wars"))
    if newest is None or abs((world.as_of - newest.date).days) > _COVERED_DAYS:
        return None
    return tuple(
        fact_of(
            row,
            War(
                name=row.fields["name"],
                role=row.fields["role"],
                intensity=int(row.fields["intensity"]),
            ),
            unit="war",
        )
        for row in lookup(world, "wars", {"id": id_})
        if row.date == newest.date
    )
