"""Passages: canals and straits, whose they are, who may pass, and when they were shut."""

from dataclasses import dataclass
from functools import lru_cache

from sidelines.facts.holders import holder_of
from sidelines.facts.record import Fact, Row, fact_of
from sidelines.facts.world import World, in_force, lookup, rows
from sidelines.terms.errors import NotFoundError, nearest, shown

__all__ = [
    "VESSELS",
    "Closure",
    "Passage",
    "closures",
    "controllers",
    "passage",
    "passages",
    "shut",
]

VESSELS = ("merchant", "warship", "aircraft")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A canal or strait under its regime of the day.

    `merchant`, `warship` and `aircraft` say what each needs to pass: `free` (nobody may refuse),
    `notice`, `leave`, or `none` where it has no zone of its own and the states overflown decide.
    `areas` are those of the shores or owners; `usual` is `closed` for ways under ice. Width of the
    narrowest part, in a canal of the widest ship [m], and deepest draught [m]; None where unknown.
    """

    id: str
    kind: str
    regime: str
    areas: tuple[str, ...]
    merchant: str
    warship: str
    aircraft: str
    usual: str
    width_m: float | None
    draught_m: float | None

    def refusable(self, vessel: str) -> bool:
        """Tell whether somebody may refuse the passage to a merchant, a warship, an aircraft."""
        return getattr(self, vessel) in {"leave", "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A passage shut: `closed` in fact or only `declared`, against all or some flags, by whom."""

    passage: str
    state: str
    against: tuple[str, ...]
    ship: str
    by: str


def passage(world: World, id_: str) -> Fact[Passage]:
    """Return a passage as it stands on `as_of`; raise `NotFoundError` with the nearest id.

    >>> import datetime as dt
    >>> from sidelines.facts.world import load_world
    >>> found = passage(load_world(dt.date(2022, 2, 28)), "bosporus").value
    >>> found.regime, found.refusable("merchant"), found.refusable("warship")
    ('montreux-1936', False, True)
    """
    found = in_force(world, lookup(world, "passages", {"passage": id_}))
    if not found:
        known = tuple(sorted({row.fields["passage"] for row in rows(world, "passages")}))
        near = nearest(id_, known)
        hint = f"Did you mean {near!r}?" if near else f"There are {', '.join(known)}."
        raise NotFoundError(f"There is no passage {shown(id_)} on {world.as_of}.", hint=hint)
    return _passage(found[0])


@lru_cache(maxsize=64)
def passages(world: World) -> tuple[Fact[Passage], ...]:
    """Return every passage that exists on `as_of`, in order of their ids."""
    return tuple(_passage(row) for row in in_force(world, rows(world, "passages")))


@lru_cache(maxsize=4096)
def controllers(world: World, id_: str, *, view: str = "un") -> tuple[str, ...]:
    """Return who can let through or refuse: the holders of its shores; empty on the high seas."""
    found = (holder_of(world, area, view=view) for area in passage(world, id_).value.areas)
    return tuple(dict.fromkeys(found))


def closures(world: World, id_: str) -> tuple[Fact[Closure], ...]:
    """Return what keeps a passage shut on `as_of`, to anybody."""
    return tuple(
        fact_of(
            row,
            Closure(
                passage=id_,
                state=row.fields["state"],
                against=tuple(row.fields["against"].split("|")),
                ship=row.fields["ship"],
                by=row.fields["by"],
            ),
            unit="closure",
        )
        for row in in_force(world, lookup(world, "closures", {"passage": id_}))
    )


def shut(world: World, id_: str, *, vessel: str, flag: str) -> Fact[Closure] | None:
    """Return what shuts a passage to a vessel of a flag, closed before declared, or None.

    Whoever shut it passes itself, unless it is shut to all.
    """
    found = [
        fact
        for fact in closures(world, id_)
        if fact.value.ship in {"any", vessel}
        and ("all" in fact.value.against or flag in fact.value.against)
        and not (fact.value.state == "declared" and fact.value.by == flag)
    ]
    return min(found, key=lambda fact: fact.value.state, default=None)


def _passage(row: Row) -> Fact[Passage]:
    cells = row.fields
    value = Passage(
        id=cells["passage"],
        kind=cells["kind"],
        regime=cells["regime"],
        areas=tuple(area for area in cells["controllers"].split("|") if area),
        merchant=cells["merchant"],
        warship=cells["warship"],
        aircraft=cells["aircraft"],
        usual=cells["usual"],
        width_m=float(cells["width_m"]) if cells["width_m"] else None,
        draught_m=float(cells["draught_m"]) if cells["draught_m"] else None,
    )
    return fact_of(row, value, unit="passage")
