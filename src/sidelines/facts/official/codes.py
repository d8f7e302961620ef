"""State codes: ours, Correlates of War (COW) and Gleditsch-Ward (GW), by year; names in files.

A year may also be a day. The numbers of a state are those it has at the end of the year.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sidelines.terms.states import Actor, actors, known_actor

__all__ = ["cow_number", "cow_of_gw", "cow_of_name", "gw_of_cow", "id_of_name", "state_id"]

_ALWAYS = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    cow: int
    gw: int
    source: str
    first: int = 0
    last: int = _ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slip:
    dataset: str
    number: int
    cow: int
    what: str
    source: str
    first: int = 0
    last: int = _ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Germany:
    id: str
    united: int
    divided: int
    first_divided: int
    last_divided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Codes:
    different: tuple[_Difference, ...]
    slips: tuple[_Slip, ...]
    germany: _Germany
    names: Mapping[str, str]


@cache
def _codes() -> _Codes:
    said = tomllib.loads(resources.files(__package__).joinpath("codes.toml").read_text("utf-8"))
    return _Codes(
        different=tuple(_Difference(**one) for one in said["different"]),
        slips=tuple(_Slip(**one) for one in said["slips"]),
        germany=_Germany(**said["germany"]),
        names={name.casefold(): id_ for name, id_ in said["names"].items()},
    )


def cow_number(id_: str, year: int) -> int | None:
    """Return the COW number of a state of ours in a year in which it existed, else None.

    >>> cow_number("DEU", 1985), cow_number("DEU", 1995), cow_number("SUN", 1995)
    (260, 255, None)
    """
    state = actors().get(id_)
    if state is None or state.cow is None or not _existed_in(state, year):
        return None
    germany = _codes().germany
    if id_ == germany.id and germany.first_divided <= year <= germany.last_divided:
        return germany.divided
    return state.cow


def _existed_in(state: Actor, year: int) -> bool:
    begun = state.start is None or state.start.year <= year
    return begun and (state.end is None or year <= state.end.year)


def state_id(cow: int, year: int | dt.date) -> str | None:
    """Return our id of a COW number on a day, or at the end of a year; else None.

    >>> state_id(365, 1990), state_id(365, 1991), state_id(365, dt.date(1991, 12, 25))
    ('SUN', 'RUS', 'SUN')
    """
    day = year if isinstance(year, dt.date) else dt.date(year, 12, 31)
    germany = _codes().germany
    number = germany.united if cow == germany.divided else cow
    return next((one.id for one in _by_cow().get(number, ()) if one.existed_on(day)), None)


@cache
def _by_cow() -> dict[int, tuple[Actor, ...]]:
    found: dict[int, tuple[Actor, ...]] = {}
    for one in actors().values():
        if one.kind == "state" and one.cow is not None:
            found[one.cow] = (*found.get(one.cow, ()), one)
    return found


def cow_of_gw(gw: int, year: int, *, dataset: str = "") -> int:
    """Return the COW number of a GW number in a year; where no rule differs it is the same.

    A data set may be named whose file uses a number otherwise than the rest.

    >>> cow_of_gw(260, 1985), cow_of_gw(260, 1995), cow_of_gw(340, 2010), cow_of_gw(2, 2010)
    (260, 255, 345, 2)
    """
    for slip in _codes().slips:
        if (slip.dataset, slip.number) == (dataset, gw) and slip.first <= year <= slip.last:
            return slip.cow
    rules = (one for one in _codes().different if one.gw == gw and one.first <= year <= one.last)
    return next((one.cow for one in rules), gw)


def gw_of_cow(cow: int, year: int) -> int:
    """Return the GW number of a COW number in a year; where no rule differs it is the same.

    >>> gw_of_cow(679, 1995), gw_of_cow(345, 1995), gw_of_cow(345, 2010)
    (678, 345, 340)
    """
    rules = (one for one in _codes().different if one.cow == cow and one.first <= year <= one.last)
    return next((one.gw for one in rules), cow)


def cow_of_name(name: str, year: int) -> int | None:
    """Return the COW number of a state as research files name it; rebels and others are None.

    The number is that of the state's own, whatever years the file gives it: deliveries to 'Russia'
    and to 'Soviet Union' are both 365.

    >>> cow_of_name("Soviet Union", 1980), cow_of_name("Germany", 1980), cow_of_name("Hamas*", 2010)
    (365, 260, None)
    """
    id_ = id_of_name(name)
    return None if id_ is None else cow_number(id_, year) or actors()[id_].cow


@cache
def id_of_name(name: str) -> str | None:
    """Return our id of a state as research files name it; rebels and others are None.

    >>> id_of_name("East Germany (GDR)")
    'DDR'
    """
    id_ = _codes().names.get(name.casefold()) or known_actor(name)
    return id_ if id_ is not None and actors()[id_].kind == "state" else None
