from collections.abc import Callable
from typing import Any

import pytest

from sidelines.history import extra
from sidelines.terms.errors import UsageError


@pytest.mark.parametrize("part", [extra.scipy_part, extra.sklearn_part])
def test_without_a_package_the_error_says_what_to_install(
    part: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(extra, "import_module", absent)
    with pytest.raises(UsageError, match=r"pip install '.\[fit\]'"):
        part("any")
