"""Cases from ICB: one row per crisis, power and side, for every attacker that is a state.

Each crisis actor makes a contest: it is attacked by the state that triggered its crisis, else by
the one that threatens it. Both superpowers have a row for either side of it, unless they are the
actor or its attacker. ICB tells what they did for the actor alone, so rows of attackers carry no
outcome; no row and no covariate depends on whether ICB made the attacker an actor too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sidelines.assess.covariates import Case, Records, covariates
from sidelines.facts.official.codes import cow_of_gw
from sidelines.facts.official.crises import Activity, CrisisActor, IcbCrisis
from sidelines.terms.ladder import Rung

__all__ = ["RIVALS", "crisis_cases", "rungs_of"]

RIVALS = {2: 365, 365: 2}

# Which rungs agree with what ICB calls a power's activity, and the step of the four-step ladder
# (nothing, words, material support, forces). A word that is not here, and none at all, is nothing.
_RUNGS = {
    "political": (Rung.WORDS, Rung.DIPLOMATIC),
    "propaganda": (Rung.WORDS, Rung.WORDS),
    "economic": (Rung.MONEY, Rung.MONEY),
    "covert": (Rung.WEAPONS, Rung.ADVISERS),
    "semi-military": (Rung.WEAPONS, Rung.ADVISERS),
    "military": (Rung.FORCES, Rung.FORCES),
}
_STEPS = {
    "political": 1,
    "propaganda": 1,
    "economic": 2,
    "covert": 2,
    "semi-military": 2,
    "military": 3,
}
_FAVOURABLE = "favourable"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a row stands: its contest, who backs whom, and what was coded if anything."""

    crisis: IcbCrisis
    actor: CrisisActor
    year: int
    power: int
    side: int
    backed: int
    opposed: int | None
    activity: Activity | None


def crisis_cases(crises: tuple[IcbCrisis, ...], records: Records[int]) -> dict[str, np.ndarray]:
    """Return the cases of some crises, one array per column.

    - `crisis`, `contest`: ICB's numbers of the crisis and of the crisis actor
    - `crisis_year`, `year`: when the crisis began, and when it began for the actor
    - `power`, `backed`, `opposed`: COW numbers; `opposed` is NaN where no state is known
    - `side`: 1 where the actor is backed, -1 where its attacker is
    - the covariates (see `assess.covariates`)
    - `activity`, `favourable`: what the power did in the crisis, as a step of the ladder, and
      whether the actor found that favourable
    - `ladder`: how far it went for the backed party: 0 nothing, 1 words, 2 material, 3 forces
    - `rung_low`, `rung_high`: the rungs that agree with what was coded

    Outcomes of rows that ICB does not code are NaN.
    """
    rows = [_row(place, records) for crisis in crises for place in _places(crisis)]
    return {name: np.array([row[name] for row in rows], dtype=float) for name in rows[0]}


def rungs_of(activity: Activity) -> tuple[Rung, Rung]:
    """Return the lowest and the highest rung that agree with what a power did for an actor."""
    if activity.favour != _FAVOURABLE or activity.word is None:
        return Rung.NOTHING, Rung.NOTHING
    return _RUNGS.get(activity.word, (Rung.NOTHING, Rung.NOTHING))


def _places(crisis: IcbCrisis) -> Iterator[_Place]:
    for actor in crisis.actors:
        if actor.year is None:
            continue
        said = actor.threat if actor.set_off_by is None else actor.set_off_by
        attacker = None if said is None else cow_of_gw(said, actor.year)
        attacked = cow_of_gw(actor.cow, actor.year)  # ICB keeps Germany's old number, and Yemen's
        for power in RIVALS:
            if power in (attacked, attacker):
                continue
            activity = actor.activities.get(power)
            for side, backed, opposed in ((1, attacked, attacker), (-1, attacker, attacked)):
                if backed is not None:
                    yield _Place(
                        crisis=crisis,
                        actor=actor,
                        year=actor.year,
                        power=power,
                        side=side,
                        backed=backed,
                        opposed=opposed,
                        activity=activity if side > 0 and _is_coded(activity) else None,
                    )


def _is_coded(activity: Activity | None) -> bool:
    """Tell whether what was done is known, and for what was done also how the actor felt of it."""
    if activity is None or activity.word == "own crisis":
        return False
    return activity.favour is not None or activity.word in (None, "none")


def _row(place: _Place, records: Records[int]) -> dict[str, float]:
    actor, activity = place.actor, place.activity
    case = Case(
        power=place.power,
        rival=RIVALS[place.power],
        backed=place.backed,
        opposed=place.opposed,
        year=place.year,
        trigger=actor.trigger_code,
        attacked=place.side > 0,
    )
    return {
        "crisis": place.crisis.number,
        "contest": actor.number,
        "crisis_year": place.crisis.year or place.year,
        "year": place.year,
        "power": place.power,
        "side": place.side,
        "backed": place.backed,
        "opposed": np.nan if place.opposed is None else place.opposed,
        **covariates(records, case),
        **_outcomes(activity),
    }


def _outcomes(activity: Activity | None) -> dict[str, float]:
    if activity is None:
        return dict.fromkeys(("activity", "favourable", "ladder", "rung_low", "rung_high"), np.nan)
    step = _STEPS.get(activity.word or "", 0)
    favourable = activity.favour == _FAVOURABLE
    low, high = rungs_of(activity)
    return {
        "activity": step,
        "favourable": float(favourable),
        "ladder": step * favourable,
        "rung_low": low,
        "rung_high": high,
    }
