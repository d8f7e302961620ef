import sys
from types import ModuleType

import numpy as np
import pytest

from sidelines.reach import kernel


def test_the_environment_can_ask_for_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    assert kernel.engine() == "numpy"


def test_a_kernel_of_another_version_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sidelines.reach._kernel", ModuleType("_kernel"))
    assert kernel.engine() == "numpy"


def test_without_a_kernel_numpy_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sidelines.reach._kernel", None)
    assert kernel.engine() == "numpy"


WRONG = {
    "no such call": ("sail", (), (), ()),
    "too few sizes": ("areas", (1,), (0.0,), (np.zeros(1),) * 8),
    "too few arrays": ("areas", (1, 1, 1, 1), (0.0,), (np.zeros(1),) * 7),
    "a negative size": ("areas", (-1, 1, 1, 1), (0.0,), (np.zeros(1),) * 8),
    "doubles for a grid": ("areas", (1, 1, 1, 1), (0.0,), (np.zeros(1),) * 8),
    "a short grid": ("areas", (1, 9, 9, 1), (0.0,), (np.zeros(1, dtype=np.uint16),) * 8),
}


@pytest.mark.parametrize("call", WRONG.values(), ids=WRONG)
def test_the_kernel_refuses_what_it_cannot_read(call: tuple[object, ...]) -> None:
    built = kernel.compiled()
    if built is None:
        pytest.skip("the kernel of ways is not built here")
    with pytest.raises(ValueError, match=r"call|size|array"):
        built.run(*call)
