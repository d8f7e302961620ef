"""The shapes that every model has, and the columns that it may rely on."""

from typing import Protocol, runtime_checkable

import numpy as np

from sidelines.assess.forecast import Ladder, Logits, TwoStages
from sidelines.history.columns import Columns
from sidelines.terms.arrays import Bool, Float

__all__ = ["HIDDEN", "OUTCOMES", "SAID", "Fit", "Forecast"]

OUTCOMES = ("ladder", "activity", "favourable")
SAID = "said_"  # what a source says of a case stands in a column that begins so
HIDDEN = -1  # what stands in the outcomes of a case that is still to be forecast


@runtime_checkable
class Forecast(Protocol):
    """A model: fitted on the training rows, it answers for the test rows.

    Columns that every model may ask for: `crisis_year`, `power`, `backed`, and the outcomes, which
    are hidden in every row but the training rows:

    - `ladder`: how far the power went for this side, 0 nothing, 1 words, 2 material, 3 forces
    - `activity`: how far it went in this crisis, for whichever side
    - `favourable`: 1 where what it did favoured this side
    - columns that begin with `SAID`: what sources say, NaN where they say nothing
    """

    def __call__(
        self,
        cases: Columns,
        *,
        train: Bool[np.ndarray, " case"],
        test: Bool[np.ndarray, " case"],
        origin: int,
    ) -> Float[np.ndarray, "answer threshold"]:
        """Return the chance that each test row reaches step 1, 2, ... of the ladder."""
        ...


@runtime_checkable
class Fit(Protocol):
    """What learns a model that can be written down as data."""

    def __call__(
        self, cases: Columns, *, train: Bool[np.ndarray, " case"], origin: int
    ) -> Logits | TwoStages | Ladder:
        """Return what the training rows teach of cases that begin at the origin or later."""
        ...
