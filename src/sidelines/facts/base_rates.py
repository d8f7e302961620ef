"""How often did it step in before? Plain rates of the past, to set an answer beside."""

from sidelines.facts.record import Fact, fact_of
from sidelines.facts.world import World, latest, lookup

__all__ = ["base_rate"]

_HEIR = {"SUN": "RUS"}


def base_rate(world: World, id_: str, rung: str) -> Fact[float] | None:
    """Return how often a power went to a rung (words, money, forces) or further [1].

    For the United States and Russia or the Soviet Union their own rate over crises since 1918 for
    one side; for any other power that of all powers coded. Whole crises before `as_of` only.
    """
    for power in (_HEIR.get(id_, id_), "any"):
        row = latest(world, lookup(world, "base_rates", {"power": power, "rung": rung}))
        if row is not None:
            return fact_of(row, float(row.fields["value"]), unit="1")
    return None
