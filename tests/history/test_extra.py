import pytest

from sidelines.history import extra
from sidelines.terms.errors import UsageError


def test_without_scipy_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(extra, "import_module", absent)
    with pytest.raises(UsageError, match=r"pip install 'sidelines\[fit\]'"):
        extra.scipy_part("optimize")
