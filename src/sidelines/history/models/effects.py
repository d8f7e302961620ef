"""Effects on a linear score: levels of powers, pairs and regions, levels and slopes that drift."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sidelines.assess.forecast import Grouping
from sidelines.history.columns import Columns, column
from sidelines.history.models.groups import Groups, groups_of
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.errors import UsageError

__all__ = ["Block", "Effect", "blocks_of", "case_weight"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect per group (`by`: columns or groupings; none: one for all) of prior spread `sd`.

    - `slopes`: covariates whose slopes it moves; none: it moves the level
    - `since`: where given, a new effect joins from each of these years on
    - `each`: where given, one joins every so many years from the first year of `since` on
    """

    sd: float
    by: tuple[str, ...] = ()
    slopes: tuple[str, ...] = ()
    since: tuple[int, ...] = ()
    each: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The columns of one effect: for each of its starts one a group, in this order.

    `moves` names the covariate whose slope it moves; None where it moves the level.
    """

    groups: Groups
    starts: int
    sd: float
    moves: str | None
    columns: Float[np.ndarray, "case part"]

    @property
    def plain(self) -> bool:
        """Whether the columns are no more than memberships."""
        return self.moves is None and self.starts == 0


def blocks_of(
    cases: Columns,
    effects: Sequence[Effect],
    *,
    covariates: Mapping[str, np.ndarray],
    groupings: Mapping[str, Grouping],
    train: Bool[np.ndarray, " case"],
    origin: int,
) -> tuple[Block, ...]:
    """Return the columns of some effects.

    A group that no training row belongs to gets no column: its effect stays at zero. So does what
    begins at the origin or later.
    """
    blocks = []
    for effect in effects:
        groups = groups_of(cases, effect.by, groupings=groupings, train=train)
        member, starts = groups.member, 0
        if effect.since:
            year = column(cases, "crisis_year")
            begun = [year >= start for start in _starts(effect, origin)]
            starts = len(begun)
            parts = [member * on[:, None] for on in begun]
            member = np.concatenate(parts, axis=1) if parts else member[:, :0]
        for moved in effect.slopes or (None,):
            scaled = member if moved is None else member * _named(covariates, moved)[:, None]
            blocks.append(
                Block(groups=groups, starts=starts, sd=effect.sd, moves=moved, columns=scaled)
            )
    return tuple(block for block in blocks if block.columns.shape[1])


def case_weight(
    year: np.ndarray, *, origin: int, half_life_years: float | None
) -> Float[np.ndarray, " case"]:
    """Return how much each case counts: half as much for every half-life before the origin."""
    if half_life_years is None:
        return np.ones(len(year))
    return 0.5 ** ((origin - year) / half_life_years)


def _starts(effect: Effect, origin: int) -> list[int]:
    years = effect.since if effect.each is None else range(effect.since[0], origin, effect.each)
    return [year for year in years if year < origin]


def _named(covariates: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    if name not in covariates:
        raise UsageError(
            f"The slope of {name!r} cannot drift.", hint=f"Covariates: {', '.join(covariates)}."
        )
    return covariates[name]
