"""The documents of `why` and of `what-if --flip`: what holds a power back, what would change it."""

from typing import Any

import numpy as np

from sidelines.assess.assessment import Assessment, entry_of
from sidelines.assess.attribution import REMOVALS, Attribution, Removals, attribute
from sidelines.assess.geography import WITHOUT, geography
from sidelines.assess.levers import Levers, Move
from sidelines.assess.resolving import answered, present
from sidelines.assess.settings import parse_setting
from sidelines.assess.shapley import PAIRS
from sidelines.assess.signals import words_heard
from sidelines.assess.statistic import STATISTICS, Statistic
from sidelines.assess.ways import OBSTACLES
from sidelines.assess.what_if import what_if
from sidelines.report.documents import interval, salvo_document, signal_document
from sidelines.report.meta import meta
from sidelines.report.trust import learned_document
from sidelines.terms.ladder import CARRIED
from sidelines.terms.roles import FACTORS, Factor

__all__ = ["flip_document", "why_document"]

_LOW, _HIGH = 0.1, 0.9


def _range(values: np.ndarray) -> dict[str, float]:
    low, high = np.quantile(values, [_LOW, _HIGH])
    return {"low": float(low), "high": float(high)}


def _shares(split: Attribution, *, direct: bool = False) -> dict[str, Any]:
    """Return what is explained, the share of each factor and its range."""
    shares = split.direct_shares if direct else split.shares
    after = split.direct_after if direct else split.after
    return {
        "to": float(after.mean()),
        "factors": {f.value: float(shares[:, i].mean()) for i, f in enumerate(FACTORS)},
        "ranges": {f.value: _range(shares[:, i]) for i, f in enumerate(FACTORS)},
    }


def why_document(
    answer: Assessment, removals: Removals, statistic: Statistic, levers: Levers
) -> dict[str, Any]:
    """Return the split of one power's restraint among the five factors."""
    split = attribute(removals, statistic)
    row = answer.inputs.row(split.power, split.side)
    words = words_heard(answer, (answer.inputs.roles[row],))[0]
    entry = entry_of(answer.crisis, split.power, split.side)
    structural = float(present(answer, entry, statistic).mean())
    headline = float(answered(answer, entry, statistic).mean())
    return {
        "meta": meta(answer),
        "power": split.power,
        "side": split.side.value,
        "done": levers.done,
        "statistic": statistic.title,
        "name": statistic.name,
        "draws": len(split.before),
        "from": float(split.before.mean()),
        "from_all_draws": structural,
        "history_adjustment": headline - structural,
        "headline": headline,
        "rents": split.rents,
        "signal": signal_document(answer, row, words),
        "salvo": salvo_document(answer, row),
        **_shares(split),
        "geography": _geography(answer, split),
        "direct": _shares(split, direct=True),
        "interactions": {
            factor.value: {
                "first": float(split.first[i]),
                "last": float(split.last[i]),
                "interaction": float(split.last[i] - split.first[i]),
            }
            for i, factor in enumerate(FACTORS)
        },
        "pairs": [
            {
                "factors": [one.value, other.value],
                "interaction": float(split.pairs[:, i].mean()),
                **_range(split.pairs[:, i]),
            }
            for i, (one, other) in enumerate(PAIRS)
        ],
        "learned": learned_document(answer),
        "learned_status": answer.parameters.status,
        "removals": {factor.value: text for factor, text in REMOVALS.items()},
        **_sets(split),
        "goal": None if levers.goal is None else levers.goal.text,
        "levers": [_lever(levers, move) for move in levers.singles],
        "lever_pairs": [_move(move) for move in levers.pairs],
        "statistics": [_in_short(attribute(removals, one)) for one in STATISTICS],
        "sum_error": split.sum_error,
    }


