import numpy as np
import pytest

from sidelines.assess.kept import kept


def test_what_is_kept_is_made_once() -> None:
    first = kept("made once", lambda: np.zeros(3))
    assert kept("made once", lambda: np.ones(3)) is first


def test_nobody_writes_into_what_is_kept() -> None:
    with pytest.raises(ValueError, match="read-only"):
        kept("not written", lambda: np.zeros(3))[0] = 1.0


def test_what_has_no_room_is_made_again() -> None:
    large = 2**23 + 1
    assert kept("too large", lambda: np.zeros(large))[0] == 0.0
    assert kept("too large", lambda: np.ones(large))[0] == 1.0


def test_the_newest_stays_when_room_runs_out() -> None:
    for name in ("old", "newer", "newest"):
        kept(name, lambda: np.zeros(2**22 - 8))
    assert kept("newest", lambda: np.ones(3)).sum() == 0.0
    assert kept("old", lambda: np.ones(3)).sum() == 3.0
