"""Inter-state wars (COW 4.0): who fought, on which side, from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["Belligerent", "InterstateWar", "InterstateWars", "load_interstate_wars"]

_UNKNOWN = -9
_SPELLS = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belligerent:
    """A state in a war: its side (1 or 2), its spells of fighting in years, its part.

    `battle_deaths` is None where unknown; `began` is the first known day of the first spell as
    (year, month, day).
    """

    cow: int
    side: int
    initiator: bool
    began: tuple[int, int, int]
    spells: tuple[tuple[int, int], ...]
    battle_deaths: int | None

    def fought_in(self, year: int) -> bool:
        """Tell whether the state fought in a year."""
        return any(first <= year <= last for first, last in self.spells)


@dataclass(frozen=True, slots=True, kw_only=True)
class InterstateWar:
    """A war and its belligerents, in the order in which they entered."""

    number: int
    name: str
    belligerents: tuple[Belligerent, ...]

    @property
    def first_year(self) -> int:
        """Return the year in which the war began."""
        return self.belligerents[0].began[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterstateWars:
    """Wars by number, 1816 to 2007."""

    wars: Mapping[int, InterstateWar]


@once_per_folder
def load_interstate_wars() -> InterstateWars:
    """Return the inter-state wars of the user's copy."""
    dates = [f"{part}{n}" for n in _SPELLS for part in ("StartYear", "EndYear")]
    names = ["WarNum", "WarName", "ccode", "Side", "Initiator", "BatDeath", *dates]
    columns = read("cow_wars", "inter_state_war_v4_0.csv", [*names, "StartMonth1", "StartDay1"])
    held: dict[tuple[int, str], list[Belligerent]] = {}
    for row in range(len(columns["WarNum"])):
        said = {name: values[row] for name, values in columns.items()}
        key = (int(said["WarNum"]), str(said["WarName"]))
        held.setdefault(key, []).append(_belligerent(said))
    return InterstateWars(
        wars={
            number: InterstateWar(
                number=number,
                name=name,
                belligerents=tuple(sorted(fighters, key=lambda one: (one.began, one.cow))),
            )
            for (number, name), fighters in held.items()
        }
    )


def _belligerent(said: Mapping[str, int]) -> Belligerent:
    starts = ((int(said[f"StartYear{n}"]), int(said[f"EndYear{n}"])) for n in _SPELLS)
    deaths = int(said["BatDeath"])
    return Belligerent(
        cow=int(said["ccode"]),
        side=int(said["Side"]),
        initiator=said["Initiator"] == 1,
        began=(int(said["StartYear1"]), int(said["StartMonth1"]), int(said["StartDay1"])),
        spells=tuple((first, max(first, last)) for first, last in starts if first > 0),
        battle_deaths=None if deaths == _UNKNOWN else deaths,
    )
