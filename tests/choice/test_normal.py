import math

import numpy as np
import pytest

from sidelines.choice.normal import normal_cdf


@pytest.mark.parametrize("x", [-37.0, -9.0, -5.7, -3.0, -0.66, -0.1, 0.0, 0.3, 0.67, 2.0, 5.0, 9.0])
def test_the_normal_distribution_is_right_into_its_tails(x: float) -> None:
    expected = 0.5 * math.erfc(-x / math.sqrt(2))
    assert normal_cdf(np.array([x]))[0] == pytest.approx(expected, rel=1e-13)


def test_the_normal_distribution_never_falls() -> None:
    assert (np.diff(normal_cdf(np.linspace(-9, 9, 4001))) >= 0).all()
