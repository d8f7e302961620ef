"""Words and deeds of the structural game beside what the powers were seen to say and do.

The modelled loudness and deed of a power in a past crisis, at slopes fitted to earlier crises only,
stand beside the signals that McManus and Nieman counted for the same power, state and year.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sidelines.assess.outcomes import expected_top
from sidelines.assess.parameters import Parameters
from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.signals import Signals
from sidelines.history.columns import Columns, column
from sidelines.history.comparison import Comparison, crisis_draws, drawn_range
from sidelines.history.past_games import acts_at, past_games
from sidelines.terms.arrays import Bool, Float

__all__ = [
    "Relation",
    "modelled_signals",
    "observed_signals",
    "rank_correlation",
    "relations",
    "signal_check_document",
    "yearly_signals",
]

_COUNTED = ("words", "visits", "exercises", "arms_tiv", "troops")
_DEEDS = ("exercises", "arms_tiv", "troops")
_PAIRS = (("say", "said"), ("do", "done"), ("gap", "apart"), ("do", "level"))
_FEWEST = 10  # rows below which no relation is told

Fits = Mapping[int, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How a modelled figure ranks beside an observed one: Spearman's correlation and its range.

    - `power`: COW number, 0 for all, each power on its own scale
    - `unit`: "year" or "case"
    """

    power: int
    unit: str
    modelled: str
    observed: str
    n: int
    rho: Comparison


def modelled_signals(cases: Columns, fits: Fits, parameters: Parameters) -> dict[str, np.ndarray]:
    """Return the expected loudness (`say`), deed (`do`) and their difference (`gap`) of each case.

    `fits` are slopes by the year of their origin; a crisis takes those of the last origin up to its
    year and has none, NaN, before the first.
    """
    games = past_games(cases, parameters)
    shape = games.seen.shape[:2]
    scales = {"say": parameters.scales.loudness, "do": parameters.scales.deed}
    found = {name: np.full(shape, np.nan) for name in scales}
    origins = np.array(sorted(fits))
    latest = np.searchsorted(origins, games.year, side="right") - 1
    for place, origin in enumerate(origins.tolist()):
        contests = np.flatnonzero(latest == place)
        if len(contests):
            acts = acts_at(games, fits[origin], contests)
            for name, scale in scales.items():
                found[name][contests] = expected_top(acts, scale)
    of_case = {name: values[games.contest, games.role] for name, values in found.items()}
    return {**of_case, "gap": of_case["say"] - of_case["do"]}


def observed_signals(cases: Columns, signals: Signals) -> dict[str, np.ndarray]:
    """Return what each case's power signalled for its backed party in that year.

    Counts as they stand, and beside them on a common scale, in standard deviations over the cases
    of the power: `said`, its words, or its leaders' visits where nobody counted words; `done`, the
    mean of exercises, arms and troops; `apart`, the former less the latter. Counts enter as
    log(1 + count). `level` is the latent support of the data's authors.
    """
    rows = zip(*(column(cases, name) for name in ("power", "backed", "year")), strict=True)
    told = [signals.signal(int(power), int(backed), int(year)) for power, backed, year in rows]
    counted = {
        name: np.array([_known(None if one is None else getattr(one, name)) for one in told])
        for name in (*_COUNTED, "level")
    }
    power = column(cases, "power")
    scaled = {name: _scaled(np.log1p(counted[name]), power) for name in _COUNTED}
    said = np.where(_ever_known(counted["words"], power), scaled["words"], scaled["visits"])
    done = np.mean([scaled[name] for name in _DEEDS], axis=0)
    return {**counted, "said": said, "done": done, "apart": said - done}


def _known(value: float | None) -> float:
    return np.nan if value is None else value


def _ever_known(values: np.ndarray, power: np.ndarray) -> Bool[np.ndarray, " case"]:
    """Return whether anything is known of each case's power."""
    return np.isin(power, np.unique(power[~np.isnan(values)]))


def _scaled(values: np.ndarray, power: np.ndarray) -> Float[np.ndarray, " case"]:
    """Return figures less their power's mean over its sd; what never varies is only centred."""
    scaled = np.full(len(values), np.nan)
    for one in np.unique(power[~np.isnan(values)]):
        rows = (power == one) & ~np.isnan(values)
        sd = values[rows].std()
        scaled[rows] = (values[rows] - values[rows].mean()) / (sd if sd > 0.0 else 1.0)
    return scaled


def yearly_signals(columns: Columns) -> dict[str, np.ndarray]:
    """Return means by power and year, and how many cases they are of."""
    pairs, place = np.unique(
        np.stack([columns["power"], columns["year"]], axis=1), axis=0, return_inverse=True
    )
    count = np.bincount(place)
    means = {
        name: np.bincount(place, weights=values) / count
        for name, values in columns.items()
        if name not in ("power", "year")
    }
    return {"power": pairs[:, 0], "year": pairs[:, 1], "cases": count, **means}


def relations(cases: Columns) -> tuple[Relation, ...]:
    """Return how modelled and observed figures rank together: by power and for all, both units."""
    units = {"year": yearly_signals(cases), "case": cases}
    return tuple(one for unit, rows in units.items() for one in _of_unit(unit, rows))


