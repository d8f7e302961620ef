"""The JSON Schema of a crisis file, for completion and hints in editors."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from sidelines.crisis.model import Crisis
from sidelines.crisis.outcome import Outcome

__all__ = ["crisis_schema", "keys_at"]


@cache
def crisis_schema() -> dict[str, Any]:
    """Return the schema, draft 2020-12."""
    schema = TypeAdapter(Crisis).json_schema()
    outcome = TypeAdapter(Outcome).json_schema()
    definitions = {**schema.pop("$defs", {}), **outcome.pop("$defs", {}), "Outcome": outcome}
    schema["properties"]["outcome"] = {"$ref": "#/$defs/Outcome"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Sidelines crisis file",
        **{key: value for key, value in schema.items() if key != "title"},
        "$defs": definitions,
    }


def keys_at(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys that a mapping at this path may have; none where anything goes."""
    schema = crisis_schema()
    node: Any = schema
    for part in path:
        node = _resolve(node, schema)
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(part, node.get("additionalProperties", {}))
        if not isinstance(node, dict):
            return ()
    return tuple(_resolve(node, schema).get("properties", ()))


def _resolve(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow references, and through 'this or null' to this."""
    while True:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        elif "anyOf" in node and "properties" not in node and "items" not in node:
            options = [option for option in node["anyOf"] if option.get("type") != "null"]
            if len(options) != 1:
                return node
            node = options[0]
        else:
            return node
