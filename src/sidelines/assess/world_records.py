"""What our own tables know, asked the way covariates ask it; states by their ids."""

from typing import TypeVar

from sidelines.assess.covariates import Records
from sidelines.facts.economy import trade_share
from sidelines.facts.nuclear import is_nuclear
from sidelines.facts.official.codes import cow_number
from sidelines.facts.official.transfers import Transfers
from sidelines.facts.places import contiguity, minimum_distance_km
from sidelines.facts.record import Fact
from sidelines.facts.strength import strength_share
from sidelines.facts.ties import ideal_point_distance, pacts, rivalry
from sidelines.facts.troops import troops_abroad
from sidelines.facts.wars import wars
from sidelines.facts.world import World

__all__ = ["world_records"]

Value = TypeVar("Value")

_YEARS_BACK = 5  # how old a figure of strength may be
_VOTES_BACK = 3  # one of how a state votes
_TROOPS_BACK = 2  # and one of the troops stationed there
_WAR = 2  # intensity of a conflict with at least 1,000 deaths in the year


def world_records(world: World, *, transfers: Transfers | None) -> Records[str]:
    """Return the records of a world: its newest figures, whatever year before its day is asked.

    Pacts and rivalries must be in force on its day and have begun by the end of the year asked.
    Deliveries of arms may not be passed on, so no table holds them: they come from the user's own
    copy, by year, or are unknown; those of a state's forerunner under the same number (the Soviet
    Union's) count as its own. Disputes and regimes are in no table.
    """
    today = world.as_of.year

    def pact(one: str, other: str, year: int) -> bool | None:
        if one == other:  # through their organisations members owe it to all members
            return False
        owed = pacts(world, one, other)
        return (
            None
            if owed is None
            else any(fact.value.kind == "defence" and fact.date.year <= year for fact in owed)
        )

    def allied(one: str, other: str, year: int) -> bool | None:
        owed = pacts(world, one, other)
        return None if owed is None else any(fact.date.year <= year for fact in owed)

    def rivals(one: str, other: str, year: int) -> bool | None:
        found = rivalry(world, one, other)
        return None if found is None else found.value and found.date.year <= year

    def fought(one: str, year: int) -> int | None:  # noqa: ARG001
        found = wars(world, one)
        return None if found is None else sum(fact.value.intensity == _WAR for fact in found)

    def arms(supplier: str, client: str, year: int) -> float | None:
        codes = cow_number(supplier, today), cow_number(client, today)
        if transfers is None or codes[0] is None or codes[1] is None:
            return None
        return transfers.delivered_tiv(codes[0], codes[1], year)

    def received(client: str, year: int) -> float | None:
        code = cow_number(client, today)
        return None if transfers is None or code is None else transfers.received_tiv(code, year)

    def figure(fact: Fact[float] | None, *, back: int) -> float | None:
        """Return a figure of the year before the world's day, or of so many years before that."""
        return None if fact is None or fact.date.year < world.as_of.year - 1 - back else fact.value

    return Records(
        strength=lambda one, _: figure(strength_share(world, one), back=_YEARS_BACK),
        pact=pact,
        votes_apart=lambda one, other, _: figure(
            ideal_point_distance(world, one, other), back=_VOTES_BACK
        ),
        arms=arms,
        received=received,
        rivals=rivals,
        contiguity=lambda one, other, _: _value(contiguity(world, one, other)),
        distance_km=lambda one, other, _: _value(minimum_distance_km(world, one, other)),
        wars=fought,
        disputes=lambda one, _: None,  # noqa: ARG005
        nuclear=lambda one, _: _value(is_nuclear(world, one)),
        trade=lambda one, other, _: figure(trade_share(world, one, other), back=0),
        allied=allied,
        democracy=lambda one, _: None,  # noqa: ARG005
        troops=lambda one, other, _: figure(troops_abroad(world, one, other), back=_TROOPS_BACK),
    )


def _value(fact: Fact[Value] | None) -> Value | None:
    return None if fact is None else fact.value
