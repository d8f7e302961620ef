"""What each source says that a power did in a case: one column per source and kind of help.

Sources measure different things, so no column is made of two of them. A label is NaN where its
source does not cover the years it asks about; whether it covers them never depends on what was
done. Sources of fights name nobody where there is no fight, which is a zero here: a column beside
them says whether there was one that the source could see.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.conflicts import Conflicts, ConflictYear, Side, load_conflicts
from sidelines.facts.official.disputes import Dispute, Disputes, Participant, load_disputes
from sidelines.facts.official.folder import holds
from sidelines.facts.official.interstate_wars import (
    Belligerent,
    InterstateWar,
    InterstateWars,
    load_interstate_wars,
)
from sidelines.facts.official.support import KINDS, DyadYear, Support, load_support
from sidelines.facts.official.transfers import Transfers, load_transfers
from sidelines.history.columns import Columns, column
from sidelines.history.deliveries import AFTER, FLOOR_TIV, delivery_change
from sidelines.terms.ladder import Rung

__all__ = [
    "LabelSources",
    "arms_labels",
    "crisis_labels",
    "dispute_labels",
    "labels",
    "official_label_sources",
    "support_labels",
    "troop_labels",
    "war_labels",
]

_FORCE = 4  # hostility in a dispute from which force is used
_ORDERS = range(3)  # years from the onset in which an order answers to it
_FIRST_ORDER = 1900

Labels = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSources:
    """The sources; `transfers` is None for those who hold no copy of the register."""

    conflicts: Conflicts
    support: Support
    disputes: Disputes
    wars: InterstateWars
    transfers: Transfers | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    power: int
    backed: int
    opposed: int | None
    year: int

    @property
    def years(self) -> tuple[int, int]:
        """Return the years in which an act counts as an answer: that of the onset and the next."""
        return self.year, self.year + 1


def official_label_sources() -> LabelSources:
    """Return the sources of the user's copies."""
    return LabelSources(
        conflicts=load_conflicts(),
        support=load_support(),
        disputes=load_disputes(),
        wars=load_interstate_wars(),
        transfers=load_transfers() if holds("sipri_transfers") else None,
    )


def labels(cases: Columns, sources: LabelSources) -> Labels:
    """Return every label of cases that say `power`, `backed`, `opposed`, `year`.

    States go by COW number; `opposed` is NaN where nobody is known.
    """
    return {
        **troop_labels(cases, sources.conflicts),
        **arms_labels(cases, sources.transfers),
        **support_labels(cases, sources.support),
        **dispute_labels(cases, sources.disputes),
        **war_labels(cases, sources.wars),
    }


def crisis_labels(cases: Columns) -> Labels:
    """Return what ICB coded as labels, NaN where it codes nothing.

    `icb_any`, `icb_material` (economic, covert or semi-military help, or forces), `icb_forces`; and
    `icb_arms`, weapons or advisers at least.
    """
    ladder, low = column(cases, "ladder"), column(cases, "rung_low")
    coded = ~np.isnan(ladder)
    steps = {name: ladder >= step for step, name in enumerate(("any", "material", "forces"), 1)}
    steps["arms"] = low >= Rung.WEAPONS
    return {f"icb_{name}": np.where(coded, reached, np.nan) for name, reached in steps.items()}


def troop_labels(cases: Columns, conflicts: Conflicts) -> Labels:
    """Return whether ACD names the power as sending troops to the backed party's side.

    `acd_forces`: in a conflict in which that party is a primary one, in the year of the onset or
    the next. `acd_fight`: whether there was such a conflict.
    """
    fights: dict[tuple[int, int], list[tuple[ConflictYear, Side]]] = {}
    for one in conflicts.years.values():
        for side, states in one.primary.items():
            for state in states:
                fights.setdefault((state, one.year), []).append((one, side))

    def row(case: _Case) -> dict[str, float]:
        if not _covered("ucdp_acd", case.years):
            return _unknown("acd_forces", "acd_fight")
        held = [fight for year in case.years for fight in fights.get((case.backed, year), ())]
        sent = any(case.power in one.troops[side] for one, side in held)
        return {"acd_forces": float(sent), "acd_fight": float(bool(held))}

    return _columns(cases, row)


def arms_labels(cases: Columns, transfers: Transfers | None) -> Labels:
    """Return what became of the power's deliveries of arms to the backed party, by SIPRI.

    `sipri_surge`, `sipri_stop`: see `deliveries.delivery_change`; `sipri_continued`: 25 TIV or more
    came in the three years after the onset without either; `sipri_none`: none of the three. By year
    of order, of what came in those years: `sipri_ordered` has 25 TIV or more from orders of the
    onset's year and the two after it, `sipri_old_orders` from orders before it. `sipri_delivered`:
    25 TIV or more came, whenever ordered.
    """

    def row(case: _Case) -> dict[str, float]:
        change = delivery_change(transfers, case.power, case.backed, onset=case.year)
        after, surge, stop = change["delivered_after"], change["surge"], change["stop"]
        enough = _reaches(after)
        went_on = enough * (1.0 - surge) * (1.0 - stop)
        return {
            "sipri_delivered": enough,
            "sipri_surge": surge,
            "sipri_stop": stop,
            "sipri_continued": went_on,
            "sipri_none": 1.0 - surge - stop - went_on,
            **_by_order(case, transfers),
        }

    return _columns(cases, row)


