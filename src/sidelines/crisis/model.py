"""What a crisis file says, as frozen data. A shock or a what-if returns a new `Crisis`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field

from sidelines.crisis.quantity import Count, Km, Probability, Quantity, Share, TonnesPerDay
from sidelines.terms.ladder import INSTRUMENTS, RUNGS
from sidelines.terms.roles import AccessState, Means, Right, Side, StanceKind, TieKind
from sidelines.terms.sources import Source
from sidelines.terms.states import find_actor

__all__ = [
    "Access",
    "Base",
    "Commitment",
    "Control",
    "Crisis",
    "Delivery",
    "Event",
    "Override",
    "Power",
    "Quantity",
    "Salvo",
    "Signal",
    "Stance",
    "Strength",
    "Theatre",
    "Threat",
    "Tie",
]

_FORBID: dict[str, str] = {"extra": "forbid"}


def _to_id(word: str) -> str:
    try:
        return find_actor(word)
    except KeyError as error:
        raise ValueError(str(error)) from None


ActorId = Annotated[str, AfterValidator(_to_id), Field(description="ISO 3166 alpha-3 or name")]
InstrumentName = Literal["words", "diplomatic", "money", "weapons", "advisers", "forces"]
RungName = Literal["nothing", "words", "diplomatic", "money", "weapons", "advisers", "forces"]
assert InstrumentName.__args__ == INSTRUMENTS  # type: ignore[attr-defined]
assert RungName.__args__ == RUNGS  # type: ignore[attr-defined]
EventKind = Literal[
    "strike-campaign",
    "invasion",
    "leader-killed",
    "mobilisation",
    "declaration",
    "threat",
    "sanction",
    "closure",
    "transfer",
    "ceasefire",
    "coup",
    "other",
]
Latitude = Annotated[float, Field(strict=True, ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(strict=True, ge=-180, le=180, allow_inf_nan=False)]
Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """Where it happens: the point that distances are measured to."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    name: Text
    lat: Latitude
    lon: Longitude


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Who holds the approaches: 0 the target's side, 1 the attackers, per means of travel."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    air: Share | None = None
    sea: Share | None = None
    land: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """What one of the two parties brings: resolve, strength, and the share of it committed."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    resolve: Share | None = None
    committed: Share | None = None
    strength: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvo:
    """One pulse of strikes on the targets, and the batteries of interceptors that they have.

    `decides`: the target holds if nothing gets through, whatever the ratio of strengths.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    weapons: Count
    hit_prob: Probability
    batteries: Count
    shots_per_battery: Count
    intercept_prob: Probability
    loss_per_hit: Share
    decides: bool = False
    title: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, and the inputs it set."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    date: dt.date
    title: Text
    kind: EventKind = "other"
    source: str | None = None
    sets: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """A threat by a party against those who help the other side."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    date: dt.date
    by: ActorId
    against: tuple[ActorId, ...]
    strength: Share
    title: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What binds a power to a party of its side, since when, and whether this attack obliges it."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    kind: TieKind
    with_: Annotated[ActorId | None, Field(alias="with")] = None
    since: dt.date | None = None
    obliges: bool | None = None
    title: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A standing commitment that ties down a share of a power's usable forces."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    title: Text
    share: Share
    since: dt.date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A right of way that a grantor gives, refuses, or may give."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    means: Means
    grantor: ActorId
    right: Right
    state: AccessState
    prob: Probability | None = None
    since: dt.date | None = None
    title: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A base or host that the tables lack, and how likely it may be used here."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    place: Text
    host: ActorId
    lat: Latitude
    lon: Longitude
    kind: Literal["air", "naval", "army", "logistics", "radar"] = "air"
    usable: Probability | None = None
    since: dt.date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Words or diplomacy already on record, cheap or costly; `done` if spoken in this crisis."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    date: dt.date
    title: Text
    instrument: Literal["words", "diplomatic"] = "words"
    cost: Literal["cheap", "costly"] = "cheap"
    done: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Support that was flowing, from 0 to 1; `done` if the instrument is in use in this crisis.

    `batteries` of interceptors that it brought, where the crisis has a salvo.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    date: dt.date
    title: Text
    instrument: InstrumentName
    flow: Share
    batteries: Count | None = None
    done: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """A declared neutrality or mediation."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    kind: StanceKind
    date: dt.date | None = None
    title: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A probability the user puts in place of the model's, with the reason."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    rung: RungName
    probability: Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
    reason: Text
    at_least: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """An outside power and the side it may back. One entry per power and side."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    power: ActorId
    side: Side
    stake: Share | None = None
    exposure: Share | None = None
    rents: Share | None = None
    danger: Share | None = None
    commitment: Share | None = None
    overstretch: Share | None = None
    strength: Share | None = None
    distance_km: Km | None = None
    lift_t_per_day: TonnesPerDay | None = None
    open_way_prob: Probability | None = None
    batteries: Count | None = None
    ties: tuple[Tie, ...] | None = None
    commitments: tuple[Commitment, ...] | None = None
    access: tuple[Access, ...] = ()
    bases: tuple[Base, ...] = ()
    signals: tuple[Signal, ...] = ()
    delivered: tuple[Delivery, ...] = ()
    stance: Stance | None = None
    overrides: tuple[Override, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """Who attacks whom, where, since when, and who might step in.

    `retrospective` says that the facts were compiled after
    `as_of`; they may describe only the time before it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Text
    as_of: dt.date
    attackers: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    targets: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    powers: Annotated[tuple[Power, ...], Field(min_length=1)]
    theatre: Theatre | None = None
    control: Control = field(default_factory=Control)
    attack: Strength = field(default_factory=Strength)
    defence: Strength = field(default_factory=Strength)
    salvo: Salvo | None = None
    summary: str = ""
    retrospective: bool = False
    events: tuple[Event, ...] = ()
    threats: tuple[Threat, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    def parties(self, side: Side) -> tuple[str, ...]:
        """Return the ids of one side's parties, leader first."""
        return self.targets if side is Side.TARGET else self.attackers

    @property
    def salvo_decides(self) -> bool:
        """Whether the salvo decides who holds, not the ratio of strengths."""
        return self.salvo is not None and self.salvo.decides
