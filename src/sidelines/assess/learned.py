"""Which fit an answer uses: with deliveries of arms where the user's own copy has them."""

from sidelines.assess.estimates import Estimates, estimates_before
from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.folder import holds
from sidelines.facts.official.transfers import Transfers, load_transfers
from sidelines.facts.world import World

__all__ = ["deliveries", "estimates_for", "why_no_deliveries"]

_REGISTER = "sipri_transfers"


def deliveries(world: World) -> Transfers | None:
    """Return the user's copy of SIPRI's register, None where it is missing or too new to be known.

    Like any other vintage it counts once it was published, unless later ones are let in.
    """
    return load_transfers() if holds(_REGISTER) and _is_known(world) else None


def _is_known(world: World) -> bool:
    return world.admit_later_vintages or entry(_REGISTER).vintage <= world.as_of


def why_no_deliveries(world: World) -> str:
    """Say why a fit without deliveries of arms is used."""
    if not holds(_REGISTER):
        return "SIPRI's register of arms transfers is not in your data folder"
    return f"SIPRI's register of {entry(_REGISTER).vintage} came out after {world.as_of}"


def estimates_for(world: World) -> Estimates | None:
    """Return the newest fit to crises that all began before the year of the world's day."""
    return estimates_before(world.as_of.year, arms=deliveries(world) is not None)
