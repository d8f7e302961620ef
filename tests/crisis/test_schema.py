import datetime as dt
import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from sidelines.crisis.read import bundled_ids, bundled_text
from sidelines.crisis.schema import crisis_schema, keys_at


def as_json(node: Any) -> Any:
    """Return a YAML document as an editor sees it: dates are text."""
    return json.loads(json.dumps(node, default=dt.date.isoformat))


def loaded(text: str) -> Any:
    return as_json(YAML(typ="safe", pure=True).load(text))


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(crisis_schema())
    return jsonschema.Draft202012Validator(crisis_schema())


@pytest.mark.parametrize("id_", bundled_ids())
def test_a_bundled_crisis_fits_the_schema(
    validator: jsonschema.Draft202012Validator, id_: str
) -> None:
    found = [error.json_path for error in validator.iter_errors(loaded(bundled_text(id_)))]
    assert found == []


@pytest.mark.parametrize("id_", bundled_ids())
def test_a_bundled_crisis_names_its_schema_for_editors(id_: str) -> None:
    first = bundled_text(id_).splitlines()[0]
    assert first == "# yaml-language-server: $schema=../crisis.schema.json"


def test_the_schema_that_ships_is_current() -> None:
    shipped = resources.files("sidelines.crisis").joinpath("crisis.schema.json")
    assert shipped.read_text(encoding="utf-8") == json.dumps(crisis_schema(), indent=1) + "\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stake: 0.4", "staek: 0.4"),
        ("stake: 0.4", "stake: 1.4"),
        ("stake: 0.4", "stake: {value: 0.4, sauce: x}"),
        ("side: target", "side: both"),
        ("title: A\n", ""),
    ],
)
def test_an_editor_marks_what_the_reader_refuses(
    validator: jsonschema.Draft202012Validator, base: str, old: str, new: str
) -> None:
    assert not validator.is_valid(loaded(base.replace(old, new)))


def test_an_editor_accepts_what_the_reader_does(
    validator: jsonschema.Draft202012Validator, base: str
) -> None:
    assert validator.is_valid(loaded(base))


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ((), "attackers"),
        (("powers", 0), "side"),
        (("powers", 3, "ties", 1), "with"),
        (("theatre",), "lat"),
        (("sources", "any"), "locator"),
        (("outcome", "cells", 0), "happened"),
    ],
)
def test_the_schema_says_which_keys_may_stand_where(path: tuple[str | int, ...], key: str) -> None:
    assert key in keys_at(path)


def test_where_anything_goes_no_key_is_suggested() -> None:
    assert keys_at(("title", "x")) == ()