def _by_order(case: _Case, transfers: Transfers | None) -> dict[str, float]:
    years = range(case.year + 1, case.year + 1 + AFTER)
    orders = {
        "sipri_ordered": range(case.year, case.year + len(_ORDERS)),
        "sipri_old_orders": range(_FIRST_ORDER, case.year),
    }
    if transfers is None or not _covered("sipri_transfers", years):
        return _unknown(*orders)
    ask = transfers.delivered_of_orders
    return {
        name: _reaches(
            sum(ask(case.power, case.backed, year, ordered=ordered) or 0.0 for year in years)
        )
        for name, ordered in orders.items()
    }


def _reaches(tiv: float) -> float:
    return np.nan if np.isnan(tiv) else float(tiv >= FLOOR_TIV)


def support_labels(cases: Columns, support: Support) -> Labels:
    """Return whether ESD names the power in a fight of the backed government, and for what.

    `esd_named`, and `esd_weapons`, `esd_troops` and so on. Which side was supported is not in the
    data, so it may have been the other one. A kind is NaN where somebody gave it and the data do
    not say who. `esd_fight`: whether the government has a dyad in the year of the onset or the
    next.
    """
    fights: dict[tuple[int, int], list[DyadYear]] = {}
    for one in support.dyad_years.values():
        if one.government is not None:
            fights.setdefault((one.government, one.year), []).append(one)
    names = ("named", "fight", *KINDS)

    def row(case: _Case) -> dict[str, float]:
        if not _covered("ucdp_esd", case.years):
            return _unknown(*(f"esd_{name}" for name in names))
        held = [fight for year in case.years for fight in fights.get((case.backed, year), ())]
        given = [one.supporters[case.power] for one in held if case.power in one.supporters]
        kinds = {f"esd_{kind}": _any_known(one[kind] for one in given) for kind in KINDS}
        return {"esd_named": float(bool(given)), "esd_fight": float(bool(held)), **kinds}

    return _columns(cases, row)


def _any_known(flags: Iterator[bool | None]) -> float:
    """Return whether any flag is set: unknown where none is, but one is unknown."""
    held = list(flags)
    return 1.0 if True in held else np.nan if None in held else 0.0


def dispute_labels(cases: Columns, disputes: Disputes) -> Labels:
    """Return whether the power joined the backed party in a dispute with the opposed one, by MID.

    `mid_join`: in a dispute that began in the year of the onset or the next, with both parties as
    originators on opposite sides. `mid_force`: and used force in it. `mid_fight`: whether there was
    such a dispute. NaN where no opposed party is known.
    """
    begun: dict[tuple[int, int], list[tuple[Dispute, Participant]]] = {}
    for one in disputes.disputes.values():
        for part in one.participants:
            if part.originator:
                begun.setdefault((part.cow, one.year), []).append((one, part))

    def row(case: _Case) -> dict[str, float]:
        if case.opposed is None or not _covered("mid", case.years):
            return _unknown("mid_join", "mid_force", "mid_fight")
        held = [
            (dispute, part.initiator_side)
            for year in case.years
            for dispute, part in begun.get((case.backed, year), ())
            if _originates(dispute, case.opposed, initiator_side=not part.initiator_side)
        ]
        how_far = [
            part.hostility
            for dispute, side in held
            for part in dispute.participants
            if part.cow == case.power and part.initiator_side == side and not part.originator
        ]
        return {
            "mid_join": float(bool(how_far)),
            "mid_force": float(max(how_far, default=0) >= _FORCE),
            "mid_fight": float(bool(held)),
        }

    return _columns(cases, row)


def _originates(dispute: Dispute, cow: int, *, initiator_side: bool) -> bool:
    return any(
        part.originator and part.cow == cow and part.initiator_side == initiator_side
        for part in dispute.participants
    )


def war_labels(cases: Columns, wars: InterstateWars) -> Labels:
    """Return whether the power entered a war beside the backed party against the opposed one.

    `war_join`: in the year of the onset or the next, by COW's inter-state wars. `war_fight`:
    whether the two parties fought each other in one in these years. NaN where no opposed party is
    known.
    """

    def row(case: _Case) -> dict[str, float]:
        if case.opposed is None or not _covered("cow_wars", case.years):
            return _unknown("war_join", "war_fight")
        held = [
            (war, backed.side)
            for war in wars.wars.values()
            for backed in _fighting(war, case.backed, case.years)
            if any(one.side != backed.side for one in _fighting(war, case.opposed, case.years))
        ]
        joined = any(
            one.side == side and any(first in case.years for first, _ in one.spells)
            for war, side in held
            for one in _fighting(war, case.power, case.years)
        )
        return {"war_join": float(joined), "war_fight": float(bool(held))}

    return _columns(cases, row)


def _fighting(war: InterstateWar, cow: int, years: tuple[int, ...]) -> list[Belligerent]:
    """Return the parts that a state had in a war in some years: sides may change."""
    parts = (one for one in war.belligerents if one.cow == cow)
    return [one for one in parts if any(one.fought_in(year) for year in years)]


def _covered(dataset: str, years: tuple[int, ...] | range) -> bool:
    return all(entry(dataset).covers(year) for year in years)


def _unknown(*names: str) -> dict[str, float]:
    return dict.fromkeys(names, np.nan)


def _columns(cases: Columns, row: Callable[[_Case], Mapping[str, float]]) -> Labels:
    """Return the labels of all cases, one array each."""
    rows = [row(case) for case in _cases(cases)]
    return {name: np.array([one[name] for one in rows], dtype=float) for name in rows[0]}


def _cases(cases: Columns) -> Iterator[_Case]:
    names = ("power", "backed", "opposed", "year")
    for power, backed, opposed, year in zip(*(column(cases, n) for n in names), strict=True):
        yield _Case(
            power=int(power),
            backed=int(backed),
            opposed=None if np.isnan(opposed) else int(opposed),
            year=int(year),
        )
