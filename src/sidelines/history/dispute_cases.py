"""Cases from militarised disputes: one row per dispute and power that did not begin it.

Powers are the major powers of the Correlates of War and the regional and global powers of Maoz of
that year. The strongest state that began on a side stands for it; the target's side is the backed
one.
"""

from collections.abc import Iterator

import numpy as np

from sidelines.assess.covariates import Case, Records, covariates
from sidelines.facts.official.disputes import Dispute, Disputes, Participant
from sidelines.facts.official.powers import Powers
from sidelines.history.crisis_cases import RIVALS

__all__ = ["dispute_cases"]

_FORCE = 4  # hostility from here on is the use of force


def dispute_cases(
    disputes: Disputes, powers: Powers, records: Records[int]
) -> dict[str, np.ndarray]:
    """Return the cases, one array per column.

    - `crisis`: number of the dispute; `crisis_year`, `year`: when it began
    - `power`, `backed`, `opposed`, `side` (always 1), the covariates
    - `major`: whether the power is a major one; `n_targets`, `n_initiators`: how many began
    - `joined`: whether the power joined the target's side; `joined_with_force`
    """
    rows = [
        row for dispute in disputes.disputes.values() for row in _rows(dispute, powers, records)
    ]
    return {name: np.array([row[name] for row in rows], dtype=float) for name in rows[0]}


def _rows(dispute: Dispute, powers: Powers, records: Records[int]) -> Iterator[dict[str, float]]:
    began = [one for one in dispute.participants if one.originator]
    initiators = [one.cow for one in began if one.initiator_side]
    targets = [one.cow for one in began if not one.initiator_side]
    if not initiators or not targets:
        return
    opposed, backed = (
        _strongest(states, dispute.year, records) for states in (initiators, targets)
    )
    part = {one.cow: one for one in dispute.participants}
    for power, major in powers.in_year(dispute.year).items():
        if power in initiators or power in targets:
            continue
        case = Case(
            power=power,
            rival=RIVALS.get(power),
            backed=backed,
            opposed=opposed,
            year=dispute.year,
            trigger=None,
        )
        yield {
            "crisis": dispute.number,
            "crisis_year": dispute.year,
            "year": dispute.year,
            "power": power,
            "side": 1,
            "backed": backed,
            "opposed": opposed,
            "major": major,
            "n_targets": len(targets),
            "n_initiators": len(initiators),
            **covariates(records, case),
            **_joined(part.get(power)),
        }


def _strongest(states: list[int], year: int, records: Records[int]) -> int:
    return max(states, key=lambda cow: records.strength(cow, year - 1) or 0.0)


def _joined(found: Participant | None) -> dict[str, float]:
    joined = found is not None and not found.initiator_side
    forceful = found is not None and found.hostility >= _FORCE
    return {"joined": float(joined), "joined_with_force": float(joined and forceful)}
