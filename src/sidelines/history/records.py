"""What the research files know, asked the way covariates ask it; states by COW number."""

from sidelines.assess.covariates import Records
from sidelines.facts.official.alliances import load_alliances
from sidelines.facts.official.capabilities import load_capabilities
from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.contiguity import load_contiguity
from sidelines.facts.official.disputes import load_disputes
from sidelines.facts.official.distances import load_distances
from sidelines.facts.official.folder import holds
from sidelines.facts.official.ideal_points import load_ideal_points
from sidelines.facts.official.latest import last_known
from sidelines.facts.official.nuclear import load_nuclear_weapons
from sidelines.facts.official.regimes import load_regimes
from sidelines.facts.official.rivalries import load_rivalries
from sidelines.facts.official.signals import load_signals
from sidelines.facts.official.trade import load_trade
from sidelines.facts.official.transfers import load_transfers
from sidelines.facts.official.wars import load_wars

__all__ = ["official_records"]

_YEARS_BACK = 5  # how old a figure of strength or democracy may be
_VOTES_BACK = 3  # one of how a state votes
_TROOPS_BACK = 2  # and one of the troops stationed there
_LATE = 2  # yearly distances see a new state a year late, its first crisis may be of its first year


def official_records() -> Records[int]:
    """Return the records of the user's copies; deliveries are unknown without SIPRI's register.

    Borders, rivalries and distances that hold in the last year of their files are taken to go on;
    pacts, wars, disputes and trade are not. Trade that nobody recorded is unknown: the files do not
    tell none from missing.
    """
    capabilities, points = load_capabilities(), load_ideal_points()
    rivalries, distances, nuclear = load_rivalries(), load_distances(), load_nuclear_weapons()
    contiguity, wars, disputes = load_contiguity(), load_wars(), load_disputes()
    signals, regimes, flows = load_signals(), load_regimes(), load_trade()

    bought = holds("sipri_transfers")

    def pact(one: int, other: int, year: int) -> bool | None:
        owed = load_alliances().owes(one, other, year)
        return None if owed is None else "defence" in owed

    def votes_apart(one: int, other: int, year: int) -> float | None:
        found = [last_known(points.point, who, year=year, back=_VOTES_BACK) for who in (one, other)]
        return None if None in found else abs(found[0] - found[1])  # type: ignore[operator]

    def distance_km(one: int, other: int, year: int) -> float | None:
        asked = (min(later, entry("distance").last_year) for later in range(year, year + _LATE + 1))
        found = (distances.minimum_km(one, other, later) for later in asked)
        return next((apart for apart in found if apart is not None), None)

    def trade(one: int, other: int, year: int) -> float | None:
        return flows.share(one, other, year) if flows.recorded(one, other, year) else None

    def troops(power: int, host: int, year: int) -> float | None:
        def stationed(place: int, when: int) -> float | None:
            found = signals.signal(power, place, when)
            return None if found is None else found.troops

        return last_known(stationed, host, year=year, back=_TROOPS_BACK)

    return Records(
        strength=lambda who, year: last_known(capabilities.cinc, who, year=year, back=_YEARS_BACK),
        pact=pact,
        votes_apart=votes_apart,
        arms=load_transfers().delivered_tiv if bought else _no_delivery,
        received=load_transfers().received_tiv if bought else _no_receipt,
        rivals=lambda one, other, year: rivalries.rivals(
            one, other, min(year, rivalries.last_year)
        ),
        contiguity=lambda one, other, year: contiguity.kind(one, other, year, carry=True),
        distance_km=distance_km,
        wars=wars.wars_of,
        disputes=disputes.forceful,
        nuclear=nuclear.has_weapons,
        trade=trade,
        troops=troops,
        allied=load_alliances().allied,
        democracy=lambda who, year: last_known(regimes.polyarchy, who, year=year, back=_YEARS_BACK),
    )


def _no_delivery(supplier: int, client: int, year: int) -> None:  # noqa: ARG001
    return None


def _no_receipt(client: int, year: int) -> None:  # noqa: ARG001
    return None
