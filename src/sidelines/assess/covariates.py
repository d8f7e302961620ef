"""What a forecast looks at in a case: one definition for past and for present crises.

A case is a power, the party it might back, the party that it would then stand against, and the
year. Everything is dated to the year before, except who is in the crisis and whether it began with
violence. Who keeps the records does not matter: the research files and our own tables give the
same numbers where both know them.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

__all__ = ["Case", "Records", "covariates"]

State = TypeVar("State")

_ARMS_YEARS = 5
_LEAST_SHARE = 1e-4
_VIOLENT = 8  # triggers of ICB from here on: indirect violence, violence
_NEAR, _BORDER = 4, 1  # kinds of direct contiguity: up to 150 miles of water; a land border


@dataclass(frozen=True, slots=True, kw_only=True)
class Records(Generic[State]):
    """What is known of states in a year. None is unknown, never zero.

    - `strength`: share of world capabilities [1]
    - `pact`: whether the first owes the second defence
    - `votes_apart`: distance of UN ideal points
    - `arms`: deliveries of major arms from the first to the second in a year [TIV]
    - `received`: deliveries of major arms to it from all in a year [TIV]
    - `rivals`: whether they are strategic rivals
    - `contiguity`: kind of direct contiguity, 1 a land border to 5, 6 none
    - `distance_km`: between their territories [km]
    - `wars`, `disputes`: wars that it fights, disputes in which it uses force
    - `nuclear`: whether it has nuclear weapons
    - `trade`: share of the first's trade that is with the second [1]
    - `troops`: of the first that are stationed in the second [persons]
    - `allied`: whether they share an alliance of any kind
    - `democracy`: electoral democracy [1]
    """

    strength: Callable[[State, int], float | None]
    pact: Callable[[State, State, int], bool | None]
    votes_apart: Callable[[State, State, int], float | None]
    arms: Callable[[State, State, int], float | None]
    received: Callable[[State, int], float | None]
    rivals: Callable[[State, State, int], bool | None]
    contiguity: Callable[[State, State, int], int | None]
    distance_km: Callable[[State, State, int], float | None]
    wars: Callable[[State, int], int | None]
    disputes: Callable[[State, int], int | None]
    nuclear: Callable[[State, int], bool | None]
    trade: Callable[[State, State, int], float | None]
    troops: Callable[[State, State, int], float | None]
    allied: Callable[[State, State, int], bool | None]
    democracy: Callable[[State, int], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Generic[State]):
    """A power, its great rival, the parties it might back and oppose, and the year it began.

    `rival` is the other superpower, None for all other powers; `opposed` None where nobody is
    known. `trigger` is what the crisis began with for the attacked party, on the scale of ICB from
    1, verbal, to 9, violent; `attacked` tells whether that is the backed one.
    """

    power: State
    rival: State | None
    backed: State
    opposed: State | None
    year: int
    trigger: int | None
    attacked: bool = True


def covariates(records: Records[State], case: Case[State]) -> dict[str, float]:
    """Return the covariates of a case by name; NaN where unknown.

    Deliveries are those of five years, as log(1 + TIV); `both` adds the two parties', `tilt` takes
    the opposed party's off, `share` is the power's part of what the party took from all.
    """
    power, rival, backed, opposed = case.power, case.rival, case.backed, case.opposed
    last = case.year - 1
    arms, share = partial(_five_years, records), partial(_share, records)
    ours, theirs = (_of_two(arms, power, party, last) for party in (backed, opposed))
    rivals_ours, rivals_theirs = (_of_two(arms, rival, party, last) for party in (backed, opposed))
    votes, votes_opposed = (
        _of_two(records.votes_apart, power, party, last) for party in (backed, opposed)
    )
    contiguity = _of_two(records.contiguity, power, backed, last)
    strength, strength_backed = (_of_one(records.strength, one, last) for one in (power, backed))
    return {
        "arms_backed": ours,
        "arms_any": math.nan if math.isnan(ours) else float(ours > 0.0),
        "arms_opposed": theirs,
        "arms_both": ours + (0.0 if opposed is None else theirs),
        "arms_tilt": ours - (0.0 if opposed is None else theirs),
        "arms_share_backed": _of_two(share, power, backed, last),
        "arms_share_opposed": _of_two(share, power, opposed, last),
        "rival_arms_backed": rivals_ours,
        "rival_arms_opposed": rivals_theirs,
        "rival_arms_both": rivals_ours + (0.0 if opposed is None else rivals_theirs),
        "rival_arms_tilt": rivals_ours - (0.0 if opposed is None else rivals_theirs),
        "pact_backed": _of_two(records.pact, power, backed, last),
        "pact_opposed": _of_two(records.pact, power, opposed, last),
        "rival_pact_backed": _of_two(records.pact, rival, backed, last),
        "rival_pact_opposed": _of_two(records.pact, rival, opposed, last),
        "allied": _of_two(records.allied, power, backed, last),
        "votes_backed": votes,
        "votes_opposed": votes_opposed,
        "votes_closer": votes_opposed - votes,
        "rivalry_backed": _of_two(records.rivals, power, backed, last),
        "rivalry_opposed": _of_two(records.rivals, power, opposed, last),
        "opposed_is_rival": float(opposed is not None and opposed == rival),
        "backed_is_rival": float(backed == rival),
        "log_distance": math.log1p(_of_two(records.distance_km, power, backed, last)),
        "log_distance_opposed": math.log1p(_of_two(records.distance_km, power, opposed, last)),
        "near": _at_most(_NEAR, contiguity),
        "border": _at_most(_BORDER, contiguity),
        "near_opposed": _at_most(_NEAR, _of_two(records.contiguity, power, opposed, last)),
        "opposed_borders_backed": _at_most(
            _BORDER, _of_two(records.contiguity, opposed, backed, last)
        ),
        "wars": _of_one(records.wars, power, last),
        "wars_backed": _of_one(records.wars, backed, last),
        "disputes": _of_one(records.disputes, power, last),
        "nuclear_backed": _of_one(records.nuclear, backed, last),
        "nuclear_opposed": _of_one(records.nuclear, opposed, last),
        "trade_backed": _of_two(records.trade, power, backed, last),
        "trade_opposed": _of_two(records.trade, power, opposed, last),
        "trade_of_backed": _of_two(records.trade, backed, power, last),
        "democracy_backed": _of_one(records.democracy, backed, last),
        "strength": strength,
        "strength_backed": strength_backed,
        "log_strength": _log(strength),
        "log_strength_backed": _log(strength_backed),
        "strength_opposed": _of_one(records.strength, opposed, last),
        "troops": _log10(_of_two(records.troops, power, backed, last)),
        "trigger": _known(case.trigger),
        "violent": _violent(case.trigger, attacked=case.attacked),
    }


def _of_one(ask: Callable[[State, int], float | None], one: State | None, year: int) -> float:
    return _known(None if one is None else ask(one, year))


def _of_two(
    ask: Callable[[State, State, int], float | None],
    one: State | None,
    two: State | None,
    year: int,
) -> float:
    return _known(None if one is None or two is None else ask(one, two, year))


def _known(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _violent(trigger: int | None, *, attacked: bool) -> float:
    return math.nan if trigger is None else float(attacked and trigger >= _VIOLENT)


def _log(share: float) -> float:
    """Return the logarithm of a share of world capabilities, of none too."""
    return math.log(share + _LEAST_SHARE)


def _log10(value: float) -> float:
    return math.nan if math.isnan(value) else math.log10(1.0 + value)


def _at_most(kind: int, contiguity: float) -> float:
    return math.nan if math.isnan(contiguity) else float(contiguity <= kind)


def _five_years(records: Records[State], supplier: State, client: State, last: int) -> float | None:
    """Return log(1 + deliveries), None where the last year is unknown.

    A window that begins before the records do counts from where they begin.
    """
    if records.arms(supplier, client, last) is None:
        return None
    return math.log1p(sum(records.arms(supplier, client, year) or 0.0 for year in _window(last)))


def _share(records: Records[State], supplier: State, client: State, last: int) -> float | None:
    """Return the supplier's share of all that was delivered; 0 where nothing was."""
    if records.arms(supplier, client, last) is None or records.received(client, last) is None:
        return None
    ours = sum(records.arms(supplier, client, year) or 0.0 for year in _window(last))
    total = sum(records.received(client, year) or 0.0 for year in _window(last))
    return ours / total if total > 0.0 else 0.0


def _window(last: int) -> range:
    return range(last - _ARMS_YEARS + 1, last + 1)
