"""Who refuses, drawn: each with its own chance, those of one group or one request together."""

import numpy as np

from sidelines.terms.arrays import Bool, Float, Int
from sidelines.terms.normal import normal_quantile

__all__ = ["draw_refusals", "refusal_uniforms", "refusals_from"]


def refusal_uniforms(
    rng: np.random.Generator, *, draws: int, holders: int, groups: int, common: bool = False
) -> Float[np.ndarray, "draw unknown"]:
    """Return the luck that refusals are made of.

    Parameters
    ----------
    rng
        Source of randomness.
    draws, holders, groups
        How many of each.
    common
        Whether all holders also share a mood.

    Returns
    -------
    numpy.ndarray
        Uniform between 0 and 1 [1], a column a holder, then a column a group, then the common one.

    Notes
    -----
    Source: definition.
    """
    return rng.random((draws, holders + groups + common))


def refusals_from(
    uniforms: Float[np.ndarray, "draw unknown"],
    refusal_prob: Float[np.ndarray, " holder"],
    *,
    group: Int[np.ndarray, " holder"],
    loading: Float[np.ndarray, " holder"],
    common: Float[np.ndarray, " holder"] | None = None,
) -> Bool[np.ndarray, "draw holder"]:
    """Return who refuses in each draw, from given luck.

    A holder refuses when its mood falls below the quantile of its chance. That is `sqrt(1 - c^2)`
    of what it and its group make of it and `c` of the mood that all share; the former is
    `sqrt(1 - a^2)` of its own luck and `a` of its group's. Raising a chance only ever adds
    refusals.

    Parameters
    ----------
    uniforms
        Luck between 0 and 1 [1]: a column a holder, then a column a group, then, with `common`,
        one for all.
    refusal_prob
        Chance that each holder refuses [1]; 0 never and 1 always.
    group
        Number of each holder's group; -1 for none.
    loading
        Weight `a` of the group's mood, from -1 to 1 [1].
    common
        Weight `c` of the mood that all share, from -1 to 1 [1]; None for none. A pair correlates
        by `c * d`, one of a group by `sqrt(1 - c^2) * sqrt(1 - d^2) * a * b` more.

    Returns
    -------
    numpy.ndarray
        True where a holder refuses.

    Raises
    ------
    ValueError
        If a chance or a loading is out of bounds, or a group has no column.

    Notes
    -----
    Source: the one-factor Gaussian copula, Li (2000), Journal of Fixed Income 9(4), 43; Vasicek
    (1987), Probability of Loss on Loan Portfolio; here once more within what the common one leaves.

    Examples
    --------
    >>> luck = np.array([[0.2, 0.9, 0.5], [0.6, 0.2, 0.5]])
    >>> both = np.array([0.5, 0.5])
    >>> refusals_from(luck, both, group=np.array([0, -1]), loading=np.array([0.6, 0.0]))
    array([[ True, False],
           [False,  True]])
    """
    holders = len(refusal_prob)
    if not ((refusal_prob >= 0) & (refusal_prob <= 1)).all():
        raise ValueError("chances of refusal must be from 0 to 1.")
    every = np.zeros(holders) if common is None else common
    if not (np.abs([loading, every]) <= 1).all():
        raise ValueError("loadings must be from -1 to 1.")
    groups = uniforms.shape[1] - holders - (common is not None)
    if groups < 0 or (group >= groups).any():
        needed = int(group.max(initial=-1)) + 1
        for_all = "" if common is None else " and the common mood"
        raise ValueError(
            f"luck has {uniforms.shape[1]} columns; {holders} holders and {needed} groups{for_all} "
            f"need {holders + needed + (common is not None)}."
        )
    tiny = np.finfo(float).tiny
    moods = normal_quantile(np.clip(uniforms, tiny, 1 - np.finfo(float).epsneg))
    shared = np.where(group >= 0, loading, 0.0)
    own = np.sqrt(1 - shared**2) * moods[:, :holders]
    whose = np.where(group >= 0, holders + group, 0)
    mood = own + shared * moods[:, whose]
    if common is not None:
        mood = np.sqrt(1 - every**2) * mood + every * moods[:, -1:]
    inside = np.clip(refusal_prob, tiny, 1 - np.finfo(float).epsneg)
    refuses = mood < normal_quantile(inside)
    return (refuses | (refusal_prob == 1)) & (refusal_prob > 0)


def draw_refusals(
    rng: np.random.Generator,
    refusal_prob: Float[np.ndarray, " holder"],
    *,
    draws: int,
    group: Int[np.ndarray, " holder"],
    loading: Float[np.ndarray, " holder"],
    common: Float[np.ndarray, " holder"] | None = None,
) -> Bool[np.ndarray, "draw holder"]:
    """Return who refuses in each of some draws.

    Parameters
    ----------
    rng
        Source of randomness.
    refusal_prob
        Chance that each holder refuses [1].
    draws
        How many.
    group
        Number of each holder's group; -1 for none.
    loading
        Weight of the group's mood, from -1 to 1 [1].
    common
        Weight of the mood that all share, from -1 to 1 [1]; None for none.

    Returns
    -------
    numpy.ndarray
        True where a holder refuses.

    Notes
    -----
    Source: see `refusals_from`.
    """
    groups = int(group.max(initial=-1)) + 1
    luck = refusal_uniforms(
        rng, draws=draws, holders=len(refusal_prob), groups=groups, common=common is not None
    )
    return refusals_from(luck, refusal_prob, group=group, loading=loading, common=common)
