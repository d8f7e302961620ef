"""Who stands where: sides, kinds of tie, rights of access, and the five factors."""

from enum import StrEnum

__all__ = ["FACTORS", "AccessState", "Factor", "Means", "Right", "Side", "StanceKind", "TieKind"]


class Side(StrEnum):
    """Which of the two parties a power backs."""

    TARGET = "target"
    ATTACKER = "attacker"

    @property
    def other(self) -> "Side":
        """The opposing side."""
        return Side.ATTACKER if self is Side.TARGET else Side.TARGET

    @property
    def sign(self) -> int:
        """+1 where support helps the target hold, -1 where it helps the attacker."""
        return 1 if self is Side.TARGET else -1


class TieKind(StrEnum):
    """What binds a power to a party: by treaty, by patronage, by trade in arms, by alignment."""

    DEFENCE_PACT = "defence-pact"
    NEUTRALITY_PACT = "neutrality-pact"
    NON_AGGRESSION = "non-aggression"
    CONSULTATION = "consultation"
    PATRONAGE = "patronage"
    ARMS_TRADE = "arms-trade"
    ALIGNMENT = "alignment"


class Means(StrEnum):
    """How a way is travelled."""

    AIR = "air"
    SEA = "sea"
    LAND = "land"


class Right(StrEnum):
    """What a grantor may allow."""

    OVERFLIGHT = "overflight"
    LANDING = "landing"
    BASING = "basing"
    TRANSIT = "transit"
    STRAIT = "strait"
    CANAL = "canal"


class AccessState(StrEnum):
    """Whether a right is given. Unknown always carries a probability."""

    GRANTED = "granted"
    DENIED = "denied"
    UNKNOWN = "unknown"


class StanceKind(StrEnum):
    """A declared role outside the quarrel."""

    NEUTRAL = "neutral"
    MEDIATOR = "mediator"


class Factor(StrEnum):
    """The five things that hold a power back; an attribution splits restraint among them."""

    GEOGRAPHY = "geography"
    OVERSTRETCH = "overstretch"
    CAUTION = "caution"
    ECONOMY = "economy"
    COMMITMENT = "commitment"


FACTORS: tuple[Factor, ...] = tuple(Factor)