def _geography(answer: Assessment, split: Attribution) -> dict[str, Any]:
    """Return the share of geography, split by obstacle, and what each takes from what arrives."""
    found = geography(answer, split.power, side=split.side)
    whole = float(split.shares[:, FACTORS.index(Factor.GEOGRAPHY)].mean())
    taken = found.taken.mean(axis=0)
    return {
        "factors": {
            one.value: whole * float(share)
            for one, share in zip(OBSTACLES, found.shares, strict=True)
        },
        "taken": {
            name: {one.value: float(taken[k, i]) for i, one in enumerate(OBSTACLES)}
            for k, name in enumerate(CARRIED)
        },
        "removals": {one.value: text for one, text in WITHOUT.items()},
    }


def _over_all(answer: Assessment, levers: Levers) -> float:
    """Return the statistic over all draws, of which splits and levers use some."""
    entry = entry_of(answer.crisis, levers.power, levers.side)
    return float(present(answer, entry, levers.statistic).mean())


def _after(answer: Assessment, levers: Levers, move: Move) -> float:
    """Return the statistic over all draws after a move, as `what-if` makes it."""
    settings = tuple(parse_setting(text) for text in _settings(move))
    after = what_if(answer, levers.power, settings, side=levers.side).after
    return _over_all(after, levers)


def _sets(split: Attribution) -> dict[str, Any]:
    """Return the smallest sets of removals, in names and words, and how surely each flips."""
    sets = split.minimal_sets
    return {
        "minimal_sets": [[factor.value for factor in one] for one in sets],
        "minimal_sets_words": ["; ".join(REMOVALS[factor] for factor in one) for one in sets],
        "minimal_sets_odds": [
            {"p": split.values[frozenset(one)], "share_of_draws": split.flips[frozenset(one)]}
            for one in sets
        ],
        "all_removed_share_of_draws": split.flips.get(frozenset(FACTORS)),
    }


def _in_short(split: Attribution) -> dict[str, Any]:
    return {
        "name": split.statistic.name,
        "statistic": split.statistic.title,
        "from": float(split.before.mean()),
        **_shares(split),
    }


def _lever(levers: Levers, move: Move) -> dict[str, Any]:
    (name,), (present,), (limit,) = move.names, move.present, move.limit
    nothing, all_ = levers.ends[name]
    return {
        "input": name,
        "present": present,
        "limit": limit,
        "p_at_limit": move.value,
        "p_at_nothing": nothing,
        "p_at_all": all_,
        "threshold": None if move.threshold is None else move.threshold[0],
        "share_of_way": move.share,
        "share_of_draws": move.flips,
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "inputs": list(move.names),
        "present": list(move.present),
        "limit": list(move.limit),
        "p_at_limit": move.value,
        "threshold": None if move.threshold is None else list(move.threshold),
        "share_of_way": move.share,
        "share_of_draws": move.flips,
        "size": move.size,
        "settings": _settings(move),
    }


def _settings(move: Move) -> list[str]:
    """Return the changes that `what-if` takes to make the same move."""
    share = np.ceil(1000.0 * (1.0 if move.share is None else move.share)) / 10.0
    whole = share >= 100.0
    return [
        f"{name}={end:g}" if whole else f"{name}={share:g}%to{end:g}"
        for name, end in zip(move.names, move.limit, strict=True)
    ]


def flip_document(answer: Assessment, levers: Levers, *, changes: list[str]) -> dict[str, Any]:
    """Return the smallest changes that carry a statistic past a goal, the nearest first.

    `changes` were made before the search.
    """
    assert levers.goal is not None
    reached = levers.reaching
    others = [move for move in (*levers.singles, *levers.pairs) if move.share is None]
    return {
        "meta": meta(answer),
        "power": levers.power,
        "side": levers.side.value,
        "goal": levers.goal.text,
        "reverse": levers.goal.reverse.text,
        "upwards": levers.goal.upwards,
        "statistic": levers.statistic.title,
        "name": levers.statistic.name,
        "draws": len(levers.before),
        "changes": changes,
        "from": interval(levers.before),
        "from_all_draws": _over_all(answer, levers),
        "met": levers.met,
        "done": levers.done,
        "nearest_over_all_draws": _after(answer, levers, reached[0]) if reached else None,
        "moves": [_move(move) for move in reached],
        "short": [_move(move) for move in others],
    }
