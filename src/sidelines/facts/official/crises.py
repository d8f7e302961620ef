"""International crises and the states in them (ICB v14): who did what, and who liked it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["Activity", "Crises", "CrisisActor", "IcbCrisis", "load_crises"]

_STATES = range(2, 990)  # codes above stand for several states, non-states and the like


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What a power did towards the crisis of an actor, and how the actor felt about it.

    The word of a code that nobody explains is None; so is a favour that was not coded.
    """

    power: int
    code: int
    word: str | None
    favour_code: int | None
    favour: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisActor:
    """A state in crisis: since when, what set it off, who threatened it, what the powers did.

    Numbers of states are as ICB has them: COW's, but Germany stays 260 and Yemen 678 after 1990.
    `set_off_by` and `threat` are None where that is no single state. `activities` holds the powers
    that ICB coded, and no others: a power that is missing was not coded, not idle. One row of the
    file (crisis 474, Saudi Arabia) is empty but for its name.
    """

    crisis: int
    number: int
    cow: int
    name: str
    year: int | None
    month: int | None
    day: int | None
    trigger_code: int | None
    trigger: str | None
    set_off_by: int | None
    threat: int | None
    activities: Mapping[int, Activity]


@dataclass(frozen=True, slots=True, kw_only=True)
class IcbCrisis:
    """A crisis, the first year in which a state felt it, its end, its actors by number."""

    number: int
    name: str
    year: int | None
    end_year: int | None
    actors: tuple[CrisisActor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crises:
    """All crises by number."""

    crises: Mapping[int, IcbCrisis]

    def actors(self) -> tuple[CrisisActor, ...]:
        """Return every state in crisis, crisis by crisis."""
        return tuple(actor for crisis in self.crises.values() for actor in crisis.actors)


@once_per_folder
def load_crises() -> Crises:
    """Return the crises of the user's copy of ICB v14."""
    actors: dict[int, list[CrisisActor]] = {}
    for actor in _actors():
        actors.setdefault(actor.crisis, []).append(actor)
    columns = read("icb", "crises_v14.csv", ["crisno", "crisname", "yrterm"])
    rows = zip(*(values.tolist() for values in columns.values()), strict=True)
    return Crises(
        crises={
            number: IcbCrisis(
                number=number,
                name=name,
                year=min((one.year for one in actors[number] if one.year), default=None),
                end_year=_whole(end),
                actors=tuple(sorted(actors[number], key=lambda one: one.number)),
            )
            for number, name, end in rows
        }
    )


def _actors() -> list[CrisisActor]:
    plain = ["crisno", "cracno", "cracid", "actor", "yrtrig", "motrig", "datrig", "triggr"]
    plain += ["trigent", "southv"]
    powers = [f"{prefix}{what}" for prefix in _words("powers") for what in ("inv", "favr")]
    columns = read("icb", "actors_v14.csv", [*plain, *powers])
    count = len(columns["crisno"])
    return [_actor({name: values[i] for name, values in columns.items()}) for i in range(count)]


def _actor(row: Mapping[str, np.generic]) -> CrisisActor:
    said = {name: _whole(value) for name, value in row.items() if name != "actor"}
    cow, trigger = int(row["cracid"]), said["triggr"]
    return CrisisActor(
        crisis=int(row["crisno"]),
        number=int(row["cracno"]),
        cow=cow,
        name=str(row["actor"]),
        year=said["yrtrig"],
        month=_within(said["motrig"], 12),
        day=_within(said["datrig"], 31),
        trigger_code=trigger,
        trigger=_word("trigger", trigger),
        set_off_by=_other_state(said["trigent"], cow),
        threat=_other_state(said["southv"], cow),
        activities={one.power: one for one in _activities(said)},
    )


def _activities(said: Mapping[str, int | None]) -> list[Activity]:
    found = []
    for prefix, power in _words("powers").items():
        code, favour = said[f"{prefix}inv"], said[f"{prefix}favr"]
        if code:
            found.append(
                Activity(
                    power=power,
                    code=code,
                    word=_word("activity", code),
                    favour_code=favour,
                    favour=_word("favour", favour),
                )
            )
    return found


def _other_state(code: int | None, cow: int) -> int | None:
    return code if code in _STATES and code != cow else None


def _within(value: int | None, top: int) -> int | None:
    """Return a month or a day; higher codes stand for an unknown one."""
    return value if value is not None and 1 <= value <= top else None


def _whole(value: object) -> int | None:
    number = float(str(value) or "nan")
    return None if np.isnan(number) else int(number)


@cache
def _words(subject: str) -> dict[str, int]:
    text = resources.files(__package__).joinpath("icb_codes.toml").read_text("utf-8")
    words: dict[str, int] = tomllib.loads(text)[subject]
    return words


def _word(subject: str, code: int | None) -> str | None:
    found = _words(subject).get(str(code))
    return None if found is None else str(found)
