"""Hand-outs: a sheet for each role, nothing of the key on them, and nobody's mark-up."""

import dataclasses
import re

import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.crisis.read import load_crisis
from sidelines.report.handout import handout


@pytest.fixture(scope="module")
def georgia() -> Assessment:
    return assess_crisis(load_crisis("georgia-2008"), draws=50)


def test_there_is_a_sheet_for_each_role_between_situation_and_key(georgia: Assessment) -> None:
    sheets = handout(georgia).split("<article>")[1:]
    roles = [one for one in sheets if "Role sheet" in one]
    assert len(roles) == len(georgia.crisis.powers)
    assert "Class sheet" in sheets[0]
    assert "Key for whoever teaches" in sheets[-1]


def test_a_role_sheet_tells_no_forecast(georgia: Assessment) -> None:
    sheets = handout(georgia).split("<article>")[2:-1]
    for sheet in sheets:
        assert not re.search(r"almost no chance|unlikely|likely|roughly even", sheet)


def test_the_key_says_what_it_stands_on(georgia: Assessment) -> None:
    key = handout(georgia).split("<article>")[-1]
    for told in ("seed 7", "50 draws", "Apache-2.0", "Data vintages", "What the figures mean"):
        assert told in key


def test_a_title_is_never_markup(georgia: Assessment) -> None:
    crisis = dataclasses.replace(georgia.crisis, title="<script>alert(1)</script>")
    told = handout(dataclasses.replace(georgia, crisis=crisis))
    assert "<script" not in told
    assert "&lt;script&gt;" in told
