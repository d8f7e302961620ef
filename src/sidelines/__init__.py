"""Sidelines: who steps into an international crisis, who stays on the sidelines, and why."""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sidelines.terms.version import VERSION as __version__

if TYPE_CHECKING:
    from sidelines.report.result import Result, assess
    from sidelines.report.result import check as check
    from sidelines.report.result import list_crises as list_crises
    from sidelines.report.result import load as load
    from sidelines.terms.errors import CrisisFileError, SidelinesError


_HOME = {
    "CrisisFileError": "sidelines.terms.errors",
    "SidelinesError": "sidelines.terms.errors",
    "Result": "sidelines.report.result",
    "assess": "sidelines.report.result",
    "check": "sidelines.report.result",
    "list_crises": "sidelines.report.result",
    "load": "sidelines.report.result",
}

__all__ = [
    "CrisisFileError",
    "Result",
    "SidelinesError",
    "__version__",
    "assess",
    "check",
    "list_crises",
    "load",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'sidelines' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """Keeps `sidelines.assess` the function when the room of that name is loaded."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
