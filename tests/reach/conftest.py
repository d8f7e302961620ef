"""With the compiled kernel and without it."""

import pytest

from sidelines.reach.kernel import compiled


@pytest.fixture(params=["compiled", "numpy"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with the kernel, and again with the twin."""
    if request.param == "numpy":
        monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    elif compiled() is None:
        pytest.skip("the kernel of ways is not built here")
    return str(request.param)