def _of_unit(unit: str, rows: Columns) -> Iterator[Relation]:
    power = rows["power"]
    for which in (*np.unique(power), 0.0):
        chosen = (power == which) if which else np.ones(len(power), dtype=bool)
        for modelled, observed in _PAIRS:
            one, other = rows[modelled], rows[observed]
            known = chosen & ~np.isnan(one) & ~np.isnan(other)
            if np.count_nonzero(known) >= _FEWEST:
                yield Relation(
                    power=int(which),
                    unit=unit,
                    modelled=modelled,
                    observed=observed,
                    n=int(np.count_nonzero(known)),
                    rho=rank_correlation(
                        _scaled(one[known], power[known]),
                        _scaled(other[known], power[known]),
                        cluster=rows["year"][known],
                    ),
                )


def rank_correlation(
    one: Float[np.ndarray, " row"], other: Float[np.ndarray, " row"], *, cluster: np.ndarray
) -> Comparison:
    """Return Spearman's rank correlation with its 90 % range over clusters drawn anew.

    It is 0 where one of them never varies.

    >>> found = rank_correlation(np.arange(9.0), np.arange(9.0) ** 3, cluster=np.arange(9))
    >>> round(found.value, 3), round(found.low, 3)
    (1.0, 1.0)
    """
    together = np.ones((1, len(one)))
    drawn = crisis_draws(cluster)
    value = float(_rank_correlations(one, other, together)[0])
    weights = drawn.counts[:, drawn.which]
    return drawn_range(value, _rank_correlations(one, other, weights))


def _rank_correlations(
    one: np.ndarray, other: np.ndarray, counts: np.ndarray
) -> Float[np.ndarray, " draw"]:
    first, second = (_centred_ranks(values, counts) for values in (one, other))
    spread = np.sqrt((counts * first**2).sum(axis=1) * (counts * second**2).sum(axis=1))
    together = (counts * first * second).sum(axis=1)
    return np.divide(together, spread, out=np.zeros(len(spread)), where=spread > 0.0)


def _centred_ranks(values: np.ndarray, counts: np.ndarray) -> Float[np.ndarray, "draw row"]:
    """Return ranks of rows that count so many times each, the mean rank for ties, less the mean."""
    order = np.argsort(values, kind="stable")
    _, first, level = np.unique(values[order], return_index=True, return_inverse=True)
    at_level = np.add.reduceat(counts[:, order], first, axis=1)
    ranks = np.empty(counts.shape)
    ranks[:, order] = (np.cumsum(at_level, axis=1) - at_level / 2.0)[:, level]
    return ranks - (counts * ranks).sum(axis=1, keepdims=True) / counts.sum(axis=1, keepdims=True)


def signal_check_document(
    cases: Columns, fits: Fits, parameters: Parameters, signals: Signals
) -> dict[str, Any]:
    """Return the comparison as plain data: in words, the relations, and rows by power and year.

    Deeds share something with the model by construction: it is told what arms came in the years
    before.
    """
    columns = {
        **{name: column(cases, name) for name in ("power", "year")},
        **modelled_signals(cases, fits, parameters),
        **observed_signals(cases, signals),
    }
    known = ~np.isnan(columns["gap"]) & ~np.isnan(columns["apart"])
    rows = {name: values[known] for name, values in columns.items()}
    found = relations(rows)
    yearly = yearly_signals(rows)
    return {
        "what": "Modelled words and deeds of past cases beside those that were counted.",
        "source": entry("signals").citation.title,
        "first": int(rows["year"].min()),
        "last": int(rows["year"].max()),
        "n": len(rows["year"]),
        "sentence": _sentence(found),
        "relations": [asdict(one) for one in found],
        "rows": [
            {name: _plain(float(values[row])) for name, values in yearly.items()}
            for row in range(len(yearly["year"]))
        ],
    }


def _plain(value: float) -> float | int | None:
    return None if np.isnan(value) else int(value) if value.is_integer() else value


def _sentence(found: tuple[Relation, ...]) -> str:
    """Return in words what the modelled figures of all powers have to do with those counted."""
    of_all = {(one.unit, one.modelled, one.observed): one for one in found if one.power == 0}
    asked = (
        ("Year by year, the modelled say-do gap", ("year", "gap", "apart"), "words less deeds"),
        ("Case by case, the gap", ("case", "gap", "apart"), "words less deeds"),
        ("Modelled words", ("case", "say", "said"), "words"),
        ("Modelled deeds", ("case", "do", "done"), "deeds"),
    )
    return " ".join(
        f"{who}: {_clause(of_all[key], what)}." for who, key, what in asked if key in of_all
    )


def _clause(relation: Relation, what: str) -> str:
    rho = relation.rho
    figures = f"rank correlation {rho.value:.2f} [{rho.low:.2f}, {rho.high:.2f}], n {relation.n:,}"
    if not rho.clear_of_zero:
        return f"no relation to {what} as counted ({figures})"
    return f"{'more' if rho.value > 0.0 else 'less'} where {what} as counted are more ({figures})"
