"""Who refuses, drawn: each with its own chance, those of one group together."""

import numpy as np

from sidelines.terms.arrays import Bool, Float, Int
from sidelines.terms.normal import normal_quantile

__all__ = ["draw_refusals", "refusal_uniforms", "refusals_from"]


def refusal_uniforms(
    rng: np.random.Generator, *, draws: int, holders: int, groups: int
) -> Float[np.ndarray, "draw unknown"]:
    """Return the luck that refusals are made of.

    Parameters
    ----------
    rng
        Source of randomness.
    draws, holders, groups
        How many of each.

    Returns
    -------
    numpy.ndarray
        Uniform between 0 and 1 [1], a column a holder and then a column a group.

    Notes
    -----
    Source: definition.
    """
    return rng.random((draws, holders + groups))


def refusals_from(
    uniforms: Float[np.ndarray, "draw unknown"],
    refusal_prob: Float[np.ndarray, " holder"],
    *,
    group: Int[np.ndarray, " holder"],
    loading: Float[np.ndarray, " holder"],
) -> Bool[np.ndarray, "draw holder"]:
    """Return who refuses in each draw, from given luck.

    A holder refuses when its own mood, `sqrt(1 - a^2)` of its luck and `a` of its group's, falls
    below the quantile of its chance. Raising a chance only ever adds refusals.

    Parameters
    ----------
    uniforms
        Luck between 0 and 1 [1]: a column a holder, then a column a group.
    refusal_prob
        Chance that each holder refuses [1]; 0 never and 1 always.
    group
        Number of each holder's group; -1 for none.
    loading
        Weight `a` of the group's mood, from -1 to 1 [1]; a pair of one group correlates by `a * b`.

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
    (1987), Probability of Loss on Loan Portfolio.

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
    if not (np.abs(loading) <= 1).all():
        raise ValueError("loadings must be from -1 to 1.")
    groups = uniforms.shape[1] - holders
    if groups < 0 or (group >= groups).any():
        needed = int(group.max(initial=-1)) + 1
        raise ValueError(
            f"luck has {uniforms.shape[1]} columns; {holders} holders and {needed} groups need "
            f"{holders + needed}."
        )
    tiny = np.finfo(float).tiny
    moods = normal_quantile(np.clip(uniforms, tiny, 1 - np.finfo(float).epsneg))
    shared = np.where(group >= 0, loading, 0.0)
    own = np.sqrt(1 - shared**2) * moods[:, :holders]
    whose = np.where(group >= 0, holders + group, 0)
    mood = own + shared * moods[:, whose]
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

    Returns
    -------
    numpy.ndarray
        True where a holder refuses.

    Notes
    -----
    Source: see `refusals_from`.
    """
    groups = int(group.max(initial=-1)) + 1
    luck = refusal_uniforms(rng, draws=draws, holders=len(refusal_prob), groups=groups)
    return refusals_from(luck, refusal_prob, group=group, loading=loading)
