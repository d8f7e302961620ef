"""Events as shocks: each may set inputs, in the order of their dates."""

from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from sidelines.crisis.levers import Address
from sidelines.crisis.model import Crisis, Power
from sidelines.crisis.rules import checked_setting

__all__ = ["after_events", "with_setting"]


def after_events(crisis: Crisis) -> Crisis:
    """Return the crisis after its events, later ones overruling earlier ones."""
    for event in sorted(crisis.events, key=lambda e: e.date):
        for name, value in event.sets.items():
            crisis = with_setting(crisis, name, value, source=event.source)
    return crisis


def with_setting(crisis: Crisis, name: str, value: Any, *, source: str | None = None) -> Crisis:
    """Return the crisis with one input set; raise `UsageError` for an unknown one."""
    address = checked_setting(name, value)
    if source is not None and not isinstance(value, dict):
        value = {"range": value} if isinstance(value, list | tuple) else {"value": value}
        value["source"] = source
    if address.power is None:
        group, key = address.input.split(".")
        return replace(crisis, **{group: _set(getattr(crisis, group), key, value)})
    powers = tuple(_in_power(power, address, value) for power in crisis.powers)
    return replace(crisis, powers=powers)


def _in_power(power: Power, address: Address, value: Any) -> Power:
    meant = power.power == address.power and address.side in {None, power.side}
    return _set(power, address.input, value) if meant else power


def _set(owner: Any, key: str, value: Any) -> Any:
    annotation = type(owner).__dataclass_fields__[key].type
    return replace(owner, **{key: TypeAdapter(annotation).validate_python(value)})
