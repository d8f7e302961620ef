import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.access import draw_refusals, refusal_uniforms, refusals_from

NATO, GCC, ALONE = 0, 1, -1


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def test_everybody_refuses_as_often_as_its_chance_says() -> None:
    prob = np.array([0.1, 0.5, 0.8, 0.3])
    group = np.array([NATO, NATO, GCC, ALONE])
    drawn = draw_refusals(rng(), prob, draws=20_000, group=group, loading=np.full(4, 0.7))
    assert drawn.mean(axis=0) == pytest.approx(prob, abs=0.015)


def test_one_group_refuses_together_and_two_do_not() -> None:
    group = np.array([NATO, NATO, GCC, ALONE])
    drawn = draw_refusals(
        rng(), np.full(4, 0.5), draws=20_000, group=group, loading=np.full(4, 0.8)
    )
    alike = np.corrcoef(drawn.T.astype(float))
    expected = 2 / np.pi * np.arcsin(0.8**2)  # of two halves of correlated normals
    assert alike[0, 1] == pytest.approx(expected, abs=0.03)
    assert alike[0, 2:] == pytest.approx(0.0, abs=0.03)


COMMON = np.array([0.6, 0.8, 0.7, 0.5, 0.0])


def test_a_common_mood_leaves_every_chance_as_it_is() -> None:
    prob, group = np.array([0.1, 0.5, 0.8, 0.3, 0.9]), np.array([NATO, NATO, GCC, ALONE, ALONE])
    drawn = draw_refusals(
        rng(), prob, draws=40_000, group=group, loading=np.full(5, 0.7), common=COMMON
    )
    assert drawn.mean(axis=0) == pytest.approx(prob, abs=0.01)


def test_a_common_mood_ties_all_and_groups_on_top() -> None:
    group, own = np.array([NATO, NATO, GCC, ALONE, ALONE]), np.full(5, 0.7)
    drawn = draw_refusals(
        rng(), np.full(5, 0.5), draws=40_000, group=group, loading=own, common=COMMON
    )
    moods = np.outer(COMMON, COMMON)
    moods[0, 1] += np.sqrt(1 - 0.6**2) * np.sqrt(1 - 0.8**2) * 0.7**2
    expected = 2 / np.pi * np.arcsin(moods)
    apart = np.triu_indices(5, k=1)
    assert np.corrcoef(drawn.T.astype(float))[apart] == pytest.approx(expected[apart], abs=0.025)


def test_a_common_mood_of_no_weight_changes_nothing() -> None:
    prob, group = np.array([0.1, 0.5, 0.8]), np.array([NATO, NATO, ALONE])
    luck = refusal_uniforms(rng(), draws=500, holders=3, groups=1, common=True)
    loading = np.full(3, 0.7)
    with_it = refusals_from(luck, prob, group=group, loading=loading, common=np.zeros(3))
    without = refusals_from(luck[:, :-1], prob, group=group, loading=loading)
    assert (with_it == without).all()


def test_holders_who_only_share_a_mood_all_refuse_or_none() -> None:
    group, ones = np.array([NATO, ALONE, ALONE]), np.ones(3)
    drawn = draw_refusals(
        rng(), np.full(3, 0.4), draws=300, group=group, loading=0.5 * ones, common=ones
    )
    assert (drawn.all(axis=1) | ~drawn.any(axis=1)).all()


def test_never_and_always_are_meant() -> None:
    prob = np.array([0.0, 1.0])
    luck = np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.5, 0.5, 0.5]])
    drawn = refusals_from(luck, prob, group=np.array([NATO, NATO]), loading=np.full(2, 0.5))
    assert drawn.tolist() == [[False, True]] * 3


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 1000))
def test_raising_a_chance_only_adds_refusals(one: float, other: float, seed: int) -> None:
    luck = refusal_uniforms(np.random.default_rng(seed), draws=50, holders=2, groups=1, common=True)
    group, loading = np.array([NATO, ALONE]), np.array([0.6, 0.6])
    common = np.array([0.5, -0.3])
    low, high = (
        refusals_from(luck, np.full(2, p), group=group, loading=loading, common=common)
        for p in sorted((one, other))
    )
    assert (high | ~low).all()


WRONG = {
    "from 0 to 1": {"refusal_prob": np.array([1.2, 0.5])},
    "from -1 to 1": {"loading": np.array([1.2, 0.5])},
    "need 5": {"group": np.array([NATO, 2])},
    "need 3": {"uniforms": np.full((1, 1), 0.5)},
    "loadings must be": {"common": np.array([0.2, -1.1])},
    "1 groups and the common mood need 4": {"common": np.zeros(2), "uniforms": np.ones((1, 3))},
}


@pytest.mark.parametrize("message", WRONG)
def test_impossible_chances_are_refused(message: str) -> None:
    given_: dict[str, np.ndarray] = {
        "uniforms": np.full((1, 4), 0.5),
        "refusal_prob": np.array([0.2, 0.5]),
        "group": np.array([NATO, ALONE]),
        "loading": np.array([0.2, 0.5]),
        **WRONG[message],
    }
    with pytest.raises(ValueError, match=message):
        refusals_from(
            given_["uniforms"],
            given_["refusal_prob"],
            group=given_["group"],
            loading=given_["loading"],
            common=given_.get("common"),
        )
