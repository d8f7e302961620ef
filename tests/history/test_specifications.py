import pytest

from sidelines.history.models.registry import build_combination, build_forecast, members
from sidelines.history.specifications import (
    Specifications,
    extended,
    load_specifications,
    named,
    without_columns,
)
from sidelines.terms.errors import NotFoundError

EMPTY = Specifications(models={}, groupings={}, tasks={})
FIRST = {"label": "1", "kind": "k", "what": "w", "source": "s", "signs": {"a": 1, "b": 1}, "sd": 2}


def test_a_list_of_another_model_may_be_added_to_and_taken_from() -> None:
    tables = {
        "first": {**FIRST, "members": ["a", "b"]},
        "more": {"like": "first", "+members": ["c"]},
        "less": {"like": "more", "-members": ["a"]},
    }
    models = extended(EMPTY, tables)
    assert named(models, "more").settings["members"] == ["a", "b", "c"]
    assert named(models, "less").settings["members"] == ["b", "c"]


def test_the_models_of_every_task_are_known() -> None:
    models = load_specifications()
    for task in models.tasks.values():
        assert all(named(models, name) for name in task.models)
        assert set(task.references) <= set(task.models)
        assert task.last <= 2017, "later years are held out"


def test_every_model_that_ships_can_be_built() -> None:
    models = load_specifications()
    for model in models.models.values():
        if model.kind == "structural":
            continue  # the game is played, not built
        if members(model):
            build_combination(model)
        else:
            build_forecast(model, models, thresholds=3)


def test_every_model_says_what_it_is_and_whence() -> None:
    for model in load_specifications().models.values():
        assert model.what.endswith(".")
        assert model.source


def test_a_model_like_another_says_only_what_differs() -> None:
    tables = {"first": FIRST, "second": {"like": "first", "label": "2", "signs": {"b": -1}}}
    second = named(extended(EMPTY, tables), "second")
    assert (second.label, second.what) == ("2", "w")
    assert second.settings == {"signs": {"a": 1, "b": -1}, "sd": 2}


def test_a_mistyped_model_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Did you mean 'two-stage'"):
        named(load_specifications(), "two-stages")


def test_who_has_no_register_of_arms_learns_without_it() -> None:
    models = load_specifications()
    open_ = without_columns(models, models.arms)
    for name in named(models, "headline").settings["members"]:
        assert "arms_" in str(named(models, name).settings)
        assert "arms_" not in str(named(open_, name).settings)


def test_a_drift_of_a_slope_goes_with_its_covariate_and_leaves_no_level_behind() -> None:
    drift = {"effects": [{"slopes": ["a"], "sd": 1.0}, {"slopes": ["a", "b"], "sd": 1.0}]}
    models = without_columns(extended(EMPTY, {"first": {**FIRST, **drift}}), ["a"])
    settings = named(models, "first").settings
    assert settings["effects"] == [{"slopes": ["b"], "sd": 1.0}]
    assert settings["signs"] == {"b": 1}


def test_a_table_may_lose_entries() -> None:
    models = extended(EMPTY, {"first": FIRST, "less": {"like": "first", "-signs": ["a"]}})
    assert named(models, "less").settings["signs"] == {"b": 1}
