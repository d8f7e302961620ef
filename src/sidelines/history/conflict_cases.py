"""Cases from armed conflicts: one row per episode, side that is a state, and power of a fixed list.

The list of powers and the episodes make the rows, whoever sent troops or arms: nobody has a row
because it did something.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import numpy as np

from sidelines.assess.covariates import Case, Records, covariates
from sidelines.facts.official.codes import cow_number
from sidelines.facts.official.conflicts import Conflicts, Episode, Side
from sidelines.facts.official.transfers import Transfers
from sidelines.history.crisis_cases import RIVALS
from sidelines.history.deliveries import delivery_change
from sidelines.terms.states import actors

__all__ = ["COALITION", "conflict_cases", "powers_since"]

COALITION = 5  # so many states or more with troops on one side in a year are a mission or coalition
_OTHER: Mapping[Side, Side] = {"A": "B", "B": "A"}


def powers_since() -> dict[int, int]:
    """Return the COW numbers of the powers, each with the year from which it is followed."""
    return {power: year for power, (_, year) in _powers_listed().items()}


@cache
def _powers_listed() -> dict[int, tuple[str, int]]:
    file = resources.files("sidelines.history").joinpath("powers.toml")
    since = tomllib.loads(file.read_text(encoding="utf-8"))["since"]
    return {actors()[id_].cow or 0: (id_, year) for id_, year in since.items()}


def conflict_cases(
    conflicts: Conflicts, records: Records[int], *, transfers: Transfers | None
) -> dict[str, np.ndarray]:
    """Return the cases, one array per column.

    - `crisis`, `contest`: conflict times 100 plus the number of the episode; `crisis_year`: its
      first year
    - `power`, `backed`, `opposed`, `side` (1 for side A, -1), the covariates
    - `interstate`, `extrasystemic`: kind of the conflict in its first year
    - `forces`: whether the power is named as sending troops to this side during the episode;
      `bilateral`: whether it did so in a year in which fewer than `COALITION` states did
    - `surge`: deliveries of 25 TIV or more in the three years after the onset and above one and a
      half times those of the five years before, by yearly means; `stop`: below a quarter of them,
      where they were 25 TIV or more. Unknown where a year of them is
    """
    rows = [
        _row(episode, side, power, records, transfers)
        for episode in conflicts.episodes
        for side in _sides(episode)
        for power in _powers(episode)
    ]
    return {name: np.array([row[name] for row in rows], dtype=float) for name in rows[0]}


def _sides(episode: Episode) -> Iterator[Side]:
    yield from (side for side in _OTHER if episode.years[0].primary[side])


def _powers(episode: Episode) -> Iterator[int]:
    parties = {state for held in episode.years[0].primary.values() for state in held}
    for power, since in powers_since().items():
        if power not in parties and episode.first_year >= since:
            yield power


def _row(
    episode: Episode, side: Side, power: int, records: Records[int], transfers: Transfers | None
) -> dict[str, float]:
    first = episode.years[0]
    backed = first.primary[side][0]
    opposed = next(iter(first.primary[_OTHER[side]]), None)
    case = Case(
        power=_number_then(power, episode.first_year),
        rival=RIVALS.get(power),
        backed=backed,
        opposed=opposed,
        year=episode.first_year,
        trigger=None,
        attacked=side == "A",
    )
    return {
        "crisis": episode.conflict * 100 + episode.number,
        "contest": episode.conflict * 100 + episode.number,
        "crisis_year": episode.first_year,
        "year": episode.first_year,
        "power": power,
        "side": 1 if side == "A" else -1,
        "backed": backed,
        "opposed": np.nan if opposed is None else opposed,
        "rung_low": np.nan,
        "rung_high": np.nan,
        "interstate": float(first.kind == "interstate"),
        "extrasystemic": float(first.kind == "extrasystemic"),
        **covariates(records, case),
        **_troops(episode, side, power),
        **_arms(power, backed, episode.first_year, transfers),
    }


def _number_then(power: int, year: int) -> int:
    """Return the number under which a power is filed in the year before: West Germany's differs."""
    return cow_number(_powers_listed()[power][0], year - 1) or power


def _troops(episode: Episode, side: Side, power: int) -> dict[str, float]:
    sent = [year.troops[side] for year in episode.years if power in year.troops[side]]
    return {
        "forces": float(bool(sent)),
        "bilateral": float(any(len(senders) < COALITION for senders in sent)),
    }


def _arms(power: int, backed: int, onset: int, transfers: Transfers | None) -> dict[str, float]:
    change = delivery_change(transfers, power, backed, onset=onset)
    return {name: change[name] for name in ("surge", "stop", "delivered_before")}
